package dev.linkspan.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.testing.Answer;
import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.Fault;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.ScriptedPeer;
import dev.linkspan.testing.TestCertificates;
import dev.linkspan.testing.TrustTokenText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What people and programs get wrong: the status and text of a stock server, and nothing left on either side. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(120)
class BadInputIT {

    private static final String LINKS = BothSides.LINKS;
    private static final JsonMapper JSON = new JsonMapper();
    private static final String UNKNOWN_SECRET = "Failed during search for pending identity: Failed finding a matching"
            + " pending identity: No pending identities found with given secret";
    private static final String UNPROVEN =
            "Failed validating cluster certificate: Failed retrieving cluster certificate from any address: ";

    private static LinkspanProcess server;
    private static ApiClient admin;

    @BeforeAll
    static void start() {
        server = LinkspanProcess.start("strict");
        admin = server.admin();
    }

    /** The server outlived everything, and holds nothing that a refused request brought. */
    @AfterAll
    static void stop() {
        try {
            assertThat(server.https().get("/1.0").status()).isEqualTo(200);
            List<String> names = new ArrayList<>();
            admin.get(LINKS + "?recursion=1")
                    .metadata()
                    .forEach(link -> names.add(link.path("name").asString()));
            assertThat(names).allMatch(name -> name.startsWith("kept-"));
            for (JsonNode identity :
                    admin.get("/1.0/auth/identities/tls?recursion=1").metadata()) {
                assertThat(identity.path("name").asString()).matches("(kept|client)-.*");
            }
        } finally {
            server.close();
        }
    }

    private static BothSides link(String name) {
        return new BothSides(server, admin, name);
    }

    private static void assertRefused(Answer answer, int status, String error) {
        assertThat(answer.status() + " " + answer.error()).isEqualTo(status + " " + error);
        assertThat(answer.body().path("type").asString()).isEqualTo("error");
        assertThat(answer.body().path("error_code").asInt()).isEqualTo(status);
    }

    private static JsonNode vectors(String name) throws IOException {
        try (InputStream in = BadInputIT.class.getResourceAsStream("/vectors/" + name)) {
            return JSON.readTree(in);
        }
    }

    // ---- Tokens

    @Test
    void tokenThatIsNoToken() throws IOException {
        try (BothSides link = link("no-token")) {
            for (JsonNode invalid : vectors("cluster-link-token.json").path("invalid")) {
                Answer answer =
                        admin.post(LINKS, link.consuming(invalid.path("token").asString()));
                assertRefused(answer, 403, invalid.path("error").asString());
            }
            link.awaitNeither(Duration.ZERO);
        }
    }

    @Test
    void tokenOfOtherJson() {
        try (BothSides link = link("odd-token")) {
            for (String json : List.of(
                    "[]",
                    "null",
                    "\"token\"",
                    "17",
                    "{\"client_name\":1}",
                    "{\"addresses\":\"x\"}",
                    "[".repeat(5000))) {
                String token = Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
                Answer answer = admin.post(LINKS, link.consuming(token));
                assertThat(answer.status()).as("%s: %s", json, answer).isEqualTo(403);
                assertThat(answer.error()).startsWith("Invalid trust token: ");
            }
            link.awaitNeither(Duration.ZERO);
        }
    }

    @Test
    void tokenWithAChangedSecret() {
        refusedByPeer("changed-secret", token -> token.withSecret("0".repeat(64)), 500, UNKNOWN_SECRET);
    }

    @Test
    void tokenThatWasUsed() {
        try (BothSides link = link("used");
                ScriptedPeer other = ScriptedPeer.start("other")) {
            TrustTokenText token = link.peer().issueToken("used");
            assertThat(other.activate(token).status()).isEqualTo(201);

            assertRefused(link.consume(token), 500, failedActivating(link, UNKNOWN_SECRET));
            link.awaitNeither(Duration.ofSeconds(2));
        }
    }

    @Test
    void tokenThatExpired() {
        try (BothSides link = link("expired")) {
            TrustTokenText token =
                    link.peer().issueToken("expired", Instant.now().minus(Duration.ofMinutes(1)));

            assertRefused(
                    link.consume(token),
                    500,
                    failedActivating(link, "Failed during search for pending identity: Token has expired"));
            link.awaitNeither(Duration.ofSeconds(2));
        }
    }

    @Test
    void tokenOfAnotherType() {
        refusedByPeer(
                "other-type",
                token -> token.withType("Client certificate"),
                403,
                "Invalid trust token type \"Client certificate\"");
    }

