package dev.linkspan.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.linkspan.testing.Answer;
import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.LinkspanProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bearer identities and their tokens (auth.md 2.5 and 4.5). */
class BearerTokensIT {
    private static final String BEARERS = "/1.0/auth/identities/bearer";
    private static final String UNKNOWN =
            "Failed verifying bearer token: Unrecognized token subject: No secret found for bearer token identity";
    private static final String INVALID =
            "Failed verifying bearer token: Failed authenticating bearer token: Token is not valid: ";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private static LinkspanProcess server;
    private static ApiClient admin;
    private static String party;

    @BeforeAll
    static void start() {
        server = LinkspanProcess.named("bearer").start();
        admin = server.admin();
        party = "lxd:"
                + server.unix()
                        .get("/1.0")
                        .metadata()
                        .at("/config/volatile.uuid")
                        .asString();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String name() {
        return "tok-" + COUNT.incrementAndGet();
    }

    private static Answer create(String name, List<String> groups) {
        return admin.post(BEARERS, Map.of("type", "Client token bearer", "name", name, "groups", groups));
    }

    private static String issue(String name, String expiry) {
        Answer answer = admin.post(BEARERS + "/" + name + "/token", Map.of("expiry", expiry));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.metadata().get("token").asString();
    }

    private static String withToken(List<String> groups) {
        String name = name();
        create(name, groups);
        return issue(name, "");
    }

    private static Answer get(String path, String token) {
        return server.https().get(path, "Authorization: Bearer " + token);
    }

    private static JWTClaimsSet.Builder claims(String subject) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(party)
                .audience(party)
                .subject(subject)
                .issueTime(Date.from(now))
                .notBeforeTime(Date.from(now.minusSeconds(1)))
                .expirationTime(Date.from(now.plusSeconds(60)));
    }

    private static String signed(JWTClaimsSet claims) throws Exception {
        return signed(claims, JWSAlgorithm.HS512);
    }

    private static String signed(JWTClaimsSet claims, JWSAlgorithm algorithm) throws Exception {
        SignedJWT jwt = new SignedJWT(new JWSHeader(algorithm), claims);
        jwt.sign(new MACSigner(new byte[64]));
        return jwt.serialize();
    }

    private static void refused(String token, String text) {
        for (String path : List.of("/1.0", "/", "/1.0/auth/groups")) {
            Answer answer = get(path, token);
            assertThat(answer.status()).as(path + " " + answer).isEqualTo(403);
            assertThat(answer.error()).as(path).startsWith(text);
        }
    }

