package dev.linkspan.group;

import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.access.Permission;
import java.util.List;
import java.util.Map;

/**
 * A group with what it grants and to whom, as its caller may see it.
 *
 * @param identities method to identifiers
 * @param identityProviderGroups names of the identity provider groups that are mapped to it
 */
public record AuthGroup(
        long id,
        String name,
        String description,
        List<Permission> permissions,
        Map<String, List<String>> identities,
        List<String> identityProviderGroups) {
    /** The group that can't be changed, renamed or deleted. */
    public static final String ADMINS = "admins";

    public EntityReference reference() {
        return EntityReference.of(EntityType.GROUP, id);
    }

    static EntityUrl url(String name) {
        return EntityUrl.of(EntityType.GROUP, name);
    }
}
