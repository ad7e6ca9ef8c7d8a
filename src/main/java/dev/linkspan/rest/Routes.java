package dev.linkspan.rest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Paths and methods, found by the path's segments. */
final class Routes {
    /** One method of a path; {@code open} ones may be called by untrusted callers. */
    record Route(Endpoint endpoint, boolean open) {}

    /** A known path with its decoded arguments. */
    record Match(Map<String, Route> methods, List<String> arguments) {}

    private static final String ARGUMENT = "{}";

    private final Map<String, Routes> children = new HashMap<>();
    private final Map<String, Route> methods = new HashMap<>();

    /** Serves {@code path}, whose arguments are written {@code {}}, to authenticated callers. */
    Routes on(String method, String path, Endpoint endpoint) {
        at(path).methods.put(method, new Route(endpoint, false));
        return this;
    }

    /** Serves {@code path} to everybody. */
    Routes open(String method, String path, Endpoint endpoint) {
        at(path).methods.put(method, new Route(endpoint, true));
        return this;
    }

    private Routes at(String path) {
        Routes node = this;
        for (String segment : path.substring(1).split("/")) {
            node = node.children.computeIfAbsent(segment, s -> new Routes());
        }
        return node;
    }

    /** The route of a percent-encoded path; null when there is no such path. */
    Match match(String path) {
        List<String> arguments = new ArrayList<>(2);
        Routes node = this;
        int start = 1;
        while (node != null && start <= path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            String segment = path.substring(start, end);
            Routes next = node.children.get(segment);
            if (next == null && !segment.isEmpty()) {
                next = node.children.get(ARGUMENT);
                String argument = Query.decode(segment, false);
                if (argument == null) {
                    return null;
                }
                arguments.add(argument);
            }
            node = next;
            start = end + 1;
        }
        return node == null || node.methods.isEmpty() ? null : new Match(node.methods, arguments);
    }
}