    @Test
    void createWhenAllowedThenIdentityWithoutToken() {
        String name = name();
        Answer created = create(name, List.of("admins"));
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.location()).matches(BEARERS + "/[0-9a-f-]{36}");
        assertThat(created.metadata().isNull()).isTrue();
        Answer shown = admin.get(BEARERS + "/" + name);
        assertThat(shown.metadata().toString())
                .isEqualTo(("{\"authentication_method\":\"bearer\",\"type\":\"Client token bearer\",\"id\":\"%s\","
                                + "\"name\":\"%s\",\"groups\":[\"admins\"],\"tls_certificate\":\"\"}")
                        .formatted(created.location().substring(BEARERS.length() + 1), name));
        assertThat(shown.etag()).isNotNull();
    }

    @Test
    void createWhenBadThenRefused() {
        String name = name();
        create(name, List.of());
        refusedCreation(Map.of("type", "Client token bearer", "name", name), 409, "Identity already exists");
        refusedCreation(Map.of("type", "Client token bearer"), 400, "Identity name must be provided");
        refusedCreation(Map.of("type", "x", "name", name()), 400, "Unrecognized identity type \"x\"");
        refusedCreation(
                Map.of("type", "Client certificate", "name", name()),
                400,
                "Identities of type \"Client certificate\" cannot be created via the bearer API");
        refusedCreation(
                Map.of("type", "DevLXD token bearer", "name", name()),
                400,
                "Identities of type \"DevLXD token bearer\" cannot be created via the bearer API");
        refusedCreation(
                Map.of("type", "Initial UI token bearer", "name", name()),
                403,
                "Initial UI identities may only be created via unix socket");
        refusedCreation(
                Map.of("type", "Client token bearer", "name", name(), "groups", List.of("a", "b")),
                404,
                "One or more groups were not found: \"a\", \"b\"");
        assertThat(server.client().post(BEARERS, Map.of("name", name())).status())
                .isEqualTo(403);
    }

    private static void refusedCreation(Map<String, Object> body, int status, String text) {
        Answer answer = admin.post(BEARERS, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.error()).isEqualTo(text);
    }

    @Test
    void issueWhenUsedThenCallerIsTheIdentity() throws Exception {
        String name = name();
        String id = create(name, List.of("admins")).location().substring(BEARERS.length() + 1);
        String token = issue(name, "1d");
        Answer root = get("/1.0", token);
        assertThat(root.metadata().get("auth").asString()).isEqualTo("trusted");
        assertThat(root.metadata().get("auth_user_method").asString()).isEqualTo("bearer");
        assertThat(root.metadata().get("auth_user_name").asString()).isEqualTo(id);
        assertThat(get("/1.0/auth/groups/admins", token).status()).isEqualTo(200);

        SignedJWT jwt = SignedJWT.parse(token);
        JWTClaimsSet claims = jwt.getJWTClaimsSet();
        assertThat(jwt.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.HS512);
        assertThat(jwt.getPayload().toJSONObject().get("aud")).isEqualTo(List.of(party));
        assertThat(claims.getIssuer()).isEqualTo(party);
        assertThat(claims.getSubject()).isEqualTo(id);
        assertThat(claims.getStringClaim("server_cert_fingerprint")).isEqualTo(server.fingerprint());
        assertThat(claims.getNotBeforeTime()).isEqualTo(claims.getIssueTime());
        Duration life = Duration.between(
                claims.getIssueTime().toInstant(), claims.getExpirationTime().toInstant());
        assertThat(life).isEqualTo(Duration.ofDays(1));

        Answer current = get("/1.0/auth/identities/current", token);
        assertThat(current.metadata().get("id").asString()).isEqualTo(id);
        assertThat(Instant.parse(current.metadata().get("expires_at").asString()))
                .isEqualTo(claims.getExpirationTime().toInstant());
        assertThat(admin.get(BEARERS + "/" + name).text())
                .contains("\"expires_at\":\"" + claims.getExpirationTime().toInstant() + "\"");
    }

    @Test
    void issueWhenAnotherIsIssuedThenTheFirstDies() {
        String name = name();
        create(name, List.of());
        String first = issue(name, "");
        String second = issue(name, "");
        refused(first, INVALID + "token signature is invalid");
        assertThat(get("/1.0", second).metadata().get("auth").asString()).isEqualTo("trusted");
    }

    @Test
    void issueWhenExpiryIsBadThenRefused() {
        String path = BEARERS + "/" + name() + "/token";
        assertThat(admin.post(path, Map.of("expiry", "")).status()).isEqualTo(404);
        String name = name();
        create(name, List.of());
        Answer bad = admin.post(BEARERS + "/" + name + "/token", Map.of("expiry", "junk"));
        assertThat(bad.status()).isEqualTo(500);
        assertThat(bad.error()).isEqualTo("Invalid expiry expression");
        Answer empty = admin.post(BEARERS + "/" + name + "/token", "");
        assertThat(empty.status()).isEqualTo(400);
        assertThat(empty.error()).isEqualTo("EOF");
    }

    @Test
    void revokeWhenDoneThenTokenIsUnknownAtOnce() {
        String name = name();
        create(name, List.of("admins"));
        String token = issue(name, "");
        assertThat(admin.delete(BEARERS + "/" + name + "/token").status()).isEqualTo(200);
        refused(token, UNKNOWN);
        assertThat(admin.get(BEARERS + "/" + name).metadata().has("expires_at")).isFalse();
        Answer again = admin.delete(BEARERS + "/" + name + "/token");
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.error()).isEqualTo("Failed revoking token: No token exists for the identity");
    }

    @Test
    void deleteWhenDoneThenTokenIsUnknownAtOnce() {
        String name = name();
        create(name, List.of("admins"));
        String token = issue(name, "");
        assertThat(admin.delete(BEARERS + "/" + name).status()).isEqualTo(200);
        refused(token, UNKNOWN);
    }

    @Test
    void tokenWhenServerIsStartedAgainThenStillGood() {
        try (LinkspanProcess other = LinkspanProcess.named("bearer-restart").start()) {
            other.unix().post(BEARERS, Map.of("type", "Client token bearer", "name", "x"));
            String token = other.unix()
                    .post(BEARERS + "/x/token", Map.of("expiry", ""))
                    .metadata()
                    .get("token")
                    .asString();
            other.kill9();
            other.start();
            Answer root = other.https().get("/1.0", "Authorization: Bearer " + token);
            assertThat(root.metadata().get("auth").asString()).isEqualTo("trusted");
            assertThat(other.output()).doesNotContain(token);
        }
    }

    @Test
    void tokenWhenForgedThenRefusedOnEveryEndpoint() throws Exception {
        String name = name();
        String id = create(name, List.of("admins")).location().substring(BEARERS.length() + 1);
        issue(name, "");
        refused(signed(claims(id).build()), INVALID + "token signature is invalid");
        refused(signed(claims(id).build(), JWSAlgorithm.HS256), INVALID + "token signature is invalid");
        refused(new PlainJWT(claims(id).build()).serialize(), INVALID + "token signature is invalid");
        refused(signed(claims(UUID.randomUUID().toString()).build()), UNKNOWN);
        refused(signed(claims(null).build()), UNKNOWN);
    }

    @Test
    void tokenWhenExpiredThenRefused() throws Exception {
        String name = name();
        create(name, List.of("admins"));
        String token = issue(name, "1S");
        Thread.sleep(1_100);
        refused(token, INVALID + "token has invalid claims: token is expired");
    }

    @Test
    void tokenWhenChangedThenRefused() throws Exception {
        String token = withToken(List.of("admins"));
        String[] parts = token.split("\\.");
        JWTClaimsSet longer = new JWTClaimsSet.Builder(SignedJWT.parse(token).getJWTClaimsSet())
                .expirationTime(Date.from(Instant.now().plus(Duration.ofDays(9999))))
                .build();
        String changed = parts[0] + "." + longer.toPayload().toBase64URL() + "." + parts[2];
        refused(changed, INVALID + "token signature is invalid");
    }

    @Test
    void tokenWhenOfAnotherAudienceThenNoBearerTokenAtAll() throws Exception {
        String name = name();
        String id = create(name, List.of("admins")).location().substring(BEARERS.length() + 1);
        issue(name, "");
        String uuid = party.substring("lxd:".length());
        for (JWTClaimsSet other : List.of(
                claims(id).audience("devlxd:" + uuid).build(),
                claims(id).audience(List.of(party, "other")).build(),
                claims(id).issuer("lxd:" + UUID.randomUUID()).build())) {
            Answer root = get("/1.0", signed(other));
            assertThat(root.metadata().get("auth").asString()).isEqualTo("untrusted");
            assertThat(get("/1.0/auth/groups", signed(other)).error()).isEqualTo("Forbidden");
        }
        for (String junk : List.of("", "x", "a.b.c", "..", "x".repeat(7_000))) {
            assertThat(get("/1.0", junk).metadata().get("auth").asString()).isEqualTo("untrusted");
        }
    }

    @Test
    void tokenWhenInQueryThenRefused() {
        String token = withToken(List.of("admins"));
        Answer refused = server.https().get("/1.0?token=" + token);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.error()).isEqualTo("Token query parameter usage is not allowed for the /1.0 API");
        assertThat(server.https().get("/1.0?token=x").status()).isEqualTo(200);
    }

    @Test
    void tokenWhenCertificateIsTrustedThenIgnored() {
        Answer root = admin.get("/1.0", "Authorization: Bearer " + withToken(List.of()) + "x");
        assertThat(root.metadata().get("auth_user_method").asString()).isEqualTo("tls");
    }

    @Test
    void tokenWhenGroupsChangeThenRightsFollow() {
        String name = name();
        create(name, List.of());
        String token = issue(name, "");
        assertThat(get("/1.0/auth/groups/admins", token).status()).isEqualTo(404);
        admin.put(BEARERS + "/" + name, Map.of("groups", List.of("admins")));
        assertThat(get("/1.0/auth/groups/admins", token).status()).isEqualTo(200);
        Answer put = admin.put(BEARERS + "/" + name, Map.of("tls_certificate", "x"));
        assertThat(put.error()).isEqualTo("Cannot update certificate for identities of type \"Client token bearer\"");
    }

    @Test
    void issueWhenCallerHasNoRightThenRefused() {
        String name = name();
        create(name, List.of());
        ApiClient nobody = server.client();
        assertThat(nobody.post(BEARERS + "/" + name + "/token", Map.of()).status())
                .isEqualTo(404);
        assertThat(nobody.delete(BEARERS + "/" + name + "/token").status()).isEqualTo(404);
        String own = issue(name, "");
        Answer self = server.https().post(BEARERS + "/" + name + "/token", Map.of(), "Authorization: Bearer " + own);
        assertThat(self.status()).isEqualTo(403);
    }

    @Test
    void issueWhenInitialIdentityThenRefused() {
        server.unix().post("/1.0/linkspan/sign-in-links", "");
        Answer issued = server.unix().post(BEARERS + "/ui-admin-initial/token", Map.of());
        assertThat(issued.status()).isEqualTo(501);
    }
}
