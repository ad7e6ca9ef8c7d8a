package dev.linkspan.ui.group;

import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.Permission;
import dev.linkspan.group.AuthGroup;
import dev.linkspan.group.GroupService;
import dev.linkspan.link.ClusterLink;
import dev.linkspan.link.LinkService;
import dev.linkspan.ui.shared.Texts;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What a permission can be given on: the entities of each type that the caller sees. */
@Component
class Resources {
    private final GroupService groups;
    private final LinkService links;

    Resources(GroupService groups, LinkService links) {
        this.groups = groups;
        this.links = links;
    }

    /** The types of which there can be an entity. */
    List<EntityType> types() {
        return List.of(EntityType.SERVER, EntityType.CLUSTER_LINK, EntityType.GROUP);
    }

    List<Resource> of(EntityType type, Caller caller) {
        return switch (type) {
            case SERVER -> List.of(new Resource("/1.0", Texts.of("entity.this-server")));
            case CLUSTER_LINK ->
                named("/1.0/cluster/links/", links.list(caller).stream().map(ClusterLink::name));
            case GROUP -> named("/1.0/auth/groups/", groups.list(caller).stream().map(AuthGroup::name));
            default -> List.of();
        };
    }

    private static List<Resource> named(String path, Stream<String> names) {
        return names.map(name -> new Resource(path + encoded(name), name)).toList();
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** An entity by its URL, and what it is called. */
    record Resource(String url, String label) {
        Permission permission(EntityType type, String entitlement) {
            return new Permission(type.wireName(), url, entitlement);
        }
    }
}
