package dev.linkspan.peer;

import dev.linkspan.tls.PinnedCertificate;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
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
    private static final int MOST_BYTES = 512 << 10;
    /** Of JSON: a text of a few hundred kilobytes can become objects of many megabytes. */
    private static final int MOST_TOKENS = 100_000;

    private static final int MOST_CONNECTIONS = 256;
    /** A peer with a thousand addresses needs none of its connections twice. */
    private static final int MOST_KEPT = 32;

    /** The first is what the native library computes. */
    private static final String[] KEY_EXCHANGE = {"secp256r1", "x25519", "secp384r1", "secp521r1"};

    private static final ContentType APPLICATION_JSON = ContentType.create("application/json");
    private static final Timeout CONNECT = Timeout.ofSeconds(10);
    private static final ManagedHttpClientConnectionFactory CONNECTIONS = ManagedHttpClientConnectionFactory.builder()
            .http1Config(Http1Config.custom()
                    .setMaxHeaderCount(200)
                    .setMaxLineLength(32 << 10)
                    .build())
            .build();
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(100)
                            .maxTokenCount(MOST_TOKENS)
                            .build())
                    .build())
            .build();

    /** However many answers come at once, only so many are objects at a time. */
    private static final Semaphore READING = new Semaphore(8);

    private static final ScheduledThreadPoolExecutor DEADLINES = deadlines();

    private static ScheduledThreadPoolExecutor deadlines() {
        var deadlines = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("peer-deadlines").daemon().factory());
        deadlines.setRemoveOnCancelPolicy(true);
        return deadlines;
    }

    /** What came back, before it is known whether it is the API's. */
    private record Response(int status, byte[] body) {}

    /**
     * Writes a request and reads the head of its answer. What fails before can't have reached the peer. What fails here
     * drops the connection: to close it in order means to wait for the peer, for as long as that pleases.
     */
    private static final class Exchange extends HttpRequestExecutor {
        private static final String SENT = "dev.linkspan.sent";

        @Override
        public ClassicHttpResponse execute(
                ClassicHttpRequest request,
                HttpClientConnection connection,
                HttpResponseInformationCallback information,
                HttpContext context)
                throws IOException, HttpException {
            context.setAttribute(SENT, true);
            boolean answered = false;
            try {
                connection.sendRequestHeader(request);
                if (request.getEntity() != null) {
                    connection.sendRequestEntity(request);
                }
                connection.flush();
                ClassicHttpResponse response = connection.receiveResponseHeader();
                while (response.getCode() < HttpStatus.SC_OK) {
                    if (response.getCode() == HttpStatus.SC_SWITCHING_PROTOCOLS) {
                        throw new ProtocolException("another protocol was offered");
                    }
                    response = connection.receiveResponseHeader();
                }
                if (MessageSupport.canResponseHaveBody(request.getMethod(), response)) {
                    connection.receiveResponseEntity(response);
                }
                answered = true;
                return response;
            } finally {
                if (!answered) {
                    connection.close(CloseMode.IMMEDIATE);
                }
            }
        }

        static boolean begun(HttpContext context) {
            return context.getAttribute(SENT) != null;
        }
    }

    private final SSLContext tls;
    private final PinnedCertificate pin;
    private final Networks networks;
    private final Semaphore slots;
    private final PoolingHttpClientConnectionManager connections;
    private final CloseableHttpClient client;

    PeerConnection(SSLContext tls, PinnedCertificate pin, Networks networks, Semaphore slots) {
        this.tls = tls;
        this.pin = pin;
        this.networks = networks;
        this.slots = slots;
        this.connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setTlsSocketStrategy((socket, host, port, attachment, context) -> handshake(socket, host, port))
                .setConnectionFactory(CONNECTIONS)
                .setDefaultConnectionConfig(
                        ConnectionConfig.custom().setConnectTimeout(CONNECT).build())
                .setMaxConnTotal(MOST_CONNECTIONS)
                .setMaxConnPerRoute(MOST_CONNECTIONS)
                .build();
        this.client = HttpClients.custom()
                .setConnectionManager(connections)
                .setConnectionReuseStrategy((request, response, context) ->
                        connections.getTotalStats().getAvailable() < MOST_KEPT
                                && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(request, response, context))
                .setRequestExecutor(new Exchange())
                .setKeepAliveStrategy((response, context) -> TimeValue.NEG_ONE_MILLISECOND)
                .setUserAgent("Linkspan")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableContentCompression()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableConnectionState()
                .build();
    }

    /** The name goes into the handshake, a plain address doesn't; whom it leads to is the pin's to judge. */
    private SSLSocket handshake(Socket socket, String host, int port) throws IOException {
        SSLSocket secured = (SSLSocket) tls.getSocketFactory().createSocket(socket, host, port, true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setServerNames(Target.literal(host) ? List.of() : List.of(new SNIHostName(host)));
        parameters.setNamedGroups(KEY_EXCHANGE);
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
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
        return call(address, "GET", path, null, limit);
    }

    /** {@code POST} of a JSON body. */
    public PeerAnswer post(String address, String path, Object body, Duration limit) throws PeerException {
        return call(address, "POST", path, body, limit);
    }

    /** {@code PUT} of a JSON body. */
    public PeerAnswer put(String address, String path, Object body, Duration limit) throws PeerException {
        return call(address, "PUT", path, body, limit);
    }

    /** {@code DELETE} of a path of the API. */
    public PeerAnswer delete(String address, String path, Duration limit) throws PeerException {
        return call(address, "DELETE", path, null, limit);
    }

    private PeerAnswer call(String address, String method, String path, Object body, Duration limit)
            throws PeerException {
        long end = System.nanoTime() + limit.toNanos();
        HttpEntity json = body == null ? null : new ByteArrayEntity(JSON.writeValueAsBytes(body), APPLICATION_JSON);
        Target target = Target.of(address);
        takeSlot(limit);
        try {
            PeerException refused = null;
            for (InetAddress host : target.addresses(networks, left(end))) {
                HttpUriRequestBase request = new HttpUriRequestBase(method, URI.create(path));
                request.setEntity(json);
                try {
                    return read(exchange(target.at(host), request, left(end)));
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

    /** At the deadline the connection is cut, whatever it was doing; and it is when the answer wasn't read to its end. */
    private Response exchange(HttpHost host, HttpUriRequestBase request, Duration limit) throws PeerException {
        HttpClientContext context = HttpClientContext.create();
        AtomicBoolean late = new AtomicBoolean();
        Future<?> deadline = DEADLINES.schedule(
                () -> {
                    late.set(true);
                    request.cancel();
                },
                limit.toNanos(),
                TimeUnit.NANOSECONDS);
        try {
            return whole(client.executeOpen(host, request, context));
        } catch (IOException | RuntimeException e) {
            request.cancel();
            throw problem(e, Exchange.begun(context), late.get());
        } finally {
            deadline.cancel(false);
        }
    }

    private static Response whole(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new Response(response.getCode(), new byte[0]);
        }
        byte[] body = entity.getContent().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw new IOException("the answer is longer than " + MOST_BYTES + " bytes");
        }
        return new Response(response.getCode(), body);
    }

    private static PeerException problem(Exception problem, boolean sent, boolean late) {
        for (Throwable t = problem; t != null; t = t.getCause()) {
            // Looked for first: it is the cause of a failed handshake.
            if (t instanceof PinnedCertificate.Mismatch mismatch) {
                return new PeerException(PeerException.Reason.WRONG_CERTIFICATE, false, null, mismatch.shown());
            }
        }
        if (late) {
            return new PeerException(PeerException.Reason.TIMED_OUT, sent, null);
        }
        return switch (problem) {
            case ConnectTimeoutException e -> new PeerException(PeerException.Reason.TIMED_OUT, false, null);
            case NoRouteToHostException e -> new PeerException(PeerException.Reason.NO_ROUTE, false, null);
            case ConnectException e -> new PeerException(PeerException.Reason.REFUSED, false, null);
            case SSLHandshakeException e -> new PeerException(PeerException.Reason.TLS, false, e.getMessage());
            case SSLException e -> new PeerException(PeerException.Reason.TLS, sent, e.getMessage());
            case IOException e -> new PeerException(PeerException.Reason.LOST, sent, e.getMessage());
            default -> new PeerException(PeerException.Reason.LOST, sent, problem.toString());
        };
    }

    private static PeerAnswer read(Response response) throws PeerException {
        READING.acquireUninterruptibly();
        try {
            return answer(response);
        } finally {
            READING.release();
        }
    }

    private static PeerAnswer answer(Response response) throws PeerException {
        try {
            JsonNode envelope = JSON.readTree(response.body());
            if (envelope != null && envelope.isObject() && envelope.has("type")) {
                return new PeerAnswer(response.status(), envelope);
            }
        } catch (JacksonException e) {
            throw notTheApi(response);
        }
        throw notTheApi(response);
    }

    private static PeerException notTheApi(Response response) {
        return new PeerException(PeerException.Reason.NOT_THE_API, true, "HTTP status " + response.status());
    }

    /** A call that is under way ends with an error. */
    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }
}
