package dev.linkspan.identity;

import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.access.Callers;
import dev.linkspan.access.OpenByProtocol;
import dev.linkspan.access.Origin;
import dev.linkspan.access.TrustChanges;
import dev.linkspan.access.TrustChanges.Kind;
import dev.linkspan.event.Events;
import dev.linkspan.member.Listening;
import dev.linkspan.problem.Problem;
import dev.linkspan.store.Transactions;
import dev.linkspan.tls.Addresses;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Sign-in to the console by one-time links, and the sessions that follow. */
@Service
public class SignIn {
    /** What became of a link that was opened. */
    public sealed interface Redeemed {
        /** A session began; {@code secret} goes into the cookie and nowhere else. */
        record Begun(String secret, Instant expiresAt) implements Redeemed {
            @Override
            public String toString() {
                return "session until " + expiresAt;
            }
        }

        /** The link is {@code unknown}, {@code used} or {@code expired}. */
        record Refused(String reason) implements Redeemed {}
    }

    private static final Duration LINK_LIFE = Duration.ofHours(24);
    private static final Duration SESSION_LIFE = Duration.ofHours(12);
    private static final String BEARER = "bearer";
    private static final String INITIAL_NAME = "ui-admin-initial";

    private final IdentityRepository repository;
    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final TrustChanges changes;
    private final Events events;
    private final Callers callers;
    private final Access access;
    private final Listening listening;
    private final Clock clock;

    SignIn(
            IdentityRepository repository,
            JdbcClient jdbc,
            Transactions transactions,
            TrustChanges changes,
            Events events,
            Callers callers,
            Access access,
            Listening listening,
            Clock clock) {
        this.repository = repository;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.changes = changes;
        this.events = events;
        this.callers = callers;
        this.access = access;
        this.listening = listening;
        this.clock = clock;
    }

    /**
     * Makes a link that signs in once, as the initial console identity, within 24 hours.
     *
     * @throws dev.linkspan.problem.ProblemException 403 for all but the local socket, 500 when the server doesn't listen
     *     on the network
     */
    public SignInLink createLink(Caller caller) {
        access.requireTrusted(caller);
        if (caller.identity().isPresent()) {
            throw Problem.INITIAL_UI_ONLY_LOCAL.with();
        }
        String host = consoleAddress();
        String secret = TrustToken.newSecret();
        Instant expiresAt = clock.instant().plus(LINK_LIFE);
        transactions.run(() -> {
            forgetExpired();
            jdbc.sql("INSERT INTO sign_in_link (secret_hash, identity_id, expires_at) VALUES (:hash, :identity, :end)")
                    .param("hash", Secrets.hash(secret))
                    .param("identity", initialIdentity(caller))
                    .param("end", Timestamp.from(expiresAt))
                    .update();
        });
        return new SignInLink("https://" + host + "/ui/sign-in?token=" + secret, expiresAt);
    }

    private String consoleAddress() {
        String address = listening.address();
        if (address.isEmpty()) {
            throw Problem.NOT_LISTENING.with();
        }
        List<String> reachable = listening.reachable();
        return reachable.isEmpty() ? "127.0.0.1:" + Addresses.port(address) : reachable.getFirst();
    }

    private void forgetExpired() {
        Timestamp longAgo = Timestamp.from(clock.instant().minus(LINK_LIFE));
        jdbc.sql("DELETE FROM sign_in_link WHERE expires_at < :then")
                .param("then", longAgo)
                .update();
        jdbc.sql("DELETE FROM console_session WHERE expires_at < :then")
                .param("then", longAgo)
                .update();
    }

    private long initialIdentity(Caller caller) {
        byte[] nameKey = Secrets.nameKey(BEARER, INITIAL_NAME);
        return repository.findByNameKey(BEARER, nameKey).map(IdentityRow::id).orElseGet(() -> {
            IdentityRow row = repository.save(new IdentityRow(
                    null,
                    BEARER,
                    IdentityType.INITIAL_UI,
                    UUID.randomUUID().toString(),
                    INITIAL_NAME,
                    nameKey,
                    null,
                    null,
                    null,
                    clock.instant()));
            changes.changed(Kind.IDENTITY, row.id());
            events.publish(caller, "identity-created", Identity.url(BEARER, row.identifier()));
            return row.id();
        });
    }

    /** Uses a sign-in link; of any number of simultaneous attempts one succeeds. */
    @OpenByProtocol("the link's secret proves the right")
    public Redeemed redeem(String secret) {
        Instant now = clock.instant();
        byte[] hash = Secrets.hash(secret);
        return transactions.call(() -> {
            int used = jdbc.sql("""
                    UPDATE sign_in_link SET used_at = :now
                    WHERE secret_hash = :hash AND used_at IS NULL AND expires_at > :now
                    """)
                    .param("now", Timestamp.from(now))
                    .param("hash", hash)
                    .update();
            return used == 1 ? begin(hash, now) : refused(hash);
        });
    }

    private Redeemed refused(byte[] hash) {
        Optional<Boolean> used = jdbc.sql("SELECT used_at IS NOT NULL FROM sign_in_link WHERE secret_hash = :hash")
                .param("hash", hash)
                .query(Boolean.class)
                .optional();
        return new Redeemed.Refused(
                used.map(wasUsed -> wasUsed ? "used" : "expired").orElse("unknown"));
    }

    private Redeemed begin(byte[] linkHash, Instant now) {
        String session = TrustToken.newSecret();
        Instant end = now.plus(SESSION_LIFE);
        jdbc.sql("""
                INSERT INTO console_session (secret_hash, identity_id, created_at, expires_at)
                SELECT :session, identity_id, :now, :end FROM sign_in_link WHERE secret_hash = :link
                """)
                .param("session", Secrets.hash(session))
                .param("now", Timestamp.from(now))
                .param("end", Timestamp.from(end))
                .param("link", linkHash)
                .update();
        return new Redeemed.Begun(session, end);
    }

    /** The session behind a cookie; empty when it ended. */
    @OpenByProtocol("the cookie's secret proves the right")
    public Optional<ConsoleSession> session(String secret) {
        return jdbc.sql("""
                SELECT id, identity_id, expires_at FROM console_session
                WHERE secret_hash = :hash AND expires_at > :now
                """)
                .param("hash", Secrets.hash(secret))
                .param("now", Timestamp.from(clock.instant()))
                .query((row, n) -> new ConsoleSession(
                        row.getLong(1), row.getLong(2), row.getTimestamp(3).toInstant()))
                .optional();
    }

    /** Who a session speaks for now; empty when it ended or its identity was deleted. */
    @OpenByProtocol("a session is only obtained by its secret")
    public Optional<Caller> caller(ConsoleSession session, Origin origin) {
        return clock.instant().isAfter(session.expiresAt())
                ? Optional.empty()
                : callers.ofIdentity(session.identityId(), origin);
    }

    /** Ends a session. */
    @OpenByProtocol("the cookie's secret proves the right")
    public void signOut(String secret) {
        jdbc.sql("DELETE FROM console_session WHERE secret_hash = :hash")
                .param("hash", Secrets.hash(secret))
                .update();
    }
}
