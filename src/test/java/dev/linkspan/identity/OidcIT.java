package dev.linkspan.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.linkspan.testing.Answer;
import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.IdentityProvider;
import dev.linkspan.testing.LinkspanProcess;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sign-in at an identity provider and the use of its access tokens, with a real provider and real requests.
 * A server that starts in this process meanwhile would replace the provider's security context strategy.
 */
@ResourceLock("server in this process")
class OidcIT {
    private static final String USERS = "/1.0/auth/identities/oidc";
    private static final String SESSIONS = "/1.0/auth/oidc-sessions";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static LinkspanProcess server;
    private static ApiClient admin;
    private static IdentityProvider provider;

    @BeforeAll
    static void start() {
        server = LinkspanProcess.named("oidc").start();
        admin = server.admin();
        provider = IdentityProvider.start(server.address());
    }

    @AfterAll
    static void stop() {
        provider.close();
        server.close();
    }

    @BeforeEach
    void configure() {
        provider.tamper(claims -> {});
        provider.user("jane", "jane@example.com", "Jane", "staff");
        config(Map.of(
                "oidc.issuer", provider.issuer(),
                "oidc.client.id", IdentityProvider.CONSOLE,
                "oidc.client.secret", IdentityProvider.SECRET,
                "oidc.device.client.id", IdentityProvider.CLI,
                "oidc.audience", IdentityProvider.AUDIENCE,
                "oidc.groups.claim", "groups"));
        for (JsonNode url : admin.get(USERS).metadata()) {
            admin.delete(url.asString());
        }
    }

