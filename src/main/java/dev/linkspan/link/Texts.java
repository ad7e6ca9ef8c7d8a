package dev.linkspan.link;

import java.util.Map;
import java.util.TreeMap;

/** Maps of texts as they come from a request. */
final class Texts {
    private Texts() {}

    /** A copy in which null is the empty text. */
    static Map<String, String> withoutNulls(Map<String, String> given) {
        Map<String, String> copy = new TreeMap<>();
        if (given != null) {
            given.forEach((key, value) -> copy.put(key, value == null ? "" : value));
        }
        return copy;
    }
}
