package dev.linkspan.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.ScriptedPeer;
import dev.linkspan.testing.TestCertificate;
import dev.linkspan.testing.TestCertificates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The page that says how far this cluster is with linking. */
@ExtendWith(SharedConsole.class)
@ResourceLock("browser")
class GettingStartedIT {
    private final LinkspanProcess server = SharedConsole.server();

    /** Other tests have linked this server, too, and the steps say so. */
    @BeforeEach
    void begin() {
        server.unix().get("/1.0/cluster/links").metadata().forEach(link -> server.unix()
                .delete(link.asString()));
    }

    @Test
    void eachStepSaysWhatIsThereAndLeadsOn() {
        try (ConsoleBrowser browser = ConsoleBrowser.wide("getting-started");
                ScriptedPeer peer = ScriptedPeer.start("start-peer")) {
            Page page = browser.signIn(server);
            link(page, "Getting started").click();
            assertThat(page).hasTitle("Getting started · Linkspan");
            Locator reachable = step(page, "Before you link", "Be reachable");
            assertThat(reachable).containsText("No other machine reaches the addresses below.");
            assertThat(reachable).containsText("loopback: only this machine itself gets there");
            Look.button(reachable, "Open setting").click();
            assertThat(page).hasURL("https://" + server.address() + "/ui/settings?setting=core.https_address");
            assertThat(Look.panel(page)).isVisible();
            page.goBack();
            assertThat(step(page, "Read what is public", "Create a public link"))
                    .containsText("No public link is active.");
            Locator groups = step(page, "Before you link", "Have an auth group");
            group("0-start-mighty", "permission_manager");
            group("0-start-empty");
            group("0-start-fitting", "can_view_metrics");
            assertThat(groups).containsText("Done");
            assertThat(groups).containsText("0-start-fitting");
            assertThat(groups).not().containsText(Pattern.compile("0-start-mighty|0-start-empty|admins"));

            post("start-pending", "bidirectional", Map.of());
            Locator use = step(page, "Link both ways", "Use the token");
            assertThat(use).containsText("start-pending waits: its token works until");
            assertThat(use).containsText("lxc cluster link create berlin --auth-group GROUP --token TOKEN");
            post("start-caller", "unidirectional", Map.of());
            Locator identity = step(page, "Be called one way", "Create an identity");
            assertThat(identity).containsText("Done");
            Look.button(identity, "Copy command").click();
            assertThat(identity).containsText(browser.copied(page));
            assertThat(browser.copied(page))
                    .isEqualTo("lxc auth identity create cluster-link/other-site --group GROUP");
            assertThat(identity).containsText("GROUP stands for an auth group that allows just what the other cluster");
            assertThat(use).containsText("GROUP stands for an auth group of the other cluster");
            reachable.scrollIntoViewIfNeeded();
            browser.keepEverywhere(page, "pending");
            step(page, "Call one way", "See that it is active").scrollIntoViewIfNeeded();
            browser.keepEverywhere(page, "pending-end");

            Look.button(use, "Open link").click();
            assertThat(Look.heading(page, "start-pending")).isVisible();
            assertThat(page).hasURL("https://" + server.address() + "/ui/cluster/links/start-pending");
            page.goBack();
            post(
                    "start-peer",
                    "unidirectional",
                    Map.of("trust_token", peer.issueToken("start-peer").encode()));
            server.unix().post("/1.0/linkspan/cluster-links/start-peer/refresh", null);
            assertThat(step(page, "Call one way", "See that it is active")).containsText("Done");
            Look.button(step(page, "Call one way", "Create the link"), "Create cluster link")
                    .click();
            assertThat(Look.radio(Look.panel(page), "Unidirectional")).isChecked();
            page.goBack();
            assertThat(Look.heading(page, "Getting started")).isVisible();
            Look.button(ConsoleBrowser.main(page), "Create cluster link").last().click();
            assertThat(Look.radio(Look.panel(page), "Public")).isChecked();
            assertThat(Look.panel(page).getByLabel("Remote address")).isFocused();
        } finally {
            List.of("start-pending", "start-peer").forEach(name -> server.unix().delete("/1.0/cluster/links/" + name));
            server.unix().delete("/1.0/auth/identities/tls/start-caller");
            List.of("0-start-mighty", "0-start-empty", "0-start-fitting")
                    .forEach(name -> server.unix().delete("/1.0/auth/groups/" + name));
        }
    }

    @Test
    void whoMaySeeNothingIsToldWhatIsMissing() {
        TestCertificate stranger = TestCertificates.client("start-stranger");
        server.unix()
                .post(
                        "/1.0/auth/identities/tls",
                        Map.of("name", "start-stranger", "certificate", stranger.pem(), "groups", List.of()));
        try (ConsoleBrowser browser = ConsoleBrowser.wideWith("getting-started-stranger", stranger, server)) {
            Page page = browser.newPage();
            page.navigate("https://" + server.address() + "/ui/getting-started");
            Look.button(page, "Sign in as start-stranger").click();
            assertThat(link(page, "Getting started")).isVisible();
            page.navigate("https://" + server.address() + "/ui/getting-started");
            Locator reachable = step(page, "Before you link", "Be reachable");
            assertThat(reachable).containsText("Not tried out: " + server.address());
            Locator create =
                    Look.button(step(page, "Link both ways", "Create a link and hand over"), "Create cluster link");
            assertThat(create).isDisabled();
            assertThat(create).hasAttribute("title", Look.text("can_create_identities on the server"));
            assertThat(step(page, "Be called one way", "Create an identity")).containsText("Open");
            browser.keepEverywhere(page, "nothing");
        } finally {
            server.unix().delete("/1.0/auth/identities/tls/start-stranger");
        }
    }

    private void group(String name, String... entitlements) {
        List<Map<String, String>> permissions = Stream.of(entitlements)
                .map(entitlement -> Map.of("entity_type", "server", "url", "/1.0", "entitlement", entitlement))
                .toList();
        assertThat(server.unix()
                        .post("/1.0/auth/groups", Map.of("name", name, "permissions", permissions))
                        .status())
                .isEqualTo(201);
    }

    private void post(String name, String type, Map<String, Object> more) {
        Map<String, Object> link = new LinkedHashMap<>(more);
        link.put("name", name);
        link.put("type", type);
        assertThat(server.unix().post("/1.0/cluster/links", link).status()).isIn(200, 201);
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** The step of that how-to whose text has these words. */
    private static Locator step(Page page, String howTo, String words) {
        return page.getByRole(
                        AriaRole.REGION,
                        new Page.GetByRoleOptions().setName(howTo).setExact(true))
                .getByRole(AriaRole.LISTITEM)
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(words))));
    }
}
