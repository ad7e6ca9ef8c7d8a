package dev.linkspan.ui.shared;

import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.grid.Grid.Column;
import com.vaadin.flow.component.grid.GridSortOrder;
import com.vaadin.flow.data.provider.SortDirection;
import java.util.List;
import java.util.Optional;

/**
 * The order of a table as a page's address has it: the sort property of a column, with a minus before it for the other way
 * round, and nothing for the order in which the table begins.
 */
public class SortOrder<T> {
    private final Grid<T> table;
    private final String first;

    /**
     * The order of that table, which has all its columns already.
     *
     * @param first the sort property by which it begins
     */
    public SortOrder(Grid<T> table, String first) {
        this.table = table;
        this.first = first;
        set("");
    }

    /** The order now. */
    public String value() {
        return table.getSortOrder().stream()
                .findFirst()
                .map(order ->
                        (order.getDirection() == SortDirection.DESCENDING ? "-" : "") + property(order.getSorted()))
                .filter(order -> !order.equals(first))
                .orElse("");
    }

    /** Sorts by such an order; as at the beginning when it is none. */
    public final void set(String order) {
        boolean down = order.startsWith("-");
        Optional<Column<T>> by = column(down ? order.substring(1) : order);
        SortDirection direction = by.isPresent() && down ? SortDirection.DESCENDING : SortDirection.ASCENDING;
        by.or(() -> column(first)).ifPresent(column -> table.sort(List.of(new GridSortOrder<>(column, direction))));
    }

    /** The same, unless that is the order already. */
    public void show(String order) {
        if (!order.equals(value())) {
            set(order);
        }
    }

    /** Tells when somebody has sorted the table. */
    public void onChange(Runnable changed) {
        table.addSortListener(sorted -> {
            if (sorted.isFromClient()) {
                changed.run();
            }
        });
    }

    private Optional<Column<T>> column(String property) {
        return table.getColumns().stream()
                .filter(column -> !property.isEmpty() && property(column).equals(property))
                .findFirst();
    }

    private static String property(Column<?> column) {
        return column.getSortOrder(SortDirection.ASCENDING)
                .findFirst()
                .map(order -> order.getSorted())
                .orElse("");
    }
}
