package dev.linkspan.access;

import dev.linkspan.access.AuthorizationModel.Rule;
import dev.linkspan.access.AuthorizationModel.Sufficient;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Where rights come from, for those who want to understand them. Checks are made by {@link Access} alone. */
@Component
public class Rights {
    /**
     * A grant that satisfies an entitlement.
     *
     * @param groupId row of the group that has it
     */
    public record Source(long groupId, EntityType on, long entityId, String entitlement) {}

    /**
     * Why an identity has an entitlement.
     *
     * @param unrestricted because it may do everything
     * @param implied because it is that identity, or a member of that group
     * @param sources because its groups have these grants
     */
    public record Reasons(boolean unrestricted, boolean implied, List<Source> sources) {
        public boolean none() {
            return !unrestricted && !implied && sources.isEmpty();
        }
    }

    /**
     * A grant that would satisfy an entitlement on an entity.
     *
     * @param entityId row of the entity that it would have to be on; 0 for the server
     */
    public record Sufficing(EntityType on, long entityId, String entitlement) {}

    private final TrustSnapshots snapshots;
    private final AuthorizationModel model;
    private final Refusals refusals;
    private final Clock clock;

    Rights(TrustSnapshots snapshots, AuthorizationModel model, Refusals refusals, Clock clock) {
        this.snapshots = snapshots;
        this.model = model;
        this.refusals = refusals;
        this.clock = clock;
    }

    /** Rows of all groups that an identity is in, mapped ones included; empty for identities that can't authenticate. */
    public Set<Long> groups(long identityId) {
        TrustSnapshot snapshot = snapshots.current();
        return snapshot.byId(identityId)
                .map(identity -> snapshot.subject(identity).groupIds())
                .orElse(Set.of());
    }

    /** Rows of the groups that an identity is in because its provider says so. */
    public Set<Long> mappedGroups(long identityId) {
        TrustSnapshot snapshot = snapshots.current();
        return snapshot.byId(identityId).map(snapshot::mappedGroups).orElse(Set.of());
    }

    /** The provider's groups that an identity is in. */
    public Set<String> providerGroups(long identityId) {
        return snapshots
                .current()
                .byId(identityId)
                .map(TrustedIdentity::providerGroups)
                .orElse(Set.of());
    }

    /** Why an identity has an entitlement on an entity. */
    public Reasons reasons(long identityId, EntityReference entity, String entitlement) {
        TrustSnapshot snapshot = snapshots.current();
        Map<Long, List<Source>> granting = granting(snapshot, entity, entitlement);
        return snapshot.byId(identityId)
                .map(identity -> reasons(snapshot, identity, entity, entitlement, granting))
                .orElse(new Reasons(false, false, List.of()));
    }

    /** Everybody who has an entitlement on an entity, by the identity's row. */
    public Map<Long, Reasons> holders(EntityReference entity, String entitlement) {
        TrustSnapshot snapshot = snapshots.current();
        Map<Long, List<Source>> granting = granting(snapshot, entity, entitlement);
        Map<Long, Reasons> holders = new LinkedHashMap<>();
        for (TrustedIdentity identity : snapshot.identities()) {
            Reasons reasons = reasons(snapshot, identity, entity, entitlement, granting);
            if (!reasons.none()) {
                holders.put(identity.id(), reasons);
            }
        }
        return holders;
    }

    /** For each group that has such grants: those that satisfy the entitlement. */
    private Map<Long, List<Source>> granting(TrustSnapshot snapshot, EntityReference entity, String entitlement) {
        Map<Long, List<Source>> granting = new LinkedHashMap<>();
        Rule rule = model.rule(entity.type(), entitlement);
        if (rule == null) {
            return granting;
        }
        snapshot.groups().forEach((id, group) -> {
            List<Source> sources = new ArrayList<>();
            for (Sufficient sufficient : rule.grants()) {
                long row = Access.rowOf(sufficient.on(), entity);
                if (row >= 0 && group.grants().contains(new Grant(sufficient.entitlement(), row))) {
                    sources.add(new Source(id, sufficient.on(), row, model.name(sufficient.entitlement())));
                }
            }
            if (!sources.isEmpty()) {
                granting.put(id, sources);
            }
        });
        return granting;
    }

