package dev.linkspan.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.TestCertificate;
import dev.linkspan.testing.TestCertificates;
import dev.linkspan.testing.TestTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The TLS layer as recorded in {@code tls.json}: what a stock client or peer offers, and what a server does with it. */
class TlsContractIT {

    private static LinkspanProcess server;

    @BeforeAll
    static void start() {
        server = LinkspanProcess.start("tls");
    }

    @AfterAll
    static void stop() {
        // Clients abandon connections in the ordinary course of things.
        assertThat(server.output()).doesNotContain(" WARN ").doesNotContain(" ERROR ");
        server.close();
    }

    /** Shakes hands and returns the fingerprint that was served. */
    private static String handshake(Consumer<SSLParameters> offer) throws IOException {
        int port = Integer.parseInt(server.address().replaceAll(".*:", ""));
        try (SSLSocket socket =
                (SSLSocket) TestTls.client(null).getSocketFactory().createSocket("127.0.0.1", port)) {
            SSLParameters parameters = socket.getSSLParameters();
            offer.accept(parameters);
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
            assertThat(socket.getApplicationProtocol()).isEmpty();
            return TestCertificate.fingerprint(
                    (X509Certificate) socket.getSession().getPeerCertificates()[0]);
        }
    }

    @Test
    void versionWhenOlderThanThirteenThenRefusedByAlert() {
        assertThatThrownBy(() -> handshake(offer -> offer.setProtocols(new String[] {"TLSv1.2"})))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("protocol_version");
    }

    @Test
    void cipherSuitesWhenOfferedAloneThenAccepted() throws IOException {
        for (String suite :
                List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256")) {
            handshake(offer -> offer.setCipherSuites(new String[] {suite}));
        }
    }

    @Test
    void groupsWhenOfferedAloneThenAccepted() throws IOException {
        for (String group : List.of("x25519", "secp256r1", "secp384r1", "secp521r1")) {
            assertThatCode(() -> handshake(offer -> offer.setNamedGroups(new String[] {group})))
                    .as(group)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void protocolWhenOnlyHttpIsOfferedThenAccepted() throws IOException {
        handshake(offer -> offer.setApplicationProtocols(new String[] {"http/1.1"}));
    }

    @Test
    void serverNameWhenAnythingThenTheOneCertificateIsServed() throws IOException {
        for (String name : List.of("tls", "elsewhere.example", "x")) {
            assertThat(handshake(offer -> offer.setServerNames(List.of(new SNIHostName(name)))))
                    .isEqualTo(server.fingerprint());
        }
    }

    @Test
    void clientCertificateWhenOfAnyUsableKindThenSeenAndNeverRequired() {
        assertThat(seen(server.https())).isFalse();
        for (TestCertificates.Key key : TestCertificates.Key.values()) {
            assertThat(seen(server.https().as(TestCertificates.of("any", key))))
                    .as(key.name())
                    .isTrue();
        }
        assertThat(seen(server.https().as(TestCertificates.client("client")))).isTrue();
        assertThat(seen(server.https().as(TestCertificates.expired("expired")))).isTrue();
        assertThat(seen(server.https().as(TestCertificates.notYetValid("early"))))
                .isTrue();
    }

    private static boolean seen(ApiClient client) {
        var info = client.get("/1.0").metadata();
        assertThat(info.path("auth").asString()).isEqualTo("untrusted");
        return info.path("client_certificate").asBoolean();
    }

    /** The stock client makes such a handshake before its first pinned connection. */
    @Test
    void handshakesWhenAbandonedByAlertThenNoHarmIsDone() {
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> dial(TestTls.pinned("0".repeat(64), null)))
                    .isInstanceOf(UncheckedIOException.class);
        }
        Instant start = Instant.now();
        assertThat(server.https().get("/1.0").status()).isEqualTo(200);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(2));
        assertThat(server.output()).doesNotContain("Exception");
    }

    private static void dial(SSLContext context) {
        int port = Integer.parseInt(server.address().replaceAll(".*:", ""));
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.startHandshake();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Callers who stop in the middle, of the handshake, of a request's head or of its body, delay nobody else. */
    @Test
    void connectionsWhenStalledThenOthersAreServed() throws IOException {
        int port = Integer.parseInt(server.address().replaceAll(".*:", ""));
        SSLContext tls = TestTls.client(null);
        List<Socket> stalled = new ArrayList<>();
        try {
            for (int i = 0; i < 400; i++) {
                Socket socket = new Socket("127.0.0.1", port);
                stalled.add(socket);
                // The beginning of a TLS record, whose rest never comes.
                socket.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1});
            }
            assertServedSoon("stalled handshakes");
            for (int i = 0; i < 400; i++) {
                Socket socket = tls.getSocketFactory().createSocket("127.0.0.1", port);
                stalled.add(socket);
                String path = List.of("/1.0/auth/identities/tls", "/1.0/cluster/links", "/ui/sign-in")
                        .get(i % 3);
                String head = "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
                String half = i % 4 == 0 ? head : head + "Content-Length: 1000\r\n\r\n{";
                socket.getOutputStream().write(half.getBytes(StandardCharsets.UTF_8));
            }
            assertServedSoon("half-sent requests");
        } finally {
            for (Socket socket : stalled) {
                socket.close();
            }
        }
    }

    private static void assertServedSoon(String meanwhile) {
        ApiClient good = server.https().within(Duration.ofSeconds(30));
        Instant start = Instant.now();
        assertThat(good.get("/1.0").status()).isEqualTo(200);
        assertThat(good.post("/1.0/cluster/links", "{\"type\":\"x\"}").status()).isEqualTo(400);
        assertThat(Duration.between(start, Instant.now())).as(meanwhile).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void answersWhenCompressionIsOfferedThenPlain() {
        var answer = server.https().get("/1.0", "Accept-Encoding: gzip");

        assertThat(answer.headers()).doesNotContainKey("Content-Encoding");
        assertThat(answer.body().path("type").asString()).isEqualTo("sync");
    }
}
