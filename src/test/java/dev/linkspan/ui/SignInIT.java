package dev.linkspan.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.TestCertificate;
import dev.linkspan.testing.TestCertificates;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/** How one gets into the console, and out. */
@ExtendWith(SharedConsole.class)
@ResourceLock("browser")
class SignInIT {
    private static LinkspanProcess server;

    @BeforeAll
    static void start() {
        server = SharedConsole.server();
    }

    @Test
    void withoutASessionEveryPageIsTheSignIn() {
        try (ConsoleBrowser browser = ConsoleBrowser.wide("sign-in")) {
            Page page = browser.newPage();
            page.navigate(url(""));
            assertThat(Look.signIn(page)).isVisible();
            String name = server.unix()
                    .get("/1.0")
                    .metadata()
                    .at("/environment/server_name")
                    .asString();
            assertThat(page).hasTitle("Sign in to " + name + " · Linkspan");
            assertThat(ConsoleBrowser.main(page)).containsText(server.address() + " · Linkspan ");
            assertThat(ConsoleBrowser.main(page)).containsText("./linkspan sign-in-link");
            assertThat(Look.button(page, "Sign in")).isDisabled();
            browser.keep(page, "sign-in");
            page.navigate(url("permissions/groups?panel=create-groups"));
            assertThat(Look.signIn(page)).isVisible();
            assertThat(Look.panel(page)).hasCount(0);
            page.getByText("Why was my certificate refused").click();
            assertThat(Look.heading(page, "When a certificate is refused")).isVisible();
            browser.keep(page, "documentation");
        }
    }

    @Test
    void whoIsSignedInIsAskedBeforeALinkMakesThemSomebodyElse() {
        String other = server.unix()
                .post(
                        "/1.0/auth/identities/bearer",
                        Map.of("type", "Client token bearer", "name", "somebody-else", "groups", List.of()))
                .location();
        String link = server.unix()
                .post("/1.0/linkspan/sign-in-links", Map.of("identity", other))
                .metadata()
                .path("url")
                .asString();
        try (ConsoleBrowser browser = ConsoleBrowser.wide("sign-in-other")) {
            Page page = browser.newPage();
            page.navigate(ConsoleBrowser.signInLink(server));
            Locator navigation = page.getByRole(AriaRole.NAVIGATION);
            assertThat(navigation).containsText("ui-admin-initial");
            page.navigate(link);
            assertThat(Look.heading(page, "Sign in as somebody else?")).isVisible();
            browser.keep(page, "question");
            page.getByText("Stay signed in as ui-admin-initial").click();
            assertThat(navigation).containsText("ui-admin-initial");
            page.navigate(link);
            Look.button(page, "Sign in by the link").click();
            assertThat(navigation).containsText("somebody-else");
        }
        server.unix().delete(other);
    }

    @Test
    void aLinkSignsInOnceAndLeavesTheAddress() {
        try (ConsoleBrowser first = ConsoleBrowser.wide("sign-in-first");
                ConsoleBrowser second = ConsoleBrowser.wide("sign-in-used")) {
            String link = ConsoleBrowser.signInLink(server);
            Page page = first.newPage();
            page.navigate(link);
            assertThat(Look.heading(page, "Server")).isVisible();
            assertThat(page).hasURL(url("cluster/server"));
            assertThat(page.getByRole(AriaRole.NAVIGATION)).containsText("ui-admin-initial");
            assertThat(page.getByRole(AriaRole.NAVIGATION)).containsText("full access");

            Page late = second.newPage();
            late.navigate(link);
            assertThat(late.getByRole(AriaRole.ALERT)).containsText("This sign-in link was used already.");
            second.keep(late, "used");
        }
    }

    @Test
    void anAddressWithoutAPageSaysSoWithinTheFrame() {
        try (ConsoleBrowser browser = ConsoleBrowser.wide("sign-in-no-page")) {
            browser.signIn(server).close();
            Page page = browser.newPage();
            page.navigate(url("permissions/groups/guessed"));
            assertThat(Look.heading(page, "There is no page here")).isVisible();
            assertThat(page).hasTitle("There is no page here · Linkspan");
            assertThat(page.getByRole(AriaRole.NAVIGATION)).isVisible();
            assertThat(ConsoleBrowser.main(page)).containsText("permissions/groups/guessed");
            browser.keep(page, "no-page");
            page.getByText("Go to the start page").click();
            assertThat(Look.heading(page, "Server")).isVisible();
        }
    }

