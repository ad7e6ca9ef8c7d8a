package dev.linkspan.inventory;

import dev.linkspan.problem.Problem;
import dev.linkspan.problem.Quoted;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A project's configuration: which classes of resources it owns, and keys of one's own. */
final class ProjectConfig {
    private static final Set<String> FEATURES = Set.of(
            "features.images",
            "features.networks",
            "features.networks.zones",
            "features.profiles",
            "features.storage.buckets",
            "features.storage.volumes");
    /** What a new project owns when it says nothing else. */
    private static final Set<String> OWNED =
            Set.of("features.images", "features.profiles", "features.storage.buckets", "features.storage.volumes");

    private ProjectConfig() {}

    /**
     * The configuration in the form in which it is kept; empty values are dropped.
     *
     * @throws dev.linkspan.problem.ProblemException 400 that names the key
     */
    static Map<String, String> checked(Map<String, String> given) {
        Map<String, String> checked = new TreeMap<>();
        given.forEach((key, value) -> {
            if (!key.startsWith("user.") && !FEATURES.contains(key)) {
                throw Problem.PROJECT_CONFIG_KEY.with(Quoted.of(key));
            }
            if (value == null || value.isEmpty()) {
                return;
            }
            if (FEATURES.contains(key) && !value.equals("true") && !value.equals("false")) {
                throw Problem.PROJECT_CONFIG_VALUE.with(Quoted.of(key), "it is neither \"true\" nor \"false\"");
            }
            checked.put(key, value);
        });
        return checked;
    }

    /** The configuration of a new project. */
    static Map<String, String> complete(Map<String, String> checked) {
        Map<String, String> complete = new TreeMap<>(checked);
        OWNED.forEach(feature -> complete.putIfAbsent(feature, "true"));
        return complete;
    }
}
