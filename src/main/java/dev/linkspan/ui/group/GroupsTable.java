package dev.linkspan.ui.group;

import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.function.ValueProvider;
import dev.linkspan.group.GroupSummary;
import dev.linkspan.ui.shared.Cells;
import dev.linkspan.ui.shared.Chips;
import dev.linkspan.ui.shared.FitColumns;
import dev.linkspan.ui.shared.LongName;
import dev.linkspan.ui.shared.RowAction;
import dev.linkspan.ui.shared.Rows;
import dev.linkspan.ui.shared.Selection;
import dev.linkspan.ui.shared.SelectionColumn;
import dev.linkspan.ui.shared.SortOrder;
import dev.linkspan.ui.shared.Texts;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table of auth groups. */
class GroupsTable extends Grid<GroupSummary> {
    private static final int MIDDLE = 42;
    private static final int WIDE = 62;
    private static final String NAME = LongName.link("permissions/group?name=${encodeURIComponent(item.name)}") + """
            <span class="ls-under" title="${item.description}"><span
              class="ls-when-narrow">${item.counts}${item.description ? ' · ' : ''}</span>${item.description}</span>""";

    private static final String NUMBER = """
            <span>${item.count}</span>${item.pending
              ? html`<span class="ls-under">${item.pending}</span>` : ''}""";

    private final SortOrder<GroupSummary> order;
    private final Rows<GroupSummary> rows = new Rows<>(
            GroupSummary::id,
            Map.of(
                    "name", Comparator.comparing(GroupSummary::name, String.CASE_INSENSITIVE_ORDER),
                    "identities", Comparator.comparing(GroupSummary::identityCount),
                    "permissions", Comparator.comparing(GroupSummary::permissionCount)));
    private final Selection<GroupSummary> selection = new Selection<>(GroupSummary::id, group -> null);

    GroupsTable(ValueProvider<GroupSummary, List<RowAction>> actions) {
        addClassName("ls-two-lines");
        addThemeNames("no-border");
        setSelectionMode(SelectionMode.NONE);
        setSizeFull();
        getElement().setProperty("accessibleName", Texts.of("groups.table"));
        SelectionColumn.add(this, selection, rows, GroupSummary::name);
        addColumn(LongName.with(LitRenderer.<GroupSummary>of(NAME), GroupSummary::name)
                        .withProperty("description", GroupSummary::description)
                        .withProperty(
                                "counts",
                                group -> Texts.of("groups.counts", group.identityCount(), group.permissionCount())))
                .setHeader(Texts.of("groups.column.name"))
                .setRowHeader(true)
                .setFlexGrow(2)
                .setWidth("9rem")
                .setSortProperty("name");
        number("identities", "groups.column.identities", GroupSummary::identityCount, GroupSummary::pendingCount);
        number("permissions", "groups.column.permissions", GroupSummary::permissionCount, group -> 0);
        Column<GroupSummary> providerGroups = addColumn(Cells.chips(
                        group -> Chips.of(group.identityProviderGroups()), group -> Texts.of("groups.provider.none")))
                .setHeader(Texts.of("groups.column.provider-groups"))
                .setFlexGrow(1)
                .setWidth("9rem");
        providerGroups.setHeaderPartName("apart").setPartNameGenerator(group -> "apart");
        FitColumns.from(providerGroups, WIDE);
        Cells.actionsColumn(this, "6rem", group -> Texts.of("groups.more", group.name()), actions);
        setDataProvider(rows);
        order = new SortOrder<>(this, "name");
    }

    Selection<GroupSummary> selection() {
        return selection;
    }

    SortOrder<GroupSummary> order() {
        return order;
    }

    Rows<GroupSummary> rows() {
        return rows;
    }

    void show(List<GroupSummary> current) {
        rows.show(current);
        selection.keep(current);
    }

    /** Shows the groups that match and says how many these are. */
    int search(String words) {
        String wanted = words.toLowerCase(Locale.ROOT);
        rows.filter(group -> group.name().toLowerCase(Locale.ROOT).contains(wanted)
                || group.description().toLowerCase(Locale.ROOT).contains(wanted));
        return rows.shown().size();
    }

    private void number(
            String order,
            String header,
            ValueProvider<GroupSummary, Integer> count,
            ValueProvider<GroupSummary, Integer> pending) {
        Column<GroupSummary> column = addColumn(LitRenderer.<GroupSummary>of(NUMBER)
                        .withProperty("count", group -> Texts.of("count", count.apply(group)))
                        .withProperty("pending", group -> Texts.of("groups.pending", pending.apply(group))))
                .setHeader(Texts.of(header))
                .setTextAlign(ColumnTextAlign.END)
                .setFlexGrow(0)
                .setWidth("7rem")
                .setSortProperty(order);
        FitColumns.from(column, MIDDLE);
    }
}
