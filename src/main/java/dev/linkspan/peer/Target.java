package dev.linkspan.peer;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SNIHostName;
import org.apache.hc.core5.http.HttpHost;

/**
 * Where a call goes.
 *
 * @param host name or literal address, IPv6 in brackets
 * @param name the host when it is a name, as it goes into the handshake; else empty
 */
record Target(String host, int port, String name) {
    private static final int HTTPS = 443;

    /**
     * What {@code host:port} stands for.
     *
     * @throws PeerException when it is no address
     */
    static Target of(String address) throws PeerException {
        try {
            URI uri = URI.create("https://" + address);
            boolean plain = uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getPort() <= 65_535;
            if (plain) {
                String host = uri.getHost();
                int port = uri.getPort() < 0 ? HTTPS : uri.getPort();
                return new Target(host, port, literal(host) ? "" : serverName(host));
            }
        } catch (IllegalArgumentException e) {
            throw new PeerException(PeerException.Reason.UNKNOWN_HOST, false, address);
        }
        throw new PeerException(PeerException.Reason.UNKNOWN_HOST, false, address);
    }

    /** Whether this is a plain address and no name. */
    static boolean literal(String host) {
        return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    }

    private static String serverName(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return new SNIHostName(name).getAsciiName();
    }

    /** The addresses to try, in order. */
    List<InetAddress> addresses(Networks networks, Duration limit) throws PeerException {
        if (name.isEmpty()) {
            return networks.addresses(host);
        }
        CompletableFuture<List<InetAddress>> resolved = new CompletableFuture<>();
        CallThreads.POOL.execute(() -> {
            try {
                resolved.complete(networks.addresses(host));
            } catch (PeerException e) {
                resolved.completeExceptionally(e);
            }
        });
        try {
            return resolved.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw (PeerException) e.getCause();
        } catch (TimeoutException e) {
            throw new PeerException(PeerException.Reason.TIMED_OUT, false, "the name was not resolved");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PeerException(PeerException.Reason.TIMED_OUT, false, "interrupted");
        }
    }

    /** One of its addresses: what is called is the address, what the peer is told is the name. */
    HttpHost at(InetAddress address) {
        String shown = name.isEmpty() ? address.getHostAddress().replaceFirst("%.*", "") : name;
        return new HttpHost("https", address, shown, port);
    }
}
