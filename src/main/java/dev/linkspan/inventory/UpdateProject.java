package dev.linkspan.inventory;

import java.util.Map;

/**
 * A change of a project. Checks its configuration.
 *
 * @param description null to keep it
 * @param replace whether the configuration is replaced (PUT), or keys are set and removed (PATCH)
 */
public record UpdateProject(String description, Map<String, String> config, boolean replace) {
    /** @throws dev.linkspan.problem.ProblemException 400 when the configuration isn't allowed */
    public UpdateProject {
        description = description == null && replace ? "" : description;
        config = config == null ? Map.of() : config;
        ProjectConfig.checked(config);
    }
}
