package dev.linkspan.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.linkspan.testing.Answer;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.PeerAddress;
import dev.linkspan.testing.ScriptedPeer;
import dev.linkspan.testing.TestCertificate;
import dev.linkspan.testing.TestCertificates;
import dev.linkspan.testing.TrustTokenText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The page of one link, whatever its peer does. */
@ExtendWith(SharedConsole.class)
@ResourceLock("browser")
class LinkPageIT {
    private static final String OWN = "/1.0/linkspan/cluster-links/";

    private static LinkspanProcess server;
    private static ConsoleBrowser browser;

    @BeforeAll
    static void start() {
        server = SharedConsole.server();
        browser = ConsoleBrowser.wide("link-page");
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
    void eachAddressHasItsOwnReasonAndItsDeletionIsToldToThePeer() {
        try (ScriptedPeer peer = ScriptedPeer.start("acme-prod")) {
            PeerAddress second = peer.addAddress();
            active("acme", peer);
            second.hangUp();
            Page page = open("acme");
            assertThat(Look.heading(page, "acme")).isVisible();
            Locator addresses = page.getByRole(AriaRole.REGION, exactly("Addresses"));
            assertThat(addresses).containsText("1 of 2 answer");
            assertThat(addresses).containsText("Pinned certificate, trusted");
            assertThat(ConsoleBrowser.main(page)).containsText("Trusted in both directions.");
            assertThat(ConsoleBrowser.main(page)).containsText("linked to the peer by its token");
            assertThat(ConsoleBrowser.main(page)).containsText("Contact, 2 of 2 addresses");
            assertThat(page.locator(".ls-shore-end.theirs")).containsText("LXD ");
            assertThat(ConsoleBrowser.main(page)).containsText("EC P-384");
            assertThat(page.getByRole(AriaRole.REGION, exactly("Details")))
                    .containsText("Somebody on the server itself");
            assertThat(page.locator(".ls-fingerprint").first())
                    .containsText(peer.fingerprint().substring(0, 4) + " ");
            browser.keep(page, "active");
            Look.button(page, "Check now").click();
            assertThat(Look.toast(page)).containsText("Cluster link acme: Active, 1 of 2 addresses.");

            Look.button(page, "Edit").click();
            assertThat(Look.panel(page)).isVisible();
            page.keyboard().press("Escape");
            assertThat(Look.panel(page)).hasCount(0);

            menu(page, "acme", "Delete cluster link");
            Locator question = Look.dialog(page, "Delete cluster link acme?");
            assertThat(Look.checkbox(question, "Ask the peer to remove its side"))
                    .isChecked();
            browser.keep(page, "delete");
            Look.button(question, "Delete cluster link").click();
            assertThat(Look.toast(page)).containsText("Cluster link acme deleted on both sides.");
            assertThat(Look.button(page, "Create cluster link")).isVisible();
            assertThat(peer.trusts(server.fingerprint())).isFalse();
        }
    }

    @Test
    void whatRemainsThereIsSaidWhenThePeerIsSilent() {
        try (ScriptedPeer peer = ScriptedPeer.start("silent")) {
            active("silent", peer);
            peer.address().hangUp();
            Page page = open("silent");
            menu(page, "silent", "Delete cluster link");
            Look.button(Look.dialog(page, "Delete cluster link silent?"), "Delete cluster link")
                    .click();
            Locator rest = Look.dialog(page, "What remains at the peer");
            assertThat(rest).containsText("keeps its link to this cluster");
            browser.keep(page, "remains");
            Look.button(rest, "Close").click();
            assertThat(rest).isHidden();
        }
    }

    @Test
    void aChangedCertificateIsComparedAndThenPinned() {
        try (ScriptedPeer peer = ScriptedPeer.start("renewed")) {
            active("renewed", peer);
            String identity = "/1.0/auth/identities/tls/" + peer.fingerprint();
            server.unix().post("/1.0/auth/groups", Map.of("name", "renewed-group"));
            server.unix().put(identity, Map.of("groups", List.of("renewed-group"), "tls_certificate", ""));
            TestCertificate other = TestCertificates.lxdServer("renewed");
            peer.address().serve(other);
            refresh("renewed");
            Page page = open("renewed");
            assertThat(page.locator(".ls-status.alarm").first()).containsText("Certificate changed");
            browser.keep(page, "certificate-changed");
            isReadableOnASmallScreen("renewed");
            Look.button(page, "Compare certificates").click();
            Locator dialog = Look.dialog(page, "Certificate of renewed changed");
            Locator pin = Look.button(dialog, "Pin the new certificate");
            assertThat(dialog).containsText(other.fingerprint().substring(0, 4) + " ");
            assertThat(dialog).containsText(peer.fingerprint().substring(0, 4) + " ");
            assertThat(pin).isDisabled();
            browser.keep(page, "compare");
            Look.checkbox(dialog, "I have compared the new fingerprint").check();
            pin.click();
            assertThat(Look.toast(page)).containsText("The new certificate of cluster link renewed is pinned.");
            assertThat(ConsoleBrowser.main(page)).containsText("Trusted in both directions.");
            assertThat(server.unix().get(OWN + "renewed/contacts").metadata().toString())
                    .contains("\"pinned_certificate\":{\"fingerprint\":\"" + other.fingerprint());

            Locator history = page.getByRole(AriaRole.REGION, exactly("Contacts and events"));
            assertThat(history).containsText("compared the peer’s certificate and pinned it");
            assertThat(history).containsText("put the link into renewed-group");
            assertThat(history).containsText("And out of admins");
            assertThat(history).containsText("linked to the peer by its token");
            browser.keep(page, "history");
            page.getByText("All events of this link").click();
            assertThat(page).hasURL(Pattern.compile("events\\?link=renewed"));
            Locator events = ConsoleBrowser.main(page);
            assertThat(events).containsText("Cluster link created");
            assertThat(events).containsText("Identity changed");
            assertThat(events).not().containsText(peer.fingerprint().substring(0, 12));
            server.unix().delete("/1.0/auth/groups/renewed-group");
        }
    }

    @Test
    void whoHasDeletedTheLinkIsSaidAndNoDeadPanelStaysInTheAddress() {
        String links = "https://" + server.address() + "/ui/cluster/links";
        pending("vanishing");
        Page page = open("vanishing");
        Look.button(page, "Edit").click();
        assertThat(page).hasURL(links + "/vanishing?panel=edit-cluster-link");
        page.keyboard().press("Escape");
        server.unix().delete("/1.0/cluster/links/vanishing");
        Locator alert = ConsoleBrowser.main(page).getByRole(AriaRole.ALERT);
        assertThat(alert).containsText("Cluster link vanishing can’t be shown");
        assertThat(alert).containsText("Somebody on the server itself deleted it");
        browser.keep(page, "deleted");
        page.navigate(links + "/vanishing?panel=edit-cluster-link");
        assertThat(alert).containsText("Somebody on the server itself deleted it");
        assertThat(page).hasURL(links + "/vanishing");
        page.navigate(links + "/never-was");
        assertThat(alert).containsText("Cluster link never-was can’t be shown");
        assertThat(alert).not().containsText("deleted it");
        page.navigate(links + "?panel=edit-cluster-link&link=vanishing&query=va");
        assertThat(Look.toast(page)).isVisible();
        assertThat(page).hasURL(links + "?query=va");
        assertThat(Look.panel(page)).hasCount(0);
    }

    private static void isReadableOnASmallScreen(String name) {
        try (ConsoleBrowser phone = ConsoleBrowser.narrow("link-page-narrow-list")) {
            Page list = phone.open(server, "cluster/links?query=" + name);
            Locator word = list.locator("vaadin-grid .ls-status.alarm .ls-status-word");
            assertThat(word).hasText("Certificate changed");
            phone.keep(list, "certificate-changed");
            Locator menu = Look.button(list, "More actions for " + name);
            assertThat(menu).isVisible();
            assertThat((Boolean) word.evaluate("word => word.scrollWidth <= word.clientWidth"))
                    .as("the whole word is there")
                    .isTrue();
            assertThat(word.boundingBox().x + word.boundingBox().width)
                    .as("beside the menu")
                    .isLessThanOrEqualTo(menu.boundingBox().x);
            assertThat((Boolean) list.getByTitle(name).first().evaluate("cell => cell.scrollWidth <= cell.clientWidth"))
                    .as("the whole name is there")
                    .isTrue();
            menu.click();
            list.getByRole(AriaRole.MENUITEM)
                    .filter(new Locator.FilterOptions().setHasText("Edit cluster link " + name))
                    .click();
            assertThat(Look.panel(list)).isVisible();
        }
    }

    @Test
    void aPeerThatRemovedItsSideIsLinkedAgainUnderTheSameName() {
        try (ScriptedPeer peer = ScriptedPeer.start("gone")) {
            active("gone", peer);
            server.unix().post("/1.0/auth/groups", Map.of("name", "gone-group"));
            server.unix().patch("/1.0/auth/identities/tls/gone", Map.of("groups", List.of("admins", "gone-group")));
            peer.forget(server.fingerprint());
            refresh("gone");
            Page page = open("gone");
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("The peer removed its side of gone.");
            assertThat(page.getByRole(AriaRole.REGION, exactly("Contacts and events")))
                    .containsText(Pattern.compile("\\d checks? in the last 24 hours, \\d answered"));
            browser.keep(page, "not-trusted");
            Look.button(page, "Link again").click();
            server.unix().delete("/1.0/auth/groups/gone-group");
            Look.button(page.getByRole(AriaRole.ALERTDIALOG), "Link again").click();
            Locator dialog = Look.dialog(page, "New token for cluster link gone");
            Look.button(dialog, "Copy token").click();
            Look.button(dialog, "Done").click();
            assertThat(TrustTokenText.decode(browser.copied(page)).clientName()).isEqualTo("gone");
            assertThat(ConsoleBrowser.main(page)).containsText("What to do on the other cluster");
            assertThat(ConsoleBrowser.main(page)).containsText("The token works once, until");
            assertThat(ConsoleBrowser.main(page)).containsText("deleted the link that had this name before");
            assertThat(ConsoleBrowser.main(page)).containsText("What the other cluster may do here");
            browser.keep(page, "pending");
            Look.button(page, "Revoke token").click();
            Look.button(page.getByRole(AriaRole.ALERTDIALOG), "Revoke token").click();
            assertThat(ConsoleBrowser.main(page)).containsText("No token is out.");
        }
    }

    @Test
    void namesWithOddCharactersHaveTheirPage() {
        for (String name : List.of("a:b c", "50%", "%41", "x#y", "say \"hi\"", "it's;k=v", "n".repeat(200))) {
            pending(name);
            Page page = browser.signIn(server);
            page.getByLabel("Search links").fill(name);
            assertThat(page).hasURL(Pattern.compile("query="));
            page.getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions().setName(name).setExact(true))
                    .click();
            assertThat(page.getByRole(
                            AriaRole.HEADING,
                            new Page.GetByRoleOptions().setName(name).setLevel(1)))
                    .isVisible();
            assertThat(page).hasURL("https://" + server.address() + "/ui/cluster/links/" + encoded(name));
            page.reload();
            assertThat(page.getByRole(
                            AriaRole.HEADING,
                            new Page.GetByRoleOptions().setName(name).setLevel(1)))
                    .isVisible();
            page.close();
            server.unix().delete("/1.0/cluster/links/" + encoded(name));
        }
    }

