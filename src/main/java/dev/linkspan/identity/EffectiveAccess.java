package dev.linkspan.identity;

import dev.linkspan.access.Access;
import dev.linkspan.access.AuthorizationModel;
import dev.linkspan.access.AuthorizationModel.EntitlementDescription;
import dev.linkspan.access.Caller;
import dev.linkspan.access.Entities;
import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.access.Permission;
import dev.linkspan.access.Refusals;
import dev.linkspan.access.Refusals.Refusal;
import dev.linkspan.access.Rights;
import dev.linkspan.access.Rights.Reasons;
import dev.linkspan.group.AuthGroup;
import dev.linkspan.group.GroupService;
import dev.linkspan.group.IdentityProviderGroup;
import dev.linkspan.group.IdentityProviderGroupService;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** What an identity may do and through which group, who may do something, and why something was refused. */
@Service
public class EffectiveAccess {
    /**
     * A group that an identity is in, by itself or because the identity provider says so.
     *
     * @param identityProviderGroups names of the provider's groups that are mapped to it and have the identity in them
     */
    public record ThroughGroup(String name, boolean direct, List<String> identityProviderGroups) {}

    /** A permission with the names of the groups that it comes through. */
    public record ThroughGroups(Permission permission, List<String> groups) {}

    /**
     * What an identity may do.
     *
     * @param unrestricted whether it may do everything, whatever its groups
     */
    public record OfIdentity(
            Identity identity, boolean unrestricted, List<ThroughGroup> groups, List<ThroughGroups> permissions) {}

    /**
     * Why somebody has an entitlement.
     *
     * @param unrestricted because the identity may do everything
     * @param implied because it is that identity, or a member of that group
     * @param through permissions that it follows from, with the groups that have them
     */
    public record Why(boolean unrestricted, boolean implied, List<ThroughGroups> through) {}

    /** An entitlement that an identity has on an entity, and why. */
    public record Held(EntitlementDescription entitlement, Why why) {}

    /** Somebody who has an entitlement on an entity, and why. */
    public record Holder(Identity identity, Why why) {}

    /**
     * A check of the last hour that was refused, or a sign-in.
     *
     * @param entityUrl null when the entity doesn't exist
     * @param entitlement or, of a sign-in, {@link Refusals#TOKEN_EXPIRED} or {@link Refusals#CERTIFICATE_EXPIRED}
     * @param signIn whether nothing was checked, since the identity wasn't let in
     * @param request method and path of the last such request; empty when it came from the console
     * @param count how often
     * @param wouldAllow permissions each of which would allow it
     */
    public record RefusedRequest(
            Identity identity,
            EntityType entityType,
            String entityUrl,
            String entitlement,
            boolean signIn,
            String request,
            long count,
            Instant first,
            Instant last,
            List<Permission> wouldAllow) {}

    private final Rights rights;
    private final IdentityReader identities;
    private final GroupService groups;
    private final IdentityProviderGroupService providerGroups;
    private final Entities entities;
    private final AuthorizationModel model;
    private final SharedRefusals refusals;
    private final Access access;

    EffectiveAccess(
            Rights rights,
            IdentityReader identities,
            GroupService groups,
            IdentityProviderGroupService providerGroups,
            Entities entities,
            AuthorizationModel model,
            SharedRefusals refusals,
            Access access) {
        this.rights = rights;
        this.identities = identities;
        this.groups = groups;
        this.providerGroups = providerGroups;
        this.entities = entities;
        this.model = model;
        this.refusals = refusals;
        this.access = access;
    }

