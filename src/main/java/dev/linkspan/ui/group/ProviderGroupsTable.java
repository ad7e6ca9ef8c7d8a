package dev.linkspan.ui.group;

import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.function.ValueProvider;
import dev.linkspan.group.IdentityProviderGroup;
import dev.linkspan.ui.shared.Cells;
import dev.linkspan.ui.shared.Chips;
import dev.linkspan.ui.shared.FitColumns;
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
import java.util.function.Function;

/** The table of the identity provider's groups. */
class ProviderGroupsTable extends Grid<IdentityProviderGroup> {
    private static final int MIDDLE = 42;

    private final SortOrder<IdentityProviderGroup> order;
    private final Rows<IdentityProviderGroup> rows = new Rows<>(
            IdentityProviderGroup::id,
            Map.of(
                    "name", Comparator.comparing(IdentityProviderGroup::name, String.CASE_INSENSITIVE_ORDER),
                    "groups", Comparator.comparing(group -> group.groups().size())));
    private final Selection<IdentityProviderGroup> selection;

    ProviderGroupsTable(
            Function<IdentityProviderGroup, String> deleteRefusal,
            ValueProvider<IdentityProviderGroup, List<RowAction>> actions) {
        selection = new Selection<>(IdentityProviderGroup::id, deleteRefusal);
        addClassName("ls-one-line");
        addThemeNames("no-border");
        setSelectionMode(SelectionMode.NONE);
        setSizeFull();
        getElement().setProperty("accessibleName", Texts.of("provider-groups.table"));
        SelectionColumn.add(this, selection, rows, IdentityProviderGroup::name);
        addColumn(Cells.twoLines(IdentityProviderGroup::name, group -> ""))
                .setHeader(Texts.of("provider-groups.column.name"))
                .setRowHeader(true)
                .setFlexGrow(2)
                .setWidth("9rem")
                .setSortProperty("name");
        addColumn(Cells.chips(group -> Chips.of(group.groups()), group -> Texts.of("provider-groups.mapped.none")))
                .setHeader(Texts.of("provider-groups.column.groups"))
                .setFlexGrow(1)
                .setWidth("8rem");
        Column<IdentityProviderGroup> count = addColumn(
                        group -> Texts.of("count", group.groups().size()))
                .setHeader(Texts.of("provider-groups.column.count"))
                .setTextAlign(ColumnTextAlign.END)
                .setFlexGrow(0)
                .setWidth("9rem")
                .setSortProperty("groups");
        FitColumns.from(count, MIDDLE);
        Cells.actionsColumn(this, "6rem", group -> Texts.of("groups.more", group.name()), actions);
        setDataProvider(rows);
        order = new SortOrder<>(this, "name");
    }

    Selection<IdentityProviderGroup> selection() {
        return selection;
    }

    SortOrder<IdentityProviderGroup> order() {
        return order;
    }

    Rows<IdentityProviderGroup> rows() {
        return rows;
    }

    void show(List<IdentityProviderGroup> current) {
        rows.show(current);
        selection.keep(current);
    }

    /** Shows those that match by name or by a group that they stand for, and says how many these are. */
    int search(String words) {
        String wanted = words.toLowerCase(Locale.ROOT);
        rows.filter(group -> group.name().toLowerCase(Locale.ROOT).contains(wanted)
                || group.groups().stream()
                        .anyMatch(name -> name.toLowerCase(Locale.ROOT).contains(wanted)));
        return rows.shown().size();
    }
}
