package dev.linkspan.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Compares an answer with a recorded one: all keys and values, lists in order unless they have none. */
final class Comparison {

    private static final List<String> METHODS = List.of("tls", "oidc", "bearer");

    private final Placeholders placeholders;
    private final boolean listOfIdentities;
    private final List<String> differences = new ArrayList<>();

    private Comparison(Placeholders placeholders, boolean listOfIdentities) {
        this.placeholders = placeholders;
        this.listOfIdentities = listOfIdentities;
    }

    /**
     * What is different, empty when nothing is.
     *
     * @param listOfIdentities whether the metadata is ordered by identifiers, which are others at each replay
     */
    static List<String> differences(
            Placeholders placeholders, boolean listOfIdentities, JsonNode recorded, JsonNode answered) {
        Comparison comparison = new Comparison(placeholders, listOfIdentities);
        comparison.compare("", recorded, answered);
        return comparison.differences;
    }

    private void compare(String path, JsonNode recorded, JsonNode answered) {
        if (recorded.isString() && recorded.asString().matches("\\{(API_EXTENSIONS|ENVIRONMENT_[A-Z])}")) {
            if (!answered.isContainer()) {
                differ(path, recorded, answered);
            }
        } else if (recorded.isObject() && answered.isObject()) {
            Set<String> keys = new TreeSet<>(recorded.propertyNames());
            keys.addAll(answered.propertyNames());
            for (String key : keys) {
                compare(path + "/" + key, recorded.path(key), answered.path(key));
            }
        } else if (recorded.isArray() && answered.isArray() && recorded.size() == answered.size()) {
            if (unordered(path)) {
                compareUnordered(path, recorded, answered);
            } else {
                for (int i = 0; i < recorded.size(); i++) {
                    compare(path + "/" + i, recorded.get(i), answered.get(i));
                }
            }
        } else if (recorded.isString() && answered.isString()) {
            if (!placeholders.matches(recorded.asString(), answered.asString())) {
                differ(path, recorded, answered);
            }
        } else if (!recorded.equals(answered)) {
            differ(path, recorded, answered);
        }
    }

    private boolean unordered(String path) {
        return (listOfIdentities && path.equals("/metadata"))
                || path.endsWith("/permissions")
                || path.endsWith("/effective_permissions")
                || path.matches(".*/identities/(tls|oidc|bearer)");
    }

    private void compareUnordered(String path, JsonNode recorded, JsonNode answered) {
        List<JsonNode> left = new ArrayList<>();
        answered.forEach(left::add);
        for (JsonNode item : recorded) {
            JsonNode found = null;
            for (JsonNode candidate : left) {
                Placeholders tried = placeholders.copy();
                if (differences(tried, listOfIdentities, item, candidate).isEmpty()) {
                    placeholders.take(tried);
                    found = candidate;
                    break;
                }
            }
            if (found == null) {
                differ(path, item, answered);
                return;
            }
            left.remove(found);
        }
        requireSorted(path, answered);
    }

    private void requireSorted(String path, JsonNode answered) {
        List<String> ids = new ArrayList<>();
        answered.forEach(item -> ids.add(
                item.isObject()
                        ? METHODS.indexOf(item.path("authentication_method").asString(""))
                                + item.path("id").asString("")
                        : item.asString("").replaceAll(".*/", "")));
        boolean identities = path.equals("/metadata");
        if (identities && !ids.equals(ids.stream().sorted().toList())) {
            differences.add(path + ": not in the order of identifiers: " + ids);
        }
    }

    private void differ(String path, JsonNode recorded, JsonNode answered) {
        differences.add(path + ": recorded " + placeholders.known(recorded.toString()) + ", answered " + answered);
    }
}
