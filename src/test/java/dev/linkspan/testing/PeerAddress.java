package dev.linkspan.testing;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/** One address at which a {@link ScriptedPeer} listens, with a certificate and a temper of its own. */
public final class PeerAddress implements AutoCloseable {

    private enum Mode {
        STOCK,
        STALL,
        SILENT,
        DROP
    }

    private final ScriptedPeer peer;
    private final ServerSocket listener;
    private volatile SSLContext tls;
    private volatile TestCertificate certificate;
    private final Rules rules = new Rules();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Thread acceptor;
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Mode mode = Mode.STOCK;

    PeerAddress(ScriptedPeer peer, TestCertificate certificate, String host) throws IOException {
        this.peer = peer;
        this.certificate = certificate;
        this.tls = TestTls.server(certificate);
        this.listener = new ServerSocket();
        listener.bind(new InetSocketAddress(InetAddress.getByName(host), 0), 1000);
        this.acceptor = Thread.ofPlatform().name("peer-" + address()).daemon().start(this::accept);
    }

    /** {@code host:port}. */
    public String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** Many addresses that all lead here, when this one listens everywhere: each of the loopback's own. */
    public List<String> ofLoopback(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "127.1." + i / 250 + "." + (i % 250 + 1) + ":" + listener.getLocalPort())
                .toList();
    }

    public TestCertificate certificate() {
        return certificate;
    }

    /** TCP connections accepted so far, also those that never sent a byte. */
    public int connections() {
        return connections.get();
    }

    /** Rules for requests to this address; they come before those of the peer. */
    public Rules.Rule on(String method, String path) {
        return rules.on(method, path);
    }

    /** From now on new connections are shown another certificate. */
    public PeerAddress present(TestCertificate other) {
        certificate = other;
        tls = TestTls.server(other);
        return this;
    }

    /** From now on new connections are accepted, and nothing is ever read or sent: the handshake never ends. */
    public PeerAddress stall() {
        mode = Mode.STALL;
        return this;
    }

    /** From now on new connections shake hands and then get no answer to anything. */
    public PeerAddress fallSilent() {
        mode = Mode.SILENT;
        return this;
    }

    /** From now on new connections are closed as soon as they are accepted. */
    public PeerAddress hangUp() {
        mode = Mode.DROP;
        return this;
    }

    /** Ends {@link #stall}, {@link #fallSilent} and {@link #hangUp} for new connections. */
    public PeerAddress behave() {
        mode = Mode.STOCK;
        return this;
    }

    /** From now on new connections get this certificate. */
    public PeerAddress serve(TestCertificate other) {
        tls = TestTls.server(other);
        certificate = other;
        return this;
    }

    Rules rules() {
        return rules;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket tcp = listener.accept();
                connections.incrementAndGet();
                open.add(tcp);
                Thread.ofPlatform().daemon().start(() -> serve(tcp));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private void serve(Socket tcp) {
        try (tcp) {
            Mode now = mode;
            if (now == Mode.DROP) {
                return;
            }
            if (now == Mode.STALL) {
                tcp.getInputStream().transferTo(OutputStream.nullOutputStream());
                return;
            }
            tcp.setTcpNoDelay(true);
            try (SSLSocket socket = shakeHands(tcp)) {
                if (now == Mode.SILENT) {
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                    return;
                }
                requests(tcp, socket);
            }
        } catch (IOException e) {
            // Callers may hang up at any time, and faults hang up themselves.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(tcp);
        }
    }

    private SSLSocket shakeHands(Socket tcp) throws IOException {
        SSLSocket socket = (SSLSocket) tls.getSocketFactory().createSocket(tcp, null, true);
        socket.setUseClientMode(false);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3"});
        parameters.setWantClientAuth(true);
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private void requests(Socket tcp, SSLSocket socket) throws IOException, InterruptedException {
        X509Certificate caller = caller(socket);
        InputStream in = new BufferedInputStream(socket.getInputStream());
        OutputStream out = new BufferedOutputStream(socket.getOutputStream());
        boolean next = true;
        while (next) {
            String[] line = HttpConnection.line(in).split(" ");
            Map<String, String> headers = HttpConnection.fields(in);
            byte[] content = HttpConnection.content(in, headers, false);
            ReceivedRequest request =
                    new ReceivedRequest(Instant.now(), address(), line[0], line[1], headers, caller, content);
            peer.record(request);
            PeerExchange exchange =
                    new PeerExchange(request, this, () -> peer.stockAnswer(request, this), tcp, in, out);
            peer.fault(request, this).answer(exchange);
            next = exchange.isOpen();
        }
    }

    private static X509Certificate caller(SSLSocket socket) {
        try {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        } catch (SSLPeerUnverifiedException e) {
            return null;
        }
    }

    /** Stops listening and ends all connections: from now on this address is dead. */
    @Override
    public void close() {
        try {
            listener.close();
            // The port is free only when nobody accepts any more.
            acceptor.join();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
