package dev.linkspan.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.access.EntityUrl;
import dev.linkspan.testing.Answer;
import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.FreePort;
import dev.linkspan.testing.HttpConnection;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.TestCertificate;
import dev.linkspan.testing.TestCertificates;
import dev.linkspan.testing.TrustTokenText;
import dev.linkspan.testing.Vectors;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is the same for all endpoints: the order of checks, methods, If-Match, names, bodies, the two doors. */
class ApiContractIT {

    private static final String IDENTITIES = "/1.0/auth/identities";
    private static final String GROUPS = "/1.0/auth/groups";
    private static final String LINKS = "/1.0/cluster/links";

    private static LinkspanProcess server;
    private static ApiClient admin;
    private static ApiClient nobody;

    @BeforeAll
    static void start() {
        server = LinkspanProcess.start("contract");
        admin = server.admin();
        nobody = server.client();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void assertRefused(Answer answer, int status, String error) {
        assertThat(answer.status() + " " + answer.error()).isEqualTo(status + " " + error);
        assertThat(answer.body().path("type").asString()).isEqualTo("error");
        assertThat(answer.body().path("error_code").asInt()).isEqualTo(status);
        assertThat(answer.body().has("metadata")).isTrue();
        assertThat(answer.headers()).containsEntry("X-Content-Type-Options", "nosniff");
    }

    private static Answer succeeded(Answer answer) {
        assertThat(answer.status()).as("%s", answer).isLessThan(300);
        return answer;
    }

    private static String group(String name, String... entitlements) {
        List<Map<String, String>> permissions = List.of(entitlements).stream()
                .map(entitlement -> Map.of("entity_type", "server", "url", "/1.0", "entitlement", entitlement))
                .toList();
        succeeded(admin.post(GROUPS, Map.of("name", name, "permissions", permissions)));
        return GROUPS + "/" + name;
    }

    private static TrustTokenText pendingLink(String name) {
        return TrustTokenText.of(succeeded(admin.post(LINKS, Map.of("name", name, "type", "bidirectional")))
                .metadata());
    }

    // ---- Order of checks

    @Test
    void pathWhenUnknownThen404BeforeAuthentication() {
        for (String path : List.of("/nothing", "/1.0/nothing", "/1.0/", "/1.0/auth", "/1.0/auth/groups/", "/1.1")) {
            for (String method : List.of("GET", "POST", "DELETE")) {
                assertRefused(server.https().send(method, path, null), 404, "Not Found");
            }
        }
        assertRefused(server.https().get(IDENTITIES + "/other/x"), 404, "Not Found");
    }

    @Test
    void methodWhenWithoutHandlerThen501BeforeAuthentication() {
        for (String path : List.of(LINKS, GROUPS, IDENTITIES + "/tls", "/1.0/cluster/members")) {
            assertRefused(server.https().put(path, "{}"), 501, "Not Implemented");
            assertRefused(server.https().delete(path), 501, "Not Implemented");
        }
        assertRefused(server.https().post(IDENTITIES + "/oidc", "{}"), 501, "Not Implemented");
        assertThat(server.https().send("HEAD", "/1.0", null).status()).isEqualTo(501);
    }

    @Test
    void verbWhenUnknownThen404() {
        for (String verb : List.of("TRACE", "FOO", "PROPFIND")) {
            assertRefused(server.https().send(verb, "/1.0", null), 404, "Method \"" + verb + "\" not found");
        }
    }

    @Test
    void optionsWhenAnyPathThenEmptySuccess() {
        for (String path : List.of("/", "/1.0", "/1.0/nothing", "/nothing", LINKS + "/x")) {
            Answer answer = server.https().send("OPTIONS", path, null);
            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.content()).as(path).isEmpty();
        }
    }

    @Test
    void callerWhenItPosesAsMemberThenRefused() {
        for (ApiClient caller : List.of(server.https(), admin)) {
            for (String agent : List.of("lxd-cluster-notifier", "lxd-operation-notifier", "lxd-cluster-joiner")) {
                assertRefused(
                        caller.get("/1.0", "User-Agent: " + agent),
                        500,
                        "Cluster notification is not using trusted server certificate");
            }
            for (String what : List.of("address", "username", "protocol")) {
                assertRefused(
                        caller.get("/1.0", "X-LXD-forwarded-" + what + ": x"),
                        500,
                        "Received forwarded request information from non-cluster member");
            }
        }
        assertThat(server.unix().get("/1.0", "User-Agent: lxd-cluster-notifier").status())
                .isEqualTo(200);
    }

