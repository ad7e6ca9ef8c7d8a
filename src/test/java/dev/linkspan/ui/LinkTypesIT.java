package dev.linkspan.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.ScriptedPeer;
import dev.linkspan.testing.TestCertificate;
import dev.linkspan.testing.TestCertificates;
import dev.linkspan.testing.TrustTokenText;
import java.time.Instant;
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

/** Links of each type between two servers, made and changed through their consoles, and the pages of a server itself. */
@ExtendWith(SharedConsole.class)
@ResourceLock("browser")
class LinkTypesIT {
    private static LinkspanProcess berlin;
    private static LinkspanProcess madrid;
    private static ConsoleBrowser browser;

    @BeforeAll
    static void start() {
        berlin = LinkspanProcess.start("berlin");
        madrid = LinkspanProcess.start("madrid");
        browser = ConsoleBrowser.wide("link-types");
    }

    @AfterEach
    void forgetEverything() {
        browser.closePages();
        for (LinkspanProcess server : List.of(berlin, madrid)) {
            names(server).forEach(name -> delete(server, name));
            server.unix()
                    .get("/1.0/auth/identities/tls?recursion=1")
                    .metadata()
                    .valueStream()
                    .filter(identity -> identity.path("type").asString().startsWith("Cluster link"))
                    .forEach(identity -> server.unix()
                            .delete("/1.0/auth/identities/tls/"
                                    + identity.path("id").asString()));
        }
    }

    @AfterAll
    static void stop() {
        browser.close();
        berlin.close();
        madrid.close();
    }

    @Test
    void beforeATokenIsMadeTheAddressesInItAreTried() {
        Page page = browser.signIn(berlin);
        Locator panel = openPanel(page);
        assertThat(panel).containsText(berlin.address());
        assertThat(panel).containsText("loopback: only this machine itself gets there");
        assertThat(panel).containsText("core.https_address");
        browser.keep(page, "bidirectional");
        Look.radio(panel, "I have a token").check();
        assertThat(panel).containsText("lxc cluster link create berlin --auth-group GROUP");
        assertThat(panel.getByText("loopback: only this machine itself gets there"))
                .isHidden();
        browser.keep(page, "bidirectional-token");
    }

    @Test
    void aLinkOneWayIsMadeWithTheTokenOfAnIdentityThere() {
        Page there = browser.open(madrid, "permissions/identities?panel=create-identity");
        Locator panel = Look.panel(there);
        panel.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Cluster link certificate"))
                .click();
        panel.getByLabel("Name").fill("berlin");
        Look.button(panel, "Create identity").click();
        Locator dialog = Look.dialog(there, "Identity berlin created");
        Look.button(dialog, "Copy token").click();
        Look.button(dialog, "Done").click();

        Page here = browser.signIn(berlin);
        Locator create = openPanel(here);
        Look.radio(create, "Unidirectional").check();
        assertThat(create).containsText("Permissions › Identities › Create identity");
        assertThat(create).containsText("lxc auth identity create cluster-link/berlin --group GROUP");
        assertThat(Look.checkbox(create, "admins")).isHidden();
        browser.keep(here, "unidirectional");
        Look.button(create, "Create link").click();
        assertThat(create).containsText("Token is required");
        assertThat(Look.textbox(create, "Token")).isFocused();
        browser.clipboard(here);
        here.keyboard().press("Control+V");
        assertThat(create).containsText("Valid token, issued for berlin");
        create.getByLabel("Cluster link name").fill("madrid");
        create.getByLabel("Description").fill("Only we call them");
        browser.keep(here, "unidirectional-token");
        Look.button(create, "Create link").click();
        assertThat(Look.toast(here)).containsText("Cluster link madrid created.");
        assertThat(Look.row(here, "madrid")).hasAccessibleName(Look.text("Unidirectional"));
        assertThat(Look.row(here, "madrid")).hasAccessibleName(Look.text("Active"));
        browser.keep(here, "unidirectional-active");
    }

