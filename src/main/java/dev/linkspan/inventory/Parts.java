package dev.linkspan.inventory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Long lists in parts that fit well into one statement. */
final class Parts {
    private static final int SIZE = 5_000;

    private Parts() {}

    static <T> List<List<T>> of(Collection<T> items) {
        List<T> all = List.copyOf(items);
        List<List<T>> parts = new ArrayList<>();
        for (int start = 0; start < all.size(); start += SIZE) {
            parts.add(all.subList(start, Math.min(all.size(), start + SIZE)));
        }
        return parts;
    }
}
