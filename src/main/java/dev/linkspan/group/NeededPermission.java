package dev.linkspan.group;

import dev.linkspan.access.Permission;
import java.util.List;

/**
 * A permission that a group lacks for others to be of use.
 *
 * @param neededBy the permissions that need it
 * @param required whether the group is refused without it; otherwise its members won't find what they may act on
 */
public record NeededPermission(Permission permission, List<Permission> neededBy, boolean required) {}