    /**
     * What an identity may do, as far as the caller may see its groups. For a pending one: what it will be able to do.
     *
     * @throws ProblemException 404
     */
    public OfIdentity ofIdentity(Caller caller, String method, String nameOrIdentifier) {
        Identity identity = find(caller, method, nameOrIdentifier);
        Set<Long> own =
                identity.groups().stream().map(Identity.Membership::groupId).collect(Collectors.toSet());
        Set<Long> all = rights.groups(identity.id());
        Set<String> claimed = rights.providerGroups(identity.id());
        Map<String, List<String>> mapped = new HashMap<>();
        for (IdentityProviderGroup group : providerGroups.list(caller)) {
            if (claimed.contains(group.name())) {
                group.groups().forEach(name -> mapped.computeIfAbsent(name, n -> new ArrayList<>())
                        .add(group.name()));
            }
        }
        List<ThroughGroup> through = new ArrayList<>();
        Map<Permission, List<String>> permissions = new LinkedHashMap<>();
        for (AuthGroup group : groups.list(caller)) {
            if (own.contains(group.id()) || all.contains(group.id())) {
                through.add(new ThroughGroup(
                        group.name(), own.contains(group.id()), mapped.getOrDefault(group.name(), List.of())));
                group.permissions().forEach(permission -> permissions
                        .computeIfAbsent(permission, p -> new ArrayList<>())
                        .add(group.name()));
            }
        }
        return new OfIdentity(identity, !identity.fineGrained(), through, throughGroups(permissions));
    }

    private static List<ThroughGroups> throughGroups(Map<Permission, List<String>> permissions) {
        return permissions.entrySet().stream()
                .map(entry -> new ThroughGroups(entry.getKey(), entry.getValue()))
                .toList();
    }

    private Identity find(Caller caller, String method, String nameOrIdentifier) {
        access.requireTrusted(caller);
        Identity identity = identities.find(method, nameOrIdentifier);
        access.require(caller, identity.reference(), "can_view");
        return identity;
    }

    /**
     * What an identity may do with one entity, and why, in the order of the model.
     *
     * @throws ProblemException 404 also when the caller may not see the entity
     */
    public List<Held> onEntity(Caller caller, String method, String nameOrIdentifier, String entityUrl) {
        Identity identity = find(caller, method, nameOrIdentifier);
        EntityReference entity = entity(caller, entityUrl);
        Map<Long, String> names = groupNames(caller);
        List<Held> held = new ArrayList<>();
        for (EntitlementDescription entitlement : model.entitlements(entity.type())) {
            Reasons reasons = rights.reasons(identity.id(), entity, entitlement.name());
            if (!reasons.none()) {
                held.add(new Held(entitlement, why(reasons, names, urls(entity))));
            }
        }
        return held;
    }

    private EntityReference entity(Caller caller, String url) {
        EntityUrl parsed = EntityUrl.parse(url == null ? "" : url).orElseThrow(Problem.NOT_FOUND::with);
        EntityReference entity = entities.find(List.of(parsed)).get(parsed);
        if (entity == null) {
            throw Problem.NOT_FOUND.with();
        }
        if (!visible(caller, entity)) {
            access.require(caller, entity, "can_view");
        }
        return entity;
    }

    /** Servers and storage pools have no entitlement to see them: everybody may. */
    private boolean visible(Caller caller, EntityReference entity) {
        return entity.type() == EntityType.SERVER
                || entity.type() == EntityType.STORAGE_POOL
                || access.allowed(caller, entity, "can_view");
    }

    private Map<Long, String> groupNames(Caller caller) {
        return groups.list(caller).stream().collect(Collectors.toMap(AuthGroup::id, AuthGroup::name));
    }

    private Function<Rights.Source, Optional<Permission>> urls(EntityReference entity) {
        return source -> permission(entity, source.on(), source.entityId(), source.entitlement());
    }

    private Optional<Permission> permission(EntityReference entity, EntityType on, long row, String entitlement) {
        return Optional.ofNullable(entities.urls(on, List.of(row)).get(row))
                .map(url -> new Permission(on.wireName(), url.toString(), entitlement));
    }

    /** Groups that the caller may not see are not named; that there is a reason still shows. */
    private static Why why(
            Reasons reasons, Map<Long, String> names, Function<Rights.Source, Optional<Permission>> permission) {
        Map<Permission, List<String>> through = new LinkedHashMap<>();
        for (Rights.Source source : reasons.sources()) {
            permission.apply(source).ifPresent(found -> {
                List<String> of = through.computeIfAbsent(found, p -> new ArrayList<>());
                if (names.containsKey(source.groupId())) {
                    of.add(names.get(source.groupId()));
                }
            });
        }
        return new Why(reasons.unrestricted(), reasons.implied(), throughGroups(through));
    }

