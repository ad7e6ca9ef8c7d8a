package dev.linkspan.ui.access;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.provider.ListDataProvider;
import com.vaadin.flow.data.renderer.LitRenderer;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.access.Permission;
import dev.linkspan.identity.EffectiveAccess.OfIdentity;
import dev.linkspan.identity.EffectiveAccess.ThroughGroup;
import dev.linkspan.identity.EffectiveAccess.ThroughGroups;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.group.Member;
import dev.linkspan.ui.group.MemberBox;
import dev.linkspan.ui.group.PermissionWords;
import dev.linkspan.ui.shared.Names;
import dev.linkspan.ui.shared.Notice;
import dev.linkspan.ui.shared.SearchField;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Tone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What an identity may do, and through which group. */
class IdentityAccess extends AccessTab {
    static final String IDENTITY = "identity";
    private static final int NOT_FOUND = 404;
    private static final double HEADING_IN_ROWS = 0.67;
    private static final String WHAT = """
            ${item.name
              ? html`<code class="ls-line ls-cut" title="${item.name}">${item.name}</code><span class="ls-under"
                  title="${item.explanation}">${item.explanation}</span>`
              : html`<span class="ls-cut ls-line" title="${item.resource}"><strong>${item.resource}</strong>
                  <span class="ls-muted">${item.kind}</span></span>`}""";

    /** A permission with where it comes from, or, without one, the heading of the resource that follows. */
    private record Line(Permission permission, String resource, String kind, String explanation, List<Through> ways) {
        boolean heading() {
            return permission == null;
        }

        Object key() {
            return heading() ? "heading " + kind + ' ' + resource : permission;
        }

        boolean contains(String words) {
            String text = resource + ' ' + kind + ' ' + (heading() ? "" : permission.entitlement());
            return text.toLowerCase(Locale.ROOT).contains(words);
        }
    }

    private final AccessTools tools;
    private final MemberBox box;
    private final SearchField search;
    private final Div answer = new Div();
    private final Grid<Line> table = new Grid<>();
    private final Div none = new Div();
    private final List<Line> shown = new ArrayList<>();
    private final ListDataProvider<Line> rows = new ListDataProvider<>(shown) {
        @Override
        public Object getId(Line line) {
            return line.key();
        }
    };
    private List<Line> all = List.of();
    private String asked = "";

    IdentityAccess(AccessTools tools, Consumer<Map<String, String>> ask) {
        super(ask);
        this.tools = tools;
        box = new MemberBox(Texts.of("access.identity"), tools.groups().identities(), tools.me());
        box.setPlaceholder(Texts.of("access.identity.choose"));
        box.addValueChangeListener(change -> {
            if (change.isFromClient() && change.getValue() != null) {
                ask(Map.of(IDENTITY, change.getValue().url().toString()));
            }
        });
        search = new SearchField(Texts.of("access.only"), Texts.of("access.only.placeholder"), words -> filter());
        search.setLabel(Texts.of("access.only"));
        Div fields = new Div(box, search);
        fields.addClassNames("ls-pair", "ls-ask");
        none.addClassName("ls-muted");
        prepareTable();
        Div column = new Div(fields, answer, none, table);
        column.addClassNames("ls-stack", "ls-answer");
        add(column);
        showNothing(Texts.of("access.identity.help"));
    }

    private void prepareTable() {
        table.addClassNames("ls-two-lines", "ls-short-list", "ls-tall");
        table.setSelectionMode(Grid.SelectionMode.NONE);
        table.getElement().setProperty("accessibleName", Texts.of("access.identity.table"));
        table.addColumn(LitRenderer.<Line>of(WHAT)
                        .withProperty(
                                "name",
                                line -> line.heading() ? "" : line.permission().entitlement())
                        .withProperty("explanation", Line::explanation)
                        .withProperty("resource", Line::resource)
                        .withProperty("kind", Line::kind))
                .setHeader(Texts.of("access.entitlement"))
                .setRowHeader(true)
                .setFlexGrow(1)
                .setWidth("8rem");
        table.addColumn(Through.cell(Line::ways))
                .setHeader(Texts.of("access.through"))
                .setFlexGrow(1)
                .setWidth("8rem");
        table.setPartNameGenerator(line -> line.heading() ? "heading" : null);
        table.setDataProvider(rows);
    }

    @Override
    void show(Map<String, String> question) {
        String wanted = question.getOrDefault(IDENTITY, "");
        if (!wanted.equals(asked)) {
            asked = wanted;
            refresh();
        }
    }

    @Override
    void refresh() {
        if (asked.isEmpty()) {
            return;
        }
        List<String> named = EntityUrl.parse(asked)
                .filter(url -> url.type() == EntityType.IDENTITY)
                .map(EntityUrl::arguments)
                .orElse(List.of("", asked));
        try {
            show(tools.effective().ofIdentity(tools.me().get(), named.getFirst(), named.getLast()));
        } catch (ProblemException e) {
            showNothing("");
            String why = e.status() == NOT_FOUND ? Texts.of("identity.gone") : e.getMessage();
            answer.add(Notice.problem(Texts.of("access.identity.failed"), why));
        }
    }

