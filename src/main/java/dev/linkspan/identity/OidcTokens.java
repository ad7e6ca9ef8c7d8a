package dev.linkspan.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.ParseException;
import dev.linkspan.access.TokenReader;
import dev.linkspan.access.TrustSnapshot;
import dev.linkspan.identity.OidcProvider.Known;
import dev.linkspan.member.OidcSettings;
import dev.linkspan.problem.Problem;
import dev.linkspan.tls.Certificates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Access tokens of the identity provider, as clients send them with each request. A good one is remembered for five
 * minutes, so that the provider isn't asked for each request who its user is.
 */
@Component
@Order(2)
class OidcTokens implements TokenReader {
    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final int MOST_REMEMBERED = 10_000;
    private static final int LONGEST = 20_000;

    private record Seen(OidcSettings settings, long identityId, String email, Instant until) {}

    private final OidcProvider provider;
    private final ProviderTokens tokens;
    private final OidcUsers users;
    private final Clock clock;
    private final Map<String, Seen> remembered = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
            return size() > MOST_REMEMBERED;
        }
    });

    OidcTokens(OidcProvider provider, ProviderTokens tokens, OidcUsers users, Clock clock) {
        this.provider = provider;
        this.tokens = tokens;
        this.users = users;
        this.clock = clock;
    }

    /** Whatever isn't ours is the provider's, once there is one: the client learns from the answer where to sign in. */
    @Override
    public Optional<Long> identity(String token, TrustSnapshot snapshot) {
        OidcSettings settings = provider.settings().orElse(null);
        if (settings == null) {
            return Optional.empty();
        }
        if (token.isEmpty()) {
            throw Problem.UNAUTHORIZED.with();
        }
        String key = Certificates.fingerprint(token.getBytes(StandardCharsets.UTF_8));
        Seen seen = remembered.get(key);
        if (seen == null || !inForce(seen, settings, snapshot)) {
            seen = verified(token);
            remembered.put(key, seen);
        }
        return Optional.of(seen.identityId());
    }

    private boolean inForce(Seen seen, OidcSettings settings, TrustSnapshot snapshot) {
        return seen.settings().equals(settings)
                && clock.instant().isBefore(seen.until())
                && snapshot.byIdentifier(Identities.OIDC, seen.email())
                        .filter(identity -> identity.id() == seen.identityId())
                        .isPresent();
    }

    private Seen verified(String token) {
        try {
            if (token.length() > LONGEST) {
                throw Problem.ACCESS_TOKEN_INVALID.with("it is longer than " + LONGEST + " characters");
            }
            JWT jwt = JWTParser.parse(token);
            Known known = provider.known();
            JWTClaimsSet claims = tokens.accessToken(known, jwt);
            ProviderUser user = tokens.user(known, claims, token);
            Instant end = claims.getExpirationTime().toInstant();
            Instant until = clock.instant().plus(REMEMBERED);
            return new Seen(known.settings(), users.row(user), user.email(), end.isBefore(until) ? end : until);
        } catch (java.text.ParseException e) {
            throw Problem.ACCESS_TOKEN_INVALID.with("it is no JWT");
        } catch (BadJOSEException
                | JOSEException
                | ParseException
                | IOException
                | OidcProvider.Unreachable
                | ProviderUser.Unusable e) {
            throw Problem.ACCESS_TOKEN_INVALID.with(e.getMessage());
        }
    }
}