    @Test
    void publicEndpointWhenCallerClaimsToBeAuthenticatedThenForbidden() {
        for (String path : List.of("/", "/1.0")) {
            assertRefused(server.https().get(path, "X-LXD-authenticated: true"), 403, "Forbidden");
            assertThat(admin.get(path, "X-LXD-authenticated: true").status()).isEqualTo(200);
        }
        assertRefused(server.https().post(LINKS, "{", "X-LXD-authenticated: x"), 403, "Forbidden");
    }

    @Test
    void crossSiteWhenUnsafeThenForbidden() {
        String[][] foreign = {
            {"Sec-Fetch-Site: cross-site"}, {"Sec-Fetch-Site: same-site"}, {"Origin: https://elsewhere.example"},
        };
        for (String[] headers : foreign) {
            assertRefused(admin.post(GROUPS, "{", headers), 403, "Forbidden Sec-Fetch-Site header value");
            assertRefused(server.https().post(GROUPS, "{", headers), 403, "Forbidden");
            assertThat(admin.get(GROUPS, headers).status()).isEqualTo(200);
        }
        assertRefused(
                admin.post(GROUPS, "{", "Sec-Fetch-Site: same-origin"), 400, "Invalid request body: unexpected EOF");
    }

    @Test
    void bodyWhenBrowserSendsNoJsonThen415() {
        assertRefused(
                admin.post(GROUPS, "{}", "User-Agent: Mozilla/5.0", "Content-Type: text/plain"),
                415,
                "Unsupported Content-Type for this request");
        assertThat(admin.post(GROUPS, "{}", "Content-Type: text/plain").error())
                .isEqualTo("Group name cannot be empty");
    }

    /** What {@code curl -d} sends. */
    @Test
    void bodyWhenSentAsAFormThenReadAsJson() {
        String form = "Content-Type: application/x-www-form-urlencoded";
        assertThat(admin.post(GROUPS, "{\"name\":\"by-curl\"}", form).status()).isEqualTo(201);
        for (String method : List.of("PUT", "PATCH")) {
            Answer answer = admin.send(method, GROUPS + "/by-curl", "{\"description\":\"" + method + "\"}", form);
            assertThat(answer.status()).as("%s %s", method, answer).isEqualTo(200);
            assertThat(admin.get(GROUPS + "/by-curl")
                            .metadata()
                            .path("description")
                            .asString())
                    .isEqualTo(method);
        }
    }

    @Test
    void rightsWhenMissingThenRefusedBeforeTheBodyIsRead() {
        String own = group("unread");
        ApiClient member = server.client("unread");
        pendingLink("unread");
        for (String method : List.of("PUT", "PATCH", "POST")) {
            assertRefused(nobody.send(method, own, "{"), 404, "Not Found");
            assertRefused(member.send(method, own, "{"), 403, "Forbidden");
            assertRefused(nobody.send(method, LINKS + "/unread", "{"), 404, "Not Found");
        }
        assertRefused(nobody.post(GROUPS, "{"), 403, "Forbidden");
        assertRefused(nobody.put("/1.0", "{"), 403, "Forbidden");
        assertRefused(nobody.patch("/1.0", "{"), 403, "Forbidden");
    }

