package dev.linkspan.group;

import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import java.util.List;

/**
 * A group of the identity provider's: whoever the provider says is in it is in the auth groups that it is mapped to.
 *
 * @param groups names of these auth groups, as far as the caller may see them
 */
public record IdentityProviderGroup(long id, String name, List<String> groups) {
    public EntityReference reference() {
        return EntityReference.of(EntityType.IDENTITY_PROVIDER_GROUP, id);
    }

    public EntityUrl url() {
        return url(name);
    }

    static EntityUrl url(String name) {
        return EntityUrl.of(EntityType.IDENTITY_PROVIDER_GROUP, name);
    }
}
