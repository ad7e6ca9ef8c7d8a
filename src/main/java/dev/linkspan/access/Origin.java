package dev.linkspan.access;

import java.security.cert.X509Certificate;

/**
 * Where a request came from, and what it was.
 *
 * @param address {@code host:port} of the caller; {@code @} for the Unix socket
 * @param certificate the leaf that was presented in the handshake, or null
 * @param userAgent what the caller's program calls itself; never believed
 * @param request method and path, for example {@code GET /1.0/auth/groups}; empty when it is none of the API's
 * @param project that it named; empty for none
 */
public record Origin(String address, X509Certificate certificate, String userAgent, String request, String project) {
    public static final Origin NONE = new Origin("", null);
    public static final Origin SOCKET = new Origin("@", null);

    public Origin(String address, X509Certificate certificate) {
        this(address, certificate, "", "", "");
    }

    /** The same, for a caller that is known by a session rather than by the connection. */
    public Origin withoutCertificate() {
        return new Origin(address, null, userAgent, request, project);
    }

    /** The caller's address without the port, under which attempts are counted. */
    public String host() {
        int colon = address.lastIndexOf(':');
        return colon < 0 ? address : address.substring(0, colon);
    }
}