    private void showNothing(String why) {
        answer.removeAll();
        all = List.of();
        filter();
        none.setText(why);
        none.setVisible(!why.isEmpty());
    }

    private void show(OfIdentity of) {
        Member member = Member.of(of.identity());
        Member shownBefore = box.getValue();
        if (!member.equals(shownBefore) || !member.name().equals(shownBefore.name())) {
            box.setValue(member);
        }
        answer.removeAll();
        answer.add(summary(of, member));
        if (of.unrestricted()) {
            answer.add(new Notice(Tone.CAUTION, "triangle-alert", new Sentence("access.everything", member.name())));
        }
        Map<String, List<String>> providerGroups = new HashMap<>();
        of.groups()
                .forEach(group ->
                        providerGroups.put(group.name(), group.direct() ? List.of() : group.identityProviderGroups()));
        all = lines(of.permissions(), providerGroups);
        filter();
    }

    private static Paragraph summary(OfIdentity of, Member member) {
        Optional<ThroughGroups> admin = of.permissions().stream()
                .filter(IdentityAccess::ofAdministrators)
                .findFirst();
        Set<String> resources =
                of.permissions().stream().map(one -> one.permission().url()).collect(Collectors.toSet());
        String said = of.permissions().isEmpty() ? "access.summary.nothing" : "access.summary";
        Paragraph summary = new Paragraph(new Sentence(
                admin.isPresent() ? "access.summary.everything" : said,
                member.name(),
                of.permissions().size(),
                resources.size()));
        Predicate<ThroughGroup> counts =
                group -> admin.isEmpty() || admin.get().groups().contains(group.name());
        String direct = names(of, counts.and(ThroughGroup::direct));
        String mapped = names(of, counts.and(group -> !group.direct()));
        if (!direct.isEmpty()) {
            summary.add(new Sentence("access.summary.groups", direct));
        }
        if (!mapped.isEmpty()) {
            summary.add(new Sentence("access.summary.provider-groups", mapped));
        }
        Span type = new Span(Texts.of("access.summary.type", member.type()));
        type.addClassName("ls-muted");
        summary.add(type);
        return summary;
    }

    /** Whether somebody may do everything by it. */
    private static boolean ofAdministrators(ThroughGroups through) {
        Permission permission = through.permission();
        return permission.entityType().equals(EntityType.SERVER.wireName())
                && permission.entitlement().equals("admin");
    }

    private static String names(OfIdentity of, Predicate<ThroughGroup> wanted) {
        return Names.of(of.groups().stream().filter(wanted).toList(), ThroughGroup::name);
    }

    private List<Line> lines(List<ThroughGroups> permissions, Map<String, List<String>> providerGroups) {
        Map<String, String> names = tools.groups()
                .resources()
                .names(
                        tools.me().get(),
                        permissions.stream().map(ThroughGroups::permission).toList());
        return permissions.stream()
                .map(one -> {
                    Permission permission = one.permission();
                    return new Line(
                            permission,
                            names.getOrDefault(permission.url(), PermissionWords.resource(permission.url())),
                            PermissionWords.kind(permission.url()),
                            tools.groups().words().explanation(permission),
                            Through.groups(one.groups(), providerGroups));
                })
                .sorted(Comparator.comparing(Line::kind)
                        .thenComparing(Line::resource, String.CASE_INSENSITIVE_ORDER)
                        .thenComparing(line -> line.permission().entitlement()))
                .toList();
    }

    /** The line of a permission that matches or brings something with it that does, which it then says; else null. */
    private Line matching(Line line, String words) {
        if (line.contains(words)) {
            return line;
        }
        List<String> implied = tools.words().implied(line.permission(), words);
        return implied.isEmpty()
                ? null
                : new Line(
                        line.permission(),
                        line.resource(),
                        line.kind(),
                        Texts.of("access.includes", Names.of(implied, name -> name)),
                        line.ways());
    }

    /** Shows the permissions that match, below a heading for each resource. */
    private void filter() {
        String words = search.getValue().strip().toLowerCase(Locale.ROOT);
        shown.clear();
        String last = "";
        for (Line each : all) {
            Line line = matching(each, words);
            if (line != null) {
                String url = line.permission().url();
                if (!url.equals(last)) {
                    String named = PermissionWords.named(url, line.resource());
                    shown.add(new Line(null, named, PermissionWords.inProject(url), "", List.of()));
                    last = url;
                }
                shown.add(line);
            }
        }
        double headings = shown.stream().filter(Line::heading).count() * HEADING_IN_ROWS;
        long entries = shown.stream().filter(line -> !line.heading()).count();
        table.getStyle().set("--rows", String.valueOf(entries + headings));
        table.setVisible(!shown.isEmpty());
        none.setVisible(shown.isEmpty() && !all.isEmpty());
        none.setText(Texts.of("access.none-found", search.getValue().strip()));
        rows.refreshAll();
    }
}
