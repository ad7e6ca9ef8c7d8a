package dev.linkspan.group;

import dev.linkspan.access.EntityUrl;
import dev.linkspan.access.Permission;
import dev.linkspan.problem.Problem;
import java.util.List;

/** A group to be made. Checks its name (auth.md 3.2). */
public record CreateGroup(String name, String description, List<Permission> permissions) {
    static final int LONGEST_NAME = 10_000;

    /** @throws dev.linkspan.problem.ProblemException 400 when the name isn't allowed */
    public CreateGroup {
        name = checkedName(name);
        description = description == null ? "" : description;
        permissions = permissions == null ? List.of() : List.copyOf(permissions);
    }

    static String checkedName(String name) {
        if (name == null || name.isEmpty()) {
            throw Problem.GROUP_NAME_EMPTY.with();
        }
        if (name.contains("/")) {
            throw Problem.GROUP_NAME_SLASH.with();
        }
        if (name.contains(":")) {
            throw Problem.GROUP_NAME_COLON.with();
        }
        requireUsable(name);
        return name;
    }

    /** Refuses names that are too long, or that no URL could hold. */
    static void requireUsable(String name) {
        if (name.length() > LONGEST_NAME) {
            throw Problem.NAME_TOO_LONG.with(LONGEST_NAME);
        }
        if (!EntityUrl.fits(name)) {
            throw Problem.NAME_TOO_LONG_FOR_URL.with(EntityUrl.LONGEST_NAME);
        }
        if (name.indexOf('\0') >= 0) {
            throw Problem.NAME_WITH_NULL.with();
        }
    }
}