    @Test
    void anUnknownLinkIsSaidToBeUnknown() {
        try (ConsoleBrowser browser = ConsoleBrowser.wide("sign-in-unknown")) {
            Page page = browser.newPage();
            page.navigate(url("sign-in?token=" + "0".repeat(64)));
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("does not know that sign-in link");
        }
    }

    @Test
    void aPastedLinkLeadsToThePageThatOneWanted() {
        try (ConsoleBrowser browser = ConsoleBrowser.wide("sign-in-pasted")) {
            Page page = browser.newPage();
            page.navigate(url("permissions/groups"));
            page.getByLabel("Sign-in link or bearer token").fill(ConsoleBrowser.signInLink(server));
            Look.button(page, "Sign in").click();
            assertThat(Look.heading(page, "Auth groups")).isVisible();
            assertThat(page).hasURL(url("permissions/groups"));
        }
    }

    @Test
    void aBrowserCertificateSignsInOrIsSaidToBeUnknown() {
        TestCertificate known = TestCertificates.client("browser-known");
        server.unix().post("/1.0/auth/identities/tls", Map.of("name", "browser-known", "certificate", known.pem()));
        try (ConsoleBrowser browser = ConsoleBrowser.wideWith("sign-in-certificate", known, server)) {
            Page page = browser.newPage();
            page.navigate(url("permissions/identities"));
            assertThat(Look.button(page, "Sign in as browser-known")).isEnabled();
            browser.keep(page, "known");
            Look.button(page, "Sign in as browser-known").click();
            assertThat(Look.heading(page, "Identities")).isVisible();
            assertThat(page.getByRole(AriaRole.NAVIGATION)).containsText("Browser certificate");
        }
        server.unix().delete("/1.0/auth/identities/tls/browser-known");
        TestCertificate stranger = TestCertificates.client("browser-stranger");
        try (ConsoleBrowser browser = ConsoleBrowser.wideWith("sign-in-stranger", stranger, server)) {
            Page page = browser.newPage();
            page.navigate(url(""));
            assertThat(page.getByRole(AriaRole.NOTE))
                    .containsText(stranger.fingerprint().substring(0, 4));
            assertThat(Look.button(page, "Use a browser certificate")).isDisabled();
            browser.keep(page, "unknown");
        }
    }

    @Test
    void aSessionThatSomebodyEndedSaysSo() {
        Map<String, Object> guest = Map.of("type", "Client token bearer", "name", "guest");
        String identity =
                server.unix().post("/1.0/auth/identities/bearer", guest).location();
        String token = server.unix()
                .post(identity + "/token", Map.of())
                .metadata()
                .path("token")
                .asString();
        try (ConsoleBrowser browser = ConsoleBrowser.wide("sign-in-ended")) {
            Page page = browser.newPage();
            page.navigate(url("permissions/groups"));
            page.getByLabel("Sign-in link or bearer token").fill(token);
            Look.button(page, "Sign in").click();
            assertThat(Look.heading(page, "Auth groups")).isVisible();
            assertThat(page.getByRole(AriaRole.NAVIGATION)).containsText("Pasted token");
            server.unix().delete(identity + "/token");
            assertThat(page.getByRole(AriaRole.NOTE)).containsText("You were signed out.");
            assertThat(page).hasURL(url("sign-in?error=ended&continue=permissions%2Fgroups"));
            browser.keep(page, "ended");
        }
        server.unix().delete(identity);
    }

    @Test
    void whoTriesTooOftenIsToldToWait() {
        try (ConsoleBrowser browser = ConsoleBrowser.wide("sign-in-too-often")) {
            Page page = browser.newPage();
            page.navigate(url("sign-in?error=too-many"));
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("Too many failed sign-ins from your address.");
            browser.keep(page, "too-often");
        }
    }

