package dev.linkspan.group;

import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityType;

/** A group by its name and description, for choosing. */
public record GroupBrief(long id, String name, String description) {
    public EntityReference reference() {
        return EntityReference.of(EntityType.GROUP, id);
    }
}
