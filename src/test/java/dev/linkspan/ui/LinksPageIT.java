package dev.linkspan.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.linkspan.testing.FreePort;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.ScriptedPeer;
import dev.linkspan.testing.TestCertificate;
import dev.linkspan.testing.TestCertificates;
import dev.linkspan.testing.TrustTokenText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The list of cluster links and the panel that makes them, on one server. */
@ExtendWith(SharedConsole.class)
@ResourceLock("browser")
class LinksPageIT {
    private static LinkspanProcess server;
    private static ConsoleBrowser browser;
    private static String ourToken;

    @BeforeAll
    static void start() {
        server = SharedConsole.server();
        browser = ConsoleBrowser.wide("links-page");
        ourToken = pending("taken", "Waits for the partner");
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
    void aPastedTokenIsJudgedAtOnce() {
        Page page = browser.signIn(server);
        Locator panel = openPanel(page);
        Look.radio(panel, "I have a token").check();
        TrustTokenText ours = TrustTokenText.decode(ourToken);
        TrustTokenText theirs =
                ours.withFingerprint(TestCertificates.client("peer").fingerprint());

        Locator howToMakeOne = panel.getByText("On the other cluster", new Locator.GetByTextOptions().setExact(true));
        assertThat(howToMakeOne).isVisible();
        judge(panel, "not a token!", "This is not a whole trust token");
        judge(panel, ourToken.substring(0, 100), "This is not a whole trust token");
        judge(panel, "eyJub3BlIjoxfQ==", "No client name in certificate add token");
        judge(panel, ourToken, "This token was made by this cluster");
        browser.keep(page, "own-token");
        judge(
                panel,
                theirs.withExpiry(Instant.now().minus(Duration.ofMinutes(1))).encode(),
                "This token expired on");
        judge(panel, theirs.withType("Client certificate").encode(), "This token is of type “Client certificate”");
        browser.keep(page, "wrong-type");
        assertThat(howToMakeOne).isVisible();
        judge(panel, theirs.withAddresses("192.0.2.7:8443").encode(), "Valid token, issued for taken");
        assertThat(howToMakeOne).isHidden();
        assertThat(panel).containsText("192.0.2.7:8443");
        assertThat(panel.locator(".ls-fingerprint"))
                .containsText(theirs.fingerprint().substring(0, 4) + " ");
        browser.keep(page, "valid-token");
        Look.textbox(panel, "Token").fill("");
        assertThat(howToMakeOne).isVisible();
    }

    @Test
    void aTokenOfManyLinesIsTheSameToken() {
        Page page = browser.signIn(server);
        Locator panel = openPanel(page);
        Look.radio(panel, "I have a token").check();
        judge(panel, ourToken.replaceAll("(.{60})", "$1\n  "), "This token was made by this cluster");
    }

    @Test
    void namesAreCheckedWhereTheyAreTyped() {
        Page page = browser.signIn(server);
        Locator panel = openPanel(page);
        Locator name = panel.getByLabel("Cluster link name");
        Look.button(panel, "Create link").click();
        assertThat(panel).containsText("Cluster link name is required");
        assertThat(name).isFocused();
        name.fill("a/b");
        name.press("Tab");
        assertThat(panel).containsText("Cannot contain \"/\"");
        name.fill("taken");
        name.press("Tab");
        assertThat(panel).containsText("A cluster link with this name already exists.");
        assertThat(name).hasAttribute("aria-invalid", "true");
        browser.keep(page, "name-taken");
    }

    @Test
    void whatThePeerOrTheServerRefusesStandsInThePanelAndTheInputStays() {
        Page page = browser.signIn(server);
        Locator panel = openPanel(page);
        Look.radio(panel, "I have a token").check();
        String dead = TrustTokenText.decode(ourToken)
                .withFingerprint(TestCertificates.client("peer").fingerprint())
                .withAddresses("127.0.0.1:" + FreePort.next())
                .encode();
        Look.textbox(panel, "Token").fill(dead);
        panel.getByLabel("Cluster link name").fill("nobody");
        panel.getByLabel("Description").fill("kept");
        assertThat(panel).containsText("none of its addresses answers from here");
        Look.button(panel, "Create link").click();
        assertThat(panel.getByRole(AriaRole.ALERT)).containsText("Cluster link creation failed");
        assertThat(Look.textbox(panel, "Token")).hasValue(dead);
        assertThat(panel.getByLabel("Description")).hasValue("kept");
        browser.keep(page, "peer-is-dead");
        assertThat(panel.getByRole(AriaRole.ALERT))
                .containsText("None of the addresses in the token answers from here.");
        assertThat(names()).doesNotContain("nobody");
        Look.radio(panel, "Public").check();
        panel.getByLabel("Remote address").fill("127.0.0.1:" + FreePort.next());
        Look.button(panel, "Fetch certificate").click();
        assertThat(panel.getByLabel("Remote address")).isFocused();
        assertThat(panel.getByLabel("Remote address")).hasAccessibleDescription(Look.text("No cluster answers here"));
        assertThat(panel.getByRole(AriaRole.ALERT)).containsText("Check host and port");
        browser.keep(page, "nobody-at-the-address");
    }

    @Test
    void aPanelClosesByEscapeAndByGoingBackAndTheFocusReturns() {
        Page page = browser.signIn(server);
        openPanel(page);
        assertThat(page).hasURL(url("?panel=create-cluster-link"));
        page.keyboard().press("Escape");
        assertThat(Look.panel(page)).hasCount(0);
        assertThat(page).hasURL(url(""));
        assertThat(Look.button(page, "Create cluster link")).isFocused();
        Look.button(page, "Create cluster link").click();
        assertThat(Look.panel(page)).isVisible();
        assertThat(page).hasURL(url("?panel=create-cluster-link"));
        page.goBack();
        assertThat(Look.panel(page)).hasCount(0);
        page.navigate(url("?panel=create-cluster-link"));
        assertThat(Look.panel(page)).isVisible();
        page.keyboard().press("Escape");
        assertThat(page).hasURL(url(""));
    }

    @Test
    void escapeClosesTheMenuOfARowAndLeavesThePanelBeside() {
        pending("with-menu", "");
        Page page = browser.signIn(server);
        openPanel(page);
        Look.button(page, "More actions for with-menu").click();
        Locator menu = page.getByRole(AriaRole.MENU);
        assertThat(menu).isVisible();
        page.keyboard().press("Escape");
        assertThat(menu).isHidden();
        Inspection.waitUntilQuiet(page);
        assertThat(Look.panel(page)).isVisible();
        page.keyboard().press("Escape");
        assertThat(Look.panel(page)).hasCount(0);
        server.unix().delete("/1.0/cluster/links/with-menu");
    }

    @Test
    void aPanelThatIsOpenedTwiceIsClosedOnce() {
        Page page = browser.open(server, "permissions/identities");
        ConsoleBrowser.follow(page, "permissions/groups");
        page.evaluate("""
                () => {
                  const create = [...document.querySelectorAll('main [aria-keyshortcuts="C"]')]
                    .find((button) => button.checkVisibility());
                  create.click();
                  create.click();
                }""");
        assertThat(Look.panel(page)).isVisible();
        Inspection.waitUntilQuiet(page);
        page.keyboard().press("Escape");
        assertThat(Look.panel(page)).hasCount(0);
        ConsoleBrowser.follow(page, "permissions/identities");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("taken"))
                .first()
                .dblclick();
        assertThat(Look.panel(page)).isVisible();
        Inspection.waitUntilQuiet(page);
        page.keyboard().press("Escape");
        assertThat(Look.panel(page)).hasCount(0);
        Inspection.waitUntilQuiet(page);
        assertThat(page).hasURL(Pattern.compile(".*/permissions/identities"));
        ConsoleBrowser.follow(page, "cluster/server");
        Look.button(page, "Edit cluster link taken").dblclick();
        assertThat(Look.panel(page)).containsText("Edit cluster link taken");
        Inspection.waitUntilQuiet(page);
        Look.button(Look.panel(page), "Close").click();
        assertThat(Look.panel(page)).hasCount(0);
        Inspection.waitUntilQuiet(page);
        assertThat(page).hasURL(url(""));
        assertThat(Look.row(page, "taken")).isVisible();
        for (String before : List.of("Identities", "Auth groups", "Identities")) {
            page.goBack();
            assertThat(Look.heading(page, before)).isVisible();
            assertThat(Look.panel(page)).hasCount(0);
        }
    }

