package dev.linkspan.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.testing.Answer;
import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.TestCertificate;
import dev.linkspan.testing.TestCertificates;
import dev.linkspan.testing.TrustTokenText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The older API of client certificates and its trust tokens, which are operations. */
@ExtendWith(SharedApi.class)
class CertificatesIT {
    private static final String CERTIFICATES = "/1.0/certificates";

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

    private static String der(TestCertificate certificate) {
        return certificate.pem().replaceAll("-----[^-]+-----|\\s", "");
    }

    private static JsonNode token(String name) {
        Answer begun = admin.post(CERTIFICATES, Map.of("name", name, "type", "client", "token", true));
        assertThat(begun.status()).as(begun.text()).isEqualTo(202);
        return begun.metadata();
    }

    private static String text(JsonNode operation) {
        JsonNode token = operation.get("metadata");
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("client_name", "x");
        fields.put("fingerprint", token.get("fingerprint").asString());
        fields.put("addresses", List.of(token.get("addresses").get(0).asString()));
        fields.put("secret", token.get("secret").asString());
        fields.put("expires_at", token.path("expiresAt").asString("0001-01-01T00:00:00Z"));
        fields.put("type", "");
        return java.util.Base64.getEncoder()
                .encodeToString(tools.jackson.databind.json.JsonMapper.shared().writeValueAsBytes(fields));
    }

    private static Answer redeem(TestCertificate as, String token) {
        ApiClient client = as == null ? server.https() : server.https().as(as);
        return client.post(CERTIFICATES, Map.of("trust_token", token));
    }

    @Test
    void tokenWhenUsedThenClientMayDoEverythingAndNobodyElseMayUseIt() {
        JsonNode operation = token("laptop");
        TestCertificate laptop = TestCertificates.client("laptop");
        Answer used = redeem(laptop, text(operation));
        assertThat(used.status()).as(used.text()).isEqualTo(201);
        assertThat(used.location()).isEqualTo(CERTIFICATES + "/" + laptop.fingerprint());
        ApiClient client = server.https().as(laptop);
        assertThat(client.get("/1.0/auth/groups/admins").status()).isEqualTo(200);
        JsonNode current = client.get("/1.0/auth/identities/current").metadata();
        assertThat(current.get("type").asString()).isEqualTo("Client certificate (unrestricted)");
        assertThat(current.get("fine_grained").asBoolean()).isFalse();
        assertThat(current.get("effective_groups").isNull()).isTrue();
        assertThat(admin.get("/1.0/operations/" + operation.get("id").asString())
                        .metadata()
                        .get("status")
                        .asString())
                .isEqualTo("Success");
        refused(
                redeem(TestCertificates.client("other"), text(operation)),
                403,
                "No matching certificate add operation found");
        JsonNode listed = admin.get(CERTIFICATES + "/" + laptop.fingerprint().substring(0, 12))
                .metadata();
        assertThat(listed.get("name").asString()).isEqualTo("laptop");
        assertThat(listed.get("restricted").asBoolean()).isFalse();
        refused(
                admin.delete("/1.0/auth/identities/tls/laptop"),
                501,
                "Identities of type \"Client certificate (unrestricted)\" cannot be modified via this API");
        assertThat(admin.delete(used.location()).status()).isEqualTo(200);
        assertThat(client.get("/1.0").metadata().get("auth").asString()).isEqualTo("untrusted");
    }

    @Test
    void tokenWhenCancelledThenGone() {
        JsonNode operation = token("cancelled");
        String url = "/1.0/operations/" + operation.get("id").asString();
        assertThat(server.client().delete(url).status()).isEqualTo(404);
        assertThat(admin.delete(url).status()).isEqualTo(200);
        assertThat(admin.get(url).metadata().get("status").asString()).isEqualTo("Cancelled");
        refused(
                redeem(TestCertificates.client("late"), text(operation)),
                403,
                "No matching certificate add operation found");
        refused(admin.delete(url), 400, "Only running operations can be cancelled");
    }

