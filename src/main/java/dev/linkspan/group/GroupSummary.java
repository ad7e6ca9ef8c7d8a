package dev.linkspan.group;

import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityType;
import java.util.List;

/**
 * A group without what it holds, as its caller may see it.
 *
 * @param identityCount number of its members that the caller may see, pending ones among them
 * @param pendingCount number of these whose token was not used yet
 * @param identityProviderGroups names of the identity provider groups that are mapped to it
 */
public record GroupSummary(
        long id,
        String name,
        String description,
        int identityCount,
        int pendingCount,
        int permissionCount,
        List<String> identityProviderGroups) {
    public EntityReference reference() {
        return EntityReference.of(EntityType.GROUP, id);
    }
}