    @Test
    void theBackButtonAsksBeforeATokenIsLostWithThePage() {
        Page page = browser.open(server, "permissions/groups");
        page.navigate(url("?panel=create-cluster-link"));
        List<String> asked = new ArrayList<>();
        page.onDialog(dialog -> {
            asked.add(dialog.type());
            dialog.dismiss();
        });
        Look.panel(page).getByLabel("Cluster link name").fill("not-lost");
        Look.button(Look.panel(page), "Create link").click();
        assertThat(Look.button(page, "Copy token")).isVisible();
        // The panel may have left an entry of its own, which only the page itself hears of.
        page.evaluate("() => setTimeout(() => history.go(-2))");
        page.waitForCondition(() -> asked.contains("beforeunload"));
        Look.button(page, "Copy token").click();
        Look.button(page, "Done").click();
        assertThat(Look.button(page, "Done")).hasCount(0);
        page.navigate(url("?query=not-lost"));
        assertThat(Look.row(page, "not-lost")).isVisible();
        assertThat(asked).hasSize(1);
        server.unix().delete("/1.0/cluster/links/not-lost");
    }

    @Test
    void aPanelThatWasClosedIsNotGoneBackTo() {
        Page page = browser.open(server, "permissions/groups");
        ConsoleBrowser.follow(page, "cluster/server");
        openPanel(page);
        Look.button(Look.panel(page), "Close").click();
        assertThat(Look.panel(page)).hasCount(0);
        assertThat(page).hasURL(url(""));
        page.getByLabel("Search links").fill("taken");
        assertThat(page).hasURL(url("?query=taken"));
        assertThat(Look.row(page, "taken")).isVisible();
        page.goBack();
        assertThat(Look.heading(page, "Auth groups")).isVisible();
        assertThat(Look.panel(page)).hasCount(0);
        page.navigate(url("?panel=create-cluster-link"));
        assertThat(Look.panel(page)).containsText("Create cluster link");
        Look.button(page, "Edit cluster link taken").click();
        assertThat(Look.panel(page)).containsText("Edit cluster link taken");
        Look.button(Look.panel(page), "Close").click();
        assertThat(page).hasURL(url(""));
        assertThat(Look.panel(page)).hasCount(0);
    }

