package dev.linkspan.member;

import dev.linkspan.problem.Problem;
import dev.linkspan.tls.Addresses;
import java.util.Map;
import java.util.TreeMap;

/** The server's configuration keys and what their values may be. */
final class Configuration {
    static final String HTTPS_ADDRESS = "core.https_address";
    static final String CLUSTER_ADDRESS = "cluster.https_address";
    static final String TOKEN_EXPIRY = "core.remote_token_expiry";
    static final String DEFAULT_TOKEN_EXPIRY = "15d";
    static final String BACKUP_SIZE_LIMIT = "linkspan.backup_size_limit";
    static final String ALLOWED_NETWORKS = "linkspan.peer.allowed-networks";
    static final String DENIED_NETWORKS = "linkspan.peer.denied-networks";
    static final String UUID = "volatile.uuid";
    /** Shown to everybody. */
    static final String PUBLIC_USER_KEY = "user.microcloud";

    private Configuration() {}

    /**
     * Checks keys and values and brings them into their canonical form.
     *
     * @throws dev.linkspan.problem.ProblemException 400 that names the key
     */
    static Map<String, String> checked(Map<String, String> given) {
        Map<String, String> checked = new TreeMap<>();
        given.forEach((key, value) -> checked.put(key, checked(key, value == null ? "" : value)));
        return checked;
    }

    private static String checked(String key, String value) {
        if (key.startsWith("user.")) {
            return value;
        }
        if (OidcConfiguration.KEYS.contains(key)) {
            return OidcConfiguration.checked(key, value);
        }
        return switch (key) {
            case HTTPS_ADDRESS -> value.isEmpty() ? "" : listenAddress(value);
            case CLUSTER_ADDRESS -> value.isEmpty() ? "" : clusterAddress(value);
            case TOKEN_EXPIRY -> {
                if (!value.isEmpty()) {
                    TokenExpiry.parse(value);
                }
                yield value;
            }
            case BACKUP_SIZE_LIMIT -> {
                if (!value.isEmpty()) {
                    BackupLimit.parse(value);
                }
                yield value;
            }
            case ALLOWED_NETWORKS, DENIED_NETWORKS -> ConfiguredNetworks.checked(key, value);
            case UUID -> value;
            default -> throw Problem.CONFIG_KEY_UNKNOWN.with(key);
        };
    }

    /**
     * A listen address in canonical form.
     *
     * @throws dev.linkspan.problem.ProblemException 400 when it is none
     */
    static String listenAddress(String value) {
        return address(HTTPS_ADDRESS, value);
    }

    private static String clusterAddress(String value) {
        String canonical = address(CLUSTER_ADDRESS, value);
        if (Addresses.wildcard(canonical)) {
            throw Problem.CONFIG_VALUE_INVALID.with(
                    CLUSTER_ADDRESS, "\"" + value + "\" is a wildcard, which other members could not call");
        }
        return canonical;
    }

    private static String address(String key, String value) {
        String canonical = Addresses.canonical(value.strip());
        String host = Addresses.host(canonical);
        boolean malformed = host.contains("/") || host.contains(" ") || host.contains("@");
        if (malformed || Addresses.port(canonical) <= 0) {
            throw Problem.CONFIG_VALUE_INVALID.with(
                    key, "\"" + value + "\" is not HOST:PORT with a port from 1 to 65535");
        }
        return canonical;
    }
}
