package dev.linkspan.inventory;

import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import java.util.Map;

/** A project: what instances live in. */
public record Project(long id, String name, String description, Map<String, String> config) {
    /** The project that always exists. */
    public static final String DEFAULT = EntityUrl.DEFAULT_PROJECT;

    public EntityReference reference() {
        return EntityReference.of(EntityType.PROJECT, id);
    }

    public EntityUrl url() {
        return url(name);
    }

    static EntityUrl url(String name) {
        return EntityUrl.of(EntityType.PROJECT, name);
    }
}
