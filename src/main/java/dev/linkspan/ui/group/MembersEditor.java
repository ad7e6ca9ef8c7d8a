package dev.linkspan.ui.group;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.data.provider.ListDataProvider;
import com.vaadin.flow.data.renderer.LitRenderer;
import dev.linkspan.ui.shared.Cells;
import dev.linkspan.ui.shared.RowAction;
import dev.linkspan.ui.shared.Symbol;
import dev.linkspan.ui.shared.Texts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Who is in a group: identities, those of linked clusters among them. */
class MembersEditor extends Div {
    private static final String MEMBER = """
            <span class="ls-row"><vaadin-icon src="%s" symbol="${item.symbol}" class="ls-muted"
                aria-hidden="true"></vaadin-icon><span class="ls-grow"><span class="ls-row"><span
                class="ls-cut ${item.mark}" title="${item.name}">${item.name}</span>${item.mark
                  ? html`<span class="ls-chip ${item.mark}">${item.word}</span>` : ''}</span><span
                class="ls-under" title="${item.type}">${item.type}</span></span></span>""".formatted(Symbol.SHEET);

    private final GroupTools tools;
    private final GroupDraft draft;
    private final MemberBox box;
    private final Paragraph none;
    private final List<Member> members = new ArrayList<>();
    private final ListDataProvider<Member> rows = new ListDataProvider<>(members);
    private final Grid<Member> table = new Grid<>();

    MembersEditor(GroupTools tools, GroupDraft draft) {
        this.tools = tools;
        this.draft = draft;
        addClassNames("ls-stack", "ls-tight");
        box = new MemberBox("", tools.identities(), tools.me())
                .offering(member -> !draft.members().has(member) && refusal(member) == null);
        box.setAriaLabel(Texts.of("members.add"));
        box.setPlaceholder(Texts.of("members.add"));
        box.setWidthFull();
        box.addValueChangeListener(change -> {
            if (change.getValue() != null) {
                box.clear();
                draft.toggleMember(change.getValue());
                box.getLazyDataView().refreshAll();
                table.scrollToItem(change.getValue());
            }
        });
        boolean seesAll = tools.access().allowed(tools.me().get(), "can_view_identities");
        none = new Paragraph(Texts.of(seesAll ? "members.none" : "members.none.partly"));
        none.addClassName("ls-muted");
        prepareTable();
        add(box, none, table);
        draft.onChange(this::show);
        show();
    }

    private void prepareTable() {
        table.addClassNames("ls-two-lines", "ls-short-list", "ls-no-head");
        table.setSelectionMode(Grid.SelectionMode.NONE);
        table.getElement().setProperty("accessibleName", Texts.of("members.table"));
        table.addColumn(LitRenderer.<Member>of(MEMBER)
                        .withProperty("symbol", Member::symbol)
                        .withProperty("name", Member::name)
                        .withProperty("type", Member::type)
                        .withProperty("mark", this::mark)
                        .withProperty(
                                "word",
                                member -> mark(member).isEmpty() ? "" : Texts.of("permissions." + mark(member))))
                .setRowHeader(true)
                .setFlexGrow(1);
        Cells.actionsColumn(table, "4rem", member -> Texts.of("column.actions"), member -> List.of(action(member)));
        table.getColumns().getLast().setHeader((String) null);
        table.setDataProvider(rows);
    }

    private String mark(Member member) {
        if (draft.members().isRemoved(member)) {
            return "removed";
        }
        return draft.members().isAdded(member) ? "added" : "";
    }

    private RowAction action(Member member) {
        boolean removed = draft.members().isRemoved(member);
        return RowAction.quick(
                removed ? "restore" : "remove",
                Texts.of(removed ? "members.restore" : "members.remove", member.name()),
                removed ? "undo-2" : "x",
                refusal(member),
                () -> draft.toggleMember(member));
    }

    private String refusal(Member member) {
        if (!member.fineGrained()) {
            return Texts.of("members.refused.unrestricted");
        }
        boolean allowed = tools.access().allowed(tools.me().get(), member.reference(), "can_edit");
        return allowed ? null : Texts.of("members.refused");
    }

    /** Reads anew who there is to add. */
    void refresh() {
        box.refresh();
    }

    private void show() {
        members.clear();
        members.addAll(draft.members().all());
        members.sort(Comparator.comparing(Member::name, String.CASE_INSENSITIVE_ORDER));
        table.getStyle().set("--rows", String.valueOf(members.size()));
        table.setVisible(!members.isEmpty());
        none.setVisible(members.isEmpty());
        rows.refreshAll();
        box.offerAnew();
    }
}
