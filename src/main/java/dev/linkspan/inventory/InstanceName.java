package dev.linkspan.inventory;

import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;

/** An instance as far as lists of URLs and checks of rights need it. */
public record InstanceName(long id, long projectId, String project, String name) {
    public EntityReference reference() {
        return new EntityReference(EntityType.INSTANCE, id, projectId, 0);
    }

    public EntityUrl url() {
        return url(project, name);
    }

    static EntityUrl url(String project, String name) {
        return EntityUrl.in(project, EntityType.INSTANCE, name);
    }
}