    @Test
    void aTokenThatWasMadeForTheOtherTypeIsUsedForThatInstead() {
        String token = token("unidirectional", "berlin");
        Page page = browser.signIn(berlin);
        Locator panel = openPanel(page);
        Look.radio(panel, "I have a token").check();
        Look.textbox(panel, "Token").fill(token);
        panel.getByLabel("Cluster link name").fill("madrid");
        assertThat(panel).containsText("Valid token");
        Look.button(panel, "Create link").click();
        Locator problem = panel.getByRole(AriaRole.ALERT);
        assertThat(problem).containsText("This token was made for a unidirectional link");
        assertThat(problem).containsText("\": Failed loading cluster link: Cluster link not found");
        browser.keep(page, "other-type");
        Look.button(problem, "Choose Unidirectional").click();
        assertThat(problem).hasCount(0);
        assertThat(Look.radio(panel, "Unidirectional")).isChecked();
        assertThat(Look.textbox(panel, "Token")).hasValue(token);
        assertThat(Look.button(panel, "Create link")).isFocused();
        page.keyboard().press("Enter");
        assertThat(Look.toast(page)).containsText("Cluster link madrid created.");
        assertThat(Look.row(page, "madrid")).hasAccessibleName(Look.text("Unidirectional"));

        forgetEverything();
        token = token("bidirectional", "berlin");
        page = browser.signIn(berlin);
        panel = openPanel(page);
        Look.radio(panel, "Unidirectional").check();
        Look.textbox(panel, "Token").fill(token);
        panel.getByLabel("Cluster link name").fill("madrid");
        assertThat(panel).containsText("Valid token");
        Look.button(panel, "Create link").click();
        problem = panel.getByRole(AriaRole.ALERT);
        assertThat(problem).containsText("or it was made for a bidirectional link");
        browser.keep(page, "other-type-perhaps");
        Look.button(problem, "Choose Bidirectional").click();
        assertThat(Look.radio(panel, "Bidirectional")).isChecked();
        assertThat(Look.radio(panel, "I have a token")).isChecked();
        assertThat(Look.textbox(panel, "Token")).hasValue(token);
        Look.button(panel, "Create link").click();
        assertThat(Look.toast(page)).containsText("Cluster link madrid created.");
        assertThat(Look.row(page, "madrid")).hasAccessibleName(Look.text("Bidirectional"));
    }

    /** A token that the other one makes. */
    private static String token(String type, String name) {
        return TrustTokenText.of(madrid.unix()
                        .post("/1.0/cluster/links", Map.of("type", type, "name", name))
                        .metadata())
                .encode();
    }

    @Test
    void aPublicLinkIsPinnedAfterAPersonHasComparedTheCertificate() {
        Page page = browser.signIn(berlin);
        Locator panel = openPanel(page);
        Look.radio(panel, "Public").check();
        Locator address = panel.getByLabel("Remote address");
        assertThat(Look.radio(panel, "Public")).isFocused();
        address.fill("300.1.2.3");
        address.press("Tab");
        assertThat(panel).containsText("Enter a valid IP address or hostname, optionally with a port");
        address.fill("https://" + madrid.address() + "/ui/");
        address.press("Tab");
        assertThat(address).hasValue(madrid.address());
        panel.getByLabel("Cluster link name").fill("images");
        panel.getByLabel("Description").fill("Public images");
        browser.keep(page, "public");
        Look.button(panel, "Fetch certificate").click();
        assertThat(panel.getByText("Verify certificate")).isVisible();
        String shown = panel.locator(".ls-fingerprint").innerText().replaceAll("\\s", "");
        assertThat(shown).isEqualTo(fingerprint(madrid));
        Locator create = Look.button(panel, "Create link");
        assertThat(create).isDisabled();
        assertThat(create).hasAttribute("title", "Confirm the certificate fingerprint before creating the link");
        assertThat(names(berlin)).containsExactly("images");
        browser.keep(page, "public-verify");
        assertThat(
                        (Boolean)
                                page.locator("vaadin-grid .ls-status .ls-under")
                                        .first()
                                        .evaluate(
                                                "line => line.scrollWidth <= line.clientWidth && line.scrollHeight <= line.clientHeight"))
                .isTrue();
        assertThat(page).hasURL(Pattern.compile(".*\\?panel=confirm-cluster-link&link=images$"));
        assertThat(page.getByRole(AriaRole.COLUMNHEADER, new Page.GetByRoleOptions().setName("Status")))
                .isVisible();
        assertThat(page.getByRole(AriaRole.COLUMNHEADER, new Page.GetByRoleOptions().setName("Auth groups")))
                .hasCount(0);
        assertThat(Look.checkbox(ConsoleBrowser.main(page), "Select images")).hasCount(0);

        page.keyboard().press("Escape");
        assertThat(page).hasURL(Pattern.compile(".*\\?panel=create-cluster-link$"));
        assertThat(address).hasValue(madrid.address());
        assertThat(panel.getByLabel("Description")).hasValue("Public images");
        noneRemains();

        Look.button(panel, "Fetch certificate").click();
        Look.checkbox(panel, "I confirm this certificate fingerprint is correct")
                .check();
        create.click();
        assertThat(Look.toast(page)).containsText("Cluster link images created.");
        assertThat(panel).hasCount(0);
        assertThat(Look.row(page, "images")).hasAccessibleName(Look.text("Public"));
        browser.keep(page, "public-made");

        openPanel(page);
        Look.radio(panel, "Public").check();
        address.fill(madrid.address());
        panel.getByLabel("Cluster link name").fill("again");
        Look.button(panel, "Fetch certificate").click();
        assertThat(panel.getByRole(AriaRole.ALERT))
                .containsText("The cluster at that address is linked already, as images.");
        assertThat(names(berlin)).containsExactly("images");
        Look.radio(panel, "Unidirectional").check();
        Look.textbox(panel, "Token").fill(token("unidirectional", "berlin-too"));
        assertThat(panel).containsText("The cluster that made this token is linked already, as images.");
        browser.keep(page, "linked-already");
    }

