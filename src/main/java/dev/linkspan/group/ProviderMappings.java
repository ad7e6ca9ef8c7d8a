package dev.linkspan.group;

import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityType;
import dev.linkspan.problem.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** Which groups of the identity provider stand for which auth groups. */
@Component
class ProviderMappings {
    private static final int MOST_GROUPS = 1_000;

    private final NamedParameterJdbcTemplate jdbc;
    private final Access access;

    ProviderMappings(NamedParameterJdbcTemplate jdbc, Access access) {
        this.jdbc = jdbc;
        this.access = access;
    }

    /** For each of these identity provider groups: the names of its auth groups that the caller may see. */
    Map<Long, List<String>> authGroups(Caller caller, Collection<Long> providerGroupIds) {
        return names(caller, EntityType.GROUP, providerGroupIds, """
                SELECT m.identity_provider_group_id, g.id, g.name
                FROM identity_provider_group_auth_group m JOIN auth_group g ON g.id = m.auth_group_id
                WHERE m.identity_provider_group_id IN (:ids) ORDER BY g.name
                """);
    }

    /** For each of these auth groups: the names of the identity provider groups that the caller may see. */
    Map<Long, List<String>> providerGroups(Caller caller, Collection<Long> authGroupIds) {
        return names(caller, EntityType.IDENTITY_PROVIDER_GROUP, authGroupIds, """
                SELECT m.auth_group_id, p.id, p.name
                FROM identity_provider_group_auth_group m
                  JOIN identity_provider_group p ON p.id = m.identity_provider_group_id
                WHERE m.auth_group_id IN (:ids) ORDER BY p.id
                """);
    }

    /** An identity provider group by its row and name. */
    record Named(long id, String name) {}

    /** The identity provider groups that are mapped to an auth group. */
    List<Named> ofGroup(long authGroupId) {
        return jdbc.query("""
                SELECT p.id, p.name
                FROM identity_provider_group_auth_group m
                  JOIN identity_provider_group p ON p.id = m.identity_provider_group_id
                WHERE m.auth_group_id = :id ORDER BY p.id
                """, Map.of("id", authGroupId), (row, n) -> new Named(row.getLong(1), row.getString(2)));
    }

    private Map<Long, List<String>> names(Caller caller, EntityType type, Collection<Long> ids, String query) {
        Map<Long, List<String>> names = new HashMap<>();
        if (!ids.isEmpty()) {
            jdbc.query(query, Map.of("ids", ids), row -> {
                if (access.allowed(caller, EntityReference.of(type, row.getLong(2)), "can_view")) {
                    names.computeIfAbsent(row.getLong(1), id -> new ArrayList<>())
                            .add(row.getString(3));
                }
            });
        }
        return names;
    }

    /**
     * Maps an identity provider group to auth groups, beside those that it is mapped to already.
     *
     * @throws dev.linkspan.problem.ProblemException 500 when an auth group doesn't exist or is named twice, 400 for more
     *     than 1,000 groups
     */
    void map(long providerGroupId, List<String> groups) {
        if (groups.size() > MOST_GROUPS) {
            throw Problem.TOO_MANY_ITEMS.with("groups", MOST_GROUPS);
        }
        if (groups.isEmpty()) {
            return;
        }
        List<byte[]> keys = groups.stream().map(GroupService::key).toList();
        List<Long> ids = jdbc.queryForList(
                "SELECT id FROM auth_group WHERE name_key IN (:keys) LOCK IN SHARE MODE",
                Map.of("keys", keys),
                Long.class);
        if (ids.size() != groups.size()) {
            throw Problem.MAPPED_GROUPS_NOT_FOUND.with(groups.size(), ids.size());
        }
        jdbc.batchUpdate(
                """
                INSERT IGNORE INTO identity_provider_group_auth_group (identity_provider_group_id, auth_group_id)
                VALUES (:provider, :group)
                """,
                ids.stream()
                        .map(group -> new MapSqlParameterSource("provider", providerGroupId).addValue("group", group))
                        .toArray(MapSqlParameterSource[]::new));
    }

    /** Ends an identity provider group's mapping to auth groups; those it isn't mapped to are left alone. */
    void unmap(long providerGroupId, List<String> groups) {
        if (!groups.isEmpty()) {
            jdbc.update(
                    """
                    DELETE m FROM identity_provider_group_auth_group m JOIN auth_group g ON g.id = m.auth_group_id
                    WHERE m.identity_provider_group_id = :id AND g.name_key IN (:keys)
                    """,
                    Map.of(
                            "id",
                            providerGroupId,
                            "keys",
                            groups.stream().map(GroupService::key).toList()));
        }
    }
}
