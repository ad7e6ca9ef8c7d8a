package dev.linkspan.inventory;

import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import java.time.Instant;

/**
 * A backup of an instance.
 *
 * @param size of its archive in bytes
 * @param expiresAt when it is deleted; null for never
 */
public record Backup(
        long id,
        InstanceName instance,
        String name,
        boolean instanceOnly,
        boolean optimizedStorage,
        long size,
        Instant createdAt,
        Instant expiresAt) {

    public EntityReference reference() {
        return new EntityReference(EntityType.INSTANCE_BACKUP, id, instance.projectId(), instance.id());
    }

    public EntityUrl url() {
        return url(instance, name);
    }

    static EntityUrl url(InstanceName instance, String name) {
        return EntityUrl.in(instance.project(), EntityType.INSTANCE_BACKUP, instance.name(), name);
    }
}