    @Test
    void aClusterThatHasAnIdentityHereIsSaidToHaveIt() {
        String certificate = madrid.unix()
                .get("/1.0")
                .metadata()
                .path("environment")
                .path("certificate")
                .asString();
        berlin.unix().post("/1.0/auth/identities/tls", Map.of("name", "madrid-calls", "certificate", certificate));
        Page page = browser.signIn(berlin);
        Locator panel = openPanel(page);
        Look.radio(panel, "Public").check();
        panel.getByLabel("Remote address").fill(madrid.address());
        panel.getByLabel("Cluster link name").fill("known");
        Look.button(panel, "Fetch certificate").click();
        assertThat(panel.getByRole(AriaRole.ALERT))
                .containsText("The cluster at that address has the identity madrid-calls here");
        assertThat(panel.getByLabel("Cluster link name")).hasValue("known");
        assertThat(names(berlin)).isEmpty();
        browser.keep(page, "known-by-identity");
        berlin.unix().delete("/1.0/auth/identities/tls/madrid-calls");
    }

    @Test
    void whoeverGoesAwayWithoutConfirmingLeavesNothing() {
        Page page = browser.signIn(berlin);
        fetch(page, openPanel(page), "looked-at");
        Look.button(Look.panel(page), "Close").click();
        noneRemains();
        assertThat(Look.heading(page, "No cluster links yet")).isVisible();

        fetch(page, openPanel(page), "left");
        Page other = browser.signIn(berlin);
        assertThat(Look.row(other, "left")).isVisible();
        page.close(new Page.CloseOptions().setRunBeforeUnload(false));
        assertThat(Look.heading(other, "No cluster links yet")).isVisible();
        noneRemains();
    }

    @Test
    void aPublicLinkThatSomebodyLeftIsVerifiedLater() {
        berlin.unix()
                .post(
                        "/1.0/cluster/links",
                        Map.of("type", "public", "name", "images", "remote_address", madrid.address()));
        Page page = browser.signIn(berlin);
        Look.button(page, "More actions for images").click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Verify certificate"))
                .click();
        Locator panel = Look.panel(page);
        Look.checkbox(panel, "I confirm this certificate fingerprint is correct")
                .check();
        browser.keep(page, "public-later");
        Look.button(panel, "Create link").click();
        assertThat(Look.toast(page)).containsText("Cluster link images created.");
        assertThat(Look.row(page, "images")).not().hasAccessibleName(Look.text("Pending"));
    }

