package dev.linkspan.identity;

import dev.linkspan.access.Permission;
import java.util.List;

/**
 * The caller's own identity with what it may do.
 *
 * @param effectiveGroups null for identities that are not subject to the authorization model
 */
public record CurrentIdentity(Identity identity, List<String> effectiveGroups, List<Permission> effectivePermissions) {}
