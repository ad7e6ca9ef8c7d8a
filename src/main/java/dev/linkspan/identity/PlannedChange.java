package dev.linkspan.identity;

import dev.linkspan.access.Permission;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A change that somebody thinks about making.
 *
 * @param deletedIdentities URLs of identities
 * @param revokedTokens URLs of bearer identities whose tokens would be revoked
 * @param groupsOfIdentities for URLs of identities the names of all groups that they would be in
 * @param deletedGroups names of groups
 * @param permissionsOfGroups for names of groups all permissions that they would have
 * @param groupsOfProviderGroups for names of identity provider groups the names of all groups that they would stand for;
 *     none for those that would be deleted
 */
public record PlannedChange(
        Set<String> deletedIdentities,
        Set<String> revokedTokens,
        Map<String, List<String>> groupsOfIdentities,
        Set<String> deletedGroups,
        Map<String, List<Permission>> permissionsOfGroups,
        Map<String, List<String>> groupsOfProviderGroups) {
    public PlannedChange {
        deletedIdentities = deletedIdentities == null ? Set.of() : Set.copyOf(deletedIdentities);
        revokedTokens = revokedTokens == null ? Set.of() : Set.copyOf(revokedTokens);
        groupsOfIdentities = lists(groupsOfIdentities);
        deletedGroups = deletedGroups == null ? Set.of() : Set.copyOf(deletedGroups);
        permissionsOfGroups = lists(permissionsOfGroups);
        groupsOfProviderGroups = lists(groupsOfProviderGroups);
    }

    private static <T> Map<String, List<T>> lists(Map<String, List<T>> given) {
        Map<String, List<T>> lists = new HashMap<>();
        if (given != null) {
            given.forEach((name, list) -> lists.put(name, list == null ? List.of() : List.copyOf(list)));
        }
        return Map.copyOf(lists);
    }

    /** Deletes identities. */
    public static PlannedChange ofDeleted(Collection<String> identities) {
        return new PlannedChange(Set.copyOf(identities), null, null, null, null, null);
    }

    /** Revokes the token of a bearer identity. */
    public static PlannedChange ofRevoked(String identity) {
        return new PlannedChange(null, Set.of(identity), null, null, null, null);
    }

    /** Puts identities into groups and takes them out. */
    public static PlannedChange ofMemberships(Map<String, List<String>> groupsOfIdentities) {
        return new PlannedChange(null, null, groupsOfIdentities, null, null, null);
    }

    /** Deletes groups. */
    public static PlannedChange ofDeletedGroups(Collection<String> groups) {
        return new PlannedChange(null, null, null, Set.copyOf(groups), null, null);
    }

    /** Lets identity provider groups stand for other groups. */
    public static PlannedChange ofMappings(Map<String, List<String>> groupsOfProviderGroups) {
        return new PlannedChange(null, null, null, null, null, groupsOfProviderGroups);
    }
}
