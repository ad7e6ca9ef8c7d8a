package dev.linkspan.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.testing.Answer;
import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.TestCertificate;
import dev.linkspan.testing.TestCertificates;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The ways into the console by requests as browsers send them. */
class SignInIT {
    private static final String BEARERS = "/1.0/auth/identities/bearer";
    private static final String TLS = "/1.0/auth/identities/tls";
    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");
    private static final String LINKS = "/1.0/linkspan/sign-in-links";
    private static final String SESSIONS = "/1.0/linkspan/sessions";
    private static final String SIGN_IN = "/ui/sign-in";
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private static LinkspanProcess server;
    private static ApiClient admin;

    @BeforeAll
    static void start() {
        server = LinkspanProcess.named("sign-in").start();
        admin = server.admin();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String bearer(String... groups) {
        String name = "colleague-" + COUNT.incrementAndGet();
        Answer answer =
                admin.post(BEARERS, Map.of("type", "Client token bearer", "name", name, "groups", List.of(groups)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.location();
    }

    private static String token(String identity) {
        return admin.post(identity + "/token", Map.of()).metadata().get("token").asString();
    }

    private static Answer link(ApiClient by, String identity) {
        return by.post(LINKS, Map.of("identity", identity));
    }

    private static String path(Answer link) {
        assertThat(link.status()).as(link.text()).isEqualTo(201);
        String url = link.metadata().get("url").asString();
        return url.substring(url.indexOf("/ui/"));
    }

    private static Answer paste(String text) {
        return server.https().post(SIGN_IN, "token=" + text, FORM);
    }

    /** As the page does that the link opens. */
    private static Answer open(String path, String... headers) {
        Answer page = server.https().get(path);
        assertThat(page.status()).as(page.text()).isEqualTo(200);
        assertThat(page.headers()).doesNotContainKey("Set-Cookie").containsEntry("Cache-Control", "no-store");
        Matcher token = TOKEN.matcher(page.text());
        assertThat(token.find()).as(page.text()).isTrue();
        String[] all = Arrays.copyOf(headers, headers.length + 1);
        all[headers.length] = FORM;
        return server.https().post(SIGN_IN, "opened=true&token=" + token.group(1), all);
    }

    private static String cookie(Answer signedIn) {
        assertThat(signedIn.status()).as(signedIn.text()).isEqualTo(303);
        assertThat(signedIn.location()).isEqualTo("/ui/");
        String cookie = signedIn.headers().get("Set-Cookie");
        assertThat(cookie)
                .startsWith("__Host-")
                .contains("Path=/;")
                .doesNotContain("Domain")
                .contains("HttpOnly")
                .contains("Secure")
                .contains("SameSite=Lax");
        return cookie.substring(0, cookie.indexOf(';'));
    }

    private static List<JsonNode> sessions(ApiClient by) {
        return by.get(SESSIONS).metadata().valueStream().toList();
    }

    private static List<JsonNode> sessionsOf(String identity) {
        return sessions(admin).stream()
                .filter(session -> session.get("identity").asString().equals(identity))
                .toList();
    }

    private static void refused(Answer answer, String error) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(303);
        assertThat(answer.location()).isEqualTo(SIGN_IN + "?error=" + error);
        assertThat(answer.headers()).doesNotContainKey("Set-Cookie");
    }

    @Test
    void linkWhenOpenedThenSessionOfThatIdentityOnce() {
        String identity = bearer();
        Answer link = link(admin, identity);
        assertThat(link.status()).as(link.text()).isEqualTo(201);
        cookie(open(path(link), "User-Agent: Mozilla/5.0 (test)"));
        JsonNode session = sessionsOf(identity).getFirst();
        assertThat(session.get("way").asString()).isEqualTo("link");
        assertThat(session.get("user_agent").asString()).isEqualTo("Mozilla/5.0 (test)");
        assertThat(session.get("address").asString()).startsWith("127.0.0.1:");
        refused(open(path(link)), "used");
        assertThat(sessionsOf(identity)).hasSize(1);
    }

    @Test
    void linkWhenOnlyLookedAtThenNotUsed() {
        String identity = bearer();
        String path = path(link(admin, identity));
        for (int i = 0; i < 3; i++) {
            assertThat(server.https().get(path, "User-Agent: Previewbot").status())
                    .isEqualTo(200);
        }
        assertThat(sessionsOf(identity)).isEmpty();
        cookie(open(path));
        assertThat(sessionsOf(identity)).hasSize(1);
    }

    @Test
    void addressWhenItHoldsMarkupThenOnlyShownAsText() {
        Answer page =
                server.https().get(SIGN_IN + "?token=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&continue=%22%3E%3Cb%3E");
        assertThat(page.text())
                .contains("value=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\"")
                .doesNotContain("<script>alert")
                .doesNotContain("<b>");
    }

    @Test
    void linkWhenCallerMayNotEditThatIdentityThenRefused() {
        String identity = bearer("admins");
        assertThat(link(server.client(), identity).status()).isEqualTo(404);
        String own = bearer();
        Answer self = server.https().post(LINKS, Map.of("identity", own), "Authorization: Bearer " + token(own));
        assertThat(self.status()).isEqualTo(403);
        assertThat(link(admin, "/1.0/auth/identities/bearer/nobody").status()).isEqualTo(404);
        assertThat(link(admin, "/1.0/auth/groups/admins").status()).isEqualTo(404);
        assertThat(admin.post(LINKS, "").status()).isEqualTo(403);
    }

    /** Who may edit an identity must not become it, when that is in a group whose rights one doesn't see. */
    @Test
    void linkWhenIdentityIsInAGroupThatTheCallerDoesNotSeeThenRefused() {
        String strong = bearer("admins");
        Answer pending = admin.post(TLS, Map.of("name", "soon-strong", "token", true, "groups", List.of("admins")));
        String uuid = pending.location().substring(TLS.length() + 1);
        Map<String, Object> editsOne = Map.of("entity_type", "identity", "url", strong, "entitlement", "can_edit");
        Map<String, Object> editsOther =
                Map.of("entity_type", "identity", "url", pending.location(), "entitlement", "can_edit");
        admin.post("/1.0/auth/groups", Map.of("name", "editors-of-one", "permissions", List.of(editsOne, editsOther)));
        ApiClient editor = server.client("editors-of-one");
        for (Answer answer : List.of(
                link(editor, strong), editor.post("/1.0/linkspan/identities/tls/" + uuid + "/token", Map.of()))) {
            assertThat(answer.status()).as(answer.text()).isEqualTo(403);
            assertThat(answer.error()).isEqualTo("Failed getting identities group membership: Forbidden");
        }
    }

    @Test
    void linkWhenIdentityCannotUseTheConsoleThenRefused() {
        server.unix().post(LINKS, "");
        Answer initial = link(server.unix(), "/1.0/auth/identities/bearer/ui-admin-initial");
        assertThat(initial.error())
                .isEqualTo("Sign-in links cannot be made for identities of type \"Initial UI token bearer\"");
        Answer pending = admin.post(TLS, Map.of("name", "pending", "token", true));
        assertThat(link(admin, pending.location()).status()).isEqualTo(400);
    }

    @Test
    void pastedWhenBearerTokenThenSession() {
        String identity = bearer();
        cookie(paste(token(identity)));
        assertThat(sessionsOf(identity).getFirst().get("way").asString()).isEqualTo("bearer");
    }

    @Test
    void addressWhenItHoldsABearerTokenThenRefused() {
        String identity = bearer();
        refused(open(SIGN_IN + "?token=" + token(identity)), "token-in-address");
        assertThat(sessionsOf(identity)).isEmpty();
    }

    @Test
    void pastedWhenLinkThenSession() {
        String identity = bearer();
        cookie(paste("https://" + server.address()
                + path(link(admin, identity)).replace("?", "%3F").replace("=", "%3D")));
        assertThat(sessionsOf(identity)).hasSize(1);
    }

    @Test
    void pastedWhenBadThenRefused() {
        String identity = bearer();
        refused(paste("nonsense"), "unknown");
        refused(paste(""), "unknown");
        refused(paste("eyJhbGciOiJub25lIn0.eyJzdWIiOiJzb21lYm9keSJ9."), "token");
        String token = token(identity);
        admin.delete(identity + "/token");
        refused(paste(token), "token");
        assertThat(sessionsOf(identity)).isEmpty();
    }

    @Test
    void certificateWhenTrustedThenSession() {
        TestCertificate certificate = TestCertificates.client("browser");
        Answer made = admin.post(TLS, Map.of("name", "browser", "certificate", certificate.pem()));
        cookie(server.https().as(certificate).post(SIGN_IN, "way=certificate", FORM));
        assertThat(sessionsOf(made.location()).getFirst().get("way").asString()).isEqualTo("certificate");
        refused(server.https().post(SIGN_IN, "way=certificate", FORM), "no-certificate");
        refused(
                server.https().as(TestCertificates.client("stranger")).post(SIGN_IN, "way=certificate", FORM),
                "certificate");
    }

    @Test
    void certificateWhenReplacedThenItsSessionsEnd() {
        TestCertificate certificate = TestCertificates.client("browser2");
        Answer made = admin.post(TLS, Map.of("name", "browser2", "certificate", certificate.pem()));
        cookie(server.https().as(certificate).post(SIGN_IN, "way=certificate", FORM));
        assertThat(sessionsOf(made.location())).hasSize(1);
        Answer put = admin.put(
                made.location(),
                Map.of("tls_certificate", TestCertificates.client("new").pem()));
        assertThat(put.status()).as(put.text()).isEqualTo(200);
        assertThat(sessions(admin))
                .noneMatch(session -> session.get("name").asString().equals("browser2"));
    }

    @Test
    void formWhenFromAnotherSiteThenRefused() {
        String token = token(bearer());
        Answer origin = server.https().post(SIGN_IN, "token=" + token, FORM, "Origin: https://evil.example");
        assertThat(origin.status()).isEqualTo(403);
        Answer site = server.https().post(SIGN_IN, "token=" + token, FORM, "Sec-Fetch-Site: cross-site");
        assertThat(site.status()).isEqualTo(403);
    }

    @Test
    void formWhenPageIsWantedThenLedThereAndNowhereElse() {
        String token = token(bearer());
        assertThat(paste(token + "&continue=permissions/groups").location()).isEqualTo("/ui/permissions/groups");
        for (String evil : List.of("//evil.example", "https://evil.example", "..%2F..%2F1.0", "%0d%0aX: y")) {
            assertThat(paste(token + "&continue=" + evil).location()).as(evil).isEqualTo("/ui/");
        }
    }

    @Test
    void sessionWhenIdentityIsDeletedThenGone() {
        String identity = bearer();
        cookie(paste(token(identity)));
        admin.delete(identity);
        assertThat(sessions(admin))
                .noneMatch(session -> session.get("identity").asString().equals(identity));
    }

    @Test
    void sessionWhenTokenIsRevokedThenGoneButThatOfALinkStays() {
        String identity = bearer();
        cookie(paste(token(identity)));
        cookie(open(path(link(admin, identity))));
        assertThat(sessionsOf(identity)).hasSize(2);
        admin.delete(identity + "/token");
        assertThat(sessionsOf(identity)).hasSize(1);
    }

    @Test
    void sessionWhenSignedOutOrEndedThenGone() {
        String identity = bearer();
        String token = token(identity);
        String cookie = cookie(paste(token));
        assertThat(server.https().post("/ui/sign-out", "", "Cookie: " + cookie).status())
                .isEqualTo(303);
        assertThat(sessionsOf(identity)).isEmpty();
        cookie(paste(token));
        String uuid = sessionsOf(identity).getFirst().get("uuid").asString();
        assertThat(server.client().delete(SESSIONS + "/" + uuid).status()).isEqualTo(404);
        assertThat(server.https()
                        .delete(SESSIONS + "/" + uuid, "Authorization: Bearer " + token)
                        .status())
                .isEqualTo(200);
        assertThat(sessionsOf(identity)).isEmpty();
        assertThat(admin.delete(SESSIONS + "/" + uuid).status()).isEqualTo(404);
    }

    @Test
    void sessionsWhenListedThenOnlyThoseOfVisibleIdentities() {
        String identity = bearer();
        String token = token(identity);
        cookie(paste(token));
        Answer own = server.https().get(SESSIONS, "Authorization: Bearer " + token);
        assertThat(own.metadata()).hasSize(1);
        assertThat(own.text()).contains(identity);
        assertThat(sessions(server.client())).isEmpty();
    }

    @Test
    void attemptsWhenTooManyFailedThenPausedEvenForGoodOnes() {
        try (LinkspanProcess other = LinkspanProcess.named("attempts").start()) {
            String link = path(other.unix().post(LINKS, "")).substring(SIGN_IN.length() + 1);
            Answer last = null;
            for (int i = 0; i < 12; i++) {
                last = other.https().post(SIGN_IN, "opened=true&token=guess" + i, FORM);
            }
            assertThat(last.status()).isEqualTo(429);
            assertThat(last.text()).matches("Too many failed sign-ins from 127.0.0.1. Try again in [1-7] seconds.\\s");
            assertThat(other.https().post(SIGN_IN, link, FORM).status()).isEqualTo(429);
            refused(other.https().post(SIGN_IN, link, FORM, "Accept: text/html"), "too-many");
            assertThat(other.https().get("/1.0").status()).isEqualTo(200);
        }
    }
}
