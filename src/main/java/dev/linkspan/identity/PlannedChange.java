package dev.linkspan.identity;

import dev.linkspan.access.Permission;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A change that somebody thinks about making.
 *
 * @param deletedIdentities URLs of identities
 * @param groupsOfIdentities for URLs of identities the names of all groups that they would be in
 * @param deletedGroups names of groups
 * @param permissionsOfGroups for names of groups all permissions that they would have
 */
public record PlannedChange(
        Set<String> deletedIdentities,
        Map<String, List<String>> groupsOfIdentities,
        Set<String> deletedGroups,
        Map<String, List<Permission>> permissionsOfGroups) {
    public PlannedChange {
        deletedIdentities = deletedIdentities == null ? Set.of() : Set.copyOf(deletedIdentities);
        groupsOfIdentities = lists(groupsOfIdentities);
        deletedGroups = deletedGroups == null ? Set.of() : Set.copyOf(deletedGroups);
        permissionsOfGroups = lists(permissionsOfGroups);
    }

    private static <T> Map<String, List<T>> lists(Map<String, List<T>> given) {
        Map<String, List<T>> lists = new HashMap<>();
        if (given != null) {
            given.forEach((name, list) -> lists.put(name, list == null ? List.of() : List.copyOf(list)));
        }
        return Map.copyOf(lists);
    }
}
