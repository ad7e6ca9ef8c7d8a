package dev.linkspan.identity;

import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.Refusals;
import dev.linkspan.access.Refusals.Refusal;
import dev.linkspan.access.Rights;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The refusals of all members within the last hour. Each member keeps its own and writes down, every other second, what has
 * changed, so that nobody who is refused waits for the database; the limits of {@link Refusals} hold for what is stored too.
 */
@Component
class SharedRefusals {
    private static final int MOST = 10_000;
    private static final Logger log = LoggerFactory.getLogger(SharedRefusals.class);

    private record Key(long identityId, EntityReference entity, String entitlement) {
        static Key of(Refusal refusal) {
            return new Key(refusal.identityId(), refusal.entity(), refusal.entitlement());
        }
    }

    private final Rights rights;
    private final JdbcTemplate jdbc;
    private final Clock clock;

    /** This run of this member: what an earlier one wrote down is as another member's. */
    private final String run = UUID.randomUUID().toString();

    private Map<Key, Refusal> written = Map.of();

    SharedRefusals(Rights rights, JdbcTemplate jdbc, Clock clock) {
        this.rights = rights;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** All of the last hour, the latest first. One query. */
    List<Refusal> recent() {
        Map<Key, Refusal> all = new HashMap<>();
        others().forEach(refusal -> all.merge(Key.of(refusal), refusal, SharedRefusals::together));
        rights.refusals().forEach(refusal -> all.merge(Key.of(refusal), refusal, SharedRefusals::together));
        return all.values().stream()
                .sorted(Comparator.comparing(Refusal::last).reversed())
                .toList();
    }

    private static Refusal together(Refusal one, Refusal other) {
        return new Refusal(
                one.identityId(),
                one.entity(),
                one.entitlement(),
                one.last().isAfter(other.last()) ? one.request() : other.request(),
                one.count() + other.count(),
                one.first().isBefore(other.first()) ? one.first() : other.first(),
                one.last().isAfter(other.last()) ? one.last() : other.last());
    }

    private List<Refusal> others() {
        List<Refusal> others = new ArrayList<>();
        jdbc.query(
                "SELECT * FROM refusal WHERE last_at >= ? AND run <> ? ORDER BY last_at DESC LIMIT " + MOST,
                (RowCallbackHandler) row -> EntityType.ofWireName(row.getString("entity_type"))
                        .ifPresent(type -> others.add(refusal(row, type))),
                oldest(),
                run);
        return others;
    }

    private static Refusal refusal(ResultSet row, EntityType type) {
        try {
            return new Refusal(
                    row.getLong("identity_id"),
                    new EntityReference(
                            type, row.getLong("entity_id"), row.getLong("project_id"), row.getLong("parent_id")),
                    row.getString("entitlement"),
                    row.getString("request"),
                    row.getLong("times"),
                    row.getTimestamp("first_at").toInstant(),
                    row.getTimestamp("last_at").toInstant());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Timestamp oldest() {
        return Timestamp.from(clock.instant().minus(Refusals.KEPT));
    }

    @Scheduled(initialDelayString = "PT2S", fixedDelayString = "PT2S")
    synchronized void write() {
        Map<Key, Refusal> now = rights.refusals().stream().collect(Collectors.toMap(Key::of, refusal -> refusal));
        if (now.equals(written)) {
            return;
        }
        try {
            remove(written.keySet().stream().filter(key -> !now.containsKey(key)));
            store(now.values().stream()
                    .filter(refusal -> !refusal.equals(written.get(Key.of(refusal))))
                    .toList());
            jdbc.update("DELETE FROM refusal WHERE last_at < ?", oldest());
            written = now;
        } catch (DataAccessException e) {
            log.debug("Refusals are written down later: {}", e.getMessage());
        }
    }

    private void remove(Stream<Key> keys) {
        List<Object[]> gone = keys.map(key -> new Object[] {
                    run,
                    key.identityId(),
                    key.entity().type().wireName(),
                    key.entity().id(),
                    key.entity().projectId(),
                    key.entity().parentId(),
                    key.entitlement()
                })
                .toList();
        if (!gone.isEmpty()) {
            jdbc.batchUpdate("""
                    DELETE FROM refusal
                    WHERE run = ? AND identity_id = ? AND entity_type = ? AND entity_id = ? AND project_id = ?
                      AND parent_id = ? AND entitlement = ?""", gone);
        }
    }

    private void store(Collection<Refusal> refusals) {
        List<Object[]> rows = refusals.stream()
                .map(refusal -> new Object[] {
                    run,
                    refusal.identityId(),
                    refusal.entity().type().wireName(),
                    refusal.entity().id(),
                    refusal.entity().projectId(),
                    refusal.entity().parentId(),
                    refusal.entitlement(),
                    refusal.request(),
                    refusal.count(),
                    Timestamp.from(refusal.first()),
                    Timestamp.from(refusal.last())
                })
                .toList();
        if (!rows.isEmpty()) {
            jdbc.batchUpdate("""
                    INSERT INTO refusal (run, identity_id, entity_type, entity_id, project_id, parent_id, entitlement,
                      request, times, first_at, last_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON DUPLICATE KEY UPDATE request = VALUES(request), times = VALUES(times),
                      first_at = VALUES(first_at), last_at = VALUES(last_at)""", rows);
        }
    }
}