    @Test
    void whatNobodyAnswersForStandsInThePanelAndTheInputStays() {
        Page page = browser.signIn(berlin);
        Locator panel = openPanel(page);
        Look.radio(panel, "Public").check();
        panel.getByLabel("Remote address").fill(berlin.address());
        panel.getByLabel("Cluster link name").fill("myself");
        Look.button(panel, "Fetch certificate").click();
        assertThat(panel.getByRole(AriaRole.ALERT)).containsText("Fetching certificate failed");
        assertThat(panel.getByLabel("Remote address")).hasValue(berlin.address());
        noneRemains();
        page.keyboard().press("Escape");
        Look.button(page.getByRole(AriaRole.ALERTDIALOG), "Discard input").click();
        assertThat(panel).hasCount(0);
    }

    @Test
    void aLinkIsChangedAndWhatOthersChangeMeanwhileIsSaid() {
        berlin.unix()
                .post(
                        "/1.0/cluster/links",
                        Map.of(
                                "type",
                                "bidirectional",
                                "name",
                                "madrid",
                                "description",
                                "before",
                                "config",
                                Map.of("user.rack", "4"),
                                "auth_groups",
                                List.of("admins")));
        Page page = browser.open(berlin, "cluster/server?panel=edit-cluster-link&link=madrid");
        Locator panel = Look.panel(page);
        assertThat(panel).containsText("Edit cluster link madrid");
        assertThat(panel.getByLabel("Description")).isFocused();
        assertThat(Look.button(panel, "Save changes")).isDisabled();
        panel.getByLabel("Description").fill("after");
        Look.checkbox(panel, "admins").click();
        assertThat(panel.getByRole(AriaRole.TABLE)).containsText("− admins");
        Look.button(panel, "Undo").click();
        assertThat(panel.getByRole(AriaRole.TABLE)).hasCount(0);
        Look.checkbox(panel, "admins").click();
        Look.button(panel, "Add key").click();
        assertThat(Look.textbox(panel, "Key")).hasCount(2);
        Look.textbox(panel, "Key").last().fill("owner");
        Look.textbox(panel, "Value").last().fill("noc");
        browser.keep(page, "edit");
        assertThat(Look.button(panel, "Save 3 changes")).isEnabled();

        berlin.unix().patch("/1.0/cluster/links/madrid", Map.of("description", "by a colleague"));
        assertThat(panel).containsText("changed the description to “by a colleague” just now.");
        assertThat(panel.getByLabel("Description")).hasValue("after");
        browser.keep(page, "edit-meanwhile");

        panel.getByLabel("Cluster link name").fill("madrid-2");
        assertThat(Look.button(panel, "Save 4 changes")).isEnabled();
        Look.textbox(panel, "Value").last().press("Enter");
        assertThat(Look.toast(page)).containsText("Cluster link madrid-2 saved.");
        assertThat(panel).hasCount(0);
        var saved = berlin.unix().get("/1.0/cluster/links/madrid-2").metadata();
        assertThat(saved.path("description").asString()).isEqualTo("after");
        assertThat(saved.path("config").path("user.rack").asString()).isEqualTo("4");
        assertThat(saved.path("config").path("user.owner").asString()).isEqualTo("noc");
        assertThat(berlin.unix()
                        .get("/1.0/auth/identities/tls/madrid-2")
                        .metadata()
                        .path("groups"))
                .isEmpty();
    }