    @Test
    void aColleaguesRenameIsFollowedAndADeletionSaid() {
        pending("before");
        Page page = open("before");
        assertThat(Look.heading(page, "before")).isVisible();
        server.unix().post("/1.0/cluster/links/before", Map.of("name", "after wards"));
        assertThat(Look.heading(page, "after wards")).isVisible();
        assertThat(page).hasURL(Pattern.compile(".*/ui/cluster/links/after%20wards$"));
        assertThat(ConsoleBrowser.main(page)).containsText("which was called before");
        Locator timeline = page.getByRole(AriaRole.REGION, exactly("Contacts and events"));
        assertThat(timeline).not().containsText("changed the peer’s identity here");
        Page late = open("before");
        assertThat(late.getByRole(AriaRole.ALERT)).containsText("It is now called");
        late.getByRole(AriaRole.LINK, exactly("after wards")).click();
        assertThat(Look.heading(late, "after wards")).isVisible();
        server.unix().delete("/1.0/cluster/links/after%20wards");
        Page events = browser.open(server, "events?link=after%20wards");
        assertThat(events.getByRole(
                        AriaRole.ROW,
                        new Page.GetByRoleOptions().setName(Pattern.compile(".*Cluster link created before .*"))))
                .hasCount(1);
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Cluster link after wards can’t be shown");
    }

