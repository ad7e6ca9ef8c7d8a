package dev.linkspan.access;

import java.security.cert.X509Certificate;

/**
 * Where a request came from.
 *
 * @param address {@code host:port} of the caller; {@code @} for the Unix socket
 * @param certificate the leaf that was presented in the handshake, or null
 */
public record Origin(String address, X509Certificate certificate) {
    public static final Origin NONE = new Origin("", null);
    public static final Origin SOCKET = new Origin("@", null);
}
