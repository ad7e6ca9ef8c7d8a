package dev.linkspan.identity;

import dev.linkspan.problem.Problem;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** Which identity is in which auth groups. */
@Component
class Memberships {
    private static final int MOST_GROUPS = 1_000;
    private static final int MOST_NAMED = 20;

    private final NamedParameterJdbcTemplate jdbc;

    Memberships(NamedParameterJdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Puts an identity into exactly these groups.
     *
     * @throws dev.linkspan.problem.ProblemException 404 naming the groups that don't exist, 500 for duplicates, 400 for
     *     more than 1,000 groups
     */
    void replace(long identityId, List<String> groups) {
        jdbc.update("DELETE FROM identity_auth_group WHERE identity_id = :id", Map.of("id", identityId));
        add(identityId, groups);
    }

    /** Puts an identity that is in no group yet into these; problems as {@link #replace}. */
    void add(long identityId, List<String> groups) {
        if (groups.isEmpty()) {
            return;
        }
        if (groups.size() > MOST_GROUPS) {
            throw Problem.TOO_MANY_ITEMS.with("groups", MOST_GROUPS);
        }
        Map<String, Long> ids = new HashMap<>();
        jdbc.query(
                "SELECT id, name FROM auth_group WHERE name_key IN (:keys) LOCK IN SHARE MODE",
                Map.of("keys", keys(groups)),
                row -> {
                    ids.put(row.getString(2), row.getLong(1));
                });
        List<String> missing = groups.stream()
                .filter(group -> !ids.containsKey(group))
                .distinct()
                .toList();
        if (!missing.isEmpty()) {
            throw Problem.GROUPS_NOT_FOUND.with(quoted(missing));
        }
        int distinct = new HashSet<>(groups).size();
        if (distinct != groups.size()) {
            throw Problem.DUPLICATE_GROUPS.with(groups.size(), distinct);
        }
        jdbc.batchUpdate(
                "INSERT INTO identity_auth_group (identity_id, auth_group_id) VALUES (:identity, :group)",
                ids.values().stream()
                        .map(group -> new MapSqlParameterSource("identity", identityId).addValue("group", group))
                        .toArray(MapSqlParameterSource[]::new));
    }

    private static Collection<byte[]> keys(List<String> groups) {
        return groups.stream()
                .map(group ->
                        dev.linkspan.tls.Certificates.sha256(group.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .toList();
    }

    private static String quoted(List<String> names) {
        String quoted =
                names.stream().limit(MOST_NAMED).map(name -> "\"" + name + "\"").collect(Collectors.joining(", "));
        return names.size() > MOST_NAMED ? quoted + " and " + (names.size() - MOST_NAMED) + " more" : quoted;
    }
}
