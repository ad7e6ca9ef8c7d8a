package dev.linkspan.link;

import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.tls.Certificates;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The configuration keys of links and what their values may be (cluster-links.md 1.3). */
final class LinkConfig {
    static final String PENDING_CERTIFICATE = "volatile.pending_certificate";
    static final String PENDING_ADDRESS = "volatile.pending_address";
    private static final int MOST_KEYS = 1_000;

    private LinkConfig() {}

    /**
     * Checks all keys and values.
     *
     * @throws ProblemException 500 naming the first bad key
     */
    static void check(Map<String, String> config) {
        if (config.size() > MOST_KEYS) {
            throw Problem.TOO_MANY_ITEMS.with("config", MOST_KEYS);
        }
        new TreeMap<>(config).forEach(LinkConfig::check);
    }

    private static void check(String key, String value) {
        if (key.startsWith("user.")) {
            return;
        }
        switch (key) {
            case ClusterLink.ADDRESSES_KEY -> addresses(value);
            case PENDING_CERTIFICATE -> {
                try {
                    Certificates.parse(value);
                } catch (ProblemException e) {
                    throw Problem.LINK_CONFIG_VALUE.with(key, e.getMessage());
                }
            }
            case PENDING_ADDRESS -> {
                String[] parts = split(key, value);
                requirePort(key, parts[1], "");
            }
            default -> throw Problem.LINK_CONFIG_KEY.with(key);
        }
    }

    /**
     * The addresses in a value of {@code volatile.addresses}; none for a blank one.
     *
     * @throws ProblemException 500 when one is malformed
     */
    static List<String> addresses(String value) {
        List<String> addresses = new ArrayList<>();
        if (value.isBlank()) {
            return addresses;
        }
        for (String item : value.split(",", -1)) {
            String address = item.strip();
            String[] parts = split(ClusterLink.ADDRESSES_KEY, address);
            requireHost(ClusterLink.ADDRESSES_KEY, parts[0]);
            requirePort(ClusterLink.ADDRESSES_KEY, parts[1], "Invalid port: ");
            addresses.add(address);
        }
        return addresses;
    }

    private static String[] split(String key, String address) {
        String why = null;
        int colon = address.lastIndexOf(':');
        String host = colon < 0 ? address : address.substring(0, colon);
        if (address.isEmpty()) {
            why = "missing port in address";
        } else if (colon < 0 || address.endsWith("]")) {
            boolean bare = !address.startsWith("[") && address.indexOf(':') >= 0;
            why = "address " + address + (bare ? ": too many colons in address" : ": missing port in address");
        } else if (host.startsWith("[")) {
            if (!host.endsWith("]")) {
                why = "address " + address + ": missing ']' in address";
            }
        } else if (host.indexOf(':') >= 0) {
            why = "address " + address + ": too many colons in address";
        }
        if (why != null) {
            throw Problem.LINK_CONFIG_VALUE.with(key, "Invalid address format: " + why);
        }
        String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new String[] {plain, address.substring(colon + 1)};
    }

    private static void requirePort(String key, String port, String prefix) {
        boolean valid = port.matches("[0-9]{1,9}") && Integer.parseInt(port) <= 65535;
        if (!valid) {
            throw Problem.LINK_CONFIG_VALUE.with(key, prefix + "Invalid port number \"" + port + "\"");
        }
    }

    private static void requireHost(String key, String host) {
        if (host.isEmpty()) {
            throw Problem.LINK_CONFIG_VALUE.with(key, "Invalid host: \"\"");
        }
        if (isLiteral(host)) {
            return;
        }
        String why = host.matches("[0-9.]+") && host.matches(".*[0-9].*") ? null : "";
        for (String label : host.split("\\.", -1)) {
            String problem = labelProblem(label);
            if (problem != null) {
                why = problem;
                break;
            }
        }
        if (why == null) {
            why = "Name cannot be a number";
        }
        if (!why.isEmpty()) {
            throw Problem.LINK_CONFIG_VALUE.with(key, "Invalid domain name \"" + host + "\": " + why);
        }
    }

    private static String labelProblem(String label) {
        if (label.isEmpty() || label.length() > 63) {
            return "Name must be 1-63 characters long";
        }
        if (!label.matches("[A-Za-z0-9-]+")) {
            return "Name can only contain alphanumeric and hyphen characters";
        }
        if (label.startsWith("-")) {
            return "Name must not start with \"-\" character";
        }
        if (label.endsWith("-")) {
            return "Name must not end with \"-\" character";
        }
        return label.matches("[0-9]+") ? "Name cannot be a number" : null;
    }

    private static boolean isLiteral(String host) {
        if (host.contains("%")) {
            return false;
        }
        try {
            InetAddress.ofLiteral(host);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The {@code user.*} keys that have a value. */
    static Map<String, String> userKeys(Map<String, String> config) {
        Map<String, String> user = new TreeMap<>();
        config.forEach((key, value) -> {
            if (key.startsWith("user.") && !value.isEmpty()) {
                user.put(key, value);
            }
        });
        return user;
    }
}
