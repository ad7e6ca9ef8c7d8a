package dev.linkspan.group;

import dev.linkspan.access.Permission;
import java.util.List;

/**
 * A change of a group.
 *
 * @param replace whether description and permissions are replaced (PUT), or a non-empty description is set and the
 *     permissions are added (PATCH)
 */
public record UpdateGroup(String description, List<Permission> permissions, boolean replace) {
    public UpdateGroup {
        description = description == null ? "" : description;
        permissions = permissions == null ? List.of() : List.copyOf(permissions);
    }
}
