package dev.linkspan.access;

import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.tls.Certificates;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Tells who is behind a request. Only the leaf of the presented chain identifies, by its fingerprint and its bytes
 * (auth.md 2.1), and only without it a token does; the Unix socket is known by its connector.
 */
@Component
public class Callers {
    private static final String BEARER = "Bearer ";

    private final TrustSnapshots snapshots;
    private final SecondCertificates seconds;
    private final List<TokenReader> tokens;
    private final Refusals refusals;
    private final Clock clock;

    Callers(
            TrustSnapshots snapshots,
            SecondCertificates seconds,
            List<TokenReader> tokens,
            Refusals refusals,
            Clock clock) {
        this.snapshots = snapshots;
        this.seconds = seconds;
        this.tokens = tokens;
        this.refusals = refusals;
        this.clock = clock;
    }

    /** The caller behind a TLS connection, by its certificate alone. */
    public Caller ofConnection(Origin origin) {
        TrustSnapshot snapshot = snapshots.current();
        X509Certificate leaf = origin.certificate();
        if (leaf == null) {
            return Caller.untrusted(origin);
        }
        byte[] der = Certificates.der(leaf);
        return snapshot.byFingerprint(Certificates.fingerprint(der))
                .filter(identity -> identity.owns(der) && inTime(identity, origin))
                .or(() -> seconds.identity(der).flatMap(snapshot::byId))
                .map(identity -> Caller.identity(identity, snapshot, origin))
                .orElseGet(() -> Caller.untrusted(origin));
    }

    private boolean inTime(TrustedIdentity identity, Origin origin) {
        boolean inTime = identity.inTime(clock.instant());
        if (!inTime) {
            refusals.expired(identity.id(), origin, Refusals.CERTIFICATE_EXPIRED);
        }
        return inTime;
    }

    /**
     * The caller behind a request of the API.
     *
     * @param authorization the header, or null
     * @param queryToken the query's {@code token}, or empty
     * @throws ProblemException 403 for a bearer token that isn't good or stands in the URL
     */
    public Caller ofRequest(Origin origin, String authorization, String queryToken) {
        Caller caller = ofConnection(origin);
        if (caller.trusted()) {
            return caller;
        }
        if (!queryToken.isEmpty() && tokens.stream().anyMatch(reader -> reader.secret(queryToken))) {
            throw Problem.TOKEN_IN_QUERY.with();
        }
        return authorization == null
                ? caller
                : ofToken(origin, token(authorization)).orElse(caller);
    }

    private static String token(String authorization) {
        boolean bearer = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return bearer ? authorization.substring(BEARER.length()).strip() : "";
    }

    /**
     * The caller that a bearer token proves; empty when nobody knows it.
     *
     * @throws ProblemException when it isn't good
     */
    public Optional<Caller> ofToken(Origin origin, String token) {
        TrustSnapshot snapshot = snapshots.current();
        for (TokenReader reader : tokens) {
            Optional<Long> identity = identity(reader, token, snapshot, origin);
            if (identity.isPresent()) {
                return ofIdentity(identity.get(), origin);
            }
        }
        return Optional.empty();
    }

    private Optional<Long> identity(TokenReader reader, String token, TrustSnapshot snapshot, Origin origin) {
        try {
            return reader.identity(token, snapshot);
        } catch (ProblemException e) {
            reader.expired(token, snapshot).ifPresent(id -> refusals.expired(id, origin, Refusals.TOKEN_EXPIRED));
            throw e;
        }
    }

    /** The caller behind the Unix socket, who may do everything. */
    public Caller ofSocket(Origin origin) {
        snapshots.current();
        return Caller.local(origin, System.getProperty("user.name"));
    }

    /** The identity with this row, signed in at the console; empty when it doesn't exist any more. */
    public Optional<Caller> ofIdentity(long identityId, Origin origin) {
        TrustSnapshot snapshot = snapshots.current();
        return snapshot.byId(identityId).map(identity -> Caller.identity(identity, snapshot, origin));
    }
}
