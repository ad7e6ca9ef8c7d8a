package dev.linkspan.member;

import dev.linkspan.problem.Problem;
import dev.linkspan.store.Vault;
import dev.linkspan.tls.Addresses;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The identity provider as configured for the cluster; in use once issuer and client are set. */
@Component
public class OidcConfiguration {
    static final String ISSUER = "oidc.issuer";
    static final String CLIENT_ID = "oidc.client.id";
    static final String DEVICE_CLIENT_ID = "oidc.device.client.id";
    static final String CLIENT_SECRET = "oidc.client.secret";
    static final String AUDIENCE = "oidc.audience";
    static final String SCOPES = "oidc.scopes";
    static final String GROUPS_CLAIM = "oidc.groups.claim";
    static final Set<String> KEYS =
            Set.of(ISSUER, CLIENT_ID, DEVICE_CLIENT_ID, CLIENT_SECRET, AUDIENCE, SCOPES, GROUPS_CLAIM);
    static final Set<String> PUBLIC_KEYS = Set.of(ISSUER, DEVICE_CLIENT_ID, AUDIENCE);

    private static final List<String> DEFAULT_SCOPES = List.of("openid", "email", "profile", "offline_access");
    private static final int LONGEST = 1_000;

    private record Read(Map<String, String> from, Optional<OidcSettings> settings) {}

    private final StoredConfiguration configuration;
    private final Vault vault;
    private volatile Read last;

    OidcConfiguration(StoredConfiguration configuration, Vault vault) {
        this.configuration = configuration;
        this.vault = vault;
    }

    /** The settings in force; empty while issuer or client is missing. The same object until they change. */
    public Optional<OidcSettings> current() {
        Map<String, String> config = configuration.current();
        Read read = last;
        if (read == null || read.from() != config) {
            Optional<OidcSettings> settings = settings(config);
            if (read != null && read.settings().equals(settings)) {
                settings = read.settings();
            }
            read = new Read(config, settings);
            last = read;
        }
        return read.settings();
    }

    private Optional<OidcSettings> settings(Map<String, String> config) {
        String issuer = config.getOrDefault(ISSUER, "");
        String client = config.getOrDefault(CLIENT_ID, "");
        if (issuer.isEmpty() || client.isEmpty()) {
            return Optional.empty();
        }
        List<String> scopes = scopes(config.getOrDefault(SCOPES, ""));
        return Optional.of(new OidcSettings(
                issuer,
                client,
                config.getOrDefault(DEVICE_CLIENT_ID, ""),
                opened(config.getOrDefault(CLIENT_SECRET, "")),
                config.getOrDefault(AUDIENCE, ""),
                scopes.isEmpty() ? DEFAULT_SCOPES : scopes,
                config.getOrDefault(GROUPS_CLAIM, "")));
    }

    /** What is asked of the provider while no scopes are set. */
    static String standardScopes() {
        return String.join(" ", DEFAULT_SCOPES);
    }

    /** The client's secret in the form in which it is stored. */
    String sealed(String secret) {
        return Base64.getEncoder().encodeToString(vault.encrypt(secret.getBytes(StandardCharsets.UTF_8)));
    }

    private String opened(String sealed) {
        return sealed.isEmpty()
                ? ""
                : new String(vault.decrypt(Base64.getDecoder().decode(sealed)), StandardCharsets.UTF_8);
    }

    private static List<String> scopes(String value) {
        return Arrays.stream(value.split("[\\s,]+"))
                .filter(scope -> !scope.isEmpty())
                .distinct()
                .toList();
    }

    /**
     * Checks the value of one of {@link #KEYS}; an empty one removes the key.
     *
     * @throws dev.linkspan.problem.ProblemException 400 that names the key, and never the secret
     */
    static String checked(String key, String given) {
        String value = key.equals(CLIENT_SECRET) ? given : given.strip();
        if (value.isEmpty()) {
            return "";
        }
        if (value.length() > LONGEST) {
            throw Problem.CONFIG_VALUE_INVALID.with(key, "it is longer than " + LONGEST + " characters");
        }
        if (value.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
            throw Problem.CONFIG_VALUE_INVALID.with(key, "it contains control characters");
        }
        if (key.equals(ISSUER)) {
            requireIssuer(value);
        }
        if (key.equals(SCOPES) && !scopes(value).contains("openid")) {
            throw Problem.CONFIG_VALUE_INVALID.with(key, "\"openid\" must be among the scopes");
        }
        return key.equals(SCOPES) ? String.join(" ", scopes(value)) : value;
    }

    private static void requireIssuer(String value) {
        try {
            URI issuer = new URI(value);
            boolean url = issuer.getHost() != null
                    && issuer.getRawQuery() == null
                    && issuer.getRawFragment() == null
                    && issuer.getRawUserInfo() == null;
            boolean secret = "https".equals(issuer.getScheme())
                    || "http".equals(issuer.getScheme()) && Addresses.loopback(issuer.getHost());
            if (url && secret) {
                return;
            }
        } catch (URISyntaxException e) {
            // Refused below.
        }
        throw Problem.CONFIG_VALUE_INVALID.with(
                ISSUER, "\"" + value + "\" is not an https URL without query (http is for loopback addresses only)");
    }
}
