package dev.linkspan.link;

import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityType;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What belongs to links in other tables: the groups of their identities, their tokens, the permissions on them. */
@Component
class LinkFacts {
    private static final String GROUPS = """
            SELECT l.id, g.id, g.name
            FROM cluster_link l
            JOIN identity_auth_group m ON m.identity_id = l.identity_id
            JOIN auth_group g ON g.id = m.auth_group_id
            WHERE TRUE
            """;
    private static final String TOKENS = """
            SELECT l.id, l.token_expires_at, i.secret_hash IS NOT NULL
            FROM cluster_link l
            LEFT JOIN identity i ON i.id = l.identity_id
            WHERE l.phase <> 'ACTIVE'
            """;

    private static final Token NO_TOKEN = new Token(null, false);

    private record Token(Instant expiresAt, boolean out) {}

    private final JdbcClient jdbc;
    private final Access access;

    LinkFacts(JdbcClient jdbc, Access access) {
        this.jdbc = jdbc;
        this.access = access;
    }

    /** The links with their groups, as far as the caller may see these, and tokens; two queries for all. */
    List<LinkOverview> with(Caller caller, List<ClusterLink> links) {
        return with(caller, links, "", Map.of());
    }

    /** One link with its groups and token. */
    LinkOverview with(Caller caller, ClusterLink link) {
        return with(caller, List.of(link), " AND l.id = :id", Map.of("id", link.id()))
                .getFirst();
    }

    private List<LinkOverview> with(Caller caller, List<ClusterLink> links, String which, Map<String, ?> parameters) {
        Map<Long, List<String>> groups = new HashMap<>();
        jdbc.sql(GROUPS + which + " ORDER BY g.name").params(parameters).query(row -> {
            if (access.allowed(caller, EntityReference.of(EntityType.GROUP, row.getLong(2)), "can_view")) {
                groups.computeIfAbsent(row.getLong(1), id -> new ArrayList<>()).add(row.getString(3));
            }
        });
        Map<Long, Token> tokens = new HashMap<>();
        jdbc.sql(TOKENS + which).params(parameters).query(row -> {
            // A driver's Timestamp goes by way of a calendar, which ten thousand rows feel.
            LocalDateTime expiresAt = row.getObject(2, LocalDateTime.class);
            Instant expiry = expiresAt == null ? null : expiresAt.toInstant(ZoneOffset.UTC);
            tokens.put(row.getLong(1), new Token(expiry, row.getBoolean(3)));
        });
        return links.stream()
                .map(link -> {
                    Token token = tokens.getOrDefault(link.id(), NO_TOKEN);
                    List<String> names = groups.getOrDefault(link.id(), List.of());
                    return new LinkOverview(link, names, token.expiresAt(), token.out());
                })
                .toList();
    }

    void forgetPermissionsOn(long linkId) {
        jdbc.sql("DELETE FROM permission WHERE entity_type = 'cluster_link' AND entity_id = :id")
                .param("id", linkId)
                .update();
    }
}
