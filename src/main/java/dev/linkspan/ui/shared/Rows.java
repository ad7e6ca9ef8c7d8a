package dev.linkspan.ui.shared;

import com.vaadin.flow.data.provider.AbstractBackEndDataProvider;
import com.vaadin.flow.data.provider.Query;
import com.vaadin.flow.data.provider.QuerySortOrder;
import com.vaadin.flow.data.provider.SortDirection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The rows of a table, of which the browser gets a page at a time. They are filtered and sorted once for each change,
 * not once for each page, so that ten thousand scroll as well as ten.
 */
public class Rows<T> extends AbstractBackEndDataProvider<T, Void> {
    private final transient Function<T, Object> id;
    private final transient Map<String, Comparator<T>> orders;
    private transient List<T> all = List.of();
    private transient List<T> shown = List.of();
    private transient Predicate<T> filter = row -> true;
    private transient List<QuerySortOrder> sorted = List.of();
    private transient Consumer<List<T>> reader = page -> {};
    private transient Predicate<T> opened = row -> false;

    /**
     * No rows yet.
     *
     * @param id by which a row is the same after it has changed
     * @param orders by the sort properties of the columns
     */
    public Rows(Function<T, Object> id, Map<String, Comparator<T>> orders) {
        this.id = id;
        this.orders = Map.copyOf(orders);
    }

    /** Shows these instead of what there was. */
    public void show(List<T> current) {
        all = current;
        update();
    }

    /** Shows only those that the filter lets through. */
    public void filter(Predicate<T> wanted) {
        filter = wanted;
        update();
    }

    /** Is told which rows the browser gets next, so that what is read only for these can be read at once. */
    public void beforePage(Consumer<List<T>> listener) {
        reader = listener;
    }

    /** Marks the row whose panel is open; none for none. */
    public void mark(Predicate<T> open) {
        List<T> before = shown.stream().filter(opened).toList();
        opened = open;
        Stream.concat(before.stream(), shown.stream().filter(open)).distinct().forEach(this::refreshItem);
    }

    /** What a table's cells of that row are, for its looks; null for nothing particular. */
    public String part(T row) {
        return opened.test(row) ? "picked" : null;
    }

    /** All rows, in no particular order. */
    public List<T> all() {
        return all;
    }

    /** The rows that the filter lets through, in the table's order. */
    public List<T> shown() {
        return shown;
    }

    private void update() {
        shown = sort(all.stream().filter(filter));
        refreshAll();
    }

    /** Says how many are left to whoever doesn't see it. */
    public void sayFound() {
        Aloud.say(Texts.of("search.found", shown.size(), all().size()));
    }

    private List<T> sort(Stream<T> rows) {
        Comparator<T> order = null;
        for (QuerySortOrder part : sorted) {
            Comparator<T> by = orders.get(part.getSorted());
            Comparator<T> directed = part.getDirection() == SortDirection.ASCENDING ? by : by.reversed();
            order = order == null ? directed : order.thenComparing(directed);
        }
        return order == null ? rows.toList() : rows.sorted(order).toList();
    }

    @Override
    public Object getId(T row) {
        return id.apply(row);
    }

    @Override
    protected Stream<T> fetchFromBackEnd(Query<T, Void> query) {
        if (!same(query.getSortOrders(), sorted)) {
            sorted = List.copyOf(query.getSortOrders());
            shown = sort(shown.stream());
        }
        int from = Math.min(query.getOffset(), shown.size());
        List<T> page = shown.subList(from, Math.min(from + query.getLimit(), shown.size()));
        reader.accept(page);
        return page.stream();
    }

    private static boolean same(List<QuerySortOrder> one, List<QuerySortOrder> other) {
        return one.stream()
                .map(Rows::text)
                .toList()
                .equals(other.stream().map(Rows::text).toList());
    }

    private static String text(QuerySortOrder order) {
        return order.getSorted() + order.getDirection();
    }

    @Override
    protected int sizeInBackEnd(Query<T, Void> query) {
        return shown.size();
    }
}