    @Test
    void whatIsAskedAndShownIsAboutTheSameLinkWhoeverHasItsNameByNow() {
        pending("swap-one");
        pending("swap-two");
        Page page = open("swap-one");
        Look.button(page, "Revoke token").click();
        Locator question = page.getByRole(AriaRole.ALERTDIALOG);
        assertThat(question).containsText("swap-one");
        server.unix().post("/1.0/cluster/links/swap-one", Map.of("name", "swap-three"));
        server.unix().post("/1.0/cluster/links/swap-two", Map.of("name", "swap-one"));
        Look.button(question, "Revoke token").click();
        assertThat(Look.heading(page, "swap-three")).isVisible();
        assertThat(ConsoleBrowser.main(page)).containsText("No token is out.");
        Page other = open("swap-one");
        assertThat(ConsoleBrowser.main(other)).containsText("The token works once");
        Locator timeline = other.getByRole(AriaRole.REGION, exactly("Contacts and events"));
        assertThat(timeline).containsText("which was called swap-two");
        assertThat(timeline).not().containsText("swap-three");
        List.of("swap-one", "swap-three").forEach(name -> server.unix().delete("/1.0/cluster/links/" + name));
    }

    @Test
    void aLinkThatBecameActiveWhileOneIsAskedIsSaidBeforeItIsDeleted() {
        try (ScriptedPeer peer = ScriptedPeer.start("hasty")) {
            TrustTokenText token = TrustTokenText.of(server.unix()
                    .post("/1.0/cluster/links", Map.of("type", "bidirectional", "name", "hasty"))
                    .metadata());
            Page page = browser.open(server, "cluster/links?query=hasty");
            menu(page, "hasty", "Delete cluster link");
            Locator dialog = Look.dialog(page, "Delete cluster link hasty?");
            assertThat(dialog).containsText("Nothing remains on the other cluster.");
            assertThat(peer.consume("to-us", token).status()).isEqualTo(201);
            Look.button(dialog, "Delete cluster link").click();
            assertThat(dialog).containsText("hasty has become active since this was asked.");
            browser.keep(page, "became-active");
            Look.button(dialog, "Delete cluster link").click();
            assertThat(Look.toast(page)).containsText("hasty");
            assertThat(server.unix().get("/1.0/cluster/links/hasty").status()).isEqualTo(404);
        }
    }

