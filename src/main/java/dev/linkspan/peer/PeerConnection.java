package dev.linkspan.peer;

import dev.linkspan.tls.PinnedCertificate;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Talks to one other cluster, known by its certificate, at any of its addresses. Follows no redirects, reads at most
 * 4 MiB, and every call ends by its deadline.
 */
public final class PeerConnection implements AutoCloseable {
    private static final long MOST_BYTES = 4L << 20;
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(100).build())
                    .build())
            .build();

    private final HttpClient client;
    private final PinnedCertificate pin;
    private final Semaphore slots;

    PeerConnection(SSLContext context, PinnedCertificate pin, Semaphore slots) {
        this.pin = pin;
        this.slots = slots;
        this.client = HttpClient.newBuilder()
                .sslContext(context)
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

    /**
     * {@code GET} of a path of the API.
     *
     * @param address {@code host:port}
     */
    public PeerAnswer get(String address, String path, Duration limit) throws PeerException {
        return call(request(address, path).GET().build(), limit);
    }

    /** {@code POST} of a JSON body. */
    public PeerAnswer post(String address, String path, Object body, Duration limit) throws PeerException {
        return call(
                request(address, path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                        .build(),
                limit);
    }

    /** {@code DELETE} of a path of the API. */
    public PeerAnswer delete(String address, String path, Duration limit) throws PeerException {
        return call(request(address, path).DELETE().build(), limit);
    }

    private static HttpRequest.Builder request(String address, String path) throws PeerException {
        try {
            return HttpRequest.newBuilder(URI.create("https://" + address + path))
                    .header("User-Agent", "Linkspan");
        } catch (IllegalArgumentException e) {
            throw new PeerException(PeerException.Reason.UNKNOWN_HOST, false, address);
        }
    }

    private PeerAnswer call(HttpRequest request, Duration limit) throws PeerException {
        long end = System.nanoTime() + limit.toNanos();
        takeSlot(limit);
        try {
            return answer(receive(request, Duration.ofNanos(end - System.nanoTime())));
        } finally {
            slots.release();
        }
    }

    private void takeSlot(Duration limit) throws PeerException {
        try {
            if (slots.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new PeerException(PeerException.Reason.TIMED_OUT, false, "too many calls to other clusters at once");
    }

    private HttpResponse<byte[]> receive(HttpRequest request, Duration limit) throws PeerException {
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
            if (t instanceof PinnedCertificate.Mismatch) {
                return new PeerException(PeerException.Reason.WRONG_CERTIFICATE, false, null);
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
        client.shutdownNow();
    }
}