    @Test
    void aLinkIsMadeByKeyboardAlone() {
        Page page = browser.signIn(server);
        Look.button(page, "Create cluster link").waitFor();
        page.keyboard().press("c");
        assertThat(Look.panel(page).getByLabel("Cluster link name")).isFocused();
        // No person types a name before the rest of the panel is there.
        assertThat(Look.checkbox(Look.panel(page), "admins")).isVisible();
        page.keyboard().type("by-keyboard");
        page.keyboard().press("Tab");
        page.keyboard().type("never touched the mouse");
        page.keyboard().press("Tab");
        page.keyboard().press("Space");
        Look.tabTo(page, Look.button(Look.panel(page), "Create link"));
        page.keyboard().press("Enter");
        Locator dialog = Look.dialog(page, "Cluster link by-keyboard created");
        assertThat(Look.button(dialog, "Copy token")).isVisible();
        page.keyboard().press("Escape");
        assertThat(Look.button(dialog, "Done")).isVisible();
        Look.tabTo(page, Look.button(dialog, "Copy token"));
        page.keyboard().press("Enter");
        assertThat(Look.button(dialog, "Done")).isFocused();
        assertThat(browser.copied(page)).startsWith("ey");
        page.keyboard().press("Enter");
        assertThat(Look.button(page, "Create cluster link")).isFocused();
        page.keyboard().press("/");
        assertThat(page.getByLabel("Search links")).isFocused();
        page.keyboard().type("by-key");
        assertThat(Look.row(page, "by-keyboard")).hasAccessibleName(Look.text("admins"));
        assertThat(Look.row(page, "taken")).hasCount(0);
    }

    @Test
    void theFirstTabStopSkipsToTheContent() {
        Page page = browser.signIn(server);
        assertThat(Look.row(page, "taken")).isVisible();
        page.keyboard().press("Tab");
        assertThat(page.getByText("Skip to content").first()).isFocused();
        page.keyboard().press("Enter");
        assertThat(ConsoleBrowser.main(page)).isFocused();
    }

    @Test
    void aSearchThatFindsNothingSaysSo() {
        Page page = browser.signIn(server);
        page.getByLabel("Search links").fill("no such link");
        assertThat(ConsoleBrowser.main(page)).containsText("No cluster link matches “no such link”.");
        browser.keep(page, "nothing-found");
        Look.button(page, "Clear filters").click();
        assertThat(Look.row(page, "taken")).isVisible();
    }

