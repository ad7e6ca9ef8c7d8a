package dev.linkspan.identity;

import dev.linkspan.access.Origin;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The console's sessions in the database, known by the hash of the secret in the browser's cookie. */
@Component
class ConsoleSessions {
    private static final Duration LONGEST = Duration.ofHours(12);
    private static final int LONGEST_AGENT = 255;
    private static final String SELECT = """
            SELECT id, uuid, identity_id, way, address, user_agent, created_at, expires_at FROM console_session
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    ConsoleSessions(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** A session that was just begun; {@code secret} goes into the cookie and nowhere else. */
    record Begun(String secret, Instant expiresAt) {}

    /** Begins a session that ends after twelve hours, or at {@code latest} if that is sooner. */
    Begun begin(long identityId, SignInWay way, Origin origin, Instant latest) {
        Instant now = clock.instant();
        Instant end = latest != null && latest.isBefore(now.plus(LONGEST)) ? latest : now.plus(LONGEST);
        String secret = TrustToken.newSecret();
        jdbc.sql("""
                INSERT INTO console_session
                  (uuid, secret_hash, identity_id, way, address, user_agent, created_at, expires_at)
                VALUES (:uuid, :hash, :identity, :way, :address, :agent, :now, :end)
                """)
                .param("uuid", UUID.randomUUID().toString())
                .param("hash", Secrets.hash(secret))
                .param("identity", identityId)
                .param("way", way.wireName())
                .param("address", origin.address())
                .param("agent", cut(origin.userAgent()))
                .param("now", Timestamp.from(now))
                .param("end", Timestamp.from(end))
                .update();
        return new Begun(secret, end);
    }

    private static String cut(String agent) {
        return agent.length() > LONGEST_AGENT ? agent.substring(0, LONGEST_AGENT) : agent;
    }

    Optional<ConsoleSession> find(String secret) {
        return jdbc.sql(SELECT + " WHERE secret_hash = :hash AND expires_at > :now")
                .param("hash", Secrets.hash(secret))
                .param("now", Timestamp.from(clock.instant()))
                .query((row, n) -> session(row))
                .optional();
    }

    Optional<ConsoleSession> findByUuid(String uuid) {
        return jdbc.sql(SELECT + " WHERE uuid = :uuid AND expires_at > :now")
                .param("uuid", uuid)
                .param("now", Timestamp.from(clock.instant()))
                .query((row, n) -> session(row))
                .optional();
    }

    /** All sessions that have not ended, newest first. */
    List<ConsoleSession> all() {
        return jdbc.sql(SELECT + " WHERE expires_at > :now ORDER BY id DESC")
                .param("now", Timestamp.from(clock.instant()))
                .query((row, n) -> session(row))
                .list();
    }

    private static ConsoleSession session(ResultSet row) throws SQLException {
        return new ConsoleSession(
                row.getLong("id"),
                row.getString("uuid"),
                row.getLong("identity_id"),
                SignInWay.ofWireName(row.getString("way")),
                row.getString("address"),
                row.getString("user_agent"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("expires_at").toInstant());
    }

    /** Ends the session behind a cookie. */
    void end(String secret) {
        jdbc.sql("DELETE FROM console_session WHERE secret_hash = :hash")
                .param("hash", Secrets.hash(secret))
                .update();
    }

    void end(long id) {
        jdbc.sql("DELETE FROM console_session WHERE id = :id").param("id", id).update();
    }

    /** Ends the sessions that an identity began with a credential that is no longer good. */
    void end(long identityId, SignInWay way) {
        jdbc.sql("DELETE FROM console_session WHERE identity_id = :identity AND way = :way")
                .param("identity", identityId)
                .param("way", way.wireName())
                .update();
    }

    /** Removes sessions that ended long ago. */
    void forget(Instant before) {
        jdbc.sql("DELETE FROM console_session WHERE expires_at < :before")
                .param("before", Timestamp.from(before))
                .update();
    }
}
