package dev.linkspan.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.access.EntityUrl;
import dev.linkspan.testing.Answer;
import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.EventsConnection;
import dev.linkspan.testing.HttpConnection;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.TestCertificate;
import dev.linkspan.testing.TestCertificates;
import dev.linkspan.testing.TestTls;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What somebody tries who wants more than he may, or who only sends nonsense. */
@ExtendWith(SharedApi.class)
class AttacksIT {
    private static final String GROUPS = "/1.0/auth/groups";
    private static final String TLS = "/1.0/auth/identities/tls";

    private static LinkspanProcess server;
    private static ApiClient admin;

    @BeforeAll
    static void share() {
        server = SharedApi.server();
        admin = SharedApi.admin();
    }

    private static void refused(Answer answer, int status, String text) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.error()).isEqualTo(text);
    }

    private static Answer send(TestCertificate leaf, TestCertificate second, String path) throws IOException {
        try (HttpConnection connection =
                HttpConnection.tls(server.address(), TestTls.chain(leaf, second), Duration.ofSeconds(10))) {
            return connection.send("GET", path, null);
        }
    }

    // ---- Certificates

    @Test
    void chainWhenItsSecondCertificateIsAnAdministratorsThenOnlyTheLeafCounts() throws IOException {
        TestCertificate stranger = TestCertificates.client("stranger");
        JsonNode root = send(stranger, admin.certificate(), "/1.0").metadata();
        assertThat(root.get("auth").asString()).isEqualTo("untrusted");
        assertThat(send(stranger, admin.certificate(), GROUPS).status()).isEqualTo(403);
        TestCertificate nobody = server.client().certificate();
        JsonNode current = send(nobody, admin.certificate(), "/1.0/auth/identities/current")
                .metadata();
        assertThat(current.get("id").asString()).isEqualTo(nobody.fingerprint());
        assertThat(send(nobody, admin.certificate(), GROUPS + "/admins").status())
                .isEqualTo(404);
    }

    @Test
    void certificateWhenUnusableThenRefusedWithTheReason() {
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put(TestCertificates.expired("old").pem(), "Invalid certificate: The provided certificate is expired");
        bad.put(
                TestCertificates.notYetValid("early").pem(),
                "Invalid certificate: The provided certificate is not valid yet");
        bad.put(
                TestCertificates.of("weak", TestCertificates.Key.RSA_1024).pem(),
                "Invalid certificate: RSA key is too weak (minimum of 2048bit)");
        bad.put("garbage", "Failed parsing certificate: Invalid PEM block");
        bad.put("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", null);
        bad.forEach((pem, text) -> {
            Answer answer = admin.post(TLS, Map.of("name", "unusable", "certificate", pem));
            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.error()).startsWith(text == null ? "Failed parsing certificate: x509" : text);
        });
        assertThat(admin.get(TLS + "/unusable").status()).isEqualTo(404);
    }

    @Test
    void privateKeyWhenSentAlongThenNotKept() {
        TestCertificate certificate = TestCertificates.client("with-key");
        Answer made =
                admin.post(TLS, Map.of("name", "with-key", "certificate", certificate.keyPem() + certificate.pem()));
        assertThat(made.status()).isEqualTo(400);
    }

    // ---- Names

    @Test
    void groupNameWhenOddThenUsableOrRefusedWithTheReason() {
        refused(admin.post(GROUPS, Map.of("name", "a/b")), 400, "Group name cannot contain a forward slash");
        refused(admin.post(GROUPS, Map.of("name", "a:b")), 400, "Group name cannot contain a colon");
        refused(admin.post(GROUPS, Map.of("name", "")), 400, "Group name cannot be empty");
        refused(
                admin.post(GROUPS, Map.of("name", "x".repeat(10_001))),
                400,
                "The name is longer than 10000 characters");
        // What no URL could hold would be made, and nobody could get at it.
        String rockets = "\uD83D\uDE80".repeat(700);
        refused(admin.post(GROUPS, Map.of("name", rockets)), 400, "The name takes more than 7000 bytes in a URL");
        refused(admin.post(GROUPS, Map.of("name", "a\0")), 400, "The name contains a null character");
        for (String name : List.of("\uD83D\uDE80 rockets", "'quoted' \"twice\"", "n".repeat(256), "m".repeat(1000))) {
            Answer made = admin.post(GROUPS, Map.of("name", name));
            assertThat(made.status()).as(made.text()).isEqualTo(201);
            ApiClient member = server.client(name);
            JsonNode seen = member.get(GROUPS + "/" + EntityUrl.encode(name)).metadata();
            assertThat(seen.get("name").asString()).isEqualTo(name);
            assertThat(member.get("/1.0/auth/identities/current")
                            .metadata()
                            .get("groups")
                            .get(0)
                            .asString())
                    .isEqualTo(name);
            assertThat(admin.delete(made.location()).status()).isEqualTo(200);
        }
    }

    // ---- Permissions

    @Test
    void groupWhenItHasTenThousandPermissionsThenComplete() {
        List<Map<String, String>> permissions = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String name = "large-" + i;
            assertThat(admin.post(GROUPS, Map.of("name", name)).status()).isEqualTo(201);
            for (String entitlement : List.of("can_view", "can_edit", "can_delete")) {
                permissions.add(Map.of("entity_type", "group", "url", GROUPS + "/" + name, "entitlement", entitlement));
            }
        }
        List<Map<String, String>> many = new ArrayList<>();
        while (many.size() < 10_000) {
            many.addAll(permissions);
        }
        Answer made = admin.post(GROUPS, Map.of("name", "large", "permissions", many));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(admin.get(GROUPS + "/large").metadata().get("permissions")).hasSize(permissions.size());
        ApiClient member = server.client("large");
        assertThat(member.get(GROUPS).metadata()).hasSize(201);
        admin.get(GROUPS).metadata().forEach(url -> {
            if (url.asString().contains("/large")) {
                admin.delete(url.asString());
            }
        });
    }

    @Test
    void permissionWhenOnWhatTheGroupsEditorMayNotSeeThenGrantedAndShowsNothing() {
        String hidden = TLS + "/" + server.client().certificate().fingerprint();
        Map<String, String> edit = permission("server", "/1.0", "can_edit_groups");
        assertThat(admin.post(GROUPS, Map.of("name", "blind-editors", "permissions", List.of(edit)))
                        .status())
                .isEqualTo(201);
        ApiClient editor = server.client("blind-editors");
        assertThat(editor.get(hidden).status()).isEqualTo(404);
        String group = GROUPS + "/blind-editors";
        Map<String, Object> onHidden = Map.of("permissions", List.of(edit, permission("identity", hidden, "can_edit")));
        assertThat(editor.put(group, onHidden).status()).isEqualTo(200);
        assertThat(editor.get(hidden).status()).isEqualTo(404);
        String nobody = TLS + "/" + "0".repeat(64);
        refused(
                editor.put(group, Map.of("permissions", List.of(permission("identity", nobody, "can_view")))),
                400,
                "Could not resolve permission URLs: Failed finding entity ID for URL \"" + nobody + "\"");
        assertThat(admin.delete(group).status()).isEqualTo(200);
    }

    private static Map<String, String> permission(String type, String url, String entitlement) {
        return Map.of("entity_type", type, "url", url, "entitlement", entitlement);
    }

    @Test
    void fieldsWhenSmuggledIntoABodyThenWithoutEffect() {
        TestCertificate certificate = TestCertificates.client("smuggler");
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", "smuggler");
        body.put("certificate", certificate.pem());
        body.put("type", "Client certificate (unrestricted)");
        body.put("fine_grained", false);
        body.put("id", 1);
        body.put("access_entitlements", List.of("admin"));
        body.put("effective_groups", List.of("admins"));
        assertThat(admin.post(TLS, body).status()).isEqualTo(201);
        ApiClient smuggler = server.https().as(certificate);
        JsonNode current = smuggler.get("/1.0/auth/identities/current").metadata();
        assertThat(current.get("type").asString()).isEqualTo("Client certificate");
        assertThat(current.get("fine_grained").asBoolean()).isTrue();
        assertThat(current.get("effective_groups")).isEmpty();
        String own = TLS + "/" + certificate.fingerprint();
        for (Map<String, Object> change : List.<Map<String, Object>>of(
                Map.of("groups", List.of("admins"), "tls_certificate", certificate.pem()),
                Map.of("groups", List.of("admins")))) {
            assertThat(smuggler.put(own, change).status()).isIn(400, 403);
            assertThat(smuggler.patch(own, change).status()).isEqualTo(403);
        }
        smuggler.put(own, Map.of("tls_certificate", certificate.pem(), "type", "Server certificate", "id", "x"));
        assertThat(smuggler.get(own).metadata().get("type").asString()).isEqualTo("Client certificate");
        assertThat(smuggler.get(GROUPS + "/admins").status()).isEqualTo(404);
    }

    // ---- Headers and browsers

    @Test
    void headersWhenTheyClaimAnIdentityThenNotBelieved() {
        String fingerprint = admin.certificate().fingerprint();
        String pem = admin.certificate().pem().replace("\n", "%0A");
        for (String header : List.of(
                "X-SSL-Client-Cert: " + pem,
                "X-Client-Cert: " + pem,
                "X-Forwarded-Client-Cert: Hash=" + fingerprint,
                "X-Forwarded-User: admin",
                "X-Remote-User: admin",
                "X-Forwarded-For: 127.0.0.1",
                "Forwarded: for=127.0.0.1;proto=https",
                "X-LXD-certificate: " + fingerprint,
                "SSL_CLIENT_CERT: " + pem,
                "Authorization: Basic YWRtaW46YWRtaW4=",
                "Authorization: Bearer " + fingerprint)) {
            Answer root = server.https().get("/1.0", header);
            assertThat(root.metadata().path("auth").asString("")).as(header).isEqualTo("untrusted");
            assertThat(server.https().get(GROUPS, header).status()).as(header).isEqualTo(403);
        }
    }

    private static String session() {
        Answer link = server.unix().post("/1.0/linkspan/sign-in-links", "");
        String url = link.metadata().get("url").asString();
        Answer signedIn = server.https()
                .post(
                        "/ui/sign-in",
                        url.substring(url.indexOf("token=")),
                        "Content-Type: application/x-www-form-urlencoded");
        String cookie = signedIn.headers().get("Set-Cookie");
        return cookie.substring(0, cookie.indexOf(';'));
    }

    @Test
    void cookieWhenSentByAnotherSiteThenWorthNothing() {
        String cookie = "Cookie: " + session();
        assertThat(server.https().get(GROUPS, cookie).status()).isEqualTo(403);
        for (String foreign : List.of("Origin: https://evil.example", "Sec-Fetch-Site: cross-site", "Origin: null")) {
            for (String path : List.of("/ui/?v-r=uidl&v-uiId=0", "/ui/sign-out", "/ui/permissions/groups")) {
                Answer answer = server.https().post(path, "{}", cookie, foreign);
                assertThat(answer.status()).as("%s %s", path, foreign).isEqualTo(403);
            }
        }
        assertThat(admin.get("/1.0/linkspan/sessions").metadata()).isNotEmpty();
    }

    @Test
    void clientCertificateWhenABrowserIsMisledThenNothingIsChanged() {
        for (String foreign : List.of("Origin: https://evil.example", "Sec-Fetch-Site: cross-site")) {
            assertThat(admin.post(GROUPS, Map.of("name", "misled"), foreign).status())
                    .isEqualTo(403);
            assertThat(admin.post(
                                    "/1.0/linkspan/sign-in-links",
                                    Map.of(
                                            "identity",
                                            TLS + "/" + admin.certificate().fingerprint()),
                                    foreign)
                            .status())
                    .isEqualTo(403);
            assertThat(admin.delete(GROUPS + "/admins", foreign).status()).isEqualTo(403);
        }
        assertThat(admin.get(GROUPS + "/misled").status()).isEqualTo(404);
    }

    @Test
    void socketsWhenOriginIsForeignThenRefused() {
        String cookie = "Cookie: " + session();
        for (String foreign : List.of("Origin: https://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site")) {
            assertThat(EventsConnection.refused(server.https(), "/ui/VAADIN/push?v-uiId=0", cookie, foreign)
                            .status())
                    .as(foreign)
                    .isEqualTo(403);
            assertThat(EventsConnection.refused(admin, "/1.0/events", foreign).status())
                    .as(foreign)
                    .isEqualTo(403);
        }
    }

    // ---- Races

    @Test
    void updatesWhenManyCarryOneTagThenOneWins() throws Exception {
        admin.post(GROUPS, Map.of("name", "raced"));
        server.client("raced");
        String provider = "/1.0/auth/identity-provider-groups";
        admin.post(provider, Map.of("name", "raced"));
        Answer bearer =
                admin.post("/1.0/auth/identities/bearer", Map.of("name", "raced", "type", "Client token bearer"));
        assertThat(raced(GROUPS + "/raced", i -> Map.of("description", "by " + i)))
                .isEqualTo(1);
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < RACERS; i++) {
            groups.add("racer-" + i);
            admin.post(GROUPS, Map.of("name", "racer-" + i));
        }
        assertThat(raced(bearer.location(), i -> Map.of("groups", List.of(groups.get(i)))))
                .isEqualTo(1);
        assertThat(raced(provider + "/raced", i -> Map.of("groups", List.of(groups.get(i)))))
                .isEqualTo(1);
    }

    private static final int RACERS = 8;

    private interface Change {
        Map<String, ?> of(int number);
    }

    /** How many of the changes with the same tag were made; the others were told of it. */
    private static int raced(String url, Change change) throws Exception {
        String tag = admin.get(url).etag();
        try (ExecutorService threads = Executors.newFixedThreadPool(RACERS)) {
            List<Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < RACERS; i++) {
                int number = i;
                answers.add(threads.submit(() -> admin.put(url, change.of(number), "If-Match: " + tag)));
            }
            int won = 0;
            for (Future<Answer> answer : answers) {
                int status = answer.get(60, TimeUnit.SECONDS).status();
                assertThat(status).isIn(200, 412);
                won += status == 200 ? 1 : 0;
            }
            return won;
        }
    }
}