    @Test
    void tokenWhenUsedByManyAtOnceThenOneWins() throws Exception {
        String token = text(token("race"));
        List<TestCertificate> all = IntStream.range(0, 6)
                .mapToObj(i -> TestCertificates.client("race-" + i))
                .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(all.size())) {
            List<Future<Answer>> answers = all.stream()
                    .map(certificate -> threads.submit(() -> redeem(certificate, token)))
                    .toList();
            int won = 0;
            for (Future<Answer> answer : answers) {
                won += answer.get(60, TimeUnit.SECONDS).status() == 201 ? 1 : 0;
            }
            assertThat(won).isEqualTo(1);
        }
    }

    @Test
    void tokenWhenBadThenRefused() {
        TestCertificate stranger = TestCertificates.client("stranger");
        refused(redeem(stranger, "nonsense"), 403, "Forbidden");
        refused(redeem(null, text(token("nobody"))), 400, "No client certificate provided");
        refused(
                redeem(TestCertificates.expired("old"), text(token("old"))),
                400,
                "The provided certificate is expired");
        TrustTokenText identity =
                TrustTokenText.of(admin.post("/1.0/auth/identities/tls", Map.of("name", "by-identity", "token", true))
                        .metadata());
        refused(
                redeem(stranger, identity.encode()),
                400,
                "Failed during search for certificate add token operation: TLS Identity token detected (you must update"
                        + " your client)");
        Answer trusted = admin.post(CERTIFICATES, Map.of("trust_token", text(token("trusted"))));
        refused(trusted, 409, "Client is already trusted");
        refused(
                server.https().as(stranger).post(CERTIFICATES, Map.of("password", "x")),
                501,
                "Password authentication is no longer supported, please update your client");
    }

    @Test
    void tokenWhenSomebodyMayOnlyLookThenItsSecretIsHidden() {
        JsonNode operation = token("watched");
        admin.post(
                "/1.0/auth/groups",
                Map.of(
                        "name",
                        "watchers",
                        "permissions",
                        List.of(Map.of("entity_type", "server", "url", "/1.0", "entitlement", "viewer"))));
        ApiClient viewer = server.client("watchers");
        String secret = operation.get("metadata").get("secret").asString();
        for (String path : List.of(
                "/1.0/operations?recursion=1&all-projects=true",
                "/1.0/operations/" + operation.get("id").asString())) {
            assertThat(viewer.get(path).text())
                    .contains(operation.get("id").asString())
                    .doesNotContain(secret);
            assertThat(admin.get(path).text()).contains(secret);
        }
    }

    @Test
    void certificateWhenAddedDirectlyThenTrustedAndOnlyOnce() {
        TestCertificate direct = TestCertificates.client("direct");
        Map<String, Object> body = Map.of("name", "direct", "type", "client", "certificate", der(direct));
        assertThat(admin.post(CERTIFICATES, body).status()).isEqualTo(201);
        refused(admin.post(CERTIFICATES, body), 409, "Certificate already in trust store");
        Map<String, Object> namesake =
                Map.of("name", "direct", "type", "client", "certificate", der(TestCertificates.client("x")));
        refused(admin.post(CERTIFICATES, namesake), 409, "Certificate already exists");
        Map<String, Object> known = Map.of("name", "y", "type", "client", "certificate", der(admin.certificate()));
        refused(admin.post(CERTIFICATES, known), 409, "Certificate already exists");
        assertThat(server.client().post(CERTIFICATES, body).status()).isEqualTo(403);
        assertThat(server.https().post(CERTIFICATES, body).status()).isEqualTo(403);
        assertThat(admin.get(CERTIFICATES).metadata().toString()).contains(direct.fingerprint());
        assertThat(server.client().get(CERTIFICATES).metadata()).isEmpty();
    }

    @Test
    void certificateWhenOfATypeThatIsNotThereThenRefused() {
        String der = der(TestCertificates.client("z"));
        refused(
                admin.post(CERTIFICATES, Map.of("name", "r", "type", "client", "restricted", true, "certificate", der)),
                400,
                "Identities of type \"Client certificate (restricted)\" cannot be created via the certificates API");
        assertThat(admin.post(CERTIFICATES, Map.of("name", "m", "type", "metrics", "certificate", der))
                        .status())
                .isEqualTo(400);
        refused(
                admin.post(CERTIFICATES, Map.of("name", "", "type", "client", "token", true)),
                400,
                "Client name must not be empty");
        refused(
                admin.post(CERTIFICATES, Map.of("name", "g", "type", "client", "certificate", "%%%")),
                400,
                "x509: malformed certificate");
    }

    @Test
    void certificateWhenRenamedOrReplacedThenItsTagCounts() {
        TestCertificate first = TestCertificates.client("first");
        TestCertificate second = TestCertificates.client("second");
        String url = admin.post(CERTIFICATES, Map.of("name", "roll", "type", "client", "certificate", der(first)))
                .location();
        String tag = admin.get(url).etag();
        assertThat(admin.put(url, Map.of("name", "rolled"), "If-Match: " + tag).status())
                .isEqualTo(200);
        assertThat(admin.put(url, Map.of("name", "again"), "If-Match: " + tag).status())
                .isEqualTo(412);
        assertThat(admin.put(url, Map.of("certificate", second.pem())).status()).isEqualTo(200);
        assertThat(server.https().as(first).get("/1.0").metadata().get("auth").asString())
                .isEqualTo("untrusted");
        assertThat(server.https().as(second).get("/1.0").metadata().get("auth").asString())
                .isEqualTo("trusted");
        assertThat(admin.get(CERTIFICATES + "/" + second.fingerprint())
                        .metadata()
                        .get("name")
                        .asString())
                .isEqualTo("rolled");
    }
}
