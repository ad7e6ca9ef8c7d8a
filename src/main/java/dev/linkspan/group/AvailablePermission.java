package dev.linkspan.group;

import dev.linkspan.access.Permission;
import java.util.List;

/**
 * A permission that could be granted.
 *
 * @param groups names of the groups that hold it directly; empty when there are none, or when they weren't asked for
 */
public record AvailablePermission(Permission permission, List<String> groups) {}
