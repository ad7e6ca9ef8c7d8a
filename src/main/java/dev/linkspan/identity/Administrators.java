package dev.linkspan.identity;

import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.access.Entities;
import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.access.Permission;
import dev.linkspan.access.Rights;
import dev.linkspan.access.Rights.After;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/** Warns before nobody is left who may do everything: a person with {@code admin} on the server and a way to sign in. */
@Service
public class Administrators {
    private static final Permission ADMIN = new Permission("server", "/1.0", "admin");

    private final Rights rights;
    private final Entities entities;
    private final OidcSignIn provider;
    private final Access access;

    Administrators(Rights rights, Entities entities, OidcSignIn provider, Access access) {
        this.rights = rights;
        this.entities = entities;
        this.provider = provider;
        this.access = access;
    }

    /**
     * Whether a change would take away the last administrator; false when there is none even now. Of what the caller may
     * neither see nor change, nothing is said.
     */
    public boolean lastWouldGo(Caller caller, PlannedChange change) {
        access.requireTrusted(caller);
        boolean byProvider = provider.configured();
        return rights.anyAdministrator(After.UNCHANGED, byProvider)
                && !rights.anyAdministrator(after(caller, change), byProvider);
    }

    /** Whether a change would take {@code admin} on the server from the caller. */
    public boolean callerWouldGo(Caller caller, PlannedChange change) {
        access.requireTrusted(caller);
        return caller.identity()
                .filter(identity -> rights.administers(identity.id(), After.UNCHANGED))
                .filter(identity -> !rights.administers(identity.id(), after(caller, change)))
                .isPresent();
    }

    /** Whether one of these identities, that the caller may see or change, may do everything. */
    public boolean anyAmong(Caller caller, Collection<EntityUrl> identities) {
        access.requireTrusted(caller);
        return known(caller, identities).values().stream()
                .anyMatch(entity ->
                        entity.type() == EntityType.IDENTITY && rights.administers(entity.id(), After.UNCHANGED));
    }

    private After after(Caller caller, PlannedChange change) {
        Map<String, EntityReference> identities = identities(caller, change);
        Map<String, Long> groups = groups(caller, change);
        Set<Long> barred = new HashSet<>();
        for (String url : change.deletedIdentities()) {
            add(barred, identities.get(url));
        }
        for (String url : change.revokedTokens()) {
            add(barred, identities.get(url));
        }
        Map<Long, Set<Long>> memberships = new HashMap<>();
        change.groupsOfIdentities().forEach((url, names) -> {
            if (identities.containsKey(url)) {
                memberships.put(identities.get(url).id(), rows(groups, names));
            }
        });
        Map<Long, Boolean> administering = new HashMap<>();
        change.permissionsOfGroups().forEach((name, permissions) -> {
            if (groups.containsKey(name)) {
                administering.put(groups.get(name), permissions.contains(ADMIN));
            }
        });
        rows(groups, change.deletedGroups()).forEach(row -> administering.put(row, false));
        return new After(memberships, mappings(caller, change, groups), administering, barred);
    }

    private static void add(Set<Long> rows, EntityReference entity) {
        if (entity != null) {
            rows.add(entity.id());
        }
    }

    private static Set<Long> rows(Map<String, Long> groups, Collection<String> names) {
        return names.stream().map(groups::get).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    private Map<String, EntityReference> identities(Caller caller, PlannedChange change) {
        Map<EntityUrl, String> given = new HashMap<>();
        for (Collection<String> part : List.of(
                change.deletedIdentities(),
                change.revokedTokens(),
                change.groupsOfIdentities().keySet())) {
            for (String url : part) {
                EntityUrl.parse(url)
                        .filter(parsed -> parsed.type() == EntityType.IDENTITY)
                        .ifPresent(parsed -> given.put(parsed, url));
            }
        }
        Map<String, EntityReference> found = new HashMap<>();
        known(caller, given.keySet()).forEach((url, entity) -> found.put(given.get(url), entity));
        return found;
    }

    private Map<String, Long> groups(Caller caller, PlannedChange change) {
        Set<String> names = new HashSet<>(change.deletedGroups());
        names.addAll(change.permissionsOfGroups().keySet());
        change.groupsOfIdentities().values().forEach(names::addAll);
        change.groupsOfProviderGroups().values().forEach(names::addAll);
        Map<String, Long> rows = new HashMap<>();
        known(caller, urls(EntityType.GROUP, names))
                .forEach((url, entity) -> rows.put(url.arguments().getFirst(), entity.id()));
        return rows;
    }

    private Map<String, Set<Long>> mappings(Caller caller, PlannedChange change, Map<String, Long> groups) {
        Map<String, List<String>> planned = change.groupsOfProviderGroups();
        Map<String, Set<Long>> mappings = new HashMap<>();
        for (EntityUrl url : known(caller, urls(EntityType.IDENTITY_PROVIDER_GROUP, planned.keySet()))
                .keySet()) {
            String name = url.arguments().getFirst();
            mappings.put(name, rows(groups, planned.get(name)));
        }
        return mappings;
    }

    private static List<EntityUrl> urls(EntityType type, Collection<String> names) {
        return names.stream().map(name -> EntityUrl.of(type, name)).toList();
    }

    private Map<EntityUrl, EntityReference> known(Caller caller, Collection<EntityUrl> urls) {
        Map<EntityUrl, EntityReference> known = new HashMap<>(entities.find(urls));
        known.values().removeIf(entity -> Stream.of("can_view", "can_edit", "can_delete")
                .noneMatch(entitlement -> access.allowed(caller, entity, entitlement)));
        return known;
    }
}
