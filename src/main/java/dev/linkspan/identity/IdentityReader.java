package dev.linkspan.identity;

import dev.linkspan.problem.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** Identities with their certificates and groups: two queries, however many there are. */
@Component
class IdentityReader {
    private static final String IDENTITIES = """
            SELECT i.id, i.method, i.type, i.identifier, i.name, c.pem, COALESCE(c.not_after, b.expires_at) expires_at
            FROM identity i
              LEFT JOIN certificate c ON c.id = i.certificate_id
              LEFT JOIN bearer_token b ON b.identity_id = i.id
            """;
    private static final String OVERVIEWS = """
            SELECT i.id, i.method, i.type, i.identifier, i.name,
              IF(i.type LIKE '%(pending)', i.secret_expires_at, COALESCE(c.not_after, b.expires_at)) expires_at
            FROM identity i
              LEFT JOIN certificate c ON c.id = i.certificate_id
              LEFT JOIN bearer_token b ON b.identity_id = i.id
            """;
    private static final String MEMBERSHIPS = """
            SELECT m.identity_id, g.id, g.name
            FROM identity_auth_group m JOIN auth_group g ON g.id = m.auth_group_id
            """;
    private static final String FORMER = """
            SELECT f.identifier, i.method, i.identifier, i.name
            FROM identity_former_identifier f JOIN identity i ON i.id = f.identity_id
            WHERE f.identifier IN (:identifiers)
            """;
    private static final String ORDER = " ORDER BY FIELD(i.method, 'tls', 'oidc', 'bearer'), i.identifier";

    /** An identity and what it was called by before. */
    record Renamed(String former, String method, String identifier, String name) {}

    private final NamedParameterJdbcTemplate jdbc;
    private final IdentityRepository repository;

    IdentityReader(NamedParameterJdbcTemplate jdbc, IdentityRepository repository) {
        this.jdbc = jdbc;
        this.repository = repository;
    }

    /**
     * The identity with this identifier, or else with this name.
     *
     * @throws dev.linkspan.problem.ProblemException 404, 500 when several have that name
     */
    Identity find(String method, String nameOrIdentifier) {
        return repository
                .findByIdentifier(method, nameOrIdentifier)
                .or(() -> byName(method, nameOrIdentifier))
                .map(row -> one(row.id()))
                .orElseThrow(Problem.NOT_FOUND::with);
    }

    private Optional<IdentityRow> byName(String method, String name) {
        if (!method.equals(Identities.OIDC)) {
            return repository.findByNameKey(method, Secrets.nameKey(method, name));
        }
        List<IdentityRow> found = repository.findByName(method, name);
        if (found.size() > 1) {
            throw Problem.IDENTITY_TAKEN_AMBIGUOUS.with();
        }
        return found.stream().findFirst();
    }

    /** All identities, ordered by method (tls, oidc, bearer) and identifier. */
    List<Identity> all() {
        return read("", "", Map.of());
    }

    List<Identity> ofMethod(String method) {
        return read(
                " WHERE i.method = :method",
                " JOIN identity i ON i.id = m.identity_id WHERE i.method = :method",
                Map.of("method", method));
    }

    /** The identities of one auth group. */
    List<Identity> inGroup(long groupId) {
        String members = " IN (SELECT identity_id FROM identity_auth_group WHERE auth_group_id = :group)";
        return read(" WHERE i.id" + members, " WHERE m.identity_id" + members, Map.of("group", groupId));
    }

    /** The clients of the older certificates API. */
    List<Identity> unrestricted() {
        return read(
                " WHERE i.type = :type",
                " JOIN identity i ON i.id = m.identity_id WHERE i.type = :type",
                Map.of("type", IdentityType.CLIENT_UNRESTRICTED));
    }

    Identity one(long id) {
        return read(" WHERE i.id = :id", " WHERE m.identity_id = :id", Map.of("id", id)).stream()
                .findFirst()
                .orElse(null);
    }

    /** Those of these rows that exist. */
    Map<Long, Identity> some(Collection<Long> ids) {
        return someInOrder(ids).stream().collect(Collectors.toMap(Identity::id, identity -> identity));
    }

    /** The same, ordered by method and identifier. */
    List<Identity> someInOrder(Collection<Long> ids) {
        return ids.isEmpty()
                ? List.of()
                : read(" WHERE i.id IN (:ids)", " WHERE m.identity_id IN (:ids)", Map.of("ids", ids));
    }

    /**
     * All identities as lists show them, in no particular order.
     *
     * @param linked rows of those that belong to cluster links
     */
    List<IdentityCatalog.Entry> entries(Set<Long> linked) {
        return entries(linked, "", "", Map.of());
    }

    /** As {@link #entries(Set)}, those of these rows that exist. */
    List<IdentityCatalog.Entry> entries(Set<Long> linked, Set<Long> rows) {
        return entries(linked, " WHERE i.id IN (:ids)", " WHERE m.identity_id IN (:ids)", Map.of("ids", rows));
    }

    private List<IdentityCatalog.Entry> entries(
            Set<Long> linked, String which, String memberships, Map<String, ?> parameters) {
        Map<Long, List<Identity.Membership>> groups = groups(memberships, parameters);
        return jdbc.query(OVERVIEWS + which, parameters, (row, n) -> {
            long id = row.getLong("id");
            // A driver's Timestamp goes by way of a calendar, which ten thousand rows feel.
            LocalDateTime end = row.getObject("expires_at", LocalDateTime.class);
            List<Identity.Membership> own = groups.getOrDefault(id, List.of());
            IdentityOverview overview = new IdentityOverview(
                    id,
                    row.getString("method").intern(),
                    row.getString("type").intern(),
                    row.getString("identifier"),
                    row.getString("name"),
                    end == null ? null : end.toInstant(ZoneOffset.UTC),
                    linked.contains(id),
                    Identity.Membership.names(own, group -> true));
            return new IdentityCatalog.Entry(overview, own);
        });
    }

    /** Who was called by one of these identifiers before. */
    List<Renamed> renamed(Collection<String> formerIdentifiers) {
        return jdbc.query(
                FORMER,
                Map.of("identifiers", formerIdentifiers),
                (row, n) -> new Renamed(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
    }

    private Map<Long, List<Identity.Membership>> groups(String which, Map<String, ?> parameters) {
        Map<Long, Identity.Membership> known = new HashMap<>();
        Map<Long, List<Identity.Membership>> groups = new HashMap<>();
        jdbc.query(MEMBERSHIPS + which + " ORDER BY g.name", parameters, row -> {
            String name = row.getString(3);
            groups.computeIfAbsent(row.getLong(1), id -> new ArrayList<>())
                    .add(known.computeIfAbsent(row.getLong(2), id -> new Identity.Membership(id, name)));
        });
        return groups;
    }

    private List<Identity> read(String which, String memberships, Map<String, ?> parameters) {
        Map<Long, List<Identity.Membership>> groups = groups(memberships, parameters);
        return jdbc.query(IDENTITIES + which + ORDER, parameters, (row, n) -> identity(row, groups));
    }

    private static Identity identity(ResultSet row, Map<Long, List<Identity.Membership>> groups) throws SQLException {
        String type = row.getString("type");
        boolean pending = IdentityType.pending(type);
        Timestamp end = row.getTimestamp("expires_at");
        String pem = row.getString("pem");
        return new Identity(
                row.getLong("id"),
                row.getString("method"),
                type,
                row.getString("identifier"),
                row.getString("name"),
                pending || pem == null ? "" : pem,
                pending || end == null ? null : end.toInstant(),
                groups.getOrDefault(row.getLong("id"), List.of()));
    }
}
