package dev.linkspan.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.linkspan.testing.Answer;
import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.AtOnce;
import dev.linkspan.testing.EventsConnection;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.ScriptedPeer;
import dev.linkspan.testing.SharedDatabase;
import dev.linkspan.testing.TestCertificate;
import dev.linkspan.testing.TestCertificates;
import dev.linkspan.testing.TrustTokenText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Two server processes on one database, from the first one alone to a cluster and to what happens when one is lost. */
@TestMethodOrder(OrderAnnotation.class)
@Timeout(180)
class MembersIT {
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);
    private static final Duration SOON = Duration.ofSeconds(15);

    private static SharedDatabase database;
    private static LinkspanProcess one;
    private static LinkspanProcess two;
    private static ApiClient admin;
    private static String certificateBefore;

    @BeforeAll
    static void start() {
        database = SharedDatabase.start("members");
        one = setup("one").start();
        admin = one.admin();
    }

    private static LinkspanProcess.Setup setup(String name) {
        return LinkspanProcess.named(name)
                .environment("LINKSPAN_DATABASE_URL", database.url())
                .environment("LINKSPAN_KEY", KEY)
                .environment("LINKSPAN_PROBE_INTERVAL", "1s");
    }

    @AfterAll
    static void stop() {
        for (LinkspanProcess server : new LinkspanProcess[] {two, one}) {
            if (server != null) {
                server.close();
            }
        }
        database.close();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    @Test
    @Order(1)
    void serverAloneWhenAskedThenIsNotClustered() {
        assertThat(admin.get("/1.0/cluster").metadata().toString())
                .isEqualTo("{\"server_name\":\"\",\"enabled\":false,\"member_config\":[]}");
        assertThat(admin.get("/1.0/cluster/members").error()).isEqualTo("Server is not clustered");
        Answer refused = admin.put("/1.0/cluster/certificate", certificate(TestCertificates.client("new")));
        assertThat(refused.status()).isEqualTo(404);
    }

    private static Map<String, String> certificate(TestCertificate pair) {
        return Map.of("cluster_certificate", pair.pem(), "cluster_certificate_key", pair.keyPem());
    }

    @Test
    @Order(2)
    void secondProcessWhenClusteringIsNotEnabledThenSaysHow() {
        LinkspanProcess.Ended ended = setup("second").runToEnd();
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.output())
                .contains("Another Linkspan process runs on this database, and clustering isn't enabled there")
                .contains("lxc cluster enable")
                .doesNotContain("Exception");
    }

    @Test
    @Order(3)
    void enableWhenTheNameIsBadThenSaysWhy() {
        Map<String, String> texts = Map.of(
                "", "ServerName is required when enabling clustering",
                "@x", "ServerName may not start with \"@\"",
                "none", "ServerName cannot be \"none\"",
                "a/b", "ServerName must not contain a slash");
        texts.forEach((name, text) -> {
            Answer answer = admin.put("/1.0/cluster", Map.of("server_name", name, "enabled", true));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.error()).isEqualTo(text);
        });
        assertThat(admin.put("/1.0/cluster", Map.of("server_name", "x", "enabled", false))
                        .error())
                .isEqualTo("ServerName must be empty when disabling clustering");
        assertThat(one.https()
                        .as(TestCertificates.client("x"))
                        .put("/1.0/cluster", Map.of())
                        .status())
                .isEqualTo(403);
        assertThat(one.client().put("/1.0/cluster", Map.of()).status()).isEqualTo(403);
    }

    @Test
    @Order(4)
    void enableWhenItIsDoneThenTheCertificateStays() {
        certificateBefore = one.fingerprint();
        Answer begun = admin.put("/1.0/cluster", Map.of("server_name", "node-1", "enabled", true));
        assertThat(begun.status()).isEqualTo(202);
        assertThat(begun.metadata().path("description").asString()).isEqualTo("Creating bootstrap node");
        Answer waited = admin.get(begun.body().path("operation").asString() + "/wait?timeout=10");
        assertThat(waited.metadata().path("status").asString()).isEqualTo("Success");

        assertThat(admin.get("/1.0/cluster").metadata().path("server_name").asString())
                .isEqualTo("node-1");
        JsonNode environment = admin.get("/1.0").metadata().path("environment");
        assertThat(environment.path("server_name").asString()).isEqualTo("node-1");
        assertThat(environment.path("server_clustered").asBoolean()).isTrue();
        assertThat(admin.get("/1.0")
                        .metadata()
                        .path("config")
                        .path("cluster.https_address")
                        .asString())
                .isEqualTo(one.address());
        assertThat(one.fingerprint()).isEqualTo(certificateBefore);
        assertThat(admin.put("/1.0/cluster", Map.of("server_name", "x", "enabled", true))
                        .error())
                .isEqualTo("This server is already clustered");
        Answer member = admin.get("/1.0/cluster/members/node-1");
        assertThat(member.etag()).isNotNull();
        assertThat(member.metadata().toString())
                .isEqualTo(
                        ("{\"server_name\":\"node-1\",\"url\":\"https://%s\",\"database\":true,\"status\":\"Online\","
                                        + "\"message\":\"Fully operational\",\"architecture\":\"x86_64\",\"roles\":[\"database-leader\"],"
                                        + "\"failure_domain\":\"default\",\"description\":\"\",\"config\":{},\"groups\":[\"default\"]}")
                                .formatted(one.address()));
    }

    @Test
    @Order(5)
    void secondProcessWhenClusteringIsEnabledThenIsAMember() {
        two = setup("node-2").start();

        assertThat(texts(admin.get("/1.0/cluster/members").metadata()))
                .containsExactly("/1.0/cluster/members/node-1", "/1.0/cluster/members/node-2");
        JsonNode members = admin.get("/1.0/cluster/members?recursion=1").metadata();
        assertThat(texts(members.valueStream().map(member -> member.path("url")).toList()))
                .containsExactly("https://" + one.address(), "https://" + two.address());
        assertThat(admin.get("/1.0/cluster/members/no").error()).isEqualTo("Cluster member not found");
        assertThat(two.fingerprint()).isEqualTo(certificateBefore);
    }

    private static List<String> texts(List<JsonNode> nodes) {
        return nodes.stream().map(JsonNode::asString).toList();
    }

    @Test
    @Order(6)
    void trustWhenOneMemberChangesItThenIsInForceOnTheOtherWithin100Ms() {
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            TestCertificate client = TestCertificates.client("client" + i);
            Answer created = one.unix()
                    .post(
                            "/1.0/auth/identities/tls",
                            Map.of("name", "client" + i, "certificate", client.pem(), "groups", List.of("admins")));
            assertThat(created.status()).isEqualTo(201);
            Instant answered = Instant.now();
            ApiClient atTwo = two.https().as(client);
            while (!atTwo.trusted()) {
                assertThat(Duration.between(answered, Instant.now())).isLessThan(SOON);
            }
            millis.add(Duration.between(answered, Instant.now()).toMillis());
        }
        // One round trip with a new TLS connection is part of each figure, on a machine that runs other tests
        // meanwhile.
        assertThat(millis.stream().sorted().toList().get(2)).isLessThan(500);
    }

    @Test
    @Order(6)
    void refusalWhenItHappensAtOneMemberThenIsExplainedAtTheOther() {
        TestCertificate client = TestCertificates.client("refused");
        one.unix()
                .post(
                        "/1.0/auth/identities/tls",
                        Map.of("name", "refused", "certificate", client.pem(), "groups", List.of()));
        assertThat(one.https()
                        .as(client)
                        .post("/1.0/auth/groups", Map.of("name", "no"))
                        .status())
                .isEqualTo(403);
        await().atMost(SOON).untilAsserted(() -> assertThat(refusals(two.https().as(admin.certificate()), "refused"))
                .singleElement()
                .satisfies(refusal -> {
                    assertThat(refusal.path("entitlement").asString()).isEqualTo("can_create_groups");
                    assertThat(refusal.path("count").asInt()).isEqualTo(1);
                }));
        two.https().as(client).post("/1.0/auth/groups", Map.of("name", "no"));
        assertThat(refusals(two.https().as(admin.certificate()), "refused")
                        .getFirst()
                        .path("count")
                        .asInt())
                .isEqualTo(2);
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        refusals(admin, "refused").getFirst().path("count").asInt())
                .isEqualTo(2));
    }

    private static List<JsonNode> refusals(ApiClient reader, String name) {
        return reader.get("/1.0/linkspan/refused-requests")
                .metadata()
                .valueStream()
                .filter(refusal -> refusal.path("name").asString().equals(name))
                .toList();
    }

    @Test
    @Order(6)
    void eventsWhenTheyHappenAtOneMemberThenAreToldOnceAtTheOther() {
        try (EventsConnection atOne = EventsConnection.open(one.admin(), "/1.0/events?type=lifecycle");
                EventsConnection atTwo = EventsConnection.open(two.admin(), "/1.0/events?type=lifecycle")) {
            assertThat(admin.post("/1.0/auth/groups", Map.of("name", "events")).status())
                    .isEqualTo(201);
            assertThat(admin.delete("/1.0/auth/groups/events").status()).isEqualTo(200);
            for (EventsConnection listener : List.of(atTwo, atOne)) {
                listener.await(event -> action(event).equals("auth-group-deleted"));
            }
            // What was told at the other by then would be told again here, too.
            atTwo.await(event -> action(event).equals("auth-group-created"));
            for (EventsConnection listener : List.of(atOne, atTwo)) {
                assertThat(listener.events().stream()
                                .map(MembersIT::action)
                                .filter(action -> action.startsWith("auth-group")))
                        .containsExactly("auth-group-created", "auth-group-deleted");
            }
        }
    }

    private static String action(JsonNode event) {
        return event.path("metadata").path("action").asString("");
    }

    @Test
    @Order(7)
    void tokenWhenIssuedByOneThenCarriesAllAddressesAndIsConsumedAtTheOther() {
        Answer answer = admin.post("/1.0/cluster/links", Map.of("name", "peer", "type", "bidirectional"));
        TrustTokenText token = TrustTokenText.of(answer.metadata());
        assertThat(token.addresses()).containsExactly(one.address(), two.address());

        try (ScriptedPeer peer = ScriptedPeer.start("consumer")) {
            peer.clustered();
            peer.addAddress();
            Answer activated = peer.consume(
                    "ours",
                    new TrustTokenText(
                            token.clientName(),
                            token.fingerprint(),
                            List.of(two.address()),
                            token.secret(),
                            token.expiresAt(),
                            token.type()));
            assertThat(activated.status()).as("%s", activated).isEqualTo(201);

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(contact("peer", "status")).isEqualTo("active"));
            for (String target : List.of("node-1", "node-2")) {
                Answer state = admin.get("/1.0/cluster/links/peer/state?target=" + target);
                assertThat(state.status()).as("%s", state).isEqualTo(200);
                assertThat(state.metadata()
                                .path("cluster_link_members")
                                .path(0)
                                .path("status")
                                .asString())
                        .isEqualTo("Active");
                Answer standing = admin.get("/1.0/linkspan/cluster-links/peer/state?target=" + target);
                assertThat(standing.status()).as("%s", standing).isEqualTo(200);
                assertThat(standing.metadata().path("standing").asString()).isEqualTo("active");
                assertThat(standing.metadata()
                                .path("addresses")
                                .path(0)
                                .path("cause")
                                .asString("missing"))
                        .isEmpty();
            }
            assertThat(admin.get("/1.0/cluster/links/peer/state?target=no").error())
                    .isEqualTo("Cluster member not found");
            assertThat(admin.get("/1.0/linkspan/cluster-links/peer/state?target=no")
                            .error())
                    .isEqualTo("Cluster member not found");
            for (String words : List.of("state", "standing")) {
                Answer internal = admin.get("/1.0/linkspan/member/cluster-links/peer/" + words);
                assertThat(internal.status()).isEqualTo(403);
            }
            assertThat(admin.get("/1.0/cluster/links/no/state?target=node-2").error())
                    .isEqualTo("Failed loading cluster link \"no\": Failed loading cluster link \"no\": Failed loading"
                            + " cluster link: Cluster link not found");
        }
    }

    private static String contact(String link, String field) {
        return admin.get("/1.0/linkspan/cluster-links/" + link + "/contacts")
                .metadata()
                .path("contact")
                .path(field)
                .asString("");
    }

    @Test
    @Order(8)
    void tokenWhenUsedAtBothMembersAtOnceThenExactlyOneWins() {
        Answer pending = admin.post("/1.0/cluster/links", Map.of("name", "raced", "type", "bidirectional"));
        TrustTokenText token = TrustTokenText.of(pending.metadata());
        List<ScriptedPeer> crowd = IntStream.range(0, 8)
                .mapToObj(i -> ScriptedPeer.start("racer-" + i))
                .toList();
        try {
            List<Callable<Answer>> activations = new ArrayList<>();
            for (int i = 0; i < crowd.size(); i++) {
                ScriptedPeer peer = crowd.get(i);
                TrustTokenText there = token.withAddresses((i % 2 == 0 ? one : two).address());
                activations.add(() -> peer.activate(there));
            }
            List<Answer> answers = AtOnce.all(activations);
            assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
            assertThat(crowd)
                    .filteredOn(peer -> trusted(one, peer) || trusted(two, peer))
                    .hasSize(1);
        } finally {
            crowd.forEach(ScriptedPeer::close);
            admin.delete("/1.0/cluster/links/raced");
        }
    }

    private static boolean trusted(LinkspanProcess member, ScriptedPeer peer) {
        return member.https().as(peer.certificate()).trusted();
    }

    @Test
    @Order(8)
    void activationWhenWeConsumeThenCarriesAllAddresses() {
        try (ScriptedPeer peer = ScriptedPeer.start("issuer")) {
            TrustTokenText token = peer.issueToken("issuer");
            Answer answer = two.unix()
                    .post(
                            "/1.0/cluster/links",
                            Map.of("name", "issuer", "type", "bidirectional", "trust_token", token.encode()));
            assertThat(answer.status()).as("%s", answer).isEqualTo(201);
            assertThat(peer.activations()
                            .getFirst()
                            .body()
                            .path("config")
                            .path("volatile.addresses")
                            .asString())
                    .isEqualTo(two.address() + "," + one.address());
            // Each link is asked by one member only.
            int before = probes(peer);
            await().atMost(SOON).until(() -> probes(peer) >= before + 3);
            assertThat(admin.delete("/1.0/cluster/links/issuer").status()).isEqualTo(200);
        }
    }

    private static int probes(ScriptedPeer peer) {
        return peer.requests("GET", "/1.0").size();
    }

    @Test
    @Order(9)
    void certificateWhenReplacedAtOneThenIsServedByAll() {
        TestCertificate next = TestCertificates.lxdServer("next");
        assertThat(admin.put("/1.0/cluster/certificate", Map.of("cluster_certificate", "x"))
                        .error())
                .isEqualTo("Certificate must be PEM-encoded X.509 certificate");
        assertThat(admin.put(
                                "/1.0/cluster/certificate",
                                Map.of("cluster_certificate", next.pem(), "cluster_certificate_key", "x"))
                        .error())
                .isEqualTo("Private key must be PEM-encoded (PKCS#1/PKCS#8) key");
        Answer mismatch = admin.put(
                "/1.0/cluster/certificate",
                Map.of(
                        "cluster_certificate",
                        next.pem(),
                        "cluster_certificate_key",
                        TestCertificates.lxdServer("other").keyPem()));
        assertThat(mismatch.status()).isEqualTo(500);

        assertThat(admin.put("/1.0/cluster/certificate", certificate(next)).status())
                .isEqualTo(200);
        assertThat(one.fingerprint()).isEqualTo(next.fingerprint());
        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(two.fingerprint()).isEqualTo(next.fingerprint()));
    }

    @Test
    @Order(10)
    void nameWhenTakenByARunningMemberThenIsRefused() {
        LinkspanProcess.Ended ended = setup("node-2").runToEnd();
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.output())
                .contains("Another process runs as member \"node-2\" of this cluster")
                .contains("--name");
    }

    @Test
    @Order(11)
    void memberWhenAnotherProcessTookItsPlaceThenStops() throws Exception {
        long pid = two.javaPid();
        signal("STOP", pid);
        database.text("SELECT 1");
        for (String id : connectionsOf("node-2")) {
            database.execute("KILL CONNECTION " + id);
        }
        try (LinkspanProcess other = setup("node-2").start()) {
            signal("CONT", pid);
            await().atMost(SOON).until(() -> !two.isAlive());
            assertThat(two.output()).contains("Another process has taken this one's place");
            assertThat(other.unix()
                            .get("/1.0/cluster")
                            .metadata()
                            .path("server_name")
                            .asString())
                    .isEqualTo("node-2");
        }
    }

    /** The connection that holds the lock of a member. */
    private static List<String> connectionsOf(String member) {
        String id = database.text("SELECT id FROM member WHERE name = '" + member + "'");
        return List.of(database.text("SELECT IS_USED_LOCK('linkspan shared member " + id + "')"));
    }

    private static void signal(String name, long pid) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    @Order(12)
    void memberWhenGivenUpThenCanBeRemoved() {
        database.execute("UPDATE member SET heartbeat_at = UTC_TIMESTAMP(6) - INTERVAL 1 MINUTE WHERE name = 'node-2'");
        JsonNode member = admin.get("/1.0/cluster/members/node-2").metadata();
        assertThat(member.path("status").asString()).isEqualTo("Offline");
        assertThat(member.path("message").asString()).startsWith("No heartbeat for 6");
        assertThat(admin.delete("/1.0/cluster/members/node-1").status()).isEqualTo(400);
        assertThat(admin.delete("/1.0/cluster/members/node-2").status()).isEqualTo(200);
        assertThat(texts(admin.get("/1.0/cluster/members").metadata())).containsExactly("/1.0/cluster/members/node-1");
    }

    @Test
    @Order(13)
    void memberWhenStartedAgainThenKeepsItsName() {
        one.stop();
        one.start();
        assertThat(admin.get("/1.0/cluster").metadata().path("server_name").asString())
                .isEqualTo("node-1");
    }
}