    private static void config(Map<String, String> change) {
        Answer answer = admin.patch("/1.0", Map.of("config", change));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    /** A browser that has been led to the provider. */
    private record AtProvider(String location, String memory) {}

    private static AtProvider begin(String query) {
        Answer login = server.https().get("/oidc/login" + query);
        assertThat(login.status()).as(login.text()).isEqualTo(303);
        assertThat(login.location()).startsWith(provider.issuer() + "/");
        String cookie = login.headers().get("Set-Cookie");
        assertThat(cookie)
                .contains("HttpOnly")
                .contains("Secure")
                .contains("SameSite=Lax")
                .contains("Path=/oidc/");
        return new AtProvider(login.location(), cookie.substring(0, cookie.indexOf(';')));
    }

    private static String send(String url, String login) {
        try {
            HttpResponse<String> answer = HTTP.send(
                    HttpRequest.newBuilder(URI.create(url))
                            .header(IdentityProvider.USER, login)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
            return answer.headers().firstValue("Location").orElseThrow();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The path with which the provider sends the browser back. */
    private static String authenticated(AtProvider at, String login) {
        String back = send(at.location(), login);
        assertThat(back).startsWith("https://" + server.address() + "/oidc/callback?");
        return back.substring(("https://" + server.address()).length());
    }

    private static Answer back(String path, String memory, String... headers) {
        String[] all = List.of(headers).toArray(new String[headers.length + 1]);
        all[headers.length] = "Cookie: " + memory;
        return server.https().get(path, all);
    }

    private static Answer signIn(String login, String query) {
        AtProvider at = begin(query);
        return back(authenticated(at, login), at.memory(), "User-Agent: Mozilla/5.0 (test)");
    }

    private static void signedIn(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(303);
        assertThat(answer.location()).as(server.output()).startsWith("/ui/").doesNotContain("error");
        assertThat(answer.headers().get("Set-Cookie"))
                .contains("linkspan_session_")
                .contains("HttpOnly");
    }

    private static void refused(Answer answer, String reason) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(303);
        assertThat(answer.location()).startsWith("/ui/sign-in?error=" + reason);
        assertThat(admin.get(SESSIONS).metadata()).isEmpty();
    }

    private static Answer as(String token, String path) {
        return server.https().get(path, "Authorization: Bearer " + token, "X-LXD-authenticated: true");
    }

    private static void unauthorized(String token, String why) {
        Answer answer = as(token, "/1.0/auth/identities/current");
        assertThat(answer.status()).as(answer.text()).isEqualTo(401);
        assertThat(answer.error()).contains(why);
        assertThat(answer.headers())
                .containsEntry("X-LXD-OIDC-issuer", provider.issuer())
                .containsEntry("X-LXD-OIDC-clientid", IdentityProvider.CLI)
                .containsEntry("X-LXD-OIDC-audience", IdentityProvider.AUDIENCE)
                .containsEntry("X-LXD-OIDC-groups-claim", "groups")
                .containsEntry("X-LXD-OIDC-scopes", "[\"openid\",\"email\",\"profile\",\"offline_access\"]");
        assertThat(admin.get(USERS).metadata()).isEmpty();
    }

    // ---- Configuration

    @Test
    void configurationWhenSetThenOfferedAndSecretNeverShown() {
        JsonNode open = server.https().get("/1.0").metadata();
        assertThat(open.get("auth_methods").toString()).isEqualTo("[\"tls\",\"bearer\",\"oidc\"]");
        assertThat(open.get("config").propertyNames())
                .containsExactlyInAnyOrder("oidc.issuer", "oidc.device.client.id", "oidc.audience");
        Answer all = admin.get("/1.0");
        assertThat(all.metadata().get("config").propertyNames()).contains("oidc.client.id", "oidc.groups.claim");
        assertThat(all.text()).doesNotContain("oidc.client.secret").doesNotContain(IdentityProvider.SECRET);
        Map<String, String> config = new LinkedHashMap<>();
        all.metadata()
                .get("config")
                .properties()
                .forEach(entry -> config.put(entry.getKey(), entry.getValue().asString()));
        assertThat(admin.put("/1.0", Map.of("config", config), "If-Match: " + all.etag())
                        .status())
                .isEqualTo(200);
        signedIn(signIn("jane", ""));
    }

    @Test
    void configurationWhenRemovedThenNothingIsLeftOfIt() {
        signedIn(signIn("jane", ""));
        config(Map.of("oidc.issuer", ""));
        assertThat(server.https().get("/1.0").metadata().get("auth_methods").toString())
                .isEqualTo("[\"tls\",\"bearer\"]");
        assertThat(server.https().get("/1.0").metadata().get("config").isNull()).isTrue();
        for (String path : List.of("/oidc/login", "/oidc/callback?code=x&state=y", "/oidc/logout", "/oidc/other")) {
            assertThat(server.https().get(path).status()).as(path).isEqualTo(404);
        }
        Answer token = as(provider.sign(provider.claims("jane").build()), "/1.0/auth/identities/current");
        assertThat(token.status()).isEqualTo(403);
    }

    @Test
    void configurationWhenBadThenRefusedWithItsName() {
        Map<String, String> bad = Map.of(
                "oidc.issuer", "http://provider.example",
                "oidc.scopes", "email profile",
                "oidc.client.id", "a\nb",
                "oidc.groups.claim", "g".repeat(1001));
        bad.forEach((key, value) -> {
            Answer answer = admin.patch("/1.0", Map.of("config", Map.of(key, value)));
            assertThat(answer.status()).as(key).isEqualTo(400);
            assertThat(answer.error()).contains("\"" + key + "\"");
        });
        for (String issuer : List.of("provider", "https://", "https://x/?a=b", "https://u:p@x/", "ftp://x/")) {
            assertThat(admin.patch("/1.0", Map.of("config", Map.of("oidc.issuer", issuer)))
                            .status())
                    .as(issuer)
                    .isEqualTo(400);
        }
    }

    @Test
    void providerWhenDeadThenNotOfferedAndSaidSo() {
        config(Map.of("oidc.issuer", "http://127.0.0.1:9"));
        assertThat(server.https().get("/1.0").metadata().get("auth_methods").toString())
                .isEqualTo("[\"tls\",\"bearer\"]");
        assertThat(server.https().get("/oidc/login").location()).isEqualTo("/ui/sign-in?error=oidc-provider");
    }

    @Test
    void providerWhenItNamesAnotherIssuerThenRefused() {
        config(Map.of("oidc.issuer", provider.issuer().replace("127.0.0.1", "localhost")));
        assertThat(server.https().get("/oidc/login").location()).isEqualTo("/ui/sign-in?error=oidc-provider");
    }

    // ---- Sign-in to the console

    @Test
    void signInWhenFirstThenIdentityIsMadeAndPageOpens() {
        Answer answer = signIn("jane", "?continue=permissions/groups");
        signedIn(answer);
        assertThat(answer.location()).isEqualTo("/ui/permissions/groups");
        JsonNode identity = admin.get(USERS + "/jane@example.com").metadata();
        assertThat(identity.get("type").asString()).isEqualTo("OIDC client");
        assertThat(identity.get("name").asString()).isEqualTo("Jane");
        assertThat(identity.get("groups")).isEmpty();
        assertThat(identity.has("expires_at")).isFalse();
        assertThat(admin.get(USERS + "/Jane").metadata().get("id").asString()).isEqualTo("jane@example.com");
        JsonNode session = admin.get(SESSIONS + "?recursion=1&email=jane@example.com")
                .metadata()
                .get(0);
        assertThat(session.get("username").asString()).isEqualTo("Jane");
        assertThat(session.get("ip").asString()).isEqualTo("127.0.0.1");
        assertThat(session.get("user_agent").asString()).isEqualTo("Mozilla/5.0 (test)");
        String url = SESSIONS + "/" + session.get("uuid").asString();
        assertThat(admin.get(SESSIONS).metadata().get(0).asString()).isEqualTo(url);
        assertThat(server.client().get(SESSIONS).metadata()).isEmpty();
        assertThat(server.client().delete(url).status()).isEqualTo(404);
        assertThat(admin.delete(url).status()).isEqualTo(200);
        assertThat(admin.get(SESSIONS).metadata()).isEmpty();
    }

    @Test
    void signInWhenRepeatedThenNameAndGroupsFollowTheProvider() {
        signedIn(signIn("jane", ""));
        provider.user("jane", "jane.doe@example.com", "Jane Doe", "staff");
        signedIn(signIn("jane", ""));
        assertThat(admin.get(USERS).metadata()).hasSize(1);
        assertThat(admin.get(USERS + "/jane.doe@example.com")
                        .metadata()
                        .get("name")
                        .asString())
                .isEqualTo("Jane Doe");
    }

    @Test
    void signInWhenEmailIsThatOfAnotherUserThenRefused() {
        signedIn(signIn("jane", ""));
        admin.get(SESSIONS).metadata().forEach(url -> admin.delete(url.asString()));
        provider.user("mallory", "jane@example.com", "Jane");
        refused(signIn("mallory", ""), "oidc-taken");
    }

    @Test
    void signInWhenProviderTellsNoVerifiedEmailThenRefused() {
        provider.tamper(claims -> claims.claim("email_verified", false));
        refused(signIn("jane", ""), "oidc-email");
    }

    @Test
    void callbackWhenStateIsNotThatOfThisBrowserThenRefused() {
        AtProvider victim = begin("");
        AtProvider attacker = begin("");
        String path = authenticated(attacker, "jane");
        refused(back(path, victim.memory()), "oidc-state");
        refused(server.https().get(path), "oidc-state");
        refused(back(path, attacker.memory().replaceAll("=.{8}", "=AAAAAAAA")), "oidc-state");
        refused(back(path.replaceAll("state=[^&]*", "state="), attacker.memory()), "oidc-");
        refused(back("/oidc/callback", attacker.memory()), "oidc-");
    }

    @Test
    void callbackWhenRepeatedThenRefused() {
        AtProvider at = begin("");
        String path = authenticated(at, "jane");
        signedIn(back(path, at.memory()));
        admin.get(SESSIONS).metadata().forEach(url -> admin.delete(url.asString()));
        refused(back(path, at.memory()), "oidc-answer");
    }

    @Test
    void callbackWhenFromAnotherIssuerThenRefused() {
        AtProvider at = begin("");
        String path = authenticated(at, "jane").replaceAll("&iss=[^&]*", "");
        refused(back(path + "&iss=https%3A%2F%2Fevil.example", at.memory()), "oidc-answer");
    }

    @Test
    void callbackWhenPersonDeclinedThenSaidSo() {
        AtProvider at = begin("");
        Matcher state = Pattern.compile("state=([^&]+)").matcher(at.location());
        assertThat(state.find()).isTrue();
        refused(back("/oidc/callback?error=access_denied&state=" + state.group(1), at.memory()), "oidc-denied");
    }

    @Test
    void idTokenWhenNotGoodThenRefused() {
        provider.tamper(claims -> claims.claim("nonce", "another"));
        refused(signIn("jane", ""), "oidc-answer");
        provider.tamper(claims -> claims.audience(List.of("another-client")));
        refused(signIn("jane", ""), "oidc-answer");
        provider.tamper(claims -> claims.issuer("https://evil.example"));
        refused(signIn("jane", ""), "oidc-answer");
        provider.tamper(claims -> claims.issuedAt(Instant.now().minusSeconds(600))
                .expiresAt(Instant.now().minusSeconds(120)));
        refused(signIn("jane", ""), "oidc-answer");
        assertThat(admin.get(USERS).metadata()).isEmpty();
    }

    @Test
    void logoutWhenFromAnotherSiteThenSessionStays() {
        String cookie = signIn("jane", "").headers().get("Set-Cookie");
        String session = cookie.substring(0, cookie.indexOf(';'));
        server.https().get("/oidc/logout", "Cookie: " + session, "Sec-Fetch-Site: cross-site");
        assertThat(admin.get(SESSIONS).metadata()).hasSize(1);
        server.https().get("/oidc/logout", "Cookie: " + session, "Sec-Fetch-Site: same-origin");
        assertThat(admin.get(SESSIONS).metadata()).isEmpty();
    }

    @Test
    void loginWhenWantedPageIsElsewhereThenStart() {
        assertThat(signIn("jane", "?continue=//evil.example").location()).isEqualTo("/ui/");
        assertThat(server.https().get("/oidc/login", "Host: evil.example/x").status())
                .isEqualTo(400);
    }

    // ---- Access tokens on the API

    /** An access token as a command line client gets it. */
    private static String accessToken(String login) throws Exception {
        String verifier = "v".repeat(64);
        String challenge = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes()));
        String back = send(
                provider.issuer() + "/oauth2/authorize?response_type=code&client_id=" + IdentityProvider.CLI
                        + "&scope=openid%20email%20profile&state=s&code_challenge_method=S256&code_challenge="
                        + challenge + "&redirect_uri="
                        + URLEncoder.encode(IdentityProvider.CLI_CALLBACK, StandardCharsets.UTF_8),
                login);
        String code = back.replaceAll(".*[?&]code=([^&]+).*", "$1");
        HttpResponse<String> answer = HTTP.send(
                HttpRequest.newBuilder(URI.create(provider.issuer() + "/oauth2/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("grant_type=authorization_code&client_id="
                                + IdentityProvider.CLI + "&code=" + code + "&code_verifier=" + verifier
                                + "&redirect_uri="
                                + URLEncoder.encode(IdentityProvider.CLI_CALLBACK, StandardCharsets.UTF_8)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body()).get("access_token").asString();
    }

    @Test
    void tokenWhenOfTheProviderThenCallerWithRightsOfMappedGroups() throws Exception {
        admin.post("/1.0/auth/groups", Map.of("name", "readers", "permissions", List.of(viewer())));
        admin.post("/1.0/auth/identity-provider-groups", Map.of("name", "staff", "groups", List.of("readers")));
        String token = accessToken("jane");
        JsonNode current = as(token, "/1.0/auth/identities/current").metadata();
        assertThat(current.get("id").asString()).isEqualTo("jane@example.com");
        assertThat(current.get("groups")).isEmpty();
        assertThat(current.get("effective_groups").toString()).isEqualTo("[\"readers\"]");
        assertThat(current.get("effective_permissions")
                        .get(0)
                        .get("entitlement")
                        .asString())
                .isEqualTo("viewer");
        JsonNode root = as(token, "/1.0").metadata();
        assertThat(root.get("auth_user_method").asString()).isEqualTo("oidc");
        assertThat(root.get("auth_user_name").asString()).isEqualTo("jane@example.com");
        assertThat(as(token, "/1.0/auth/groups/admins").status()).isEqualTo(200);
        admin.delete("/1.0/auth/identity-provider-groups/staff");
        assertThat(as(token, "/1.0/auth/groups/admins").status()).isEqualTo(404);
        admin.delete("/1.0/auth/groups/readers");
    }

    @Test
    void lastAdministratorWhenOnlyByAMappingThenItsEndIsWarnedOf() throws Exception {
        String mapping = "/1.0/auth/identity-provider-groups/staff";
        admin.post("/1.0/auth/groups", Map.of("name", "owners", "permissions", List.of(administers())));
        admin.post("/1.0/auth/identity-provider-groups", Map.of("name", "staff", "groups", List.of("owners")));
        String token = accessToken("jane");
        String me =
                as(token, "/1.0/auth/identities/current").metadata().get("id").asString();
        List<String> others =
                List.of("/1.0/auth/identities/tls/" + admin.certificate().fingerprint());
        JsonNode stays = warned(token, Map.of("deleted_identities", others));
        assertThat(stays.toString()).isEqualTo("{\"last_would_go\":false,\"caller_would_go\":false}");
        assertThat(warned(token, Map.of("groups_of_identities", Map.of(USERS + "/" + me, List.of())))
                        .get("caller_would_go")
                        .asBoolean())
                .as("the membership is the provider's")
                .isFalse();
        for (Map<String, Object> change : List.<Map<String, Object>>of(
                Map.of("groups_of_provider_groups", Map.of("staff", List.of())),
                Map.of("permissions_of_groups", Map.of("owners", List.of(viewer()))),
                Map.of("deleted_groups", List.of("owners")))) {
            JsonNode only = warned(token, change);
            assertThat(only.toString()).isEqualTo("{\"last_would_go\":false,\"caller_would_go\":true}");
            Map<String, Object> all = new LinkedHashMap<>(change);
            all.put("deleted_identities", others);
            assertThat(warned(token, all).toString()).isEqualTo("{\"last_would_go\":true,\"caller_would_go\":true}");
        }
        assertThat(warned(token, Map.of("groups_of_provider_groups", Map.of("staff", List.of("admins"))))
                        .get("caller_would_go")
                        .asBoolean())
                .isFalse();
        admin.delete(mapping);
        admin.delete("/1.0/auth/groups/owners");
    }

    @Test
    void lastAdministratorWhenTheOthersSignInAtAProviderThatIsOffThenItsEndIsWarnedOf() {
        as(provider.sign(provider.claims("jane").build()), "/1.0/auth/identities/current");
        admin.put(USERS + "/jane@example.com", Map.of("groups", List.of("admins")));
        Map<String, Object> change = Map.of(
                "deleted_identities",
                List.of("/1.0/auth/identities/tls/" + admin.certificate().fingerprint()));
        String path = "/1.0/linkspan/last-administrator";
        assertThat(admin.post(path, change).metadata().get("last_would_go").asBoolean())
                .isFalse();
        config(Map.of("oidc.issuer", ""));
        assertThat(admin.post(path, change).metadata().get("last_would_go").asBoolean())
                .isTrue();
    }

    private static JsonNode warned(String token, Map<String, Object> change) {
        Answer answer = server.https()
                .post(
                        "/1.0/linkspan/last-administrator",
                        change,
                        "Authorization: Bearer " + token,
                        "X-LXD-authenticated: true");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.metadata();
    }

    private static Map<String, String> administers() {
        return Map.of("entity_type", "server", "url", "/1.0", "entitlement", "admin");
    }

    private static Map<String, String> viewer() {
        return Map.of("entity_type", "server", "url", "/1.0", "entitlement", "viewer");
    }

    @Test
    void tokenWhenIdentityWasDeletedThenFreshOneWithoutGroups() {
        String token = provider.sign(provider.claims("jane").build());
        as(token, "/1.0/auth/identities/current");
        admin.put(USERS + "/jane@example.com", Map.of("groups", List.of("admins")));
        assertThat(as(token, "/1.0/auth/groups/admins").status()).isEqualTo(200);
        admin.delete(USERS + "/jane@example.com");
        assertThat(as(token, "/1.0/auth/groups/admins").status()).isEqualTo(404);
        assertThat(admin.get(USERS + "/jane@example.com").metadata().get("groups"))
                .isEmpty();
    }

    @Test
    void tokenWhenNotGoodThenUnauthorizedAndToldWhereToSignIn() {
        unauthorized("", "Unauthorized");
        unauthorized("nonsense", "it is no JWT");
        JWTClaimsSet good = provider.claims("jane").build();
        unauthorized(new PlainJWT(good).serialize(), "Unsecured");
        unauthorized(provider.forge(good), "Invalid signature");
        unauthorized(provider.sign(provider.claims("jane").audience("another").build()), "another audience");
        unauthorized(
                provider.sign(provider.claims("jane")
                        .expirationTime(Date.from(Instant.now().minusSeconds(1)))
                        .build()),
                "Expired");
        unauthorized(
                provider.sign(
                        provider.claims("jane").issuer("https://evil.example").build()),
                "iss");
        unauthorized(provider.sign(provider.claims("jane").claim("nonce", "n").build()), "ID token");
        unauthorized(provider.sign(provider.claims("jane").expirationTime(null).build()), "exp");
        unauthorized(
                provider.sign(provider.claims("jane").claim("email", null).build()), "does not tell who the user is");
    }

    @Test
    void tokenWhenHmacWithThePublicKeyThenUnauthorized() {
        String header = encoded("{\"alg\":\"HS256\",\"kid\":\"provider\"}");
        String payload = encoded(provider.claims("jane").build().toString());
        unauthorized(header + "." + payload + "." + encoded("signature"), "");
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void tokenWhenClientCertificateIdentifiesThenNotLookedAt() {
        Answer answer = admin.get("/1.0", "Authorization: Bearer nonsense");
        assertThat(answer.metadata().get("auth_user_method").asString()).isEqualTo("tls");
    }
}
