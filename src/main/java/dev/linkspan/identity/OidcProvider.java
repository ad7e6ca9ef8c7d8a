package dev.linkspan.identity;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import dev.linkspan.member.OidcConfiguration;
import dev.linkspan.member.OidcSettings;
import dev.linkspan.tls.Addresses;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The configured identity provider as it describes itself (OpenID Connect Discovery 1.0), and its keys. */
@Component
class OidcProvider {
    /** A provider whose description was read. */
    record Known(OidcSettings settings, OIDCProviderMetadata metadata, JWKSource<SecurityContext> keys) {}

    /** Why nobody can sign in at the provider now. */
    static final class Unreachable extends Exception {
        Unreachable(String why) {
            super(why, null, false, false);
        }
    }

    private record Attempt(OidcSettings settings, Known known, String problem, Instant at) {}

    private static final Logger log = LoggerFactory.getLogger(OidcProvider.class);
    private static final Duration FRESH = Duration.ofHours(1);
    private static final Duration BETWEEN_FAILURES = Duration.ofSeconds(5);
    private static final long KEYS_LIVE_MILLIS = Duration.ofMinutes(15).toMillis();
    private static final long KEYS_WAIT_MILLIS = Duration.ofSeconds(5).toMillis();

    private final OidcConfiguration configuration;
    private final ProviderHttp http;
    private final Clock clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Attempt last;

    OidcProvider(OidcConfiguration configuration, ProviderHttp http, Clock clock) {
        this.configuration = configuration;
        this.http = http;
        this.clock = clock;
    }

    Optional<OidcSettings> settings() {
        return configuration.current();
    }

    /** Whether it could be read when it was last asked. Only the first question after a change of settings waits. */
    boolean reachable() {
        OidcSettings settings = settings().orElse(null);
        if (settings == null) {
            return false;
        }
        Attempt attempt = attempt(settings);
        if (attempt == null) {
            try {
                known();
                return true;
            } catch (Unreachable e) {
                return false;
            }
        }
        if (attempt.known() == null && olderThan(attempt, BETWEEN_FAILURES)) {
            Thread.ofPlatform().name("identity-provider").daemon().start(() -> ask(settings));
        }
        return attempt.known() != null;
    }

    private Attempt attempt(OidcSettings settings) {
        Attempt attempt = last;
        return attempt != null && attempt.settings().equals(settings) ? attempt : null;
    }

    private boolean olderThan(Attempt attempt, Duration age) {
        return Duration.between(attempt.at(), clock.instant()).compareTo(age) > 0;
    }

    /** The provider; its description is read anew every hour, and an older one serves while it can't be read. */
    Known known() throws Unreachable {
        OidcSettings settings = settings().orElseThrow(() -> new Unreachable("no identity provider is configured"));
        Attempt attempt = attempt(settings);
        boolean again = attempt == null
                || (attempt.known() == null ? olderThan(attempt, BETWEEN_FAILURES) : olderThan(attempt, FRESH));
        if (again) {
            attempt = ask(settings);
        }
        if (attempt.known() == null) {
            throw new Unreachable(attempt.problem());
        }
        return attempt.known();
    }

    /** Reads the description once for all who wait for it. */
    private Attempt ask(OidcSettings settings) {
        Attempt before = attempt(settings);
        asking.lock();
        try {
            Attempt now = attempt(settings);
            if (now == null || now == before) {
                now = read(settings, before);
                last = now;
            }
            return now;
        } finally {
            asking.unlock();
        }
    }

    private Attempt read(OidcSettings settings, Attempt before) {
        Known older = before == null ? null : before.known();
        try {
            Known known = describe(settings, older);
            if (older == null) {
                log.info("People can sign in at the identity provider {}", settings.issuer());
            }
            return new Attempt(settings, known, null, clock.instant());
        } catch (IOException | ParseException | IllegalArgumentException e) {
            String problem = "the identity provider's description cannot be used: " + e.getMessage();
            if (before == null || !problem.equals(before.problem())) {
                log.warn("Nobody can sign in at the identity provider {}: {}", settings.issuer(), problem);
            }
            return new Attempt(settings, older, problem, clock.instant());
        }
    }

    private Known describe(OidcSettings settings, Known older) throws IOException, ParseException {
        String issuer = settings.issuer();
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        OIDCProviderMetadata metadata =
                OIDCProviderMetadata.parse(http.json(URI.create(base + "/.well-known/openid-configuration")));
        if (!metadata.getIssuer().getValue().equals(issuer)) {
            throw new IOException("it says that its issuer is \"" + metadata.getIssuer() + "\"; oidc.issuer must be"
                    + " exactly that, if it is the right provider");
        }
        requireGood("authorization_endpoint", metadata.getAuthorizationEndpointURI(), issuer);
        requireGood("token_endpoint", metadata.getTokenEndpointURI(), issuer);
        requireGood("jwks_uri", metadata.getJWKSetURI(), issuer);
        if (metadata.getUserInfoEndpointURI() != null) {
            requireGood("userinfo_endpoint", metadata.getUserInfoEndpointURI(), issuer);
        }
        boolean sameKeys = older != null && older.metadata().getJWKSetURI().equals(metadata.getJWKSetURI());
        return new Known(settings, metadata, sameKeys ? older.keys() : keys(metadata.getJWKSetURI()));
    }

    private static void requireGood(String name, URI endpoint, String issuer) throws IOException {
        boolean good = endpoint != null
                && endpoint.getHost() != null
                && ("https".equals(endpoint.getScheme())
                        || "http".equals(endpoint.getScheme())
                                && issuer.startsWith("http:")
                                && Addresses.loopback(endpoint.getHost()));
        if (!good) {
            throw new IOException("its " + name + " is missing or no https URL");
        }
    }

    /** Keys are read anew when a token names an unknown one, at most twice in half a minute. */
    private JWKSource<SecurityContext> keys(URI url) throws IOException {
        return JWKSourceBuilder.create(url.toURL(), http)
                .cache(KEYS_LIVE_MILLIS, KEYS_WAIT_MILLIS)
                .refreshAheadCache(false)
                .outageTolerantForever()
                .build();
    }
}