    /**
     * Who may do something with an entity, and why, ordered by name.
     *
     * @throws ProblemException 403 without {@code can_view_identities} on the server, 404 when the caller may not see the
     *     entity, 400 when the entity's type has no such entitlement
     */
    public List<Holder> holders(Caller caller, String entityUrl, String entitlement) {
        access.require(caller, "can_view_identities");
        EntityReference entity = entity(caller, entityUrl);
        if (!model.grantable(entity.type(), entitlement)) {
            throw Problem.ENTITLEMENT_NOT_VALID.with(entitlement, entity.type().wireName());
        }
        Map<Long, Reasons> holders = rights.holders(entity, entitlement);
        Map<Long, String> names = groupNames(caller);
        return identities.all().stream()
                .filter(identity -> holders.containsKey(identity.id()))
                .map(identity -> new Holder(identity, why(holders.get(identity.id()), names, urls(entity))))
                .sorted((one, other) ->
                        one.identity().name().compareTo(other.identity().name()))
                .toList();
    }

    /** What was refused on any member within the last hour to identities that the caller may see, latest first. */
    public List<RefusedRequest> refused(Caller caller) {
        access.requireTrusted(caller);
        List<Refusal> visible = refusals.recent().stream()
                .filter(refusal -> caller.is(refusal.identityId())
                        || access.allowed(
                                        caller,
                                        EntityReference.of(EntityType.IDENTITY, refusal.identityId()),
                                        "can_view")
                                && visible(caller, refusal.entity()))
                .toList();
        Map<Long, Identity> known =
                identities.some(visible.stream().map(Refusal::identityId).collect(Collectors.toSet()));
        List<Explained> explained = visible.stream()
                .filter(refusal -> known.containsKey(refusal.identityId()))
                .map(refusal -> explained(caller, refusal))
                .toList();
        Map<EntityType, Map<Long, EntityUrl>> urls = urls(explained);
        return explained.stream()
                .map(one -> refused(one, known.get(one.refusal().identityId()), urls))
                .toList();
    }

    /** A refusal, whether its entity may be named, and what would have allowed it. */
    private record Explained(Refusal refusal, boolean visible, List<Rights.Sufficing> grants) {}

    private Explained explained(Caller caller, Refusal refusal) {
        boolean visible = visible(caller, refusal.entity());
        return new Explained(
                refusal,
                visible,
                rights.sufficing(refusal.entity(), refusal.entitlement()).stream()
                        .filter(grant -> visible || grant.on() == EntityType.SERVER)
                        .toList());
    }

    /** The URLs of all that is to be named; one query for each type. */
    private Map<EntityType, Map<Long, EntityUrl>> urls(List<Explained> explained) {
        Map<EntityType, Set<Long>> named = new EnumMap<>(EntityType.class);
        explained.forEach(one -> {
            EntityReference entity = one.refusal().entity();
            if (one.visible()) {
                named.computeIfAbsent(entity.type(), type -> new HashSet<>()).add(entity.id());
            }
            one.grants().forEach(grant -> named.computeIfAbsent(grant.on(), type -> new HashSet<>())
                    .add(grant.entityId()));
        });
        Map<EntityType, Map<Long, EntityUrl>> urls = new EnumMap<>(EntityType.class);
        named.forEach((type, rows) -> urls.put(type, entities.urls(type, rows)));
        return urls;
    }

    private static RefusedRequest refused(
            Explained explained, Identity identity, Map<EntityType, Map<Long, EntityUrl>> urls) {
        Refusal refusal = explained.refusal();
        EntityReference entity = refusal.entity();
        EntityUrl url =
                explained.visible() ? urls.getOrDefault(entity.type(), Map.of()).get(entity.id()) : null;
        List<Permission> wouldAllow = explained.grants().stream()
                .flatMap(grant -> Stream.ofNullable(
                                urls.getOrDefault(grant.on(), Map.of()).get(grant.entityId()))
                        .map(on -> new Permission(grant.on().wireName(), on.toString(), grant.entitlement())))
                .toList();
        return new RefusedRequest(
                identity,
                entity.type(),
                url == null ? null : url.toString(),
                refusal.entitlement(),
                refusal.signIn(),
                refusal.request(),
                refusal.count(),
                refusal.first(),
                refusal.last(),
                wouldAllow);
    }
}
