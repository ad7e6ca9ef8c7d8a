package dev.linkspan.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.PeerAddress;
import dev.linkspan.testing.ScriptedPeer;
import dev.linkspan.testing.TestCertificate;
import dev.linkspan.testing.TestCertificates;
import dev.linkspan.testing.TrustTokenText;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The map of this cluster and its links. */
@ExtendWith(SharedConsole.class)
@ResourceLock("browser")
class MapIT {
    private static final String LONG = "map-customer-acme-production-eu-central-1-" + "x".repeat(200);

    private static LinkspanProcess server;
    private static ConsoleBrowser browser;

    @BeforeAll
    static void start() {
        server = SharedConsole.server();
        browser = ConsoleBrowser.wide("map");
    }

    @AfterEach
    void closePages() {
        browser.closePages();
    }

    @AfterAll
    static void close() {
        browser.close();
    }

    @Test
    void peersStandWorstFirstAndFollowWhatHappensToThem() {
        try (ScriptedPeer good = ScriptedPeer.start("map-good");
                ScriptedPeer renewed = ScriptedPeer.start("map-renewed");
                ScriptedPeer oneWay = ScriptedPeer.start("map-one-way")) {
            PeerAddress second = good.addAddress();
            active("map-good", "bidirectional", good);
            active("map-renewed", "bidirectional", renewed);
            active("map-one-way", "unidirectional", oneWay);
            pending(LONG, "bidirectional");
            pending("map-archive", "unidirectional");
            incoming("map-caller");
            second.hangUp();
            renewed.address().serve(TestCertificates.lxdServer("renewed"));
            List.of("map-good", "map-renewed", "map-one-way").forEach(MapIT::check);

            Page page = browser.signIn(server);
            page.getByRole(AriaRole.LINK, exactly("Map")).click();
            assertThat(page).hasTitle("Map · Linkspan");
            assertThat(peer(page, "Needs attention", "map-renewed")).containsText("Certificate changed, ");
            assertThat(peer(page, "Active", "map-good")).containsText("Active, 1 of 2 addresses");
            assertThat(peer(page, "Active", "map-one-way")).containsText("Active, ");
            assertThat(peer(page, "Pending", LONG)).containsText("Pending, until");
            assertThat(peer(page, "Reach us, without access in return", "map-archive"))
                    .containsText("Pending, until");
            assertThat(peer(page, "Reach us, without access in return", "map-caller"))
                    .containsText("Active, ");
            assertThat(page.getByRole(AriaRole.GROUP, exactly("this cluster"))).containsText(server.address());
            assertThat(page.getByRole(AriaRole.REGION).first()).hasAccessibleName("Needs attention");
            assertThat(ConsoleBrowser.main(page)).containsText("Drawn from the last check, ");
            browser.keepEverywhere(page, "all-kinds");

            Locator link = page.getByRole(AriaRole.LINK, exactly("map-good"));
            link.focus();
            good.address().hangUp();
            check("map-good");
            assertThat(peer(page, "Needs attention", "map-good")).containsText("Unreachable, ");
            server.unix().delete("/1.0/cluster/links/map-one-way");
            assertThat(page.getByRole(AriaRole.LINK, exactly("map-one-way"))).hasCount(0);

            page.getByRole(AriaRole.BUTTON, exactly("By type")).click();
            assertThat(peer(page, "Bidirectional", "map-good")).containsText("Unreachable, ");
            assertThat(page).hasURL(url("?by=type"));
            page.navigate(url("?by=name"));
            assertThat(peer(page, "Cluster links", "map-good")).isVisible();
            link.press("Enter");
            assertThat(Look.heading(page, "map-good")).isVisible();
            assertThat(page).hasURL("https://" + server.address() + "/ui/cluster/links/map-good");
            page.goBack();
            page.getByRole(AriaRole.LINK, exactly("map-archive")).click();
            assertThat(Look.panel(page)).containsText("map-archive");
        } finally {
            List.of("map-good", "map-renewed", LONG)
                    .forEach(name -> server.unix().delete("/1.0/cluster/links/" + name));
            List.of("map-archive", "map-caller")
                    .forEach(name -> server.unix().delete("/1.0/auth/identities/tls/" + name));
        }
    }

