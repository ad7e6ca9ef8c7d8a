package dev.linkspan.link;

import dev.linkspan.identity.Identity;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
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
            SELECT l.id, IF(l.phase = 'PENDING', i.secret_expires_at, l.token_expires_at), i.secret_hash IS NOT NULL
            FROM cluster_link l
            LEFT JOIN identity i ON i.id = l.identity_id
            WHERE l.phase <> 'ACTIVE'
            """;

    private static final Token NO_TOKEN = new Token(null, false);

    private record Token(Instant expiresAt, boolean out) {}

    private final LinkRepository repository;
    private final JdbcClient jdbc;

    LinkFacts(LinkRepository repository, JdbcClient jdbc) {
        this.repository = repository;
        this.jdbc = jdbc;
    }

    /** All links with their groups and tokens; three queries. */
    List<LinkCatalog.Entry> all() {
        return with(repository.all(), "", Map.of());
    }

    /** The links with these rows, and those of the identities with these rows, as far as they exist. */
    List<LinkCatalog.Entry> some(Collection<Long> links, Collection<Long> identities) {
        List<ClusterLink> found = repository.findEither(orNone(links), orNone(identities)).stream()
                .map(LinkRow::toLink)
                .toList();
        return found.isEmpty()
                ? List.of()
                : with(
                        found,
                        " AND l.id IN (:ids)",
                        Map.of("ids", found.stream().map(ClusterLink::id).toList()));
    }

    /** SQL knows no empty list; no row is called 0. */
    private static Collection<Long> orNone(Collection<Long> rows) {
        return rows.isEmpty() ? List.of(0L) : rows;
    }

    private List<LinkCatalog.Entry> with(List<ClusterLink> links, String which, Map<String, ?> parameters) {
        Map<Long, Identity.Membership> known = new HashMap<>();
        Map<Long, List<Identity.Membership>> groups = new HashMap<>();
        jdbc.sql(GROUPS + which + " ORDER BY g.name").params(parameters).query(row -> {
            String name = row.getString(3);
            groups.computeIfAbsent(row.getLong(1), id -> new ArrayList<>())
                    .add(known.computeIfAbsent(row.getLong(2), id -> new Identity.Membership(id, name)));
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
                    List<Identity.Membership> own = groups.getOrDefault(link.id(), List.of());
                    List<String> names = Identity.Membership.names(own, group -> true);
                    return new LinkCatalog.Entry(new LinkOverview(link, names, token.expiresAt(), token.out()), own);
                })
                .toList();
    }

    void forgetPermissionsOn(long linkId) {
        jdbc.sql("DELETE FROM permission WHERE entity_type = 'cluster_link' AND entity_id = :id")
                .param("id", linkId)
                .update();
    }
}
