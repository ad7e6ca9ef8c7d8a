package dev.linkspan.identity;

import dev.linkspan.access.Caller;
import dev.linkspan.access.TrustedIdentity;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * When linked clusters last called this one, with the certificate that they are trusted by. Of those that can't be called
 * back nothing else is known. Each is noted once a minute at most, and written down a moment later, so that no call waits.
 */
@Component
public class LastCalls {
    private static final Logger log = LoggerFactory.getLogger(LastCalls.class);
    private static final Duration EXACT_TO = Duration.ofMinutes(1);

    private final JdbcTemplate jdbc;
    private final Clock clock;
    private final Map<Long, Instant> noted = new ConcurrentHashMap<>();
    private final Map<Long, Instant> unwritten = new ConcurrentHashMap<>();

    LastCalls(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Notes a call, when it is one of a linked cluster. */
    public void note(Caller caller) {
        caller.identity()
                .filter(identity -> identity.type().equals(IdentityType.CLUSTER_LINK))
                .map(TrustedIdentity::id)
                .ifPresent(id -> {
                    Instant now = clock.instant();
                    Instant before = noted.get(id);
                    if (before == null || !now.isBefore(before.plus(EXACT_TO))) {
                        noted.put(id, now);
                        unwritten.put(id, now);
                    }
                });
    }

    @Scheduled(initialDelayString = "PT2S", fixedDelayString = "PT2S")
    void write() {
        Map<Long, Instant> calls = Map.copyOf(unwritten);
        try {
            write(calls);
            calls.forEach(unwritten::remove);
            noted.values().removeIf(at -> at.plus(EXACT_TO).isBefore(clock.instant()));
        } catch (DataAccessException e) {
            log.debug("Calls of linked clusters are written down later: {}", e.getMessage());
        }
    }

    /** Writes down, in the running transaction, that an identity calls now, when it is that of a linked cluster. */
    void now(long identity) {
        write(Map.of(identity, clock.instant()));
    }

    private void write(Map<Long, Instant> calls) {
        if (!calls.isEmpty()) {
            jdbc.batchUpdate(
                    """
                    INSERT INTO identity_call (identity_id, called_at)
                    SELECT id, ? FROM identity WHERE id = ? AND type = ?
                    ON DUPLICATE KEY UPDATE called_at = VALUE(called_at)
                    """,
                    calls.entrySet().stream()
                            .map(call -> new Object[] {
                                Timestamp.from(call.getValue()), call.getKey(), IdentityType.CLUSTER_LINK
                            })
                            .toList());
        }
    }

    /** The last call of each, by their identities' rows; one query. */
    Map<Long, Instant> all() {
        Map<Long, Instant> calls = new HashMap<>();
        jdbc.query("SELECT identity_id, called_at FROM identity_call", row -> {
            calls.put(row.getLong(1), row.getTimestamp(2).toInstant());
        });
        calls.putAll(unwritten);
        return calls;
    }
}
