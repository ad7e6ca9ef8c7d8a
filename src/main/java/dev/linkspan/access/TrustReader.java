package dev.linkspan.access;

import dev.linkspan.store.Vault;
import dev.linkspan.tls.Certificates;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The snapshot's SQL: all of trust, or what a few changes are about. */
@Component
class TrustReader {
    record Row(long version, TrustChanges.Change change) {}

    private static final String IDENTITIES = """
            SELECT i.id, i.method, i.type, i.identifier, i.name, c.fingerprint, c.pem, c.not_before, c.not_after,
                   b.secret, u.provider_groups
            FROM identity i
              LEFT JOIN certificate c ON c.id = i.certificate_id
              LEFT JOIN bearer_token b ON b.identity_id = i.id
              LEFT JOIN oidc_user u ON u.identity_id = i.id
            WHERE i.type NOT LIKE '%(pending)'
            """;
    private static final String MEMBERSHIPS = "SELECT identity_id, auth_group_id FROM identity_auth_group";
    private static final String GROUPS = "SELECT id, name FROM auth_group";
    private static final String PERMISSIONS =
            "SELECT auth_group_id, entity_type, entity_id, entitlement FROM permission";

    private static final String PROVIDER_GROUPS = "SELECT id, name FROM identity_provider_group";
    private static final String MAPPINGS =
            "SELECT identity_provider_group_id, auth_group_id FROM identity_provider_group_auth_group";

    private final NamedParameterJdbcTemplate jdbc;
    private final AuthorizationModel model;
    private final Vault vault;

    TrustReader(NamedParameterJdbcTemplate jdbc, AuthorizationModel model, Vault vault) {
        this.jdbc = jdbc;
        this.model = model;
        this.vault = vault;
    }

    long version() {
        return jdbc.queryForObject("SELECT version FROM trust_version WHERE id = 1", Map.of(), Long.class);
    }

    /** The changes after {@code version}, oldest first. */
    List<Row> changes(long version) {
        return jdbc.query(
                "SELECT version, kind, entity_id FROM trust_change WHERE version > :version ORDER BY version",
                Map.of("version", version),
                (row, n) -> new Row(
                        row.getLong(1),
                        new TrustChanges.Change(TrustChanges.Kind.valueOf(row.getString(2)), row.getLong(3))));
    }

    TrustSnapshot readAll(long version) {
        TrustSnapshot snapshot = TrustSnapshot.EMPTY.at(version);
        for (var group : groups("", Map.of()).entrySet()) {
            snapshot = snapshot.withGroup(group.getKey(), group.getValue());
        }
        for (var group : providerGroups("", Map.of()).entrySet()) {
            snapshot = snapshot.withProviderGroup(group.getKey(), group.getValue());
        }
        for (TrustedIdentity identity : identities("", "", Map.of())) {
            snapshot = snapshot.with(identity);
        }
        return snapshot;
    }

    TrustSnapshot readChanged(TrustSnapshot old, Set<TrustChanges.Change> changes) {
        TrustSnapshot snapshot = old;
        Set<Long> groupIds = ids(changes, TrustChanges.Kind.GROUP);
        if (!groupIds.isEmpty()) {
            Map<Long, TrustSnapshot.Group> groups = groups(" WHERE %s IN (:ids)", Map.of("ids", groupIds));
            for (long id : groupIds) {
                snapshot = groups.containsKey(id) ? snapshot.withGroup(id, groups.get(id)) : snapshot.withoutGroup(id);
            }
        }
        Set<Long> providerGroupIds = ids(changes, TrustChanges.Kind.PROVIDER_GROUP);
        if (!providerGroupIds.isEmpty()) {
            var groups = providerGroups(" WHERE %s IN (:ids)", Map.of("ids", providerGroupIds));
            for (long id : providerGroupIds) {
                snapshot = snapshot.withoutProviderGroup(id);
            }
            for (var group : groups.entrySet()) {
                snapshot = snapshot.withProviderGroup(group.getKey(), group.getValue());
            }
        }
        Set<Long> identityIds = ids(changes, TrustChanges.Kind.IDENTITY);
        if (!identityIds.isEmpty()) {
            for (long id : identityIds) {
                snapshot = snapshot.withoutIdentity(id);
            }
            for (TrustedIdentity identity :
                    identities(" AND i.id IN (:ids)", " WHERE identity_id IN (:ids)", Map.of("ids", identityIds))) {
                snapshot = snapshot.with(identity);
            }
        }
        return snapshot;
    }

