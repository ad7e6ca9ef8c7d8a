package dev.linkspan.member;

import java.util.List;

/**
 * This server as its callers see it.
 *
 * @param name the member's name, or the host's
 * @param addresses {@code host:port} under which it can be reached
 * @param certificate PEM of the cluster certificate
 * @param fingerprint of the cluster certificate
 */
public record ServerInfo(
        String name, List<String> addresses, String certificate, String fingerprint, boolean clustered) {
    public static final String VERSION = version();

    private static String version() {
        String version = ServerInfo.class.getPackage().getImplementationVersion();
        return version == null ? "0.1.0" : version;
    }
}
