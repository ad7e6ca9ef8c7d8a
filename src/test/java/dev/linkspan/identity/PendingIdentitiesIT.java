package dev.linkspan.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.testing.Answer;
import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.AtOnce;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.TestCertificate;
import dev.linkspan.testing.TestCertificates;
import dev.linkspan.testing.TrustTokenText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Trust tokens of client identities and of peers that link to us one way (auth.md 4.3, cluster-links.md 1.11, 1.16). */
class PendingIdentitiesIT {
    private static final String TLS = "/1.0/auth/identities/tls";
    private static final String LINKS = "/1.0/cluster/links";
    private static final String UNKNOWN = "Failed during search for pending TLS identity: "
            + "Failed finding a matching pending identity: No pending identities found with given secret";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private static LinkspanProcess server;
    private static ApiClient admin;

    @BeforeAll
    static void start() {
        server = LinkspanProcess.named("pending").start();
        admin = server.admin();
        admin.post("/1.0/auth/groups", Map.of("name", "readers"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Answer create(String type, String name) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("description", "");
        body.put("config", null);
        body.put("name", name);
        body.put("type", type);
        body.put("trust_token", "");
        body.put("auth_groups", List.of("readers"));
        body.put("cluster_certificate", "");
        return admin.post(LINKS, body);
    }

    private static String name() {
        return "peer-" + COUNT.incrementAndGet();
    }

    private static String token(Answer pending) {
        assertThat(pending.status()).as(pending.text()).isIn(200, 201);
        return TrustTokenText.of(pending.metadata()).encode();
    }

    private static Answer activate(TestCertificate certificate, String token) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", "");
        body.put("trust_token", token);
        body.put("token", false);
        body.put("certificate", "");
        body.put("groups", null);
        return server.https().as(certificate).post(TLS, body);
    }

    private static void refused(Answer answer, int status, String text) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.error()).isEqualTo(text);
    }

    @Test
    void createUnidirectionalWhenAllowedThenIdentityAndNoLink() {
        String name = name();
        Answer created = create("unidirectional", name);
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        assertThat(created.location()).matches(TLS + "/[0-9a-f-]{36}");
        assertThat(created.metadata().get("type").asString()).isEqualTo("Cluster link certificate");
        assertThat(created.metadata().get("client_name").asString()).isEqualTo(name);
        assertThat(admin.get(LINKS + "/" + name).status()).isEqualTo(404);
        Answer identity = admin.get(TLS + "/" + name);
        assertThat(identity.metadata().get("type").asString()).isEqualTo("Cluster link certificate (pending)");
        assertThat(identity.metadata().get("groups").toString()).isEqualTo("[\"readers\"]");
        refused(create("unidirectional", name), 500, "Failed creating pending TLS identity: Identity already exists");
        Answer forbidden = server.client().post(LINKS, Map.of("name", name(), "type", "unidirectional"));
        refused(forbidden, 403, "Forbidden");
    }

    /** A group that was read before is kept in memory with its members. */
    @Test
    void groupWhenAPendingIdentityComesAndGoesThenSaysSoAtOnce() {
        for (int i = 0; i < 5; i++) {
            members();
            String identity = create("unidirectional", name()).location();
            String identifier = identity.substring(identity.lastIndexOf('/') + 1);
            assertThat(members()).contains(identifier);
            assertThat(admin.delete(identity).status()).isEqualTo(200);
            assertThat(members()).doesNotContain(identifier);
        }
    }

    private static String members() {
        Answer group = admin.get("/1.0/auth/groups/readers");
        assertThat(group.status()).isEqualTo(200);
        return group.metadata().path("identities").toString();
    }

    @Test
    void activateWhenUnidirectionalThenPeerIsTrustedAndMayRepeat() {
        String name = name();
        String token = token(create("unidirectional", name));
        TestCertificate peer = TestCertificates.lxdServer("peer");
        // The type in a token counts only where links are activated.
        Answer activated =
                activate(peer, TrustTokenText.decode(token).withType("anything").encode());
        assertThat(activated.status()).as(activated.text()).isEqualTo(201);
        assertThat(activated.location()).isEqualTo(TLS + "/" + peer.fingerprint());
        assertThat(activated.metadata().isNull()).isTrue();
        assertThat(server.https().as(peer).get("/1.0").metadata().get("auth").asString())
                .isEqualTo("trusted");
        assertThat(server.https()
                        .as(peer)
                        .get("/1.0/cluster/members?recursion=1")
                        .error())
                .isEqualTo("Server is not clustered");
        Answer shown = admin.get(TLS + "/" + name);
        assertThat(shown.metadata().get("type").asString()).isEqualTo("Cluster link certificate");
        assertThat(shown.metadata().get("groups").toString()).isEqualTo("[\"readers\"]");

        Answer repeated = activate(peer, token);
        assertThat(repeated.status()).as(repeated.text()).isEqualTo(201);
        assertThat(repeated.location()).isEqualTo(TLS + "/" + peer.fingerprint());
        refused(activate(TestCertificates.client("other"), token), 500, UNKNOWN);

        assertThat(admin.delete(TLS + "/" + name).status()).isEqualTo(200);
        assertThat(server.https().as(peer).get("/1.0").metadata().get("auth").asString())
                .isEqualTo("untrusted");
        refused(activate(peer, token), 500, UNKNOWN);
    }

    @Test
    void activateWhenTrustedByAnotherTokenThenRefusedAndTokenKept() {
        String first = token(create("unidirectional", name()));
        String second = token(create("unidirectional", name()));
        TestCertificate peer = TestCertificates.lxdServer("peer");
        activate(peer, first);
        refused(activate(peer, second), 403, "Forbidden");
        ApiClient trusted = admin;
        Answer byAdmin = trusted.post(TLS, Map.of("trust_token", second));
        refused(byAdmin, 400, "Identity name must be provided");
        assertThat(activate(TestCertificates.lxdServer("late"), second).status())
                .isEqualTo(201);
    }

    @Test
    void activateWhenTokenIsOfBidirectionalLinkThenUnknown() {
        String token = token(create("bidirectional", name()));
        refused(activate(TestCertificates.lxdServer("peer"), token), 500, UNKNOWN);
    }

    @Test
    void linkActivationWhenTokenIsUnidirectionalThenNoLinkIsFound() {
        String name = name();
        String token = token(create("unidirectional", name));
        TestCertificate peer = TestCertificates.lxdServer("peer");
        Answer answer = server.https()
                .post(
                        LINKS,
                        Map.of(
                                "type",
                                "bidirectional",
                                "trust_token",
                                token,
                                "config",
                                Map.of("volatile.addresses", "127.0.0.1:1"),
                                "cluster_certificate",
                                peer.pem()));
        refused(answer, 404, "Failed loading cluster link: Failed loading cluster link: Cluster link not found");
        assertThat(activate(peer, token).status()).isEqualTo(201);
    }

    @Test
    void activateWhenManyAtOnceThenOneWins() {
        String token = token(create("unidirectional", name()));
        List<Callable<Answer>> attempts = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            TestCertificate certificate = TestCertificates.client("racer");
            attempts.add(() -> activate(certificate, token));
        }
        int won = 0;
        for (Answer answer : AtOnce.all(attempts)) {
            if (answer.status() == 201) {
                won++;
            } else {
                refused(answer, 500, UNKNOWN);
            }
        }
        assertThat(won).isEqualTo(1);
    }

    @Test
    void activateWhenUnidirectionalTokenExpiredThenRefusedAndItCanBeReissued() throws InterruptedException {
        String name = name();
        expiry("1S");
        String token = token(create("unidirectional", name));
        expiry("");
        Thread.sleep(1_200);
        TestCertificate peer = TestCertificates.lxdServer("late");

        refused(activate(peer, token), 500, UNKNOWN.replaceFirst("Failed finding.*", "Token has expired"));

        assertThat(admin.get(TLS + "/" + name).metadata().get("type").asString())
                .isEqualTo("Cluster link certificate (pending)");
        String fresh = token(admin.post("/1.0/linkspan/identities/tls/" + name + "/token", ""));
        assertThat(activate(peer, fresh).status()).isEqualTo(201);
    }

    private static void expiry(String value) {
        assertThat(server.unix()
                        .patch("/1.0", Map.of("config", Map.of("core.remote_token_expiry", value)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void reissueWhenPendingThenOldTokenDies() {
        Answer client = admin.post(TLS, Map.of("name", name(), "token", true));
        String id = client.location().substring(TLS.length() + 1);
        for (Answer pending : List.of(client, create("unidirectional", name()))) {
            String uuid = pending.location().substring(TLS.length() + 1);
            Answer reissued = admin.post("/1.0/linkspan/identities/tls/" + uuid + "/token", "");
            assertThat(reissued.status()).as(reissued.text()).isEqualTo(200);
            TestCertificate certificate = TestCertificates.client("client");
            refused(activate(certificate, token(pending)), 500, UNKNOWN);
            assertThat(activate(certificate, token(reissued)).status()).isEqualTo(201);
        }
        assertThat(server.client()
                        .post("/1.0/linkspan/identities/tls/" + id + "/token", "")
                        .status())
                .isEqualTo(404);
        String link = name();
        create("bidirectional", link);
        refused(
                admin.post("/1.0/linkspan/identities/tls/" + link + "/token", ""),
                400,
                "The trust token of identity \"" + link + "\" is re-issued with its cluster link");
    }
}
