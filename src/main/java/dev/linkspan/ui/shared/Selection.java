package dev.linkspan.ui.shared;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The rows of a table that somebody has picked. Known by their ids, so that they stay picked while the table is sorted,
 * searched and changed by others.
 */
public class Selection<T> {
    private final Function<T, Object> id;
    private final Function<T, String> refusal;
    private final Map<Object, T> picked = new LinkedHashMap<>();
    private final List<Runnable> listeners = new ArrayList<>();
    private Runnable waiting;
    private String held;

    /**
     * An empty selection.
     *
     * @param refusal why a row can't be picked; null for those that can
     */
    public Selection(Function<T, Object> id, Function<T, String> refusal) {
        this.id = id;
        this.refusal = refusal;
    }

    /** By what a row is the same. */
    String id(T row) {
        return String.valueOf(id.apply(row));
    }

    public boolean contains(T row) {
        return picked.containsKey(id.apply(row));
    }

    public int size() {
        return picked.size();
    }

    public boolean isEmpty() {
        return picked.isEmpty();
    }

    /** The picked rows, in the order in which they were picked. */
    public List<T> rows() {
        return List.copyOf(picked.values());
    }

    /** How many of these can be picked. */
    int most(Collection<T> rows) {
        return (int) rows.stream().filter(row -> refusal(row) == null).count();
    }

    String refusal(T row) {
        return held == null ? refusal.apply(row) : held;
    }

    /** Whether it has to stay as it is for now. */
    boolean held() {
        return held != null;
    }

    /**
     * Takes note of whether a panel for what is picked is asked for. While it is open, nothing else can be picked. When
     * nothing is picked yet, but what was picked before comes back, it is opened by {@code again}.
     */
    public void panel(boolean asked, Runnable again) {
        waiting = asked && isEmpty() ? again : null;
        hold(asked && !isEmpty() ? Texts.of("selection.held") : null);
    }

    private void hold(String why) {
        if (!Objects.equals(held, why)) {
            held = why;
            tell();
        }
    }

    /** Picks a row, or no longer. */
    public void toggle(T row) {
        if (held()) {
            return;
        }
        if (picked.remove(id.apply(row)) == null && refusal(row) == null) {
            picked.put(id.apply(row), row);
        }
        tell();
    }

    /** Picks these rows too, as far as they can be picked. */
    public void add(Collection<T> rows) {
        rows.stream().filter(row -> refusal(row) == null).forEach(row -> picked.put(id.apply(row), row));
        tell();
    }

    public void clear() {
        if (!held()) {
            picked.clear();
            tell();
        }
    }

    /** Picks what was picked before one left the page or it was loaded anew. */
    void takeBack(Collection<T> rows) {
        add(rows);
        if (waiting != null && !isEmpty()) {
            waiting.run();
        }
    }

    /** Takes note of the table's rows as they are now: those that are gone aren't picked any more. */
    public void keep(Collection<T> current) {
        if (picked.isEmpty()) {
            return;
        }
        Map<Object, T> now = new LinkedHashMap<>();
        current.forEach(row -> now.put(id.apply(row), row));
        picked.replaceAll((key, row) -> now.getOrDefault(key, row));
        picked.keySet().retainAll(now.keySet());
        picked.values().removeIf(row -> refusal.apply(row) != null);
        tell();
    }

    /** Is told whenever something else is picked. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    private void tell() {
        listeners.forEach(Runnable::run);
    }
}
