package dev.linkspan.access;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Turns entity URLs into rows and back, with the help of the rooms' resolvers. */
@Component
public class Entities {
    private final Map<EntityType, EntityResolver> resolvers = new EnumMap<>(EntityType.class);

    Entities(List<EntityResolver> resolvers) {
        resolvers.forEach(resolver -> this.resolvers.put(resolver.type(), resolver));
    }

    /** The entities behind the URLs; unknown ones are absent. */
    public Map<EntityUrl, EntityReference> find(Collection<EntityUrl> urls) {
        Map<EntityUrl, EntityReference> found = new HashMap<>();
        urls.stream().collect(Collectors.groupingBy(EntityUrl::type)).forEach((type, ofType) -> {
            if (type == EntityType.SERVER) {
                ofType.forEach(url -> found.put(url, EntityReference.server()));
            } else if (resolvers.containsKey(type)) {
                found.putAll(resolvers.get(type).find(ofType));
            }
        });
        return found;
    }

    /** The URLs of the entities of one type with these rows; vanished ones are absent. */
    public Map<Long, EntityUrl> urls(EntityType type, Collection<Long> ids) {
        if (type == EntityType.SERVER) {
            return Map.of(0L, EntityUrl.of(EntityType.SERVER));
        }
        EntityResolver resolver = resolvers.get(type);
        return resolver == null ? Map.of() : resolver.urls(ids);
    }

    /** The types that have entities on this server, for pickers. */
    public boolean known(EntityType type) {
        return type == EntityType.SERVER || resolvers.containsKey(type);
    }

    /** The entities of one type, at most {@code limit}. */
    public List<EntityUrl> all(EntityType type, int limit) {
        if (type == EntityType.SERVER) {
            return List.of(EntityUrl.of(EntityType.SERVER));
        }
        EntityResolver resolver = resolvers.get(type);
        return resolver == null ? List.of() : resolver.all(limit);
    }
}