    private Reasons reasons(
            TrustSnapshot snapshot,
            TrustedIdentity identity,
            EntityReference entity,
            String entitlement,
            Map<Long, List<Source>> granting) {
        Rule rule = model.rule(entity.type(), entitlement);
        Set<Long> groupIds = snapshot.subject(identity).groupIds();
        boolean implied = rule != null
                && (rule.self() && entity.type() == EntityType.IDENTITY && entity.id() == identity.id()
                        || rule.member() && entity.type() == EntityType.GROUP && groupIds.contains(entity.id()));
        List<Source> sources = new ArrayList<>();
        granting.forEach((group, found) -> {
            if (groupIds.contains(group)) {
                sources.addAll(found);
            }
        });
        return new Reasons(!identity.fineGrained(), implied, sources);
    }

    /** The grants each of which would satisfy an entitlement on an entity. */
    public List<Sufficing> sufficing(EntityReference entity, String entitlement) {
        Rule rule = model.rule(entity.type(), entitlement);
        List<Sufficing> sufficing = new ArrayList<>();
        for (Sufficient sufficient : rule == null ? List.<Sufficient>of() : rule.grants()) {
            long row = Access.rowOf(sufficient.on(), entity);
            if (row > 0 || sufficient.on() == EntityType.SERVER) {
                sufficing.add(new Sufficing(sufficient.on(), row, model.name(sufficient.entitlement())));
            }
        }
        return sufficing;
    }

    /** The refused checks of the last hour, the latest first. */
    public List<Refusals.Refusal> refusals() {
        return refusals.recent();
    }

    /**
     * How rights would be spread after a change; what isn't named stays as it is.
     *
     * @param groups for rows of identities the rows of the groups that they would be in by themselves
     * @param mapped for names of the identity provider's groups the rows of the groups that they would stand for
     * @param administering for rows of groups whether they would have all rights on the server
     * @param barred rows of identities that nobody could use any more
     */
    public record After(
            Map<Long, Set<Long>> groups,
            Map<String, Set<Long>> mapped,
            Map<Long, Boolean> administering,
            Set<Long> barred) {
        /** When nothing changes. */
        public static final After UNCHANGED = new After(Map.of(), Map.of(), Map.of(), Set.of());
    }

    /**
     * Whether somebody other than the initial console identity would have all rights on the server, and could use them.
     *
     * @param provider whether there is an identity provider by which people can sign in
     */
    public boolean anyAdministrator(After after, boolean provider) {
        TrustSnapshot snapshot = snapshots.current();
        Set<Long> administering = administering(snapshot, after);
        return snapshot.identities().stream()
                .filter(identity -> identity.person(clock.instant())
                        && (provider || !identity.method().equals("oidc")))
                .anyMatch(identity -> administers(snapshot, identity, after, administering));
    }

    /** Whether an identity would have all rights on the server. */
    public boolean administers(long identityId, After after) {
        TrustSnapshot snapshot = snapshots.current();
        return snapshot.byId(identityId)
                .filter(identity -> administers(snapshot, identity, after, administering(snapshot, after)))
                .isPresent();
    }

    private Set<Long> administering(TrustSnapshot snapshot, After after) {
        Grant admin = new Grant(model.number(EntityType.SERVER, "admin"), 0);
        Set<Long> administering = new HashSet<>();
        snapshot.groups().forEach((id, group) -> {
            if (after.administering().getOrDefault(id, group.grants().contains(admin))) {
                administering.add(id);
            }
        });
        return administering;
    }

    private static boolean administers(
            TrustSnapshot snapshot, TrustedIdentity identity, After after, Set<Long> administering) {
        if (after.barred().contains(identity.id())) {
            return false;
        }
        Set<Long> own = after.groups().getOrDefault(identity.id(), identity.groupIds());
        return !identity.fineGrained()
                || own.stream().anyMatch(administering::contains)
                || identity.providerGroups().stream()
                        .flatMap(name -> after.mapped().getOrDefault(name, snapshot.mappedGroups(name)).stream())
                        .anyMatch(administering::contains);
    }
}
