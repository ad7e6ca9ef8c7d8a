package dev.linkspan.access;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Knows the entities of one type. Each room registers one for its own entities, so that {@code access} and
 * {@code group} can turn URLs into rows and back without knowing the rooms.
 */
public interface EntityResolver {
    EntityType type();

    /** The entities behind {@code urls} of this type; those that don't exist are absent. One look-up for all. */
    Map<EntityUrl, EntityReference> find(Collection<EntityUrl> urls);

    /** The URLs of the entities with these rows; vanished ones are absent. One look-up for all. */
    Map<Long, EntityUrl> urls(Collection<Long> ids);

    /** All entities of this type, for pickers; at most {@code limit}, in order of their URL. */
    List<EntityUrl> all(int limit);
}
