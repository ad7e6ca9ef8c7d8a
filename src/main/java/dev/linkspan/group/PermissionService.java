package dev.linkspan.group;

import dev.linkspan.access.Access;
import dev.linkspan.access.AuthorizationModel;
import dev.linkspan.access.AuthorizationModel.EntitlementDescription;
import dev.linkspan.access.Caller;
import dev.linkspan.access.Entities;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.access.Permission;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** Every permission that could be granted on what exists (auth.md 6.1). */
@Service
public class PermissionService {
    private final AuthorizationModel model;
    private final Entities entities;
    private final Permissions permissions;
    private final PermissionParser parser;
    private final Access access;

    PermissionService(
            AuthorizationModel model,
            Entities entities,
            Permissions permissions,
            PermissionParser parser,
            Access access) {
        this.model = model;
        this.entities = entities;
        this.permissions = permissions;
        this.parser = parser;
        this.access = access;
    }

    /**
     * What can be granted on every existing entity, by entity type, URL and entitlement. The entities are read here; the
     * permissions are made one by one as the stream is read, since there may be hundreds of thousands.
     *
     * @param project only entities inside of this project; empty for all
     * @param entityType wire name of the only type wanted; empty for all
     * @param withGroups whether to tell who holds each
     * @throws ProblemException 403 without {@code can_view_permissions} on the server, 404 for an unknown project, 400
     *     for an unknown type, 500 for a project together with a type whose entities live in none
     */
    public Stream<AvailablePermission> list(Caller caller, String project, String entityType, boolean withGroups) {
        access.require(caller, "can_view_permissions");
        EntityType only = entityType.isEmpty()
                ? null
                : EntityType.ofWireName(entityType)
                        .orElseThrow(() -> Problem.PERMISSION_ENTITY_TYPE.with(entityType, entityType));
        if (!project.isEmpty()) {
            requireProject(project, only);
        }
        return Arrays.stream(EntityType.values())
                .filter(type -> only == null ? project.isEmpty() || type.projectScoped() : type == only)
                .filter(type ->
                        entities.known(type) && !model.entitlements(type).isEmpty())
                .sorted(Comparator.comparing(EntityType::wireName))
                .map(type -> ofType(type, project, withGroups))
                .toList()
                .stream()
                .flatMap(stream -> stream);
    }

    private void requireProject(String project, EntityType only) {
        EntityUrl url = EntityUrl.of(EntityType.PROJECT, project);
        if (!entities.find(List.of(url)).containsKey(url)) {
            throw Problem.PROJECT_NOT_FOUND.with();
        }
        if (only != null && only != EntityType.SERVER && !only.projectScoped()) {
            throw Problem.PERMISSION_TYPE_WITHOUT_PROJECT.with(only.wireName());
        }
    }

    private Stream<AvailablePermission> ofType(EntityType type, String project, boolean withGroups) {
        List<String> urls = entities.all(type, Integer.MAX_VALUE).stream()
                .filter(url -> project.isEmpty() || !type.projectScoped() || Objects.equals(url.project(), project))
                .map(EntityUrl::toString)
                .sorted()
                .toList();
        List<String> entitlements = model.entitlements(type).stream()
                .map(EntitlementDescription::name)
                .sorted()
                .toList();
        Map<Permission, List<String>> holders = withGroups ? permissions.holders(type) : Map.of();
        return urls.stream()
                .flatMap(url ->
                        entitlements.stream().map(entitlement -> new Permission(type.wireName(), url, entitlement)))
                .map(permission -> new AvailablePermission(permission, holders.getOrDefault(permission, List.of())));
    }

    /**
     * What a group with these permissions lacks for them to be of use. Looks at the permissions only, not at what exists.
     *
     * @param added those of them that are new
     * @throws ProblemException 403 for untrusted callers, 400 for permissions that can't be granted
     */
    public List<NeededPermission> needed(Caller caller, List<Permission> all, Collection<Permission> added) {
        access.requireTrusted(caller);
        return parser.needed(all, added);
    }
}
