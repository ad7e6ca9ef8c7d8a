package dev.linkspan.ui.group;

import dev.linkspan.access.Access;
import dev.linkspan.access.AuthorizationModel;
import dev.linkspan.access.Caller;
import dev.linkspan.access.Entities;
import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.access.Permission;
import dev.linkspan.identity.Identity;
import dev.linkspan.identity.IdentityService;
import dev.linkspan.ui.shared.Texts;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What a permission can be given on: the entities of each type that the caller sees. */
@Component
public class Resources {
    private final AuthorizationModel model;
    private final Entities entities;
    private final IdentityService identities;
    private final Access access;

    Resources(AuthorizationModel model, Entities entities, IdentityService identities, Access access) {
        this.model = model;
        this.entities = entities;
        this.identities = identities;
        this.access = access;
    }

    /** The types that have entities on this server and on which something can be granted. */
    public List<EntityType> types() {
        return Arrays.stream(EntityType.values())
                .filter(type ->
                        entities.known(type) && !model.entitlements(type).isEmpty())
                .toList();
    }

    /** The entities of that type that the caller sees. */
    public List<Resource> of(EntityType type, Caller caller) {
        return switch (type) {
            case SERVER -> List.of(new Resource(EntityUrl.of(type), Texts.of("entity.this-server")));
            case IDENTITY ->
                identities.list(caller, null).stream()
                        .map(Resources::identity)
                        .sorted(Comparator.comparing(Resource::label))
                        .toList();
            default -> named(type, caller);
        };
    }

    private List<Resource> named(EntityType type, Caller caller) {
        List<EntityUrl> urls = entities.all(type, Integer.MAX_VALUE);
        Map<EntityUrl, EntityReference> found = entities.find(urls);
        return urls.stream()
                .filter(url -> found.containsKey(url) && access.allowed(caller, found.get(url), "can_view"))
                .map(Resources::named)
                .toList();
    }

    private static Resource named(EntityUrl url) {
        String name = url.arguments().getLast();
        return new Resource(
                url, url.project() == null ? name : Texts.of("entity.in-project-label", name, url.project()));
    }

    private static Resource identity(Identity identity) {
        return new Resource(identity.url(), Texts.of("entity.identity-label", identity.name(), identity.type()));
    }

    /** The names of resources whose URLs don't tell them, which are identities; reads nothing when there are none. */
    public Map<String, String> names(Caller caller, Collection<Permission> permissions) {
        boolean none = permissions.stream()
                .noneMatch(permission -> permission.entityType().equals(EntityType.IDENTITY.wireName()));
        return none
                ? Map.of()
                : identities.list(caller, null).stream()
                        .collect(Collectors.toMap(identity -> identity.url().toString(), Identity::name));
    }

    /** An entity by its URL, and what it is called. */
    public record Resource(EntityUrl url, String label) {
        public Permission permission(String entitlement) {
            return new Permission(url.type().wireName(), url.toString(), entitlement);
        }
    }
}