    private static void refusedByPeer(String name, UnaryOperator<TrustTokenText> change, int status, String error) {
        try (BothSides link = link(name)) {
            Answer answer = link.consume(change.apply(link.peer().issueToken(name)));

            assertRefused(answer, status, failedActivating(link, error));
            link.awaitNeither(Duration.ofSeconds(2));
        }
    }

    private static String failedActivating(BothSides link, String error) {
        return "Failed activating cluster link \"" + link.link() + "\" after trying 1 address(es): Remote cluster"
                + " address \"" + link.peer().address().address() + "\": " + error;
    }

    @Test
    void tokenWhoseCertificateDoesNotMatch() {
        try (BothSides link = link("mismatch")) {
            TrustTokenText token = link.peer()
                    .issueToken("mismatch")
                    .withFingerprint(TestCertificates.lxdServer("other").fingerprint());

            assertRefused(
                    link.consume(token),
                    400,
                    UNPROVEN + "Certificate fingerprint mismatch for address \""
                            + link.peer().address().address() + "\"");
            link.awaitNeither(Duration.ofSeconds(2));
            assertThat(link.peer().activations()).isEmpty();
        }
    }

    @Test
    void tokenWhoseAddressesAreAllDead() {
        try (BothSides link = link("all-dead")) {
            Answer answer = link.consume(
                    link.peer().issueToken("all-dead").withAddresses(ScriptedPeer.deadAddress(), "127.0.0.1:2"));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.error())
                    .startsWith(UNPROVEN)
                    .contains("Failed retrieving certificate from \"" + ScriptedPeer.deadAddress() + "\": ")
                    .contains("Failed retrieving certificate from \"127.0.0.1:2\": ");
            link.awaitNeither(Duration.ofSeconds(2));
        }
    }

    @Test
    void tokenWhoseAddressesAreNoAddresses() {
        try (BothSides link = link("no-addresses")) {
            for (String address : List.of(
                    "",
                    " ",
                    ":",
                    "host:port",
                    "127.0.0.1:99999",
                    "-",
                    "https://127.0.0.1:1",
                    "[::1",
                    "a b:1",
                    "x\n:1")) {
                Answer answer =
                        link.consume(link.peer().issueToken("no-addresses").withAddresses(address));
                assertThat(answer.status()).as("%s: %s", address, answer).isBetween(400, 499);
                assertThat(answer.error()).isNotBlank();
            }
            link.awaitNeither(Duration.ofSeconds(2));
        }
    }

    @Test
    void tokenWithVeryManyAddresses() {
        try (BothSides link = link("many-addresses")) {
            String[] addresses = IntStream.range(0, 5000)
                    .mapToObj(i -> "127.0." + i / 250 + "." + (i % 250 + 1) + ":1")
                    .toArray(String[]::new);
            Instant start = Instant.now();

            Answer answer =
                    link.consume(link.peer().issueToken("many-addresses").withAddresses(addresses));

            assertThat(answer.status()).as("%s", answer).isBetween(400, 499);
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(40));
            link.awaitNeither(Duration.ofSeconds(2));
        }
    }

    @Test
    void tokenWithOneDeadAddressOfTwo() {
        try (BothSides link = link("kept-one-dead")) {
            String live = link.peer().address().address();

            Answer answer = link.consume(link.peer().issueToken("x").withAddresses(live, ScriptedPeer.deadAddress()));

            assertThat(answer.status()).as("%s", answer).isEqualTo(201);
            link.awaitBothActive(Duration.ofSeconds(5));
            assertThat(link.addresses()).containsExactly(live);
        }
    }

    @Test
    void ourOwnTokenOnOurselves() {
        try (BothSides issued = link("kept-own");
                BothSides link = link("ourselves")) {
            TrustTokenText token = issued.issue();

            Answer answer = link.consume(token);

            assertThat(answer.status()).as("%s", answer).isBetween(400, 499);
            assertThat(answer.error()).isNotBlank();
            link.awaitNeither(Duration.ofSeconds(2));
            issued.assertStillPending();
            assertThat(issued.peer().activate(token).status()).isEqualTo(201);
        }
    }

    @Test
    void unusableCertificateOfThePeer() {
        Map<String, String> reasons = new LinkedHashMap<>();
        reasons.put("expired", "The provided certificate is expired");
        reasons.put("early", "The provided certificate is not valid yet");
        reasons.put("weak", "RSA key is too weak (minimum of 2048bit)");
        reasons.forEach((kind, reason) -> {
            try (BothSides link = link("unusable-" + kind)) {
                var certificate =
                        switch (kind) {
                            case "expired" -> TestCertificates.expired(kind);
                            case "early" -> TestCertificates.notYetValid(kind);
                            default -> TestCertificates.of(kind, TestCertificates.Key.RSA_1024);
                        };
                String address = link.peer().addAddress(certificate).address();

                Answer answer = link.consume(
                        link.peer().issueToken("x").withAddresses(address).withFingerprint(certificate.fingerprint()));

                assertThat(answer.status()).as("%s: %s", kind, answer).isEqualTo(400);
                assertThat(answer.error()).contains(kind.equals("weak") ? reason : "certificate");
                link.awaitNeither(Duration.ofSeconds(2));
            }
        });
    }

    // ---- Peers

    @Test
    void peerThatAcceptsAndStaysSilent() {
        silent("silent-peer", peer -> peer.address().fallSilent());
    }

    @Test
    void peerThatNeverShakesHands() {
        silent("stalled-peer", peer -> peer.address().stall());
    }

    @Test
    void peerThatAnswersWithoutEnd() {
        silent("endless-peer", peer -> peer.on("GET", "/1.0").always(Fault.endlessBody()));
    }

    @Test
    void peerThatAnswersByteByByte() {
        silent("trickling-peer", peer -> peer.on("GET", "/1.0").always(Fault.trickle(Duration.ofSeconds(1))));
    }

    private static void silent(String name, Consumer<ScriptedPeer> fault) {
        try (BothSides link = link(name)) {
            fault.accept(link.peer());
            Instant start = Instant.now();

            Answer answer = link.consume();

            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(40));
            assertThat(answer.status()).as("%s", answer).isEqualTo(400);
            assertThat(answer.error()).startsWith(UNPROVEN);
            link.awaitNeither(Duration.ofSeconds(2));
        }
    }

    @Test
    void peerThatIsSomethingElse() {
        Map<String, Fault> others = new LinkedHashMap<>();
        others.put("html-peer", Fault.html());
        others.put("json-peer", Fault.otherJson());
        others.put("garbage-peer", Fault.garbage());
        others.put("failing-peer", Fault.refuse(503, "Out of order"));
        others.forEach((name, fault) -> {
            try (BothSides link = link(name)) {
                link.peer().on("GET", "/").always(fault);
                link.peer().on("GET", "/1.0").always(fault);

                Answer answer = link.consume();

                assertThat(answer.status()).as("%s: %s", name, answer).isEqualTo(400);
                assertThat(answer.error())
                        .startsWith(UNPROVEN + "Failed verifying \""
                                + link.peer().address().address() + "\" is a LXD server");
                link.awaitNeither(Duration.ofSeconds(2));
                assertThat(link.peer().activations()).isEmpty();
            }
        });
    }

    @Test
    void peerWithoutClusterLinks() {
        try (BothSides link = link("old-peer")) {
            link.peer().extensions("clustering", "access_management_tls");

            Answer answer = link.consume();

            assertThat(answer.status()).as("%s", answer).isGreaterThanOrEqualTo(400);
            assertThat(answer.error()).contains("cluster_links");
            link.awaitNeither(Duration.ofSeconds(2));
            assertThat(link.peer().activations()).isEmpty();
        }
    }

    @Test
    void peerThatSendsUsElsewhere() {
        try (BothSides link = link("redirecting-peer");
                ScriptedPeer elsewhere = ScriptedPeer.start("elsewhere")) {
            link.peer().on("GET", "/").always(Fault.redirect(elsewhere.address().address()));
            link.peer()
                    .on("GET", "/1.0")
                    .always(Fault.redirect(elsewhere.address().address()));

            Answer answer = link.consume();

            assertThat(answer.status()).as("%s", answer).isEqualTo(400);
            link.awaitNeither(Duration.ofSeconds(2));
            assertThat(elsewhere.activations()).isEmpty();
        }
    }

    // ---- Names, groups, config

    @Test
    void nameThatIsNotAllowed() throws IOException {
        try (BothSides link = link("unused-name")) {
            String token = link.peer().issueToken("x").encode();
            for (JsonNode vector : vectors("cluster-link-names.json").path("cases")) {
                String name = vector.path("name").asString();
                if (vector.path("valid").asBoolean() || name.isEmpty()) {
                    continue;
                }
                String error = vector.path("error").asString();
                assertRefused(admin.post(LINKS, Map.of("name", name, "type", "bidirectional")), 400, error);
                assertRefused(
                        admin.post(LINKS, Map.of("name", name, "type", "bidirectional", "trust_token", token)),
                        400,
                        error);
            }
            assertThat(link.peer().connections()).isZero();
        }
    }

    @Test
    void nameThatIsTaken() {
        try (BothSides first = link("kept-taken");
                BothSides second = link("kept-taken")) {
            first.issue();

            assertRefused(
                    admin.post(LINKS, Map.of("name", "kept-taken", "type", "bidirectional")),
                    500,
                    "Failed creating pending TLS identity: Identity already exists");
            assertRefused(second.consume(), 409, "A cluster link already exists between these clusters");
            assertThat(second.peer().activations()).isEmpty();
            assertThat(second.peer().pendingLinks()).containsExactly("kept-taken");
        }
    }

    @Test
    void nameThatIsTakenInAnotherCase() {
        try (BothSides first = link("kept-case");
                BothSides second = link("kept-CASE")) {
            first.issue();
            second.issue();

            assertThat(first.get().metadata().path("name").asString()).isEqualTo("kept-case");
            assertThat(second.get().metadata().path("name").asString()).isEqualTo("kept-CASE");
        }
    }

    @Test
    void clusterThatIsLinkedAlready() {
        try (BothSides link = link("kept-linked")) {
            assertThat(link.consume().status()).isEqualTo(201);

            Answer answer = admin.post(
                    LINKS,
                    Map.of(
                            "name",
                            "another-name",
                            "type",
                            "bidirectional",
                            "trust_token",
                            link.peer().issueToken("second").encode()));

            assertRefused(answer, 409, "A cluster link already exists between these clusters");
            link.awaitBothActive(Duration.ofSeconds(2));
        }
    }

    @Test
    void groupThatDoesNotExist() {
        try (BothSides link = link("no-group")) {
            Map<String, Object> consuming =
                    link.consuming(link.peer().issueToken("x").encode());
            consuming.put("auth_groups", List.of("nosuch"));
            Map<String, Object> pending =
                    Map.of("name", "no-group", "type", "bidirectional", "auth_groups", List.of("nosuch", "neither"));

            assertRefused(admin.post(LINKS, consuming), 404, "One or more groups were not found: \"nosuch\"");
            Answer answer = admin.post(LINKS, pending);
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.error())
                    .startsWith("Failed creating pending TLS identity: One or more groups were not found: ")
                    .contains("\"nosuch\"")
                    .contains("\"neither\"");
            link.awaitNeither(Duration.ZERO);
            assertThat(link.peer().activations()).isEmpty();
        }
    }

    @Test
    void configKeyThatIsUnknown() {
        try (BothSides link = link("no-key")) {
            Map<String, Object> consuming =
                    link.consuming(link.peer().issueToken("x").encode());
            consuming.put("config", Map.of("nosuch.key", "1", "user.ok", "1"));

            assertRefused(admin.post(LINKS, consuming), 500, "Invalid cluster link configuration key \"nosuch.key\"");
            link.awaitNeither(Duration.ZERO);
            assertThat(link.peer().activations()).isEmpty();
        }
    }

    @Test
    void postThatIsNoKindOfRequest() throws IOException {
        for (JsonNode vector : vectors("cluster-link-post-modes.json").path("cases")) {
            JsonNode request = vector.path("request");
            if (vector.path("mode").isNull() && !request.toString().contains("<token>")) {
                String error = vector.path("error").asString();
                assertRefused(
                        server.https().post(LINKS, request),
                        vector.path("status").asInt(),
                        error);
                assertRefused(admin.post(LINKS, request), vector.path("status").asInt(), error);
            }
        }
    }

    // ---- Bodies

    @Test
    void bodyThatIsNoJson() {
        for (ApiClient caller : List.of(admin, server.https(), server.unix())) {
            assertRefused(caller.post(LINKS, "{"), 400, "unexpected EOF");
            for (String body : List.of("", "hello", "{\"name\":}", "{'name':'x'}", "\u0000", "{\"name\":\"\\x\"}")) {
                assertClearlyRefused(caller.postRaw(LINKS, body.getBytes(StandardCharsets.UTF_8)), 400, 400);
            }
            assertClearlyRefused(caller.postRaw(LINKS, new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe}), 400, 400);
        }
    }

    @Test
    void bodyOfOtherTypes() {
        for (ApiClient caller : List.of(admin, server.https())) {
            for (String body : List.of(
                    "[]",
                    "17",
                    "\"x\"",
                    "{\"name\":17,\"type\":\"bidirectional\"}",
                    "{\"config\":[]}",
                    "{\"auth_groups\":\"g\"}",
                    "{\"config\":{\"user.x\":1}}")) {
                assertClearlyRefused(caller.post(LINKS, body), 400, 400);
            }
        }
    }

    @Test
    void bodyOfTenMegabytes() {
        String body =
                "{\"name\":\"big\",\"type\":\"bidirectional\",\"description\":\"" + "x".repeat(10_000_000) + "\"}";
        for (ApiClient caller : List.of(admin, server.https(), server.unix())) {
            assertClearlyRefused(caller.post(LINKS, body), 400, 499);
        }
    }

    @Test
    void bodyOfTenMegabytesWithinTheToken() {
        String body =
                "{\"name\":\"big\",\"type\":\"bidirectional\",\"trust_token\":\"" + "QUJD".repeat(2_500_000) + "\"}";
        for (ApiClient caller : List.of(admin, server.https())) {
            assertClearlyRefused(caller.post(LINKS, body), 400, 499);
        }
    }

    @Test
    void hundredThousandGroups() {
        String[] groups =
                IntStream.range(0, 100_000).mapToObj(i -> "group-" + i).toArray(String[]::new);
        Map<String, Object> body = Map.of("name", "many", "type", "bidirectional", "auth_groups", groups);
        for (ApiClient caller : List.of(admin, server.https(), server.unix())) {
            assertClearlyRefused(caller.post(LINKS, body), 400, 500);
        }
    }

    @Test
    void hundredThousandConfigKeys() {
        Map<String, String> config = new LinkedHashMap<>();
        IntStream.range(0, 100_000).forEach(i -> config.put("user.key" + i, "value"));
        Map<String, Object> body = Map.of("name", "many-keys", "type", "bidirectional", "config", config);
        for (ApiClient caller : List.of(admin, server.https())) {
            assertClearlyRefused(caller.post(LINKS, body), 400, 500);
        }
    }

    @Test
    void twoHundredThousandBrackets() {
        for (String body : List.of(
                "[".repeat(200_000),
                "[".repeat(200_000) + "]".repeat(200_000),
                "{\"config\":" + "[".repeat(200_000) + "]".repeat(200_000) + "}",
                "{\"a\":".repeat(200_000) + "1" + "}".repeat(200_000))) {
            for (ApiClient caller : List.of(admin, server.https(), server.unix())) {
                assertClearlyRefused(caller.post(LINKS, body), 400, 400);
            }
        }
    }

    @Test
    void veryLongPathsAndHeaders() {
        for (ApiClient caller : List.of(admin, server.https())) {
            assertThat(caller.get(LINKS + "/" + "x".repeat(100_000)).status()).isBetween(400, 499);
            assertThat(caller.get("/1.0", "X-Long: " + "x".repeat(100_000)).status())
                    .isBetween(400, 499);
        }
    }

    /** An error in the envelope, soon, with a text that a person can read. */
    private static void assertClearlyRefused(Answer answer, int from, int to) {
        assertThat(answer.status()).as("%s", answer).isBetween(from, to);
        assertThat(answer.body().path("type").asString("")).as("%s", answer).isEqualTo("error");
        assertThat(answer.error()).isNotBlank().hasSizeLessThan(5000).doesNotContain("Exception");
    }

    // ---- Meanwhile

    @Test
    void othersAreAnsweredWhileBadInputComes() throws InterruptedException {
        byte[] brackets = "[".repeat(200_000).getBytes(StandardCharsets.UTF_8);
        byte[] large = new byte[10_000_000];
        Arrays.fill(large, (byte) ' ');
        Thread[] senders = new Thread[8];
        for (int i = 0; i < senders.length; i++) {
            byte[] body = i % 2 == 0 ? brackets : large;
            senders[i] = Thread.ofPlatform().daemon().start(() -> {
                for (int n = 0; n < 5; n++) {
                    server.https().postRaw(LINKS, body);
                }
            });
        }
        for (int n = 0; n < 20; n++) {
            Instant start = Instant.now();
            assertThat(admin.get(LINKS).status()).isEqualTo(200);
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
        }
        for (Thread sender : senders) {
            sender.join();
        }
    }
}
