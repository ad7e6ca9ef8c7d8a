package dev.linkspan.operation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A task to be begun.
 *
 * @param description for people, for example {@code Creating instance}
 * @param projectId the row of the project that it belongs to; 0 for none
 * @param project that project's name; null for none
 * @param metadata what clients get to know of it
 */
public record NewOperation(
        String description,
        long projectId,
        String project,
        Map<String, List<String>> resources,
        Map<String, Object> metadata) {
    public NewOperation {
        resources = new TreeMap<>(resources);
        metadata = new TreeMap<>(metadata);
    }

    /** Work on one entity of a project. */
    public static NewOperation on(String description, long projectId, String project, String entityUrl) {
        return new NewOperation(description, projectId, project, Map.of(), Map.of("entity_url", entityUrl));
    }
}
