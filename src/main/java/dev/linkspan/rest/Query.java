package dev.linkspan.rest;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The query of a request, read as the stock server reads it: a literal semicolon makes its parameter absent. */
final class Query {
    private final Map<String, String> values = new HashMap<>();

    Query(String query) {
        if (query == null) {
            return;
        }
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals), true);
            String value = decode(equals < 0 ? "" : pair.substring(equals + 1), true);
            if (name != null && value != null && pair.indexOf(';') < 0) {
                values.putIfAbsent(name, value);
            }
        }
    }

    /** The first value of a parameter; empty when it is absent. */
    String get(String name) {
        return values.getOrDefault(name, "");
    }

    /** The number before the fields in {@code recursion}; 0 when there is none. */
    int recursion() {
        String value = get("recursion");
        int semicolon = value.indexOf(';');
        try {
            return Integer.parseInt(semicolon < 0 ? value : value.substring(0, semicolon));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Whether lists of objects are wanted rather than lists of URLs. */
    boolean recursive() {
        return recursion() != 0;
    }

    /** The text behind a percent-encoded one; null when it isn't well encoded. */
    static String decode(String text, boolean plusIsSpace) {
        if (text.indexOf('%') < 0 && (!plusIsSpace || text.indexOf('+') < 0)) {
            return text;
        }
        try {
            return URLDecoder.decode(plusIsSpace ? text : text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
