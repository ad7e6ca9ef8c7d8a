package dev.linkspan.inventory;

import dev.linkspan.problem.Problem;
import dev.linkspan.problem.Quoted;
import java.util.Map;

/** A project to be made. Checks its name and configuration. */
public record CreateProject(String name, String description, Map<String, String> config) {
    private static final int LONGEST_NAME = 63;
    private static final String FORBIDDEN = "/ _'\"";

    /** @throws dev.linkspan.problem.ProblemException 400 when the name or the configuration isn't allowed */
    public CreateProject {
        name = checkedName(name);
        description = description == null ? "" : description;
        config = ProjectConfig.checked(config == null ? Map.of() : config);
    }

    static String checkedName(String name) {
        if (name == null || name.isEmpty()) {
            throw invalid(name, "it is empty");
        }
        if (name.length() > LONGEST_NAME) {
            throw invalid(name, "it is longer than " + LONGEST_NAME + " characters");
        }
        if (name.equals("*") || name.equals(".") || name.equals("..")) {
            throw invalid(name, "it is reserved");
        }
        if (name.codePoints().anyMatch(c -> FORBIDDEN.indexOf(c) >= 0 || Character.isISOControl(c))) {
            throw invalid(name, "it may not contain slashes, spaces, underscores, quotes and control characters");
        }
        return name;
    }

    private static RuntimeException invalid(String name, String why) {
        return Problem.PROJECT_NAME_INVALID.with(Quoted.of(name == null ? "" : name), why);
    }
}
