package dev.linkspan.ui.group;

import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.GridSortOrder;
import com.vaadin.flow.data.provider.ListDataProvider;
import com.vaadin.flow.data.provider.Query;
import com.vaadin.flow.data.provider.SortDirection;
import com.vaadin.flow.function.ValueProvider;
import dev.linkspan.group.AuthGroup;
import dev.linkspan.ui.shared.Cells;
import dev.linkspan.ui.shared.FitColumns;
import dev.linkspan.ui.shared.RowAction;
import dev.linkspan.ui.shared.Texts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The table of auth groups. */
class GroupsTable extends Grid<AuthGroup> {
    private static final int MIDDLE = 42;

    private final List<AuthGroup> groups = new ArrayList<>();
    private final ListDataProvider<AuthGroup> rows = new ListDataProvider<>(groups) {
        @Override
        public Object getId(AuthGroup group) {
            return group.id();
        }
    };

    GroupsTable(ValueProvider<AuthGroup, List<RowAction>> actions) {
        addClassName("ls-two-lines");
        addThemeNames("no-border");
        setSelectionMode(SelectionMode.NONE);
        setSizeFull();
        getElement().setProperty("accessibleName", Texts.of("groups.table"));
        Column<AuthGroup> name = addColumn(Cells.twoLines(AuthGroup::name, AuthGroup::description))
                .setHeader(Texts.of("groups.column.name"))
                .setRowHeader(true)
                .setFlexGrow(1)
                .setWidth("9rem")
                .setComparator(Comparator.comparing(group -> group.name().toLowerCase(Locale.ROOT)));
        number("groups.column.identities", AuthGroup::identityCount);
        number("groups.column.permissions", group -> group.permissions().size());
        Cells.actionsColumn(this, "6rem", group -> Texts.of("groups.more", group.name()), actions);
        setDataProvider(rows);
        sort(List.of(new GridSortOrder<>(name, SortDirection.ASCENDING)));
    }

    void show(List<AuthGroup> current) {
        groups.clear();
        groups.addAll(current);
        rows.refreshAll();
    }

    /** Shows the groups that match and says how many these are. */
    int search(String words) {
        String wanted = words.toLowerCase(Locale.ROOT);
        rows.setFilter(group -> group.name().toLowerCase(Locale.ROOT).contains(wanted)
                || group.description().toLowerCase(Locale.ROOT).contains(wanted));
        return rows.size(new Query<>());
    }

    private void number(String header, Function<AuthGroup, Integer> count) {
        Column<AuthGroup> column = addColumn(count::apply)
                .setHeader(Texts.of(header))
                .setTextAlign(ColumnTextAlign.END)
                .setFlexGrow(0)
                .setWidth("7rem")
                .setComparator(Comparator.comparing(count::apply));
        FitColumns.from(column, MIDDLE);
    }
}
