package dev.linkspan.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import dev.linkspan.access.TokenReader;
import dev.linkspan.access.TrustSnapshot;
import dev.linkspan.access.TrustedIdentity;
import dev.linkspan.member.ClusterStart;
import dev.linkspan.problem.Problem;
import dev.linkspan.tls.ClusterCertificate;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The tokens of bearer identities (auth.md 2.5): JWT with HS512, each signed with a secret of its identity's own. A token
 * of ours that isn't good is refused; what isn't ours is left to others.
 */
@Component
@Order(1)
class BearerTokens implements TokenReader {
    private static final int SECRET_BYTES = 64;
    private static final int LONGEST = 10_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final ClusterStart cluster;
    private final ClusterCertificate certificate;
    private final Clock clock;

    BearerTokens(ClusterStart cluster, ClusterCertificate certificate, Clock clock) {
        this.cluster = cluster;
        this.certificate = certificate;
        this.clock = clock;
    }

    static byte[] newSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return secret;
    }

    private String party() {
        return "lxd:" + cluster.uuid();
    }

    /** A token for the identity with this identifier; the times count in whole seconds. */
    String sign(String identifier, byte[] secret, Instant expiresAt) {
        Date now = Date.from(clock.instant().truncatedTo(ChronoUnit.SECONDS));
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(party())
                .subject(identifier)
                .notBeforeTime(now)
                .issueTime(now)
                .expirationTime(Date.from(expiresAt))
                .claim("server_cert_fingerprint", certificate.fingerprint())
                .build();
        Map<String, Object> payload = claims.toJSONObject();
        payload.put("aud", List.of(party()));
        JWSObject token = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.HS512)
                        .type(JOSEObjectType.JWT)
                        .build(),
                new Payload(payload));
        try {
            token.sign(new MACSigner(secret));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    @Override
    public Optional<Long> identity(String token, TrustSnapshot snapshot) {
        return read(token).map(jwt -> proved(jwt, snapshot).id());
    }

    @Override
    public Optional<Long> expired(String token, TrustSnapshot snapshot) {
        return read(token)
                .filter(jwt -> ended(claims(jwt)))
                .flatMap(jwt -> holder(jwt, snapshot).filter(identity -> signed(jwt, identity)))
                .map(TrustedIdentity::id);
    }

    /** When a good token ends. */
    Instant end(String token) {
        return read(token)
                .map(jwt -> claims(jwt).getExpirationTime().toInstant())
                .orElseThrow();
    }

    @Override
    public boolean secret(String text) {
        return read(text).isPresent();
    }

    /** The token, if it claims to be of this cluster. */
    private Optional<JWT> read(String token) {
        if (token.isEmpty() || token.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            JWT jwt = JWTParser.parse(token);
            JWTClaimsSet claims = jwt.getJWTClaimsSet();
            boolean ours = claims != null
                    && party().equals(claims.getIssuer())
                    && claims.getAudience().equals(List.of(party()));
            return ours ? Optional.of(jwt) : Optional.empty();
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private static JWTClaimsSet claims(JWT jwt) {
        try {
            return jwt.getJWTClaimsSet();
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    private TrustedIdentity proved(JWT jwt, TrustSnapshot snapshot) {
        TrustedIdentity identity = holder(jwt, snapshot).orElseThrow(Problem.BEARER_SUBJECT_UNKNOWN::with);
        if (!ourMethod(jwt)) {
            throw Problem.BEARER_TOKEN_INVALID.with("token signature is invalid: another signing method was used");
        }
        if (!signed(jwt, identity)) {
            throw Problem.BEARER_TOKEN_INVALID.with("token signature is invalid: signature is invalid");
        }
        requireInTime(claims(jwt));
        return identity;
    }

    /** The identity that a token names, if one is out for it. */
    private static Optional<TrustedIdentity> holder(JWT jwt, TrustSnapshot snapshot) {
        String subject = claims(jwt).getSubject();
        return snapshot.byIdentifier(Identities.BEARER, subject == null ? "" : subject)
                .filter(found -> found.signingSecret() != null);
    }

    private static boolean ourMethod(JWT jwt) {
        return jwt instanceof SignedJWT signed
                && signed.getHeader().getAlgorithm().equals(JWSAlgorithm.HS512);
    }

    /** Whether a token was signed here for this identity. */
    private static boolean signed(JWT jwt, TrustedIdentity identity) {
        try {
            return ourMethod(jwt) && ((SignedJWT) jwt).verify(new MACVerifier(identity.signingSecret()));
        } catch (JOSEException e) {
            return false;
        }
    }

    private boolean ended(JWTClaimsSet claims) {
        Date end = claims.getExpirationTime();
        return end != null && !clock.instant().isBefore(end.toInstant());
    }

    private void requireInTime(JWTClaimsSet claims) {
        if (claims.getExpirationTime() == null) {
            throw Problem.BEARER_TOKEN_INVALID.with("token has invalid claims: token is missing required claim: exp");
        }
        if (ended(claims)) {
            throw Problem.BEARER_TOKEN_INVALID.with("token has invalid claims: token is expired");
        }
        Instant now = clock.instant();
        if (later(claims.getNotBeforeTime(), now) || later(claims.getIssueTime(), now)) {
            throw Problem.BEARER_TOKEN_INVALID.with("token has invalid claims: token is not valid yet");
        }
    }

    private static boolean later(Date time, Instant now) {
        return time != null && time.toInstant().isAfter(now);
    }
}
