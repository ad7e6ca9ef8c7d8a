package dev.linkspan.ui.access;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.data.provider.ListDataProvider;
import com.vaadin.flow.data.renderer.LitRenderer;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityType;
import dev.linkspan.identity.EffectiveAccess.RefusedRequest;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.group.Member;
import dev.linkspan.ui.group.PermissionWords;
import dev.linkspan.ui.shared.FitColumns;
import dev.linkspan.ui.shared.LongName;
import dev.linkspan.ui.shared.Notice;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** What was refused in the last hour, and why. */
class RefusedAccess extends AccessTab {
    private static final int WIDE = 62;
    private static final String WHAT = LongName.link("permissions/access?${item.link}") + """
            <span class="ls-under" title="${item.what}"><code ?hidden="${!item.entitlement}">${item.entitlement}</code> ${item.what}</span>""";

    private final AccessTools tools;
    private final IntConsumer count;
    private final Grid<RefusedRequest> table = new Grid<>();
    private final Paragraph none = new Paragraph(Texts.of("access.refused.none"));
    private final Section why = new Section();
    private final List<RefusedRequest> shown = new ArrayList<>();
    private final ListDataProvider<RefusedRequest> rows = new ListDataProvider<>(shown) {
        @Override
        public Object getId(RefusedRequest refused) {
            return key(refused);
        }
    };
    private Map<String, String> asked = Map.of();
    private Map<String, String> explained;
    private boolean looking;

    RefusedAccess(AccessTools tools, Consumer<Map<String, String>> ask, IntConsumer count) {
        super(ask);
        this.tools = tools;
        this.count = count;
        prepareTable();
        none.addClassName("ls-muted");
        H2 heading = new H2(Texts.of("access.refused.title"));
        Section list = new Section(heading, none, table);
        list.addClassName("ls-section");
        why.addClassName("ls-section");
        Div columns = new Div(list, why);
        columns.addClassName("ls-cols");
        add(columns, new FitColumns());
    }

    private void prepareTable() {
        table.addClassNames("ls-two-lines", "ls-short-list", "ls-tall");
        table.getElement().setProperty("accessibleName", Texts.of("access.refused.title"));
        table.setSelectionMode(Grid.SelectionMode.NONE);
        table.addColumn(LongName.with(LitRenderer.<RefusedRequest>of(WHAT), refused -> Member.of(refused.identity())
                                .name())
                        .withProperty("link", refused -> link(refused))
                        .withProperty("entitlement", refused -> refused.signIn() ? "" : refused.entitlement())
                        .withProperty("what", RefusedAccess::resource))
                .setHeader(Texts.of("access.refused.what"))
                .setRowHeader(true)
                .setFlexGrow(3)
                .setWidth("9rem");
        Grid.Column<RefusedRequest> request = table.addColumn(LitRenderer.<RefusedRequest>of(
                                "<code class=\"ls-cut ls-line\" title=\"${item.request}\">${item.request}</code>")
                        .withProperty("request", RefusedRequest::request))
                .setHeader(Texts.of("access.refused.request"))
                .setFlexGrow(2)
                .setWidth("9rem");
        FitColumns.from(request, WIDE);
        table.addColumn(refused -> Texts.of(
                        "access.refused.times", Times.of(UI.getCurrent()).ago(refused.last()), refused.count()))
                .setHeader(Texts.of("access.refused.last"))
                .setFlexGrow(0)
                .setWidth("9rem");
        table.setPartNameGenerator(refused -> key(refused).equals(asked) ? "picked" : null);
        table.setDataProvider(rows);
    }

    private static String resource(RefusedRequest refused) {
        if (refused.signIn()) {
            return Texts.of("access.refused." + refused.entitlement());
        }
        String type = PermissionWords.within(PermissionWords.type(refused.entityType()));
        if (refused.entityType() == EntityType.SERVER) {
            return Texts.of("access.on", Texts.of("words.server"));
        }
        return refused.entityUrl() == null
                ? Texts.of("access.refused.hidden", type)
                : Texts.of("access.on", type + ' ' + PermissionWords.resource(refused.entityUrl()));
    }

    private static Map<String, String> key(RefusedRequest refused) {
        return Map.of(
                IdentityAccess.IDENTITY,
                refused.identity().url().toString(),
                HolderAccess.ON,
                Objects.requireNonNullElse(
                        refused.entityUrl(), refused.entityType().wireName()),
                HolderAccess.ENTITLEMENT,
                refused.entitlement());
    }

    private static String link(RefusedRequest refused) {
        return EffectiveAccessView.query(EffectiveAccessView.REFUSED, key(refused))
                .getQueryString();
    }

    @Override
    protected void onAttach(AttachEvent attach) {
        refresh();
    }

    @Override
    void show(Map<String, String> question) {
        asked = question;
        refresh();
    }

    @Override
    void refresh() {
        take(tools.effective().refused(tools.me().get()));
    }

    /** As {@link #refresh}, without keeping the page waiting. */
    void look() {
        if (!looking) {
            looking = true;
            Caller caller = tools.me().get();
            tools.background()
                    .run(
                            UI.getCurrent(),
                            () -> tools.effective().refused(caller),
                            current -> {
                                looking = false;
                                take(current);
                            },
                            problem -> looking = false);
        }
    }

    private void take(List<RefusedRequest> current) {
        count.accept(current.size());
        if (!isAttached() || current.equals(shown) && asked.equals(explained)) {
            return;
        }
        explained = asked;
        shown.clear();
        shown.addAll(current);
        table.getStyle().set("--rows", String.valueOf(shown.size()));
        table.setVisible(!shown.isEmpty());
        none.setVisible(shown.isEmpty());
        rows.refreshAll();
        explain(current);
    }

    private void explain(List<RefusedRequest> current) {
        why.removeAll();
        Optional<RefusedRequest> chosen = current.stream()
                .filter(refused -> key(refused).equals(asked))
                .findFirst()
                .or(() -> asked.isEmpty() ? current.stream().findFirst() : Optional.empty());
        chosen.ifPresent(refused -> {
            why.add(new H2(Texts.of("access.refused.why")));
            try {
                why.add(new RefusalCard(tools, refused, Times.of(UI.getCurrent())));
            } catch (ProblemException e) {
                why.add(Notice.problem(Texts.of("access.identity.failed"), e.getMessage()));
            }
        });
        if (chosen.isEmpty() && !asked.isEmpty()) {
            why.add(new Paragraph(Texts.of("access.refused.gone")));
        }
    }
}