    @Test
    void onASmallScreenEverythingIsThere() {
        try (ScriptedPeer peer = ScriptedPeer.start("small");
                ConsoleBrowser phone = ConsoleBrowser.narrow("link-page-narrow")) {
            String name = "customer-acme-production-eu-central-1";
            active(name, peer);
            Page page = phone.open(server, "cluster/links/" + encoded(name));
            assertThat(page.getByRole(AriaRole.REGION, exactly("Addresses"))).containsText("answers");
            assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                    .isTrue();
            phone.keep(page, "active");
        }
    }

    private static Page open(String name) {
        return browser.open(server, "cluster/links/" + encoded(name));
    }

    private static void menu(Page page, String link, String entry) {
        Look.button(page, "More actions for " + link).click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(entry))
                .click();
    }

    private static Page.GetByRoleOptions exactly(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static void pending(String name) {
        Answer answer = server.unix()
                .post("/1.0/cluster/links", Map.of("type", "bidirectional", "name", name, "auth_groups", List.of()));
        assertThat(answer.status()).as("%s", answer).isEqualTo(201);
    }

    /** A link to that peer, which was asked once. */
    private static void active(String name, ScriptedPeer peer) {
        Answer answer = server.unix()
                .post(
                        "/1.0/cluster/links",
                        Map.of(
                                "type",
                                "bidirectional",
                                "name",
                                name,
                                "auth_groups",
                                List.of("admins"),
                                "trust_token",
                                peer.issueToken(name).encode()));
        assertThat(answer.status()).as("%s", answer).isEqualTo(201);
        refresh(name);
    }

    private static void refresh(String name) {
        Answer answer = server.unix().post(OWN + name + "/refresh", null);
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    }
}
