package dev.linkspan.ui.access;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.data.provider.ListDataProvider;
import com.vaadin.flow.data.renderer.LitRenderer;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.access.Permission;
import dev.linkspan.identity.EffectiveAccess.Holder;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.group.Member;
import dev.linkspan.ui.group.PermissionForm;
import dev.linkspan.ui.group.PermissionWords;
import dev.linkspan.ui.shared.LongName;
import dev.linkspan.ui.shared.Notice;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Symbol;
import dev.linkspan.ui.shared.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Who may do something with a resource, and through which group. */
class HolderAccess extends AccessTab {
    static final String ON = "on";
    static final String ENTITLEMENT = "entitlement";
    private static final String WHO = """
            <span class="ls-row"><vaadin-icon src="%s" symbol="${item.symbol}" class="ls-muted"
                aria-hidden="true"></vaadin-icon><span class="ls-grow">%s<span class="ls-under">${item.type}</span></span></span>""".formatted(
            Symbol.SHEET, LongName.link("permissions/access?show=identity&identity=${encodeURIComponent(item.url)}"));

    private record Line(Member member, List<Through> ways) {}

    private final AccessTools tools;
    private final PermissionForm form;
    private final Div answer = new Div();
    private final Grid<Line> table = new Grid<>();
    private final List<Line> shown = new ArrayList<>();
    private final ListDataProvider<Line> rows = new ListDataProvider<>(shown) {
        @Override
        public Object getId(Line line) {
            return line.member();
        }
    };
    private Optional<Permission> asked = Optional.empty();

    HolderAccess(AccessTools tools, Consumer<Map<String, String>> ask) {
        super(ask);
        this.tools = tools;
        form = new PermissionForm(tools.groups(), Texts.of("access.who.help"), permission -> false, this::chosen);
        table.addClassNames("ls-two-lines", "ls-short-list", "ls-tall");
        table.setSelectionMode(Grid.SelectionMode.NONE);
        table.getElement().setProperty("accessibleName", Texts.of("access.who.table"));
        table.addColumn(LongName.with(
                                LitRenderer.<Line>of(WHO), line -> line.member().name())
                        .withProperty("symbol", line -> line.member().symbol())
                        .withProperty("url", line -> line.member().url().toString())
                        .withProperty("type", line -> line.member().type()))
                .setHeader(Texts.of("access.identity"))
                .setRowHeader(true)
                .setFlexGrow(1)
                .setWidth("8rem");
        table.addColumn(Through.cell(Line::ways))
                .setHeader(Texts.of("access.through"))
                .setFlexGrow(1)
                .setWidth("8rem");
        table.setDataProvider(rows);
        table.setVisible(false);
        Div column = new Div(form, answer, table);
        column.addClassNames("ls-stack", "ls-answer", "ls-editor");
        add(column);
    }

    private void chosen() {
        form.chosen()
                .filter(permission -> !asked.equals(Optional.of(permission)))
                .ifPresent(permission -> ask(Map.of(ON, permission.url(), ENTITLEMENT, permission.entitlement())));
    }

    @Override
    void show(Map<String, String> question) {
        Optional<EntityUrl> on = EntityUrl.parse(question.getOrDefault(ON, ""));
        String entitlement = question.getOrDefault(ENTITLEMENT, "");
        Optional<Permission> wanted = on.map(url -> new Permission(url.type().wireName(), url.toString(), entitlement));
        if (entitlement.isEmpty() || wanted.isEmpty() || wanted.equals(asked)) {
            return;
        }
        asked = wanted;
        if (!form.chosen().equals(wanted)) {
            form.choose(on.get(), entitlement);
        }
        refresh();
    }

    @Override
    void refresh() {
        asked.ifPresent(permission -> {
            answer.removeAll();
            shown.clear();
            try {
                answer(permission);
            } catch (ProblemException e) {
                answer.add(Notice.problem(
                        Texts.of("access.who.failed"),
                        e.is(Problem.FORBIDDEN) ? Texts.of("access.who.takes") : e.getMessage()));
            }
            table.getStyle().set("--rows", String.valueOf(shown.size()));
            table.setVisible(!shown.isEmpty());
            rows.refreshAll();
        });
    }

    private void answer(Permission permission) {
        List<Holder> holders = tools.effective().holders(tools.me().get(), permission.url(), permission.entitlement());
        String name = tools.groups()
                .resources()
                .names(tools.me().get(), List.of(permission))
                .getOrDefault(permission.url(), PermissionWords.resource(permission.url()));
        answer.add(new Paragraph(new Sentence(
                "access.who.summary",
                holders.size(),
                permission.entitlement(),
                PermissionWords.named(permission.url(), name))));
        holders.forEach(
                holder -> shown.add(new Line(Member.of(holder.identity()), Through.why(holder.why(), permission))));
    }
}
