package dev.linkspan.ui.shared;

import java.util.List;
import java.util.function.Function;

/** Several names in a sentence. */
public final class Names {
    private static final int MOST = 3;

    private Names() {}

    /** {@code a}, {@code a and b}, {@code a, b and c}, {@code a, b and 7 more}. */
    public static <T> String of(List<T> items, Function<T, String> name) {
        boolean cut = items.size() > MOST;
        List<String> first =
                items.stream().limit(cut ? MOST - 1 : MOST).map(name).toList();
        if (cut) {
            return Texts.of("names.more", String.join(", ", first), items.size() - first.size());
        }
        if (first.size() < 2) {
            return String.join("", first);
        }
        return Texts.of("names.and", String.join(", ", first.subList(0, first.size() - 1)), first.getLast());
    }
}
