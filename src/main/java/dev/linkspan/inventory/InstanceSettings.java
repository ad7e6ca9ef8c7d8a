package dev.linkspan.inventory;

import dev.linkspan.problem.Problem;
import dev.linkspan.problem.Quoted;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What instances may be called and what may be written about them. */
final class InstanceSettings {
    static final String UUID = "volatile.uuid";
    static final String GENERATION = "volatile.uuid.generation";
    static final String CLOUD_INIT_ID = "volatile.cloud-init.instance-id";

    private static final int LONGEST_NAME = 63;
    private static final int LONGEST_KEY = 255;
    private static final int MOST_ENTRIES = 10_000;
    private static final int LONGEST_ARCHITECTURE = 32;

    private InstanceSettings() {}

    static String checkedName(String name) {
        String why = objection(name);
        if (why != null) {
            throw Problem.INSTANCE_NAME_INVALID.with(Quoted.of(name == null ? "" : name), why);
        }
        return name;
    }

    private static String objection(String name) {
        if (name == null || name.isEmpty() || name.length() > LONGEST_NAME) {
            return "it must have 1 to " + LONGEST_NAME + " characters";
        }
        if (!name.chars().allMatch(c -> c < 0x80 && (Character.isLetterOrDigit(c) || c == '-'))) {
            return "only ASCII letters, digits and hyphens are allowed";
        }
        if (name.startsWith("-") || name.endsWith("-")) {
            return "it may not begin or end with a hyphen";
        }
        return name.chars().allMatch(Character::isDigit) ? "it may not be a number" : null;
    }

    static String checkedArchitecture(String architecture) {
        if (architecture.length() > LONGEST_ARCHITECTURE || !architecture.matches("[a-z0-9_]+")) {
            throw Problem.INSTANCE_VALUE_INVALID.with(
                    "architecture", Quoted.of(architecture), "use a name such as \"x86_64\" or \"aarch64\"");
        }
        return architecture;
    }

    /** The configuration in the form in which it is kept; empty values are dropped. */
    static Map<String, String> checkedConfig(Map<String, String> given) {
        requireFew("config", given.size());
        Map<String, String> checked = new TreeMap<>();
        given.forEach((key, value) -> {
            requireKey("configuration key", key);
            if (value != null && !value.isEmpty()) {
                checked.put(key, value);
            }
        });
        return checked;
    }

    static Map<String, Map<String, String>> checkedDevices(Map<String, Map<String, String>> given) {
        requireFew("devices", given.size());
        Map<String, Map<String, String>> checked = new TreeMap<>();
        given.forEach((name, settings) -> {
            requireKey("device name", name);
            checked.put(name, checkedConfig(settings == null ? Map.of() : settings));
        });
        return checked;
    }

    static List<String> checkedProfiles(List<String> given) {
        requireFew("profiles", given.size());
        given.forEach(name -> requireKey("profile name", name));
        return List.copyOf(given);
    }

    private static void requireKey(String what, String key) {
        if (key == null || key.isBlank() || key.length() > LONGEST_KEY) {
            throw Problem.INSTANCE_VALUE_INVALID.with(
                    what, Quoted.of(key == null ? "" : key), "it must have 1 to " + LONGEST_KEY + " characters");
        }
    }

    private static void requireFew(String what, int count) {
        if (count > MOST_ENTRIES) {
            throw Problem.TOO_MANY_ITEMS.with(what, MOST_ENTRIES);
        }
    }

    /** What tells a new instance apart from every other. */
    static Map<String, String> withIdentity(Map<String, String> config) {
        Map<String, String> complete = new TreeMap<>(config);
        String uuid = java.util.UUID.randomUUID().toString();
        complete.put(UUID, uuid);
        complete.put(GENERATION, uuid);
        complete.put(CLOUD_INIT_ID, java.util.UUID.randomUUID().toString());
        return complete;
    }

    /** A changed configuration, in which the instance keeps what tells it apart. */
    static Map<String, String> keepingIdentity(Map<String, String> current, Map<String, String> next) {
        Map<String, String> kept = new TreeMap<>(next);
        for (String key : List.of(UUID, GENERATION, CLOUD_INIT_ID)) {
            if (current.containsKey(key)) {
                kept.put(key, current.get(key));
            }
        }
        return kept;
    }
}
