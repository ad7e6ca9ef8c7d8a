package dev.linkspan.identity;

import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.access.Entities;
import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.access.Permission;
import dev.linkspan.access.Rights;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;

/** Warns before nobody is left who may do everything: a person with {@code admin} on the server and a way to sign in. */
@Service
public class Administrators {
    private static final Permission ADMIN = new Permission("server", "/1.0", "admin");

    private final Rights rights;
    private final Entities entities;
    private final Access access;

    Administrators(Rights rights, Entities entities, Access access) {
        this.rights = rights;
        this.entities = entities;
        this.access = access;
    }

    /** Whether a change would take away the last administrator; false when there is none even now. */
    public boolean lastWouldGo(Caller caller, PlannedChange change) {
        access.requireTrusted(caller);
        if (!rights.anyAdministrator()) {
            return false;
        }
        Map<String, Long> identities = identities(change);
        Map<String, Long> groups = groups(change);
        Map<Long, Set<Long>> groupsAfter = new HashMap<>();
        change.deletedIdentities().forEach(url -> put(groupsAfter, identities.get(url), Set.of()));
        change.groupsOfIdentities().forEach((url, names) -> {
            Long identity = identities.get(url);
            Set<Long> rows = new HashSet<>();
            names.stream().map(groups::get).filter(Objects::nonNull).forEach(rows::add);
            if (identity != null) {
                rows.addAll(rights.mappedGroups(identity));
            }
            put(groupsAfter, identity, rows);
        });
        Map<Long, Boolean> administersAfter = new HashMap<>();
        change.permissionsOfGroups()
                .forEach((name, permissions) -> put(administersAfter, groups.get(name), permissions.contains(ADMIN)));
        change.deletedGroups().forEach(name -> put(administersAfter, groups.get(name), false));
        return !rights.anyAdministrator(
                identity -> Optional.ofNullable(groupsAfter.get(identity)),
                group -> Optional.ofNullable(administersAfter.get(group)));
    }

    private static <T> void put(Map<Long, T> map, Long row, T value) {
        if (row != null) {
            map.put(row, value);
        }
    }

    private Map<String, Long> identities(PlannedChange change) {
        List<EntityUrl> urls = new ArrayList<>();
        Map<EntityUrl, String> given = new HashMap<>();
        for (Collection<String> part :
                List.of(change.deletedIdentities(), change.groupsOfIdentities().keySet())) {
            for (String url : part) {
                EntityUrl.parse(url)
                        .filter(parsed -> parsed.type() == EntityType.IDENTITY)
                        .ifPresent(parsed -> {
                            urls.add(parsed);
                            given.put(parsed, url);
                        });
            }
        }
        Map<String, Long> rows = new HashMap<>();
        entities.find(urls).forEach((url, entity) -> rows.put(given.get(url), entity.id()));
        return rows;
    }

    private Map<String, Long> groups(PlannedChange change) {
        Set<String> names = new HashSet<>(change.deletedGroups());
        names.addAll(change.permissionsOfGroups().keySet());
        change.groupsOfIdentities().values().forEach(names::addAll);
        List<EntityUrl> urls =
                names.stream().map(name -> EntityUrl.of(EntityType.GROUP, name)).toList();
        Map<String, Long> rows = new HashMap<>();
        for (Map.Entry<EntityUrl, EntityReference> found : entities.find(urls).entrySet()) {
            rows.put(found.getKey().arguments().getFirst(), found.getValue().id());
        }
        return rows;
    }
}
