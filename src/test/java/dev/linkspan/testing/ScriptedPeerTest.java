package dev.linkspan.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.core.JacksonException;

@Timeout(60)
class ScriptedPeerTest {

    private final ScriptedPeer issuer = ScriptedPeer.start("issuer");
    private final ScriptedPeer consumer = ScriptedPeer.start("consumer");

    @AfterEach
    void stop() {
        issuer.close();
        consumer.close();
    }

    @Test
    void linkTwoPeers() {
        Answer answer = consumer.consume("to-issuer", issuer.issueToken("to-consumer"));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.location()).isEqualTo("/1.0/auth/identities/tls/" + consumer.fingerprint());
        assertThat(issuer.trusts(consumer.fingerprint())).isTrue();
        assertThat(consumer.trusts(issuer.fingerprint())).isTrue();
        assertThat(issuer.link("to-consumer")).contains(consumer.addresses());
        assertThat(consumer.link("to-issuer")).contains(issuer.addresses());
        assertThat(issuer.requests().stream().map(this::shown))
                .containsExactly(
                        "GET / -",
                        "GET /1.0 -",
                        "GET /1.0 -",
                        "POST /1.0/cluster/links -",
                        "GET /1.0 C",
                        "GET /1.0/cluster/members?recursion=1 C");
        assertThat(consumer.requests().stream().map(this::shown))
                .containsExactly("GET / -", "GET /1.0 -", "GET /1.0 C", "GET /1.0/cluster/members?recursion=1 C");
    }

    private String shown(ReceivedRequest request) {
        return request.method() + " " + request.path() + (request.caller() == null ? " -" : " C");
    }

    @Test
    void refuseAUsedSecret() {
        TrustTokenText token = issuer.issueToken("link");
        consumer.activate(token);

        Answer again = consumer.activate(token);

        assertThat(again.status()).isEqualTo(500);
        assertThat(again.error()).endsWith("No pending identities found with given secret");
    }

    @Test
    void refuseAnExpiredToken() {
        Answer answer =
                consumer.activate(issuer.issueToken("link", Instant.now().minusSeconds(1)));

        assertThat(answer.error()).isEqualTo("Failed during search for pending identity: Token has expired");
        assertThat(issuer.pendingLinks()).isEmpty();
    }

    @Test
    void refuseACertificateThatNoAddressServes() {
        Answer answer =
                consumer.activate(issuer.issueToken("link"), TestCertificates.lxdServer("other"), consumer.addresses());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).contains("Certificate fingerprint mismatch for address");
        assertThat(issuer.pendingLinks()).containsExactly("link");
    }

    @Test
    void storeUnverifiedAddressesLikeAStockServer() {
        PeerAddress other = consumer.addAddress(TestCertificates.lxdServer("other"));

        consumer.consume("to-issuer", issuer.issueToken("to-consumer"));

        assertThat(issuer.link("to-consumer").orElseThrow()).contains(other.address());
    }

    @Test
    void tellTrustedCallersMore() {
        ApiClient anonymous = ApiClient.https(issuer.address().address());
        consumer.consume("to-issuer", issuer.issueToken("to-consumer"));
        ApiClient peer = anonymous.as(consumer.certificate());

        assertThat(anonymous.get("/1.0").metadata().path("auth").asString()).isEqualTo("untrusted");
        assertThat(peer.get("/1.0").metadata().path("auth").asString()).isEqualTo("trusted");
        assertThat(peer.get("/1.0")
                        .metadata()
                        .path("environment")
                        .path("server_name")
                        .asString())
                .isEqualTo("issuer");

        issuer.denyTrust(true);
        assertThat(peer.get("/1.0").metadata().path("auth").asString()).isEqualTo("untrusted");
        assertThat(issuer.trusts(consumer.fingerprint())).isTrue();
    }

    @Test
    void listMembersOnceClustered() {
        issuer.addAddress();
        issuer.clustered();
        TrustTokenText token =
                issuer.issueToken("to-consumer").withAddresses(issuer.address().address());

        consumer.consume("to-issuer", token);

        assertThat(consumer.link("to-issuer")).contains(issuer.addresses());
    }

    @Test
    void forgetACallerThatRemovesItself() {
        consumer.consume("to-issuer", issuer.issueToken("to-consumer"));

        Answer answer = consumer.call(
                issuer.address().address(), "DELETE", "/1.0/auth/identities/tls/" + consumer.fingerprint());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(issuer.trusts(consumer.fingerprint())).isFalse();
    }

    @Test
    void dropWithoutCommit() {
        issuer.onActivation().once(Fault.drop());

        assertThatThrownBy(() -> consumer.activate(issuer.issueToken("link"))).hasCauseInstanceOf(EOFException.class);
        assertThat(issuer.trusts(consumer.fingerprint())).isFalse();
        assertThat(issuer.activations()).hasSize(1);
    }

    @Test
    void commitThenReset() {
        issuer.onActivation().once(Fault.commitThenReset());

        assertThatThrownBy(() -> consumer.activate(issuer.issueToken("link")))
                .hasCauseInstanceOf(SocketException.class)
                .hasRootCauseMessage("Connection reset");
        assertThat(issuer.trusts(consumer.fingerprint())).isTrue();
    }

    @Test
    void commitThenHalfABody() {
        issuer.onActivation().once(Fault.commitThenHalfABody());

        assertThatThrownBy(() -> consumer.activate(issuer.issueToken("link")))
                .cause()
                .isInstanceOf(EOFException.class)
                .hasMessageMatching("closed after \\d+ of \\d+ bytes");
        assertThat(issuer.trusts(consumer.fingerprint())).isTrue();
    }

    @Test
    void commitThenRefuse() {
        issuer.onActivation().once(Fault.commitThenRefuse(500, "boom"));

        Answer answer = consumer.activate(issuer.issueToken("link"));

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.error()).isEqualTo("boom");
        assertThat(issuer.trusts(consumer.fingerprint())).isTrue();
    }

    @Test
    void commitThenSilence() {
        issuer.onActivation().once(Fault.commitThenSilence());
        TrustTokenText token = issuer.issueToken("link");
        ApiClient impatient = ApiClient.https(issuer.address().address()).within(Duration.ofMillis(700));

        assertThatThrownBy(() -> impatient.post("/1.0/cluster/links", activation(token)))
                .hasCauseInstanceOf(SocketTimeoutException.class);
        assertThat(issuer.trusts(consumer.fingerprint())).isTrue();
    }

    private Object activation(TrustTokenText token) {
        return Map.of(
                "type",
                "bidirectional",
                "config",
                Map.of("volatile.addresses", consumer.address().address()),
                "trust_token",
                token.encode(),
                "cluster_certificate",
                consumer.certificate().pem());
    }

    @Test
    void commitBeforeOrAfterADelay() {
        issuer.onActivation().once(Fault.commitThenAnswerAfter(Duration.ofMillis(600)));
        Instant start = Instant.now();
        assertThat(consumer.activate(issuer.issueToken("link")).status()).isEqualTo(201);
        assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofMillis(600));

        issuer.forget(consumer.fingerprint());
        issuer.behave();
        issuer.onActivation().once(Fault.commitAfter(Duration.ofMillis(600)));
        start = Instant.now();
        assertThat(consumer.activate(issuer.issueToken("link")).status()).isEqualTo(201);
        assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofMillis(600));
    }

    @Test
    void refuseOnlyTheSecondTime() {
        issuer.onActivation().nth(2, Fault.refuse(403, "Forbidden"));

        assertThat(consumer.activate(issuer.issueToken("one")).status()).isEqualTo(201);
        issuer.forget(consumer.fingerprint());
        assertThat(consumer.activate(issuer.issueToken("two")).status()).isEqualTo(403);
        assertThat(consumer.activate(issuer.issueToken("three")).status()).isEqualTo(201);
    }

    @Test
    void letOneAddressDifferFromTheOthers() {
        PeerAddress second = issuer.addAddress();
        second.on("GET", "/1.0").always(Fault.html());

        assertThat(ApiClient.https(issuer.address().address()).get("/1.0").status())
                .isEqualTo(200);
        assertThat(ApiClient.https(second.address()).get("/1.0").text()).startsWith("<!DOCTYPE html>");
        assertThatThrownBy(() ->
                        ApiClient.https(second.address()).get("/1.0").body().path("type"))
                .isInstanceOf(JacksonException.class);
    }

    @Test
    void serveAnotherCertificateAtOneAddress() throws IOException {
        TestCertificate other = TestCertificates.of("other", TestCertificates.Key.RSA_2048);
        PeerAddress second = issuer.addAddress(other);

        try (HttpConnection connection =
                HttpConnection.tls(second.address(), TestTls.client(null), Duration.ofSeconds(5))) {
            assertThat(TestCertificate.fingerprint(connection.peer())).isEqualTo(other.fingerprint());
        }
    }

    @Test
    void stallFallSilentOrHangUp() {
        ApiClient impatient = ApiClient.https(issuer.address().address()).within(Duration.ofMillis(500));

        issuer.address().stall();
        assertThatThrownBy(() -> impatient.get("/1.0")).hasCauseInstanceOf(SocketTimeoutException.class);
        issuer.address().fallSilent();
        assertThatThrownBy(() -> impatient.get("/1.0")).hasCauseInstanceOf(SocketTimeoutException.class);
        issuer.address().hangUp();
        assertThatThrownBy(() -> impatient.get("/1.0")).hasCauseInstanceOf(IOException.class);
        assertThat(issuer.requests()).isEmpty();
        assertThat(issuer.connections()).isEqualTo(3);
        issuer.address().behave();
        assertThat(impatient.get("/1.0").status()).isEqualTo(200);
    }

    @Test
    void stallOnlyAfterARequest() {
        issuer.on("GET", "/1.0").once(Fault.answerThenStall());
        ApiClient impatient = ApiClient.https(issuer.address().address()).within(Duration.ofMillis(500));

        assertThat(impatient.get("/1.0").status()).isEqualTo(200);
        assertThatThrownBy(() -> impatient.get("/1.0")).hasCauseInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void redirect() {
        issuer.on("GET", "/").always(Fault.redirect(consumer.address().address()));

        Answer answer = ApiClient.https(issuer.address().address()).get("/");

        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.location()).isEqualTo("https://" + consumer.address().address() + "/");
    }

    @Test
    void sendAnEndlessBody() throws IOException {
        issuer.on("GET", "/1.0").always(Fault.endlessBody());

        try (HttpConnection connection =
                HttpConnection.tls(issuer.address().address(), TestTls.client(null), Duration.ofSeconds(5))) {
            assertThat(connection.read("GET", "/1.0", 5_000_000)).isEqualTo(5_000_000);
        }
    }

    @Test
    void refuseConnectionsOnceClosed() {
        issuer.address().close();

        for (String address : List.of(issuer.address().address(), ScriptedPeer.deadAddress())) {
            assertThatThrownBy(() -> ApiClient.https(address).get("/1.0"))
                    .isInstanceOf(UncheckedIOException.class)
                    .rootCause()
                    .message()
                    .isIn("Connection refused", "Connection reset", "Connection reset by peer");
        }
    }

    @Test
    void takeEveryKindOfClientCertificate() {
        ApiClient anonymous = ApiClient.https(issuer.address().address());
        for (TestCertificate caller : List.of(
                TestCertificates.client("laptop"),
                TestCertificates.expired("old"),
                TestCertificates.notYetValid("new"),
                TestCertificates.of("p256", TestCertificates.Key.P256),
                TestCertificates.of("rsa", TestCertificates.Key.RSA_2048),
                TestCertificates.of("weak", TestCertificates.Key.RSA_1024),
                TestCertificates.of("ed", TestCertificates.Key.ED25519))) {
            anonymous.as(caller).get("/1.0");
            assertThat(issuer.requests().getLast().callerFingerprint()).isEqualTo(caller.fingerprint());
        }
    }
}
