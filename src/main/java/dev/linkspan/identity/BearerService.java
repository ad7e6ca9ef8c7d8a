package dev.linkspan.identity;

import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.access.TrustChanges;
import dev.linkspan.access.TrustChanges.Kind;
import dev.linkspan.event.Events;
import dev.linkspan.event.SecurityEvent;
import dev.linkspan.member.TokenExpiry;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.store.Transactions;
import dev.linkspan.store.Vault;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Bearer identities and their tokens (auth.md 4.5). An identity has one token at most. */
@Service
public class BearerService {
    private static final String DEFAULT_EXPIRY = "10y";

    private final Identities identities;
    private final IdentityReader reader;
    private final IdentityRepository repository;
    private final BearerTokens tokens;
    private final ConsoleSessions sessions;
    private final Vault vault;
    private final JdbcClient jdbc;
    private final Access access;
    private final TrustChanges changes;
    private final Events events;
    private final Transactions transactions;
    private final Clock clock;

    BearerService(
            Identities identities,
            IdentityReader reader,
            IdentityRepository repository,
            BearerTokens tokens,
            ConsoleSessions sessions,
            Vault vault,
            JdbcClient jdbc,
            Access access,
            TrustChanges changes,
            Events events,
            Transactions transactions,
            Clock clock) {
        this.identities = identities;
        this.reader = reader;
        this.repository = repository;
        this.tokens = tokens;
        this.sessions = sessions;
        this.vault = vault;
        this.jdbc = jdbc;
        this.access = access;
        this.changes = changes;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Makes a bearer identity, which has no token yet.
     *
     * @return its identifier, a UUID
     * @throws ProblemException 403 without {@code can_create_identities} on the server; 400, 404, 409 as in auth.md 4.5
     */
    public String create(Caller caller, CreateBearerIdentity command) {
        access.require(caller, "can_create_identities");
        if (command.name().isEmpty()) {
            throw Problem.IDENTITY_NAME_MISSING.with();
        }
        if (!IdentityType.known(command.type())) {
            throw Problem.IDENTITY_TYPE_UNKNOWN.with(command.type());
        }
        if (command.type().equals(IdentityType.INITIAL_UI) && !caller.local()) {
            throw Problem.INITIAL_UI_ONLY_LOCAL.with();
        }
        if (!command.type().equals(IdentityType.CLIENT_BEARER)) {
            throw Problem.IDENTITY_TYPE_NOT_BEARER.with(command.type());
        }
        return transactions.call(() -> identities.addBearer(caller, command.name(), command.groups()));
    }

    /**
     * Issues a token; the one so far dies, and console sessions that began with it end.
     *
     * @param expiry as {@code core.remote_token_expiry}; empty for ten years
     * @throws ProblemException 404, 403 without {@code can_edit} on the identity, 500 for a bad expiry, 501 for the
     *     initial console identity
     */
    public BearerToken issueToken(Caller caller, String nameOrIdentifier, String expiry) {
        Identity identity = find(caller, nameOrIdentifier);
        Instant end = end(expiry);
        byte[] secret = BearerTokens.newSecret();
        transactions.run(() -> {
            repository.lock(identity.id()).orElseThrow(Problem.NOT_FOUND::with);
            jdbc.sql("""
                    INSERT INTO bearer_token (identity_id, secret, expires_at) VALUES (:id, :secret, :end)
                    ON DUPLICATE KEY UPDATE secret = VALUES(secret), expires_at = VALUES(expires_at)
                    """)
                    .param("id", identity.id())
                    .param("secret", vault.encrypt(secret))
                    .param("end", Timestamp.from(end))
                    .update();
            changed(caller, identity, "created", Map.of(IdentityHistory.TOKEN_ISSUED, end.toString()));
        });
        return new BearerToken(tokens.sign(identity.identifier(), secret, end), end);
    }

    private void changed(Caller caller, Identity identity, String what, Map<String, String> detail) {
        sessions.end(identity.id(), SignInWay.BEARER);
        changes.changed(Kind.IDENTITY, identity.id());
        events.publish(caller, "identity-updated", identity.url(), null, Map.of(), detail);
        events.secure(
                caller,
                "authn_token_" + what + ":" + identity.identifier(),
                SecurityEvent.Level.INFO,
                "Bearer token " + what);
    }

    private Identity find(Caller caller, String nameOrIdentifier) {
        access.requireTrusted(caller);
        Identity identity = reader.find(Identities.BEARER, nameOrIdentifier);
        access.require(caller, identity.reference(), "can_edit");
        if (!identity.type().equals(IdentityType.CLIENT_BEARER)) {
            throw Problem.NOT_MODIFIABLE.with(identity.type());
        }
        return identity;
    }

    private Instant end(String expiry) {
        try {
            Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            return TokenExpiry.parse(expiry == null || expiry.isEmpty() ? DEFAULT_EXPIRY : expiry)
                    .from(now);
        } catch (ProblemException e) {
            throw e.prefixed(500, "");
        }
    }

    /**
     * Revokes the token; console sessions that began with it end.
     *
     * @throws ProblemException 404 also when there is none, 403 without {@code can_edit} on the identity
     */
    public void revokeToken(Caller caller, String nameOrIdentifier) {
        Identity identity = find(caller, nameOrIdentifier);
        transactions.run(() -> {
            int revoked = jdbc.sql("DELETE FROM bearer_token WHERE identity_id = :id")
                    .param("id", identity.id())
                    .update();
            if (revoked == 0) {
                throw Problem.NO_TOKEN_ISSUED.with();
            }
            changed(caller, identity, "revoked", Map.of(IdentityHistory.TOKEN_REVOKED, ""));
        });
    }
}