    @Test
    void rootWhenBrowserAsksThenSentToTheConsole() {
        Answer answer = server.https().get("/", "User-Agent: Mozilla/5.0");
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.location()).endsWith("/ui/");
        assertThat(server.https().get("/").metadata().toString()).isEqualTo("[\"/1.0\"]");
    }

    @Test
    void clusterWhenNotClusteredThenSaysSo() {
        JsonNode cluster = nobody.get("/1.0/cluster").metadata();
        assertThat(cluster.path("server_name").asString("-")).isEmpty();
        assertThat(cluster.path("enabled").asBoolean(true)).isFalse();
        assertRefused(nobody.get("/1.0/cluster/members"), 500, "Server is not clustered");
        assertRefused(nobody.get("/1.0/cluster/members?recursion=1"), 500, "Server is not clustered");
        assertRefused(server.https().get("/1.0/cluster"), 403, "Forbidden");
    }

    @Test
    void recursionWhenOddThenReadAsTheStockServerDoes() {
        pendingLink("recursive");
        for (String query : List.of("", "?recursion=0", "?recursion=x", "?recursion=1;fields=name", "?other=1")) {
            assertThat(admin.get(LINKS + query).metadata().get(0).isString())
                    .as(query)
                    .isTrue();
        }
        for (String query : List.of("?recursion=1", "?recursion=2", "?recursion=1%3Bfields%3Dname", "?recursion=-1")) {
            assertThat(admin.get(LINKS + query).metadata().get(0).isObject())
                    .as(query)
                    .isTrue();
        }
        assertThat(nobody.get(LINKS).metadata().isNull()).isTrue();
        assertThat(nobody.get(LINKS + "?recursion=1").metadata().isArray()).isTrue();
        assertThat(nobody.get(IDENTITIES + "/bearer").metadata().isNull()).isTrue();
        assertThat(nobody.get(GROUPS).metadata().isNull()).isTrue();
    }

    // ---- If-Match

    @Test
    void ifMatchWhenGivenInAnyFormThenOnlyTheRightTagPasses() {
        String group = group("tagged");
        pendingLink("tagged");
        succeeded(admin.post(IDENTITIES + "/tls", Map.of("name", "tagged-identity", "token", true)));
        Map<String, Map<String, Object>> bodies = new LinkedHashMap<>();
        bodies.put(group, Map.of("description", ""));
        bodies.put(LINKS + "/tagged", Map.of("description", ""));
        bodies.put(IDENTITIES + "/tls/tagged-identity", Map.of("groups", List.of()));
        bodies.forEach((path, body) -> {
            for (String method : List.of("PUT", "PATCH")) {
                String tag = admin.get(path).etag();
                assertThat(tag).matches("\"[0-9a-f]{64}\"");
                String bare = tag.substring(1, 65);
                for (String good : List.of(tag, bare, "")) {
                    succeeded(admin.send(method, path, body, "If-Match: " + good));
                }
                for (String bad : List.of("*", "0".repeat(64), "\"" + "0".repeat(64) + "\"")) {
                    assertRefused(
                            admin.send(method, path, body, "If-Match: " + bad),
                            412,
                            "ETag does not match: " + bare + " vs " + bad.replace("\"", "")
                                    + ". The configuration has been modified since this change began. Please retrieve"
                                    + " the updated configuration before proceeding.");
                }
                assertThat(admin.send(method, path, body, "If-Match: W/" + tag).status())
                        .isEqualTo(412);
            }
        });
    }

    @Test
    void ifMatchWhenNothingChangesByItThenIgnored() {
        String wrong = "If-Match: \"" + "0".repeat(64) + "\"";
        String group = group("untagged");
        pendingLink("untagged");

        succeeded(admin.post(group, Map.of("name", "untagged-2"), wrong));
        succeeded(admin.delete(group + "-2", wrong));
        succeeded(admin.post(LINKS + "/untagged", Map.of("name", "untagged-2"), wrong));
        succeeded(admin.delete(LINKS + "/untagged-2", wrong));
    }

    @Test
    void configurationWhenItsTagIsOldThenRefused() {
        String tag = admin.get("/1.0").etag();
        succeeded(admin.patch("/1.0", Map.of("config", Map.of("user.tag", "1")), "If-Match: " + tag));

        assertThat(admin.patch("/1.0", Map.of("config", Map.of("user.tag", "2")), "If-Match: " + tag)
                        .status())
                .isEqualTo(412);
        assertThat(admin.get("/1.0").metadata().path("config").path("user.tag").asString())
                .isEqualTo("1");
    }

    // ---- Names

    @Test
    void linkNamesWhenValidThenServedUnderTheirEncodedPath() {
        for (JsonNode vector : Vectors.read("cluster-link-names").path("cases")) {
            String name = vector.path("name").asString();
            // A path segment of one dot is not a name any more: LXD can't address that link either.
            if (vector.path("valid").asBoolean() && !name.equals(".")) {
                String path = LINKS + "/" + EntityUrl.encode(name);
                pendingLink(name);
                assertThat(admin.get(path).metadata().path("name").asString()).isEqualTo(name);
                assertThat(admin.get(LINKS).metadata().toString()).contains(EntityUrl.encode(name));
                succeeded(admin.patch(path, Map.of("description", "patched")));
                assertThat(admin.get(IDENTITIES + "/tls/" + EntityUrl.encode(name))
                                .metadata()
                                .path("name")
                                .asString())
                        .isEqualTo(name);
                succeeded(admin.post(path, Map.of("name", "renamed from")));
                succeeded(admin.post(LINKS + "/renamed%20from", Map.of("name", name)));
                succeeded(admin.delete(path));
                assertThat(admin.get(path).status()).isEqualTo(404);
            }
        }
    }

    @Test
    void otherNamesWhenUnusualThenServedUnderTheirEncodedPath() {
        for (String name : List.of("a b", "100%", "Ünïcödé", "a?b", "a&b+c", "\"x\"", "<b>", "back\\slash", "semi;c")) {
            String path = GROUPS + "/" + EntityUrl.encode(name);
            assertThat(succeeded(admin.post(GROUPS, Map.of("name", name))).location())
                    .isEqualTo(path);
            assertThat(admin.get(path).metadata().path("name").asString()).isEqualTo(name);
            succeeded(admin.delete(path));
        }
        for (String name : List.of("a/b", "a:b", "a b", "Ünïcödé", "100%", "back\\slash")) {
            String path = IDENTITIES + "/tls/" + EntityUrl.encode(name);
            succeeded(admin.post(IDENTITIES + "/tls", Map.of("name", name, "token", true)));
            assertThat(admin.get(path).metadata().path("name").asString()).isEqualTo(name);
            succeeded(admin.delete(path));
        }
        assertThat(admin.get(LINKS + "/%zz").status()).isBetween(400, 404);
    }

    @Test
    void linkRequestsWhenUntrustedThenClassifiedAsRecorded() {
        TrustTokenText token = new TrustTokenText(
                "x",
                "0".repeat(64),
                List.of("127.0.0.1:1"),
                "0".repeat(64),
                "2100-01-01T00:00:00Z",
                TrustTokenText.LINK_TYPE);
        TestCertificate peer = TestCertificates.lxdServer("peer");
        for (JsonNode vector : Vectors.read("cluster-link-post-modes").path("cases")) {
            String body = vector.path("request")
                    .toString()
                    .replace("<token>", token.encode())
                    .replace("<pem>", peer.pem().replace("\n", "\\n"));
            Answer answer = server.https().post(LINKS, body);
            String mode = Vectors.text(vector, "mode");
            if (mode == null) {
                assertRefused(
                        answer,
                        vector.path("status").asInt(),
                        vector.path("error").asString());
            } else if (mode.equals("activation")) {
                assertRefused(
                        answer,
                        500,
                        "Failed during search for pending identity: Failed finding a matching pending identity: No"
                                + " pending identities found with given secret");
            } else {
                assertRefused(answer, 403, "Forbidden");
            }
        }
    }

    /** A stock server makes a client of whoever brings a link's token, and leaves the link half-made. */
    @Test
    void linkTokenWhenUsedByAClientThenUnknown() {
        TrustTokenText token = pendingLink("crossed");
        ApiClient client = server.https().as(TestCertificates.client("crossing"));

        assertRefused(
                client.post(IDENTITIES + "/tls", Map.of("trust_token", token.encode())),
                500,
                "Failed during search for pending TLS identity: Failed finding a matching pending identity: No pending"
                        + " identities found with given secret");
        assertThat(admin.get(IDENTITIES + "/tls/crossed")
                        .metadata()
                        .path("type")
                        .asString())
                .isEqualTo("Cluster link certificate (pending)");
    }

    // ---- Bodies

    @Test
    void bodiesWhenHugeOrOddThenRefusedSoonWhileOthersAreServed() throws InterruptedException {
        String brackets = "[".repeat(200_000);
        List<String> nowhere = List.of("{\"name\":[]}", "hello", brackets, "{\"config\":" + brackets);
        Map<String, List<String>> bodies = Map.of(
                GROUPS,
                List.of(
                        "{\"name\":\"big\",\"description\":\"" + "x".repeat(10_000_000) + "\"}",
                        "{\"name\":\"big\",\"permissions\":[" + "{},".repeat(100_000) + "{}]}",
                        "{\"name\":\"big\",\"permissions\":" + brackets + "]".repeat(200_000) + "}",
                        "{\"name\":\"big\",\"permissions\":[null]}",
                        "{\"name\":\"big\",\"permissions\":[{\"entity_type\":\"server\"}]}"),
                IDENTITIES + "/tls",
                List.of(
                        "{\"name\":\"big\",\"token\":true,\"groups\":[" + "\"g\",".repeat(100_000) + "\"g\"]}",
                        "{\"name\":\"big\",\"token\":true,\"groups\":[null]}",
                        "{\"name\":\"big\",\"certificate\":\"" + "x".repeat(10_000_000) + "\"}"),
                GROUPS + "/admins",
                List.of("{\"name\":\"" + "x".repeat(10_000_000) + "\"}"));
        Thread others = Thread.ofPlatform().daemon().start(() -> {
            for (int i = 0; i < 20; i++) {
                assertThat(admin.get(GROUPS).status()).isEqualTo(200);
            }
        });
        bodies.forEach(
                (path, odd) -> Stream.concat(odd.stream(), nowhere.stream()).forEach(body -> {
                    for (ApiClient caller : List.of(admin, server.https(), server.unix())) {
                        Instant start = Instant.now();
                        Answer answer = caller.post(path, body);
                        String shown = path + " " + body.substring(0, Math.min(60, body.length())) + " " + answer;
                        assertThat(Duration.between(start, Instant.now()))
                                .as(shown)
                                .isLessThan(Duration.ofSeconds(5));
                        assertThat(answer.status()).as(shown).isBetween(400, 499);
                        assertThat(answer.error()).as(shown).isNotBlank().doesNotContain("Exception");
                    }
                }));
        others.join();
        assertThat(admin.get(GROUPS + "/big").status()).isEqualTo(404);
        assertThat(admin.get(IDENTITIES + "/tls/big").status()).isEqualTo(404);
    }

    // ---- The two doors

    @Test
    void connectionsWhenAbandonedThenNoHarmIsDone() throws IOException {
        int port = Integer.parseInt(server.address().substring(server.address().indexOf(':') + 1));
        for (int i = 0; i < 50; i++) {
            try (Socket silent = new Socket("127.0.0.1", port)) {
                if (i % 2 == 0) {
                    silent.getOutputStream().write(new byte[] {22, 3, 1, 5, (byte) 0xb9, 1, 0});
                } else if (i % 5 == 0) {
                    silent.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                }
            }
        }
        Instant start = Instant.now();
        assertThat(server.https().get("/1.0").status()).isEqualTo(200);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void unixSocketWhenAskedForTheConsoleThenNotFound() {
        for (String path : List.of("/ui", "/ui/", "/ui/sign-in", "/VAADIN/x", "/themes/linkspan/x.css")) {
            assertRefused(server.unix().get(path), 404, "Not Found");
        }
        assertThat(server.unix().get("/", "User-Agent: Mozilla/5.0").status()).isEqualTo(200);
        JsonNode info = server.unix().get("/1.0").metadata();
        assertThat(info.path("auth_user_method").asString()).isEqualTo("unix");
        assertThat(info.path("auth_user_name").asString()).isNotEmpty();
        assertRefused(
                server.unix().get(IDENTITIES + "/current"),
                400,
                "Current identity information must be requested via the HTTPS API");
    }

    @Test
    void addressWhenChangedThenThePortMovesAndTheAnswerArrives() throws IOException {
        try (LinkspanProcess moving = LinkspanProcess.start("moving")) {
            ApiClient caller = moving.admin();
            String before = moving.address();
            String after = "127.0.0.1:" + FreePort.next();
            JsonNode config = caller.get("/1.0").metadata().path("config");
            Map<String, Object> changed = new LinkedHashMap<>();
            config.properties()
                    .forEach(key -> changed.put(key.getKey(), key.getValue().asString()));
            changed.put("core.https_address", after);
            try (HttpConnection open = caller.connect()) {
                byte[] body = JsonMapper.shared().writeValueAsBytes(Map.of("config", changed));

                assertThat(open.send("PUT", "/1.0", body).status()).isEqualTo(200);
            }
            ApiClient moved = ApiClient.https(after).as(caller.certificate());
            assertThat(moved.get("/1.0")
                            .metadata()
                            .path("config")
                            .path("core.https_address")
                            .asString())
                    .isEqualTo(after);
            assertThat(moved.get("/1.0")
                            .metadata()
                            .path("environment")
                            .path("addresses")
                            .toString())
                    .isEqualTo("[\"" + after + "\"]");
            assertThat(isOpen(before)).isFalse();

            Answer taken = moved.patch("/1.0", Map.of("config", Map.of("core.https_address", server.address())));
            assertThat(taken.status()).as("%s", taken).isEqualTo(400);
            assertThat(taken.error()).contains(server.address());
            assertThat(moved.get("/1.0").status()).isEqualTo(200);

            succeeded(moved.patch("/1.0", Map.of("config", Map.of("core.https_address", before))));
            assertThat(caller.get("/1.0").status()).isEqualTo(200);
        }
    }

    private static boolean isOpen(String address) {
        try (Socket socket = new Socket("127.0.0.1", Integer.parseInt(address.replaceAll(".*:", "")))) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