    private static Set<Long> ids(Set<TrustChanges.Change> changes, TrustChanges.Kind kind) {
        return changes.stream()
                .filter(change -> change.kind() == kind)
                .map(TrustChanges.Change::id)
                .collect(Collectors.toSet());
    }

    private Map<Long, TrustSnapshot.Group> groups(String where, Map<String, ?> parameters) {
        Map<Long, Set<Grant>> grants = new HashMap<>();
        jdbc.query(PERMISSIONS + where.formatted("auth_group_id"), parameters, row -> {
            EntityType type = EntityType.ofWireName(row.getString(2)).orElseThrow();
            int entitlement = model.number(type, row.getString(4));
            grants.computeIfAbsent(row.getLong(1), id -> new HashSet<>()).add(new Grant(entitlement, row.getLong(3)));
        });
        Map<Long, TrustSnapshot.Group> groups = new HashMap<>();
        jdbc.query(GROUPS + where.formatted("id"), parameters, row -> {
            long id = row.getLong(1);
            groups.put(id, new TrustSnapshot.Group(row.getString(2), Set.copyOf(grants.getOrDefault(id, Set.of()))));
        });
        return groups;
    }

    private Map<Long, TrustSnapshot.ProviderGroup> providerGroups(String where, Map<String, ?> parameters) {
        Map<Long, Set<Long>> mapped = new HashMap<>();
        jdbc.query(MAPPINGS + where.formatted("identity_provider_group_id"), parameters, row -> {
            mapped.computeIfAbsent(row.getLong(1), id -> new HashSet<>()).add(row.getLong(2));
        });
        Map<Long, TrustSnapshot.ProviderGroup> groups = new HashMap<>();
        jdbc.query(PROVIDER_GROUPS + where.formatted("id"), parameters, row -> {
            Set<Long> groupIds = Set.copyOf(mapped.getOrDefault(row.getLong(1), Set.of()));
            groups.put(row.getLong(1), new TrustSnapshot.ProviderGroup(row.getString(2), groupIds));
        });
        return groups;
    }

    private Collection<TrustedIdentity> identities(String and, String where, Map<String, ?> parameters) {
        Map<Long, Set<Long>> groups = new HashMap<>();
        jdbc.query(MEMBERSHIPS + where, parameters, row -> {
            groups.computeIfAbsent(row.getLong(1), id -> new HashSet<>()).add(row.getLong(2));
        });
        return jdbc.query(
                IDENTITIES + and,
                parameters,
                (row, n) -> identity(row, Set.copyOf(groups.getOrDefault(row.getLong("id"), Set.of()))));
    }

    private TrustedIdentity identity(ResultSet row, Set<Long> groups) throws SQLException {
        String pem = row.getString("pem");
        byte[] secret = row.getBytes("secret");
        String providerGroups = row.getString("provider_groups");
        return new TrustedIdentity(
                row.getLong("id"),
                row.getString("method"),
                row.getString("type"),
                row.getString("identifier"),
                row.getString("name"),
                row.getString("fingerprint"),
                pem == null ? null : Certificates.der(Certificates.parse(pem)),
                instant(row.getTimestamp("not_before")),
                instant(row.getTimestamp("not_after")),
                groups,
                secret == null ? null : vault.decrypt(secret),
                providerGroups == null
                        ? Set.of()
                        : Set.copyOf(Arrays.asList(JsonMapper.shared().readValue(providerGroups, String[].class))));
    }

    private static Instant instant(Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}