    @Test
    void theCertificateIsChangedStepByStep() {
        link();
        Page page = browser.signIn(berlin);
        page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Overview"))
                .click();
        assertThat(page).hasURL("https://" + berlin.address() + "/ui/cluster/server/overview");
        assertThat(ConsoleBrowser.main(page)).containsText(berlin.address());
        browser.keep(page, "overview");
        page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Certificate"))
                .click();
        String before = fingerprint(berlin);
        assertThat(ConsoleBrowser.main(page)).containsText(before.substring(0, 4) + " " + before.substring(4, 8));
        browser.keep(page, "certificate");
        Look.button(page, "Prepare next certificate").click();
        Locator result = Look.row(page, "madrid");
        assertThat(result).isVisible();
        browser.keep(page, "certificate-prepared");
        Locator tell = Look.button(page, "Tell the peers now");
        Locator nothingBreaks = ConsoleBrowser.main(page).getByText("No link would break.");
        assertThat(tell.or(nothingBreaks).first()).isVisible();
        // A Linkspan reads it by itself, for which one waits.
        assertThat(primary(page, "Ask the peers again").or(nothingBreaks).first())
                .isVisible();
        // Madrid may have read the next certificate by itself, at its last probe; then there is nobody to tell.
        if (nothingBreaks.count() == 0) {
            tell.click();
            Look.button(page.getByRole(AriaRole.ALERTDIALOG), "Tell the peers now")
                    .click();
        }
        assertThat(nothingBreaks).isVisible();
        browser.keep(page, "certificate-told");
        Look.button(page, "Put in force").click();
        Look.button(page.getByRole(AriaRole.ALERTDIALOG), "Put in force").click();
        assertThat(ConsoleBrowser.main(page)).containsText("The new certificate is in force.");
        String after = fingerprint(berlin);
        assertThat(after).isNotEqualTo(before);
        assertThat(ConsoleBrowser.main(page)).containsText(after.substring(0, 4) + " " + after.substring(4, 8));
        browser.keep(page, "certificate-in-force");
        assertThat(berlin.unix()
                        .get("/1.0/cluster/links/madrid/state")
                        .metadata()
                        .toString())
                .contains("Active");
    }