    @Test
    void signingOutEndsEveryPage() {
        try (ConsoleBrowser browser = ConsoleBrowser.wide("sign-out")) {
            Page page = browser.signIn(server);
            Page other = browser.newPage();
            other.navigate(url("permissions/groups?panel=create-groups"));
            Look.textbox(Look.panel(other), "Name").fill("half-made");
            Look.button(page, "Sign out").click();
            assertThat(Look.signIn(page)).isVisible();
            assertThat(other.getByRole(AriaRole.NOTE))
                    .containsText("You have signed out, in this window or in another");
            assertThat(other).hasURL(url("sign-in?error=out&continue=permissions%2Fgroups%3Fpanel%3Dcreate-groups"));
            assertThat(page).hasURL(url("sign-in"));
            browser.keep(other, "signed-out-elsewhere");
            signInAgain(page);
            assertThat(other).hasURL(url("permissions/groups?panel=create-groups"));
            Locator name = Look.textbox(Look.panel(other), "Name");
            assertThat(name).hasValue("half-made");
            assertThat(name).isFocused();
            assertThat(Look.toast(other)).containsText("This page was loaded anew. What you had entered is still here");
            Look.button(page, "Sign out").click();
            assertThat(Look.signIn(other)).isVisible();
            assertThat(Look.signIn(page)).isVisible();
            other.getByLabel("Sign-in link or bearer token").fill(ConsoleBrowser.signInLink(server));
            Look.button(other, "Sign in").click();
            assertThat(Look.textbox(Look.panel(other), "Name")).hasValue("half-made");
            assertThat(Look.toast(other)).containsText("What you had entered is still here");
            Look.button(other, "Sign out").click();
            page.navigate(url("cluster/server"));
            assertThat(Look.signIn(page)).isVisible();
        }
    }

    @Test
    void whatWasTypedDoesNotComeBackToSomebodyElse() {
        String admin = server.unix()
                .post(
                        "/1.0/auth/identities/bearer",
                        Map.of("type", "Client token bearer", "name", "second-admin", "groups", List.of("admins")))
                .location();
        String token = server.unix()
                .post(admin + "/token", Map.of())
                .metadata()
                .path("token")
                .asString();
        try (ConsoleBrowser browser = ConsoleBrowser.wide("sign-in-other-again")) {
            Page page = browser.signIn(server);
            Page other = browser.newPage();
            other.navigate(url("permissions/groups?panel=create-groups"));
            Look.textbox(Look.panel(other), "Name").fill("for-me-only");
            Look.button(page, "Sign out").click();
            assertThat(Look.signIn(other)).isVisible();
            assertThat(Look.signIn(page)).isVisible();
            page.getByLabel("Sign-in link or bearer token").fill(token);
            Look.button(page, "Sign in").click();
            assertThat(page.getByRole(AriaRole.NAVIGATION)).containsText("second-admin");
            assertThat(Look.textbox(Look.panel(other), "Name")).isFocused();
            Inspection.waitUntilQuiet(other);
            assertThat(Look.textbox(Look.panel(other), "Name")).hasValue("");
            assertThat((String) other.evaluate("sessionStorage.getItem('linkspan.typed')"))
                    .isNull();
        }
        server.unix().delete(admin);
    }

    private static void signInAgain(Page page) {
        page.getByLabel("Sign-in link or bearer token").fill(ConsoleBrowser.signInLink(server));
        Look.button(page, "Sign in").click();
        assertThat(page.getByRole(AriaRole.NAVIGATION)).containsText("ui-admin-initial");
    }

    @Test
    void aSessionSurvivesARestart() {
        try (ConsoleBrowser browser = ConsoleBrowser.wide("restart")) {
            Page page = browser.open(server, "permissions/groups?panel=create-groups");
            Look.textbox(Look.panel(page), "Name").fill("half-made");
            Inspection.waitUntilQuiet(page);
            server.stop();
            server.start();
            assertThat(Look.toast(page)).containsText("The server was restarted, and this page was loaded anew.");
            assertThat(Look.textbox(Look.panel(page), "Name")).hasValue("half-made");
            page.navigate(url("permissions/groups"));
            assertThat(Look.heading(page, "Auth groups")).isVisible();
        }
    }

    @Test
    void theCookiesOfTwoClustersOnOneHostDontMeet() {
        try (ConsoleBrowser browser = ConsoleBrowser.wide("cookies")) {
            Page page = browser.signIn(server);
            assertThat(browser.cookieNames())
                    .isNotEmpty()
                    .allMatch(name -> name.matches("(__Host-)?linkspan_\\w+_[0-9a-f-]{36}"));
            assertThat(Look.heading(page, "Server")).isVisible();
        }
    }

    private static String url(String path) {
        return "https://" + server.address() + "/ui/" + path;
    }
}