    @Test
    void whatIsSearchedFilteredAndSortedIsInTheAddress() {
        try (ScriptedPeer peer = ScriptedPeer.start("oslo")) {
            server.unix()
                    .post(
                            "/1.0/cluster/links",
                            Map.of(
                                    "type",
                                    "bidirectional",
                                    "name",
                                    "filter-oslo",
                                    "trust_token",
                                    peer.issueToken("filter-oslo").encode()));
            server.unix().post("/1.0/linkspan/cluster-links/filter-oslo/refresh", null);
            pending("filter-zurich", "");
            Page page = browser.signIn(server);
            page.getByLabel("Search links").fill("filter-");
            assertThat(Look.row(page, "filter-oslo")).hasAccessibleName(Look.text("Active its address answers"));
            assertThat(Look.row(page, "filter-oslo"))
                    .hasAccessibleName(Look.text("Last 24 hours: 1 of 1 hours without a failed contact"));
            assertThat(Look.row(page, "filter-zurich")).hasAccessibleName(Look.text("no contact yet"));
            part(page, "Pending").click();
            assertThat(Look.row(page, "filter-oslo")).hasCount(0);
            assertThat(page).hasURL(url("?query=filter-&status=pending"));
            page.reload();
            assertThat(Look.row(page, "filter-zurich")).isVisible();
            assertThat(part(page, "Pending")).hasAttribute("aria-pressed", "true");
            Inspection.waitUntilQuiet(page);
            assertThat(page).hasURL(url("?query=filter-&status=pending"));

            peer.address().hangUp();
            server.unix().post("/1.0/linkspan/cluster-links/filter-oslo/refresh", null);
            part(page, "Needs attention").click();
            assertThat(Look.row(page, "filter-oslo")).hasAccessibleName(Look.text("Unreachable since"));
            assertThat(page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("main navigation")))
                    .containsText("attention");
            browser.keep(page, "needs-attention");
            Look.button(page, "collapse main navigation").click();
            assertThat(page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName(Pattern.compile("Clustering: .*needs? attention"))))
                    .isVisible();
            browser.keepEverywhere(page, "needs-attention-collapsed");
            Look.button(page, "expand main navigation").click();
            part(page, "All").click();
            page.getByText("Last contact").click();
            assertThat(page).hasURL(url("?query=filter-&sort=contact"));
            server.unix().delete("/1.0/cluster/links/filter-oslo");
            server.unix().delete("/1.0/cluster/links/filter-zurich");
        }
    }

    @Test
    void aTokenWhoseClusterHasChangedItsCertificateIsRefused() {
        try (ScriptedPeer peer = ScriptedPeer.start("bergen")) {
            Page page = browser.signIn(server);
            Locator panel = openPanel(page);
            Look.radio(panel, "I have a token").check();
            String before = TestCertificates.client("before").fingerprint();
            Look.textbox(panel, "Token")
                    .fill(peer.issueToken("us").withFingerprint(before).encode());
            assertThat(panel).containsText("This token works no longer.");
            assertThat(panel).not().containsText("Valid token");
            browser.keep(page, "other-certificate");
        }
    }

    @Test
    void thePickerOfGroupsFollowsWhatOthersDo() {
        Page page = browser.signIn(server);
        Locator panel = openPanel(page);
        assertThat(Look.checkbox(panel, "admins")).isVisible();
        server.unix().post("/1.0/auth/groups", Map.of("name", "just-made"));
        Locator made = Look.checkbox(panel, "just-made");
        made.click();
        assertThat(made).isChecked();
        server.unix().delete("/1.0/auth/groups/just-made");
        assertThat(made).hasCount(0);
        panel.getByLabel("Cluster link name").fill("without-it");
        Look.button(panel, "Create link").click();
        Look.button(page, "Copy token").click();
        Look.button(page, "Done").click();
        assertThat(Look.row(page, "without-it")).isVisible();
        server.unix().delete("/1.0/cluster/links/without-it");
    }

    @Test
    void aLinkThatTookTheNameOfAChosenOneIsNotDeletedInItsPlace() {
        pending("chosen", "");
        Page page = browser.open(server, "cluster/links?query=chosen");
        Look.checkbox(page.locator("vaadin-grid"), "Select chosen").click();
        Look.button(page, "Delete 1 link").click();
        Locator question = page.getByRole(AriaRole.DIALOG);
        assertThat(question).containsText("chosen");
        server.unix().post("/1.0/cluster/links/chosen", Map.of("name", "chosen-before"));
        pending("chosen", "of somebody else");
        assertThat(question).containsText("Somebody on the server itself renamed chosen to chosen-before.");
        assertThat(question).containsText("Cluster link chosen-before is deleted,");
        browser.keep(page, "renamed-meanwhile");
        Look.button(question, "Delete cluster link").click();
        assertThat(question).hasCount(0);
        assertThat(Look.toast(page)).containsText("Cluster link chosen-before deleted.");
        assertThat(names()).contains("chosen").doesNotContain("chosen-before");
        assertThat(Look.row(page, "chosen-before")).hasCount(0);
        Look.checkbox(page.locator("vaadin-grid"), "Select chosen").click();
        Look.button(page, "Delete 1 link").click();
        assertThat(question).containsText("Cluster link chosen is deleted,");
        server.unix().delete("/1.0/cluster/links/chosen");
        assertThat(question).containsText("Somebody on the server itself deleted chosen.");
        assertThat(Look.button(question, "Delete cluster link")).hasCount(0);
        browser.keep(page, "deleted-meanwhile");
        Look.button(question, "Close").click();
        assertThat(question).hasCount(0);
    }

    @Test
    void whatWasEnteredIsAskedForBeforeOneGoesElsewhere() {
        Page page = browser.open(server, "permissions/groups");
        Look.button(page, "Create auth group").click();
        Locator panel = Look.panel(page);
        panel.getByLabel("Name").pressSequentially("half-done");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Events"))
                .click();
        Locator question = page.getByRole(AriaRole.ALERTDIALOG);
        assertThat(question).containsText("What you entered will be lost.");
        Look.button(question, "Keep editing").click();
        assertThat(question).hasCount(0);
        assertThat(panel.getByLabel("Name")).hasValue("half-done");
        Inspection.waitUntilQuiet(page);
        page.goBack();
        assertThat(question).containsText("What you entered will be lost.");
        browser.keep(page, "going-back");
        Look.button(question, "Keep editing").click();
        assertThat(question).hasCount(0);
        assertThat(page).hasURL(Pattern.compile(".*panel=create-group"));
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Events"))
                .click();
        Look.button(question, "Discard input").click();
        assertThat(Look.heading(page, "Events")).isVisible();
        assertThat(panel).hasCount(0);
    }

    @Test
    void aTokenThatIsShownIsNotLostByGoingBack() {
        Page page = browser.signIn(server);
        Locator panel = openPanel(page);
        panel.getByLabel("Cluster link name").fill("not-lost");
        Look.button(panel, "Create link").click();
        assertThat(Look.button(page, "Copy token")).isVisible();
        Inspection.waitUntilQuiet(page);
        page.goBack();
        Inspection.waitUntilQuiet(page);
        assertThat(Look.button(page, "Copy token")).isVisible();
        Look.button(page, "Copy token").click();
        Look.button(page, "Done").click();
        assertThat(Look.row(page, "not-lost")).isVisible();
        server.unix().delete("/1.0/cluster/links/not-lost");
    }

    @Test
    void manyLinksAreDeletedAtOnce() {
        List.of("bulk-a", "bulk-b", "bulk-c").forEach(name -> pending(name, ""));
        Page page = browser.signIn(server);
        page.getByLabel("Search links").fill("bulk-");
        assertThat(Look.row(page, "taken")).hasCount(0);
        Look.checkbox(page.locator("vaadin-grid"), "Select bulk-a").click();
        page.getByText("Select all 3").click();
        assertThat(Look.button(page, "Check now").last()).isDisabled();
        browser.keep(page, "selected");
        Look.button(page, "Delete 3 links").click();
        Locator question = Look.dialog(page, "Delete 3 cluster links?");
        assertThat(question).containsText("3 cluster links are deleted: bulk-a, bulk-b and bulk-c.");
        assertThat(question).containsText("Nothing remains on the other cluster.");
        Look.button(question, "Delete 3 links").click();
        assertThat(Look.toast(page)).containsText("3 cluster links deleted");
        assertThat(ConsoleBrowser.main(page)).containsText("No cluster link matches “bulk-”.");
        assertThat(names()).doesNotContain("bulk-a", "bulk-b", "bulk-c");
    }

    @Test
    void aPanelFollowsItsLinkToTheNameThatAColleagueGives() {
        server.unix().post("/1.0/cluster/links", Map.of("type", "bidirectional", "name", "called-before"));
        Page page = browser.open(server, "cluster/links?panel=edit-cluster-link&link=called-before&query=called");
        Locator panel = Look.panel(page);
        panel.getByLabel("Description").fill("kept");
        Inspection.waitUntilQuiet(page);
        server.unix().post("/1.0/cluster/links/called-before", Map.of("name", "called-after"));
        assertThat(panel).containsText("renamed it to “called-after”");
        assertThat(Look.heading(page, "Edit cluster link called-after")).isVisible();
        assertThat(page).hasURL(Pattern.compile("query=called&.*link=called-after"));
        assertThat(panel.getByLabel("Description")).hasValue("kept");
        Look.button(panel, "Save 1 change").click();
        assertThat(Look.toast(page)).containsText("Cluster link called-after saved.");
        assertThat(panel).hasCount(0);
        server.unix().delete("/1.0/cluster/links/called-after");
    }

    @Test
    void afterSavingTheFocusIsAtTheRowOfWhatWasSaved() {
        pending("saved-a", "");
        pending("saved-b", "");
        Page page = browser.open(server, "cluster/links?query=saved");
        Locator panel = Look.panel(page);
        Look.button(page, "Edit cluster link saved-a").click();
        panel.getByLabel("Cluster link name").fill("saved-z");
        Look.button(panel, "Save 1 change").click();
        assertThat(Look.row(page, "saved-z")).isVisible();
        isIn(page, "saved-z");
        page.navigate(url("?panel=edit-cluster-link&link=saved-b"));
        panel.getByLabel("Description").fill("by its address");
        Look.button(panel, "Save 1 change").click();
        assertThat(panel).hasCount(0);
        isIn(page, "saved-b");
        List.of("saved-b", "saved-z").forEach(name -> server.unix().delete("/1.0/cluster/links/" + name));
    }

    /** Waits until the focus is in the row of that link. */
    private static void isIn(Page page, String name) {
        page.waitForFunction("""
                name => {
                  const cell = document.activeElement.shadowRoot?.activeElement
                    ?? document.activeElement.closest('vaadin-grid-cell-content')?.assignedSlot;
                  const row = cell?.closest('tr');
                  return [...row?.querySelectorAll('[role="rowheader"] slot') ?? []]
                    .flatMap((slot) => slot.assignedElements()).some((content) => content.textContent.includes(name));
                }""", name);
    }

    @Test
    void aChosenGroupIsFollowedWhenItIsRenamedAndSaidWhenItIsDeleted() {
        server.unix().post("/1.0/auth/groups", Map.of("name", "pilots"));
        server.unix().post("/1.0/auth/groups", Map.of("name", "stewards"));
        Page page = browser.open(server, "cluster/links?panel=create-cluster-link");
        Locator panel = Look.panel(page);
        panel.getByLabel("Cluster link name").fill("followed");
        Look.checkbox(panel, "pilots").click();
        Look.checkbox(panel, "stewards").click();
        Inspection.waitUntilQuiet(page);
        server.unix().post("/1.0/auth/groups/pilots", Map.of("name", "navigators"));
        assertThat(panel).containsText("Somebody renamed group pilots to navigators.");
        assertThat(Look.checkbox(panel, "navigators")).isChecked();
        server.unix().delete("/1.0/auth/groups/stewards");
        assertThat(panel).containsText("Somebody deleted group stewards (chosen by you).");
        browser.keep(page, "groups-followed");
        Look.button(panel, "Create link").click();
        assertThat(Look.button(Look.dialog(page, "Cluster link followed created"), "Copy token"))
                .isVisible();
        assertThat(server.unix()
                        .get("/1.0/auth/identities/tls/followed")
                        .metadata()
                        .path("groups")
                        .valueStream()
                        .map(group -> group.asString()))
                .containsExactly("navigators");
        server.unix().delete("/1.0/cluster/links/followed");
        server.unix().delete("/1.0/auth/groups/navigators");
    }

    @Test
    void groupsOfManyLinksAreChangedAtOnce() {
        List.of("groups-a", "groups-b").forEach(name -> pending(name, ""));
        Page page = browser.signIn(server);
        page.getByLabel("Search links").fill("groups-");
        assertThat(Look.row(page, "taken")).hasCount(0);
        Look.checkbox(page.locator("vaadin-grid"), "Select groups-a").click();
        Look.checkbox(page.locator("vaadin-grid"), "Select groups-b").click();
        Look.button(page, "Change groups").click();
        assertThat(Look.panel(page)).containsText("Change groups for 2 links");
        browser.keep(page, "groups-of-two");
        page.keyboard().press("Escape");
        List.of("groups-a", "groups-b").forEach(name -> server.unix().delete("/1.0/cluster/links/" + name));
    }

    @Test
    void whatOneMayDoIsFollowedWhileAPanelIsOpen() {
        TestCertificate trainee = TestCertificates.client("link-trainee");
        pending("lent", "of the house");
        server.unix().post("/1.0/auth/identity-provider-groups", Map.of("name", "lent-crew", "groups", List.of()));
        server.unix().post("/1.0/auth/groups", Map.of("name", "link-trainees"));
        allowTrainees("server", "/1.0", "viewer");
        server.unix()
                .post(
                        "/1.0/auth/identities/tls",
                        Map.of(
                                "name",
                                "link-trainee",
                                "certificate",
                                trainee.pem(),
                                "groups",
                                List.of("link-trainees")));
        try (ConsoleBrowser theirs = ConsoleBrowser.wideWith("links-rights", trainee, server)) {
            Page page = theirs.newPage();
            page.navigate(url("?panel=edit-cluster-link&link=lent"));
            Look.button(page, "Sign in as link-trainee").click();
            Locator panel = Look.panel(page);
            Locator description = panel.getByLabel("Description");
            assertThat(description).not().isEditable();
            allowTrainees("cluster_link", "/1.0/cluster/links/lent", "can_edit");
            assertThat(description).isEditable();
            assertThat(panel).not().containsText("You may no longer save this.");
            description.fill("half-way");
            assertThat(Look.button(panel, "Save 1 change")).isEnabled();
            allowTrainees("server", "/1.0", "viewer");
            assertThat(panel).containsText("You may no longer save this.");
            theirs.keep(page, "link-no-longer");
            assertThat(description).not().isEditable();
            assertThat(description).hasValue("half-way");
            assertThat(Look.button(panel, "Save 1 change")).isDisabled();
            Look.button(panel, "Cancel").click();
            assertThat(panel).hasCount(0);

            ConsoleBrowser.follow(page, "permissions/group?name=link-trainees");
            Locator main = ConsoleBrowser.main(page);
            assertThat(main.getByLabel("Description")).not().isEditable();
            assertThat(Look.button(main, "Delete")).isDisabled();
            allowTrainees("group", "/1.0/auth/groups/link-trainees", "can_edit");
            assertThat(main.getByLabel("Description")).isEditable();
            assertThat(Look.combobox(main, "Resource type")).isVisible();
            main.getByLabel("Description").fill("of the links");
            allowTrainees("server", "/1.0", "viewer");
            assertThat(main).containsText("You may no longer save this.");
            theirs.keep(page, "group-no-longer");
            assertThat(main.getByLabel("Description")).hasValue("of the links");
            assertThat(Look.button(main, "Save 1 change")).isDisabled();
            Look.button(main, "Discard").click();

            ConsoleBrowser.follow(page, "permissions/idp-groups?panel=edit-idp-groups&idp-group=lent-crew");
            Locator name = panel.getByLabel("Name");
            assertThat(name).not().isEditable();
            allowTrainees("identity_provider_group", "/1.0/auth/identity-provider-groups/lent-crew", "can_edit");
            assertThat(name).isEditable();
            name.fill("crew");
            Look.checkbox(panel, "link-trainees").click();
            assertThat(Look.button(panel, "Save 2 changes")).isEnabled();
            allowTrainees("server", "/1.0", "viewer");
            assertThat(panel).containsText("You may no longer save this.");
            assertThat(name).hasValue("crew");
            assertThat(Look.button(panel, "Save 2 changes")).isDisabled();
            Look.button(panel, "Cancel").click();
            assertThat(panel).hasCount(0);

            ConsoleBrowser.follow(page, "settings");
            Locator create = Look.button(main, "Create own setting");
            assertThat(create).isDisabled();
            allowTrainees("server", "/1.0", "can_edit");
            assertThat(create).isEnabled();
            Look.button(page, "Edit linkspan.backup_size_limit").click();
            Locator value = panel.getByLabel("Value");
            value.fill("64MiB");
            allowTrainees("server", "/1.0", "viewer");
            assertThat(panel).containsText("You may no longer save this.");
            theirs.keep(page, "setting-no-longer");
            assertThat(value).not().isEditable();
            assertThat(value).hasValue("64MiB");
            assertThat(panel).not().containsText("meanwhile");
            assertThat(Look.button(panel, "Save setting")).isDisabled();
            assertThat(create).isDisabled();
            allowTrainees("server", "/1.0", "can_edit");
            assertThat(value).isEditable();
            assertThat(Look.button(panel, "Save setting")).isEnabled();
        } finally {
            server.unix().delete("/1.0/auth/identities/tls/link-trainee");
            server.unix().delete("/1.0/auth/groups/link-trainees");
            server.unix().delete("/1.0/cluster/links/lent");
            server.unix().delete("/1.0/auth/identity-provider-groups/lent-crew");
        }
    }

    /** Besides that they may see everything. */
    private static void allowTrainees(String type, String url, String entitlement) {
        server.unix()
                .put(
                        "/1.0/auth/groups/link-trainees",
                        Map.of(
                                "permissions",
                                Stream.of(
                                                Map.of("entity_type", type, "url", url, "entitlement", entitlement),
                                                Map.of("entity_type", "server", "url", "/1.0", "entitlement", "viewer"))
                                        .distinct()
                                        .toList()));
    }

    @Test
    void enterOnARowOpensItsPage() {
        Page page = browser.signIn(server);
        Locator name = page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName("taken").setExact(true));
        name.focus();
        page.keyboard().press("Enter");
        assertThat(Look.heading(page, "taken")).isVisible();
        assertThat(page).hasURL("https://" + server.address() + "/ui/cluster/links/taken");
        page.goBack();
        assertThat(Look.row(page, "taken")).isVisible();
    }

    private static Locator part(Page page, String name) {
        return page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Status"))
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("^" + name)));
    }

    @Test
    void whatOthersChangeAppears() {
        Page page = browser.signIn(server);
        assertThat(Look.row(page, "taken")).isVisible();
        pending("from-the-api", "by a colleague");
        assertThat(Look.row(page, "from-the-api")).hasAccessibleName(Look.text("by a colleague Pending until"));
        server.unix().delete("/1.0/cluster/links/from-the-api");
        assertThat(Look.row(page, "from-the-api")).hasCount(0);
    }

    @Test
    void anOpenMenuStaysOpenWhileTheTableChanges() {
        Page page = browser.signIn(server);
        Look.button(page, "More actions for taken").click();
        Locator entry = page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Delete cluster link"));
        assertThat(entry).isVisible();
        pending("zurich", "made meanwhile");
        assertThat(Look.row(page, "zurich")).isVisible();
        assertThat(entry).isVisible();
        page.keyboard().press("Escape");
        assertThat(entry).isHidden();
        server.unix().delete("/1.0/cluster/links/zurich");
    }

    @Test
    void anOpenMenuGoesAlongWithItsRowUntilThatIsGone() {
        pending("mover-a", "");
        pending("mover-b", "");
        pending("mover-c", "");
        Page page = browser.open(server, "cluster/links?query=mover");
        Locator menu = page.getByRole(AriaRole.MENU);
        Locator entry = page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Delete cluster link"));
        Look.button(page, "More actions for mover-a").click();
        assertThat(entry).isVisible();
        double before = menu.boundingBox().y;
        server.unix().post("/1.0/cluster/links/mover-a", Map.of("name", "mover-z"));
        assertThat(Look.row(page, "mover-z")).isVisible();
        page.waitForCondition(() -> menu.boundingBox().y > before);
        browser.keep(page, "menu-moved");
        page.keyboard().press("Escape");
        assertThat(entry).isHidden();
        assertThat(Look.button(page, "More actions for mover-z")).isFocused();

        page.keyboard().press("Enter");
        server.unix().post("/1.0/cluster/links/mover-z", Map.of("name", "mover-0"));
        assertThat(Look.row(page, "mover-0")).isVisible();
        entry.click();
        Locator question = Look.dialog(page, "Delete cluster link mover-0?");
        assertThat(question).containsText("Cluster link mover-0 is deleted,");
        Look.button(question, "Cancel").click();
        Look.button(page, "More actions for mover-0").click();
        assertThat(entry).isVisible();
        server.unix().delete("/1.0/cluster/links/mover-0");
        assertThat(entry).isHidden();
        assertThat(Look.row(page, "mover-b")).isVisible();
        List.of("mover-b", "mover-c").forEach(name -> server.unix().delete("/1.0/cluster/links/" + name));
    }

    @Test
    void aLostTokenIsReplaced() {
        pending("lost-token", "");
        Page page = browser.signIn(server);
        Look.button(page, "More actions for lost-token").click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Issue new token"))
                .click();
        Look.button(page.getByRole(AriaRole.ALERTDIALOG), "Issue new token").click();
        Locator dialog = Look.dialog(page, "New token for cluster link lost-token");
        Look.button(dialog, "Copy token").click();
        assertThat(Look.button(dialog, "Done")).isFocused();
        assertThat(TrustTokenText.decode(browser.copied(page)).clientName()).isEqualTo("lost-token");
        server.unix().post("/1.0/cluster/links/lost-token", Map.of("name", "found-token"));
        assertThat(dialog).containsText("renamed what this is for to found-token. The token works as before.");
        server.unix().delete("/1.0/linkspan/cluster-links/found-token/token");
        assertThat(dialog).containsText("revoked this token. It works no longer");
        server.unix().delete("/1.0/cluster/links/found-token");
        assertThat(dialog).containsText("deleted what this is for. It works no longer");
    }

    @Test
    void longNamesAreCutAndWhatTheyAreIsInTheTitle() {
        String name = "customer-".repeat(30) + "end";
        pending(name, "d".repeat(500));
        Page page = browser.signIn(server);
        assertThat(page.getByTitle(name).first()).isVisible();
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                .isTrue();
        browser.keep(page, "long-name");
        server.unix().delete("/1.0/cluster/links/" + name);
    }

    @Test
    void darkIsRemembered() {
        try (ConsoleBrowser other = ConsoleBrowser.wide("dark")) {
            Page page = other.signIn(server);
            Look.button(page, "Theme: follows the system").click();
            Look.button(page, "Theme: light").click();
            assertThat(Look.button(page, "Theme: dark")).isVisible();
            page.reload();
            assertThat(Look.button(page, "Theme: dark")).isVisible();
            assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                    .isEqualTo("rgb(15, 20, 22)");
            other.keep(page, "links");
        }
    }

    @Test
    void onASmallScreenEverythingIsThere() {
        try (ConsoleBrowser phone = ConsoleBrowser.narrow("links-page-narrow")) {
            Page page = phone.signIn(server);
            assertThat(Look.row(page, "taken")).isVisible();
            assertThat(page.getByRole(AriaRole.COLUMNHEADER)).hasCount(3);
            Locator evidence = page.locator("vaadin-grid .ls-status .ls-under")
                    .filter(new Locator.FilterOptions().setHasText("left"))
                    .first();
            assertThat((Boolean) evidence.evaluate(
                            "line => line.scrollWidth <= line.clientWidth && line.scrollHeight <= line.clientHeight"))
                    .as("all of the evidence is there")
                    .isTrue();
            assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                    .isTrue();
            phone.keep(page, "links");
            Look.button(page, "More actions for taken").click();
            page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Select"))
                    .click();
            assertThat(Look.button(page, "Change groups"))
                    .isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(1));
            Look.button(page, "Clear").click();
            Look.button(page, "Menu").click();
            assertThat(page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("main navigation")))
                    .containsText("Auth groups");
            phone.keep(page, "menu");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Auth groups"))
                    .click();
            assertThat(Look.heading(page, "Auth groups")).isVisible();
            assertThat(Look.button(page, "close navigation")).isHidden();
            phone.keep(page, "groups");
        }
    }

    private Locator openPanel(Page page) {
        Look.button(page, "Create cluster link").click();
        Locator panel = Look.panel(page);
        assertThat(panel.getByLabel("Cluster link name")).isFocused();
        return panel;
    }

    private static void judge(Locator panel, String token, String verdict) {
        Look.textbox(panel, "Token").fill(token);
        assertThat(panel.getByRole(AriaRole.STATUS)).containsText(verdict);
    }

    /** The token of a link that the API has made. */
    private static String pending(String name, String description) {
        Map<String, Object> link = Map.of(
                "type", "bidirectional", "name", name, "description", description, "auth_groups", List.of("admins"));
        return TrustTokenText.of(server.unix().post("/1.0/cluster/links", link).metadata())
                .encode();
    }

    private static List<String> names() {
        return server.unix()
                .get("/1.0/cluster/links?recursion=1")
                .metadata()
                .valueStream()
                .map(link -> link.path("name").asString())
                .toList();
    }

    private static String url(String query) {
        return "https://" + server.address() + "/ui/cluster/server" + query;
    }
}
