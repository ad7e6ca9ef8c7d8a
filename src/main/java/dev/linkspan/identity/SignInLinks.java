package dev.linkspan.identity;

import dev.linkspan.access.Caller;
import dev.linkspan.access.Origin;
import dev.linkspan.access.TrustChanges;
import dev.linkspan.access.TrustChanges.Kind;
import dev.linkspan.event.Events;
import dev.linkspan.identity.SignIn.Redeemed;
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
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** One-time links to the console. */
@Component
class SignInLinks {
    private static final Duration LIFE = Duration.ofHours(24);
    private static final String INITIAL_NAME = "ui-admin-initial";

    private final IdentityRepository repository;
    private final ConsoleSessions sessions;
    private final JdbcClient jdbc;
    private final Transactions transactions;
    private final TrustChanges changes;
    private final Events events;
    private final Listening listening;
    private final Clock clock;

    SignInLinks(
            IdentityRepository repository,
            ConsoleSessions sessions,
            JdbcClient jdbc,
            Transactions transactions,
            TrustChanges changes,
            Events events,
            Listening listening,
            Clock clock) {
        this.repository = repository;
        this.sessions = sessions;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.changes = changes;
        this.events = events;
        this.listening = listening;
        this.clock = clock;
    }

    SignInLink forInitialIdentity(Caller caller) {
        String host = consoleAddress();
        try {
            return transactions.call(() -> insert(host, initialIdentity(caller)));
        } catch (DuplicateKeyException e) {
            return transactions.call(() -> insert(host, initialIdentity(caller)));
        }
    }

    SignInLink forIdentity(long identityId) {
        String host = consoleAddress();
        return transactions.call(() -> insert(host, identityId));
    }

    private SignInLink insert(String host, long identityId) {
        String secret = TrustToken.newSecret();
        Instant expiresAt = clock.instant().plus(LIFE);
        forgetExpired();
        jdbc.sql("INSERT INTO sign_in_link (secret_hash, identity_id, expires_at) VALUES (:hash, :identity, :end)")
                .param("hash", Secrets.hash(secret))
                .param("identity", identityId)
                .param("end", Timestamp.from(expiresAt))
                .update();
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
        Instant longAgo = clock.instant().minus(LIFE);
        jdbc.sql("DELETE FROM sign_in_link WHERE expires_at < :then")
                .param("then", Timestamp.from(longAgo))
                .update();
        sessions.forget(longAgo);
    }

    private long initialIdentity(Caller caller) {
        byte[] nameKey = Secrets.nameKey(Identities.BEARER, INITIAL_NAME);
        return repository
                .findByNameKey(Identities.BEARER, nameKey)
                .map(IdentityRow::id)
                .orElseGet(() -> {
                    IdentityRow row = repository.save(new IdentityRow(
                            null,
                            Identities.BEARER,
                            IdentityType.INITIAL_UI,
                            UUID.randomUUID().toString(),
                            INITIAL_NAME,
                            nameKey,
                            null,
                            null,
                            null,
                            clock.instant()));
                    changes.changed(Kind.IDENTITY, row.id());
                    events.publish(caller, "identity-created", Identity.url(Identities.BEARER, row.identifier()));
                    return row.id();
                });
    }

    Redeemed redeem(String secret, Origin origin) {
        Timestamp now = Timestamp.from(clock.instant());
        byte[] hash = Secrets.hash(secret);
        return transactions.call(() -> {
            int used = jdbc.sql("""
                    UPDATE sign_in_link SET used_at = :now
                    WHERE secret_hash = :hash AND used_at IS NULL AND expires_at > :now
                    """).param("now", now).param("hash", hash).update();
            return used == 1 ? begin(hash, origin) : refused(hash);
        });
    }

    private Redeemed begin(byte[] hash, Origin origin) {
        long identity = jdbc.sql("SELECT identity_id FROM sign_in_link WHERE secret_hash = :hash")
                .param("hash", hash)
                .query(Long.class)
                .single();
        return SignIn.begun(sessions.begin(identity, SignInWay.LINK, origin, null));
    }

    private Redeemed refused(byte[] hash) {
        Optional<Boolean> used = jdbc.sql("SELECT used_at IS NOT NULL FROM sign_in_link WHERE secret_hash = :hash")
                .param("hash", hash)
                .query(Boolean.class)
                .optional();
        return new Redeemed.Refused(
                used.map(wasUsed -> wasUsed ? "used" : "expired").orElse("unknown"));
    }
}
