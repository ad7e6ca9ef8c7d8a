package dev.linkspan.peer;

import dev.linkspan.tls.PinnedCertificate;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Talks to one other cluster, known by its certificate, at any of its addresses. Follows no redirects, reads at most
 * 512 KiB, and every call ends by its deadline.
 */
public final class PeerConnection implements AutoCloseable {
    private static final long MOST_BYTES = 512L << 10;
    /** Of JSON: a text of a few hundred kilobytes can become objects of many megabytes. */
    private static final int MOST_TOKENS = 100_000;

    private static final int MOST_CLIENTS = 16;
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(100)
                            .maxTokenCount(MOST_TOKENS)
                            .build())
                    .build())
            .build();

    static {
        // Read when the first client is made: a peer with a thousand addresses needs none of its connections twice.
        System.setProperty("jdk.httpclient.connectionPoolSize", "32");
    }

    /** However many answers come at once, only so many are objects at a time. */
    private static final Semaphore READING = new Semaphore(8);

    private final SSLContext context;
    private final PinnedCertificate pin;
    private final Networks networks;
    private final Semaphore slots;
    /** One for each name that is called, which goes into the handshake; the empty one for plain addresses. */
    private final Map<String, HttpClient> clients = new ConcurrentHashMap<>();

    PeerConnection(SSLContext context, PinnedCertificate pin, Networks networks, Semaphore slots) {
        this.context = context;
        this.pin = pin;
        this.networks = networks;
        this.slots = slots;
    }

    private HttpClient client(String name) {
        SSLParameters tls = context.getDefaultSSLParameters();
        if (!name.isEmpty()) {
            tls.setServerNames(List.of(new SNIHostName(name)));
        }
        return HttpClient.newBuilder()
                .sslContext(context)
                .sslParameters(tls)
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .executor(CallThreads.POOL)
                .build();
    }

    /** The peer's certificate, once a connection was made; else null. */
    public X509Certificate certificate() {
        return pin.certificate();
    }

    /** The certificate with this fingerprint, if it is a pinned one and was shown. */
    public Optional<X509Certificate> shown(String fingerprint) {
        return pin.shown(fingerprint);
    }

    /**
     * {@code GET} of a path of the API.
     *
     * @param address {@code host:port}
     */
    public PeerAnswer get(String address, String path, Duration limit) throws PeerException {
        return call(address, path, HttpRequest.Builder::GET, limit);
    }

    /** {@code POST} of a JSON body. */
    public PeerAnswer post(String address, String path, Object body, Duration limit) throws PeerException {
        byte[] json = JSON.writeValueAsBytes(body);
        return call(
                address,
                path,
                request -> request.header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(json)),
                limit);
    }

    /** {@code PUT} of a JSON body. */
    public PeerAnswer put(String address, String path, Object body, Duration limit) throws PeerException {
        byte[] json = JSON.writeValueAsBytes(body);
        return call(
                address,
                path,
                request -> request.header("Content-Type", "application/json").PUT(BodyPublishers.ofByteArray(json)),
                limit);
    }

    /** {@code DELETE} of a path of the API. */
    public PeerAnswer delete(String address, String path, Duration limit) throws PeerException {
        return call(address, path, HttpRequest.Builder::DELETE, limit);
    }

    private PeerAnswer call(String address, String path, UnaryOperator<HttpRequest.Builder> method, Duration limit)
            throws PeerException {
        long end = System.nanoTime() + limit.toNanos();
        Target target = Target.of(address);
        takeSlot(limit);
        try {
            PeerException refused = null;
            for (InetAddress host : target.addresses(networks, left(end))) {
                HttpRequest request = method.apply(
                                HttpRequest.newBuilder(target.uri(host, path)).header("User-Agent", "Linkspan"))
                        .build();
                try {
                    return read(exchange(target.name(), request, left(end)));
                } catch (PeerException e) {
                    if (e.reason() != PeerException.Reason.REFUSED && e.reason() != PeerException.Reason.NO_ROUTE) {
                        throw e;
                    }
                    refused = e;
                }
            }
            throw refused;
        } finally {
            slots.release();
        }
    }

    /** A client has a thread of its own, and a peer may have any number of names. */
    private HttpResponse<byte[]> exchange(String name, HttpRequest request, Duration limit) throws PeerException {
        if (clients.size() < MOST_CLIENTS || clients.containsKey(name)) {
            return receive(clients.computeIfAbsent(name, this::client), request, limit);
        }
        HttpClient once = client(name);
        try {
            return receive(once, request, limit);
        } finally {
            once.shutdownNow();
        }
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    private void takeSlot(Duration limit) throws PeerException {
        try {
            if (slots.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new PeerException(PeerException.Reason.BUSY, false, null);
    }

    private HttpResponse<byte[]> receive(HttpClient client, HttpRequest request, Duration limit) throws PeerException {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            return exchange.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw new PeerException(PeerException.Reason.TIMED_OUT, true, null);
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw new PeerException(PeerException.Reason.TIMED_OUT, true, "interrupted");
        } catch (ExecutionException e) {
            throw problem(e.getCause());
        }
    }

    private PeerException problem(Throwable cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            // Looked for first: it is the cause of a failed handshake.
            if (t instanceof PinnedCertificate.Mismatch mismatch) {
                return new PeerException(PeerException.Reason.WRONG_CERTIFICATE, false, null, mismatch.shown());
            }
        }
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof UnresolvedAddressException || t instanceof UnknownHostException) {
                return new PeerException(PeerException.Reason.UNKNOWN_HOST, false, null);
            }
            if (t instanceof HttpConnectTimeoutException) {
                return new PeerException(PeerException.Reason.TIMED_OUT, false, null);
            }
            if (t instanceof NoRouteToHostException) {
                return new PeerException(PeerException.Reason.NO_ROUTE, false, null);
            }
            if (t instanceof ConnectException) {
                return new PeerException(PeerException.Reason.REFUSED, false, null);
            }
            if (t instanceof SSLHandshakeException) {
                return new PeerException(PeerException.Reason.TLS, false, t.getMessage());
            }
            if (t instanceof HttpTimeoutException) {
                return new PeerException(PeerException.Reason.TIMED_OUT, true, null);
            }
            if (t instanceof SSLException) {
                return new PeerException(PeerException.Reason.TLS, true, t.getMessage());
            }
        }
        boolean io = cause instanceof IOException;
        return new PeerException(PeerException.Reason.LOST, true, io ? cause.getMessage() : cause.toString());
    }

    private static PeerAnswer read(HttpResponse<byte[]> response) throws PeerException {
        READING.acquireUninterruptibly();
        try {
            return answer(response);
        } finally {
            READING.release();
        }
    }

    private static PeerAnswer answer(HttpResponse<byte[]> response) throws PeerException {
        try {
            JsonNode envelope = JSON.readTree(response.body());
            if (envelope != null && envelope.isObject() && envelope.has("type")) {
                return new PeerAnswer(response.statusCode(), envelope);
            }
        } catch (JacksonException e) {
            throw notTheApi(response);
        }
        throw notTheApi(response);
    }

    private static PeerException notTheApi(HttpResponse<byte[]> response) {
        return new PeerException(PeerException.Reason.NOT_THE_API, true, "HTTP status " + response.statusCode());
    }

    @Override
    public void close() {
        clients.values().forEach(HttpClient::shutdownNow);
    }
}