    @Test
    void resultsOfSeveralLinksAllStandOnTheCertificatePage() {
        for (int i = 1; i <= 5; i++) {
            try (ScriptedPeer peer = ScriptedPeer.start("down-" + i)) {
                String token = peer.issueToken("berlin").encode();
                berlin.unix()
                        .post(
                                "/1.0/cluster/links",
                                Map.of("type", "bidirectional", "name", "down-" + i, "trust_token", token));
            }
        }
        try {
            Page page = browser.open(berlin, "cluster/server/certificate");
            Look.button(page, "Prepare next certificate").click();
            Locator table = page.getByRole(AriaRole.TREEGRID)
                    .or(page.getByRole(AriaRole.GRID))
                    .first();
            assertThat(Look.row(page, "down-5")).isVisible();
            assertThat(ConsoleBrowser.main(page)).containsText("5 of 5 links would break");
            assertThat((Boolean) table.evaluate("table => table.scrollHeight <= table.clientHeight + 1"))
                    .isTrue();
            for (int i = 1; i <= 5; i++) {
                assertThat(Look.row(page, "down-" + i)).hasAccessibleName(Look.text("connection refused"));
            }
            browser.keepEverywhere(page, "certificate-several");
            Look.row(page, "down-5").scrollIntoViewIfNeeded();
            assertThat(Look.row(page, "down-5")).isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(1));
        } finally {
            berlin.unix().delete("/1.0/linkspan/certificates/rotation");
        }
    }

    @Test
    void theCertificatePageSaysWhatIsToBeDoneNext() {
        ScriptedPeer peer = ScriptedPeer.start("lxd");
        try (peer) {
            berlin.unix()
                    .post(
                            "/1.0/cluster/links",
                            Map.of(
                                    "type",
                                    "bidirectional",
                                    "name",
                                    "lxd",
                                    "trust_token",
                                    peer.issueToken("berlin").encode()));
            Page page = browser.open(berlin, "cluster/server/certificate");
            Locator main = ConsoleBrowser.main(page);
            Look.button(page, "Prepare next certificate").click();
            assertThat(primary(page, "Tell the peers now")).isFocused();
            assertThat(main).containsText("1 peer does not read it by itself: tell it first.");
            assertThat(main.getByText("trust token")).isHidden();
            berlin.unix().post("/1.0/cluster/links", Map.of("type", "bidirectional", "name", "waits-1"));
            assertThat(main)
                    .containsText("1 trust token that is out expires when the next certificate is put in force");
            berlin.unix().post("/1.0/cluster/links", Map.of("type", "bidirectional", "name", "waits-2"));
            assertThat(main)
                    .containsText("2 trust tokens that are out expire when the next certificate is put in force");
            browser.keepEverywhere(page, "certificate-tokens");
            List.of("waits-1", "waits-2").forEach(name -> delete(berlin, name));
            assertThat(main.getByText("trust tokens")).isHidden();

            berlin.unix().post("/1.0/cluster/links", Map.of("type", "bidirectional", "name", "waits-3"));
            assertThat(main).containsText("1 trust token that is out");
            peer.close();
            Look.button(page, "Ask the peers again").click();
            assertThat(Look.row(page, "lxd")).hasAccessibleName(Look.text("Unreachable"));
            assertThat(primary(page, "Ask the peers again")).isVisible();
            Look.button(page, "Put in force").click();
            Look.button(page, "Put in force and break 1 link").click();
            assertThat(main).containsText("One link has not learned of it. It is told until");
            assertThat(main).containsText("as soon as it answers.");
            Locator waiting = ConsoleBrowser.main(browser.open(berlin, "cluster/links/waits-3"));
            assertThat(waiting).containsText("This cluster’s certificate changed before the token was used.");
            assertThat(waiting).containsText("this cluster’s certificate changed, and the token names the one before");
            assertThat(Look.button(waiting, "Issue new token")).isVisible();
            assertThat(Look.button(waiting, "Revoke token")).isHidden();
            delete(berlin, "waits-3");
        } finally {
            berlin.unix().delete("/1.0/linkspan/certificates/rotation");
        }
    }

    private static Locator primary(Page page, String name) {
        return Look.button(page, name).and(page.locator("[theme~=primary]"));
    }

    @Test
    void whatOneMayDoOnThePagesOfTheServerFollowsOnesRights() {
        TestCertificate trainee = TestCertificates.client("trainee");
        berlin.unix().post("/1.0/auth/groups", Map.of("name", "trainees"));
        berlin.unix()
                .post(
                        "/1.0/auth/identities/tls",
                        Map.of("name", "trainee", "certificate", trainee.pem(), "groups", List.of("trainees")));
        try (ConsoleBrowser theirs = ConsoleBrowser.wideWith("link-types-rights", trainee, berlin)) {
            Page page = theirs.newPage();
            page.navigate("https://" + berlin.address() + "/ui/cluster/server/clustering");
            Look.button(page, "Sign in as trainee").click();
            Locator enable = Look.button(page, "Enable clustering");
            assertThat(enable).isDisabled();
            allow("can_edit");
            assertThat(enable).isEnabled();
            assertThat(page.getByLabel("Name of this member")).isEditable();
            page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Certificate"))
                    .click();
            Locator prepare = Look.button(page, "Prepare next certificate");
            assertThat(prepare).isEnabled();
            prepare.click();
            assertThat(Look.button(page, "Put in force")).isVisible();
            allow();
            assertThat(prepare).isDisabled();
            assertThat(Look.button(page, "Put in force")).isHidden();
            allow("can_edit");
            assertThat(Look.button(page, "Put in force")).isEnabled();
        } finally {
            berlin.unix().delete("/1.0/linkspan/certificates/rotation");
            berlin.unix().delete("/1.0/auth/identities/tls/trainee");
            berlin.unix().delete("/1.0/auth/groups/trainees");
        }
    }

    private static void allow(String... entitlements) {
        List<Map<String, String>> permissions = Stream.of(entitlements)
                .map(entitlement -> Map.of("entity_type", "server", "url", "/1.0", "entitlement", entitlement))
                .toList();
        berlin.unix().put("/1.0/auth/groups/trainees", Map.of("permissions", permissions));
    }

    @Test
    void aServerBecomesAClusterAndOneAgain() {
        Page page = browser.signIn(madrid);
        page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Clustering"))
                .click();
        Locator name = page.getByLabel("Name of this member");
        assertThat(name).hasValue("madrid");
        name.fill("a/b");
        Look.button(page, "Enable clustering").click();
        assertThat(name).hasAccessibleDescription(Look.text("Name of this member must not contain a slash"));
        browser.keep(page, "clustering-refused");
        name.fill("madrid-1");
        Look.button(page, "Enable clustering").click();
        assertThat(Look.toast(page)).containsText("Clustering enabled. This server is member madrid-1.");
        assertThat(Look.row(page, "madrid-1")).hasAccessibleName(Look.text("this member"));
        assertThat(Look.row(page, "madrid-1")).hasAccessibleName(Look.text("Online last heartbeat"));
        Locator navigation =
                page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("main navigation"));
        assertThat(navigation).not().containsText("Server");
        browser.keep(page, "members");
        navigation
                .getByRole(
                        AriaRole.LINK,
                        new Locator.GetByRoleOptions().setName("Links").setExact(true))
                .click();
        assertThat(Look.heading(page, "Cluster links")).isVisible();
        assertThat(page).hasURL("https://" + madrid.address() + "/ui/cluster/links");
        browser.keep(page, "links-of-a-cluster");
        page.navigate("https://" + madrid.address() + "/ui/cluster/server/clustering");
        assertThat(page).hasURL("https://" + madrid.address() + "/ui/cluster/members/clustering");
        browser.keep(page, "clustering-of-a-cluster");
        Look.button(page, "Disable clustering").click();
        Look.button(page.getByRole(AriaRole.ALERTDIALOG), "Disable clustering").click();
        assertThat(navigation).containsText("Server");
        assertThat(Look.toast(page)).containsText("Clustering disabled.");
    }

    @Test
    void onASmallScreenAndInTheDarkEverythingIsThere() {
        try (ConsoleBrowser phone = ConsoleBrowser.narrow("link-types-narrow")) {
            Page page = phone.signIn(berlin);
            Look.button(page, "Menu").click();
            Look.button(page, "Theme: follows the system").click();
            Look.button(page, "Theme: light").click();
            Look.button(page, "close navigation").click();
            Locator panel = openPanel(page);
            assertThat(panel).containsText("loopback");
            phone.keep(page, "create");
            fetch(page, panel, "phone");
            phone.keep(page, "verify");
            page.keyboard().press("Escape");
            for (String tab : List.of("overview", "certificate", "clustering")) {
                page.navigate("https://" + berlin.address() + "/ui/cluster/server/" + tab);
                assertThat(page.getByRole(AriaRole.TABLIST)).isVisible();
                assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                        .as(tab)
                        .isTrue();
                phone.keep(page, tab);
            }
        }
    }

    /** Who was asked to verify a public link that somebody else then verified is told so once before it goes. */
    private static void delete(LinkspanProcess server, String name) {
        if (server.unix().delete("/1.0/cluster/links/" + name).status() >= 400) {
            server.unix().delete("/1.0/cluster/links/" + name);
        }
    }

    private static Locator openPanel(Page page) {
        Look.button(page, "Create cluster link").click();
        Locator panel = Look.panel(page);
        assertThat(panel.getByLabel("Cluster link name")).isFocused();
        return panel;
    }

    private static void fetch(Page page, Locator panel, String name) {
        Look.radio(panel, "Public").check();
        panel.getByLabel("Remote address").fill(madrid.address());
        panel.getByLabel("Cluster link name").fill(name);
        Look.button(panel, "Fetch certificate").click();
        assertThat(panel.locator(".ls-fingerprint")).isVisible();
        assertThat(names(berlin)).containsExactly(name);
    }

    /** A bidirectional link between the two, made by the API. */
    private static void link() {
        String token = token("bidirectional", "berlin");
        berlin.unix()
                .post("/1.0/cluster/links", Map.of("type", "bidirectional", "name", "madrid", "trust_token", token));
    }

    private static String fingerprint(LinkspanProcess server) {
        return server.unix()
                .get("/1.0")
                .metadata()
                .path("environment")
                .path("certificate_fingerprint")
                .asString();
    }

    /** What is deleted in the background is gone soon. */
    private static void noneRemains() {
        Instant end = Instant.now().plusSeconds(20);
        while (!names(berlin).isEmpty() && Instant.now().isBefore(end)) {
            Thread.onSpinWait();
        }
        assertThat(names(berlin)).isEmpty();
    }

    private static List<String> names(LinkspanProcess server) {
        return server.unix()
                .get("/1.0/cluster/links?recursion=1")
                .metadata()
                .valueStream()
                .map(link -> link.path("name").asString())
                .toList();
    }
}