    @Test
    void manyLinksLeadToTheList() {
        List<String> names =
                IntStream.rangeClosed(1, 40).mapToObj("map-%04d"::formatted).toList();
        names.forEach(name -> pending(name, "bidirectional"));
        try {
            Page page = browser.open(server, "cluster/map");
            Locator more = page.getByText("more in the list");
            assertThat(more).isVisible();
            assertThat(page.getByRole(AriaRole.REGION, exactly("Pending")).getByRole(AriaRole.LISTITEM))
                    .hasCount(30);
            browser.keepEverywhere(page, "many");
            more.click();
            assertThat(page).hasURL("https://" + server.address() + "/ui/cluster/links?status=pending");
            page.getByLabel("Search links").fill("map-0039");
            assertThat(Look.row(page, "map-0039")).isVisible();
        } finally {
            names.forEach(name -> server.unix().delete("/1.0/cluster/links/" + name));
        }
    }

    @Test
    void whoMaySeeNothingIsToldWhatIsMissing() {
        TestCertificate stranger = TestCertificates.client("map-stranger");
        server.unix()
                .post(
                        "/1.0/auth/identities/tls",
                        Map.of("name", "map-stranger", "certificate", stranger.pem(), "groups", List.of()));
        try (ConsoleBrowser other = ConsoleBrowser.wideWith("map-empty", stranger, server)) {
            Page page = other.newPage();
            page.navigate("https://" + server.address() + "/ui/sign-in");
            Look.button(page, "Sign in as map-stranger").click();
            assertThat(page.getByRole(AriaRole.NAVIGATION, exactly("main navigation")))
                    .isVisible();
            page.navigate(url(""));
            assertThat(Look.heading(page, "No cluster links that you can see")).isVisible();
            Locator create = Look.button(page, "Create cluster link");
            assertThat(create).isDisabled();
            assertThat(create).hasAttribute("title", Look.text("That takes can_create_cluster_links on the server"));
            other.keepEverywhere(page, "empty");
        } finally {
            server.unix().delete("/1.0/auth/identities/tls/map-stranger");
        }
    }

    private static Locator peer(Page page, String group, String name) {
        return page.getByRole(AriaRole.REGION, exactly(group))
                .getByRole(AriaRole.LISTITEM)
                .filter(new Locator.FilterOptions().setHas(page.getByRole(AriaRole.LINK, exactly(name))));
    }

    private static Page.GetByRoleOptions exactly(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    private static void active(String name, String type, ScriptedPeer peer) {
        assertThat(server.unix()
                        .post(
                                "/1.0/cluster/links",
                                Map.of(
                                        "type",
                                        type,
                                        "name",
                                        name,
                                        "trust_token",
                                        peer.issueToken(name).encode()))
                        .status())
                .isIn(200, 201);
    }

    private static void check(String name) {
        server.unix().post("/1.0/linkspan/cluster-links/" + name + "/refresh", null);
    }

    private static void pending(String name, String type) {
        server.unix().post("/1.0/cluster/links", Map.of("type", type, "name", name));
    }

    /** A cluster that has used the token of an identity here. */
    private static void incoming(String name) {
        var pending = server.unix().post("/1.0/cluster/links", Map.of("type", "unidirectional", "name", name));
        assertThat(server.https()
                        .as(TestCertificates.lxdServer(name))
                        .post(
                                "/1.0/auth/identities/tls",
                                Map.of(
                                        "trust_token",
                                        TrustTokenText.of(pending.metadata()).encode()))
                        .status())
                .isEqualTo(201);
    }

    private static String url(String query) {
        return "https://" + server.address() + "/ui/cluster/map" + query;
    }
}
