package dev.linkspan.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.ScriptedPeer;
import dev.linkspan.testing.SharedDatabase;
import dev.linkspan.testing.TestCertificates;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Open pages while others work on another member of the cluster, and while the server is killed and started again. */
@ExtendWith(SharedConsole.class)
@ResourceLock("browser")
class LiveIT {
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    /** What a page looks for by itself it looks for each 30 s: what is here within this time was told. */
    private static final double TOLD_IN_MILLISECONDS = 5_000;

    private static SharedDatabase database;
    private static LinkspanProcess theirs;
    private static LinkspanProcess ours;
    private static ConsoleBrowser browser;

    @BeforeAll
    static void start() {
        database = SharedDatabase.start("live");
        theirs = setup("theirs").start();
        assertThat(theirs.unix()
                        .put("/1.0/cluster", Map.of("server_name", "theirs", "enabled", true))
                        .status())
                .isEqualTo(202);
        ours = setup("ours").start();
        browser = ConsoleBrowser.wide("live");
    }

    private static LinkspanProcess.Setup setup(String name) {
        return LinkspanProcess.named(name)
                .environment("LINKSPAN_DATABASE_URL", database.url())
                .environment("LINKSPAN_KEY", KEY);
    }

    @AfterEach
    void closePages() {
        browser.closePages();
    }

    @AfterAll
    static void stop() {
        browser.close();
        ours.close();
        theirs.close();
        database.close();
    }

    @Test
    void whatAColleagueDoesAtAnotherMemberAppearsOnEveryPage() {
        Page page = browser.open(ours, "permissions/groups");
        Locator main = ConsoleBrowser.main(page);

        they("POST", "/1.0/auth/groups", Map.of("name", "pilots"));
        soon(Look.row(page, "pilots"));
        open(page, "permissions/group?name=pilots");
        they("PATCH", "/1.0/auth/groups/pilots", Map.of("description", "of the harbour"));
        soon(main.getByText("of the harbour"));

        open(page, "permissions/idp-groups");
        they("POST", "/1.0/auth/identity-provider-groups", Map.of("name", "team", "groups", List.of()));
        soon(Look.row(page, "team"));
        they("PUT", "/1.0/auth/identity-provider-groups/team", Map.of("groups", List.of("pilots")));
        soon(main.getByText("pilots").first());

        open(page, "permissions/identities");
        they("POST", "/1.0/auth/identities/bearer", Map.of("type", "Client token bearer", "name", "anna"));
        soon(Look.row(page, "anna"));
        they(
                "POST",
                "/1.0/certificates",
                Map.of(
                        "name",
                        "carla",
                        "type",
                        "client",
                        "certificate",
                        TestCertificates.client("carla").pem().replaceAll("-----[A-Z ]+-----|\\s", "")));
        soon(Look.row(page, "carla"));
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("anna"))
                .click();
        they("PATCH", "/1.0/auth/identities/bearer/anna", Map.of("groups", List.of("pilots")));
        soon(Look.panel(page).getByText("added group pilots"));
        browser.keep(page, "identity");

        open(page, "cluster/links");
        they("POST", "/1.0/cluster/links", Map.of("type", "bidirectional", "name", "madrid"));
        soon(Look.row(page, "madrid"));
        open(page, "cluster/links/madrid");
        they("PATCH", "/1.0/cluster/links/madrid", Map.of("description", "beyond the sea"));
        soon(main.getByText("beyond the sea").first());
    }

    @Test
    void aPageComesBackWhereItWasWhenItsServerWasKilledAndStartedAgain() {
        String address = "permissions/groups?query=harb&panel=create-groups";
        Page page = browser.open(ours, address);
        Locator panel = Look.panel(page);
        Locator state = page.locator("linkspan-connection");
        assertThat(state).containsText("Live");
        Look.textbox(panel, "Name").pressSequentially("crane-drivers");
        Look.textbox(panel, "Description").pressSequentially("not saved yet");

        ours.kill9();
        assertThat(state.getByText("Connection lost, trying again")).isVisible();
        browser.keep(page, "lost");
        they("POST", "/1.0/auth/groups", Map.of("name", "harbour-masters"));
        ours.start();

        assertThat(Look.row(page, "harbour-masters")).isVisible();
        assertThat(page).hasURL("https://" + ours.address() + "/ui/" + address);
        assertThat(Look.textbox(panel, "Name")).hasValue("crane-drivers");
        assertThat(Look.textbox(panel, "Description")).hasValue("not saved yet");
        assertThat(Look.toast(page)).containsText("What you had entered is still here, not saved.");
        assertThat(state.getByText("Live")).isVisible();
        browser.keep(page, "back");
        page.keyboard().press("Escape");
        Locator question = page.getByRole(AriaRole.ALERTDIALOG);
        assertThat(question).containsText("What you entered will be lost.");
        Look.button(question, "Keep editing").click();
        assertThat(question).hasCount(0);
        Look.button(panel, "Create auth group").click();
        assertThat(Look.heading(page, "crane-drivers")).isVisible();
        assertThat(ConsoleBrowser.main(page)).containsText("not saved yet");
    }

    @Test
    void aServerThatStandsStillIsSaidNotToAnswer() {
        Page page = browser.open(ours, "permissions/groups?panel=create-groups");
        Locator panel = Look.panel(page);
        Look.textbox(panel, "Name").fill("stand-still");
        Inspection.waitUntilQuiet(page);
        ours.still(true);
        try {
            Look.button(panel, "Create auth group").click();
            assertThat(panel.getByText("Not connected: nothing can be saved")).isVisible();
            browser.keep(page, "still");
        } finally {
            ours.still(false);
        }
        assertThat(Look.heading(page, "stand-still")).isVisible();
        assertThat(page.locator("linkspan-connection").getByText("Live")).isVisible();
    }

    @Test
    void whatWasChosenComesBackToo() {
        they("POST", "/1.0/auth/groups", Map.of("name", "stokers"));
        they("POST", "/1.0/auth/groups", Map.of("name", "cooks"));
        they("POST", "/1.0/auth/identities/bearer", Map.of("type", "Client token bearer", "name", "olga"));
        they("POST", "/1.0/auth/identities/bearer", Map.of("type", "Client token bearer", "name", "piet"));
        they("PATCH", "/1.0/auth/identities/bearer/piet", Map.of("groups", List.of("cooks")));
        Page creating = browser.open(ours, "permissions/identities?panel=create-identity");
        Look.panel(creating)
                .getByRole(AriaRole.BUTTON)
                .filter(new Locator.FilterOptions().setHasText("Bearer token"))
                .click();
        Look.textbox(Look.panel(creating), "Name").pressSequentially("ship-bell");
        Look.radio(Look.panel(creating), "Custom").check();
        custom(creating).fill("3d");
        Look.checkbox(Look.panel(creating), "stokers").click();
        Page ticking = browser.open(ours, "permissions/identities");
        ticking.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("olga"))
                .click();
        Look.checkbox(Look.panel(ticking), "stokers").click();
        assertThat(Look.button(Look.panel(ticking), "Save 1 group change")).isEnabled();
        Page editing = browser.open(ours, "permissions/group?name=cooks");
        Locator group = ConsoleBrowser.main(editing);
        Look.button(group, "Remove piet").click();
        Locator box = Look.combobox(group, "Add an identity or a peer");
        box.fill("olg");
        editing.getByRole(AriaRole.OPTION).first().click();
        assertThat(group).containsText("1 identity added, 1 identity removed");
        Page picking = browser.open(ours, "permissions/identities");
        pick(picking, "olga").click();
        pick(picking, "piet").click();
        assertThat(ConsoleBrowser.main(picking)).containsText("2 of");
        Page choosing = browser.open(ours, "permissions/group?name=stokers");
        choose(choosing, "Resource type", "Identity");
        choose(choosing, "Resource", "piet");
        for (int i = 10; i < 60; i++) {
            they("POST", "/1.0/auth/groups", Map.of("name", "watch-" + i));
        }
        Page scrolled = browser.open(ours, "permissions/groups?query=watch-");
        assertThat(Look.row(scrolled, "watch-10")).isVisible();
        scrolled.evaluate("document.querySelector('main vaadin-grid').scrollToIndex(40)");
        Look.row(scrolled, "watch-52").getByRole(AriaRole.GRIDCELL).nth(2).click();
        assertThat(place(scrolled)).contains("watch-52");
        List.of(creating, ticking, editing, picking, choosing, scrolled).forEach(Inspection::waitUntilQuiet);

        ours.kill9();
        ours.start();

        for (Page page : List.of(creating, ticking, editing, choosing)) {
            assertThat(Look.toast(page)).containsText("What you had entered is still here, not saved.");
        }
        browser.keep(creating, "creating");
        browser.keep(ticking, "ticking");
        browser.keep(editing, "editing");
        assertThat(Look.textbox(Look.panel(creating), "Name")).hasValue("ship-bell");
        assertThat(Look.radio(Look.panel(creating), "Custom")).isChecked();
        assertThat(custom(creating)).hasValue("3d");
        assertThat(Look.checkbox(Look.panel(creating), "stokers")).isChecked();
        Look.button(Look.panel(ticking), "Save 1 group change").click();
        assertThat(Look.panel(ticking)).hasCount(0);
        Look.button(group, "Save 2 changes").click();
        assertThat(Look.toast(editing)).containsText("Auth group cooks updated.");
        assertThat(groups("olga")).containsExactly("cooks", "stokers");
        assertThat(groups("piet")).isEmpty();
        assertThat(pick(picking, "olga")).isChecked();
        assertThat(pick(picking, "piet")).isChecked();
        assertThat(ConsoleBrowser.main(picking)).containsText("2 of");
        assertThat(Look.combobox(ConsoleBrowser.main(choosing), "Resource type"))
                .hasValue("Identity");
        assertThat(Look.combobox(ConsoleBrowser.main(choosing), "Resource")).hasValue("piet (Client token bearer)");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(place(scrolled)).contains("watch-52"));
        assertThat(Look.row(scrolled, "watch-10")).hasCount(0);
        for (int i = 10; i < 60; i++) {
            theirs.unix().delete("/1.0/auth/groups/watch-" + i);
        }
    }

    @Test
    void aCertificateThatWasBeingVerifiedIsVerifiedAfterARestart() {
        try (ScriptedPeer peer = ScriptedPeer.start("images")) {
            Page page = browser.open(ours, "cluster/links?panel=create-cluster-link");
            Locator panel = Look.panel(page);
            Look.radio(panel, "Public").check();
            panel.getByLabel("Remote address").fill(peer.address().address());
            panel.getByLabel("Cluster link name").fill("images");
            Look.button(panel, "Fetch certificate").click();
            assertThat(panel.getByText("Verify certificate")).isVisible();
            Inspection.waitUntilQuiet(page);

            ours.kill9();
            ours.start();

            assertThat(Look.button(panel, "Refuse and delete")).isVisible();
            assertThat(panel.getByText("Verify certificate")).isVisible();
            browser.keep(page, "verify-back");
            Look.checkbox(panel, "I confirm this certificate fingerprint is correct")
                    .check();
            Look.button(panel, "Create link").click();
            assertThat(Look.toast(page)).containsText("Cluster link images created.");
            assertThat(panel).hasCount(0);

            theirs.unix().delete("/1.0/cluster/links/images");
            they(
                    "POST",
                    "/1.0/cluster/links",
                    Map.of(
                            "type",
                            "public",
                            "name",
                            "images",
                            "remote_address",
                            peer.address().address()));
            open(page, "cluster/links?panel=confirm-cluster-link&link=images");
            assertThat(panel.getByText("Verify certificate")).isVisible();
            theirs.unix().delete("/1.0/cluster/links/images");
            assertThat(Look.toast(page)).containsText("This cluster link does not exist any more");
            assertThat(panel).hasCount(0);
        }
    }

    private static void choose(Page page, String box, String value) {
        Look.combobox(ConsoleBrowser.main(page), box).fill(value);
        page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName(value))
                .first()
                .click();
    }

    /** The row in which the focus is. */
    private static String place(Page page) {
        return String.valueOf(page.evaluate("""
                () => [...document.activeElement.shadowRoot?.activeElement?.closest('tr').querySelectorAll('slot') ?? []]
                  .flatMap((slot) => slot.assignedElements()).map((content) => content.textContent).join(' ')"""));
    }

    @Test
    void whatWasEnteredComesBackWhenThePageIsLoadedAnewByHand() {
        Page page = browser.open(ours, "permissions/groups?panel=create-groups");
        Look.textbox(Look.panel(page), "Name").pressSequentially("night-watch");
        Inspection.waitUntilQuiet(page);
        page.reload();
        assertThat(Look.toast(page)).containsText("This page was loaded anew. What you had entered is still here");
        assertThat(Look.textbox(Look.panel(page), "Name")).hasValue("night-watch");
        assertThat(Look.textbox(Look.panel(page), "Name")).isFocused();

        they("POST", "/1.0/auth/groups", Map.of("name", "day-watch"));
        Page saved = browser.open(ours, "permissions/group?name=day-watch");
        Look.textbox(ConsoleBrowser.main(saved), "Description").pressSequentially("from six to six");
        Look.button(saved, "Save 1 change").click();
        assertThat(Look.toast(saved)).containsText("Auth group day-watch updated.");
        Inspection.waitUntilQuiet(saved);
        saved.reload();
        assertThat(Look.textbox(ConsoleBrowser.main(saved), "Description")).hasValue("from six to six");
        Inspection.waitUntilQuiet(saved);
        assertThat(Look.toast(saved)).hasCount(0);
    }

    @Test
    void whatAColleagueHasChangedIsSaidAgainWhenThePageIsLoadedAnew() {
        they("POST", "/1.0/auth/groups", Map.of("name", "dog-watch", "description", "from four to six"));
        Page group = browser.open(ours, "permissions/group?name=dog-watch");
        Locator description = Look.textbox(ConsoleBrowser.main(group), "Description");
        description.fill("mine");
        Inspection.waitUntilQuiet(group);
        they("PATCH", "/1.0/auth/groups/dog-watch", Map.of("description", "theirs"));
        Locator said = ConsoleBrowser.main(group).getByText("changed the description to “theirs”");
        assertThat(said).isVisible();
        they("POST", "/1.0/auth/identities/bearer", Map.of("name", "dora", "type", "Client token bearer"));
        they("PATCH", "/1.0/auth/identities/bearer/dora", Map.of("groups", List.of("dog-watch")));
        Locator joined = ConsoleBrowser.main(group).getByText(Pattern.compile("on the server itself added .*dora"));
        assertThat(joined).isVisible();
        Inspection.waitUntilQuiet(group);
        group.reload();
        assertThat(said).isVisible();
        assertThat(joined).isVisible();
        assertThat(description).hasValue("mine");
        browser.keep(group, "changed-meanwhile-anew");
        Look.button(group, "Keep mine").first().click();
        assertThat(said).isHidden();
        Look.button(group, "Keep mine").click();
        assertThat(joined).isHidden();
        Inspection.waitUntilQuiet(group);
        group.reload();
        assertThat(Look.toast(group)).containsText("What you had entered is still here");
        assertThat(description).hasValue("mine");
        Inspection.waitUntilQuiet(group);
        assertThat(said).isHidden();
        whileAway(group, () -> they("POST", "/1.0/auth/groups/dog-watch", Map.of("name", "cat-watch")));
        assertThat(ConsoleBrowser.main(group)).containsText("renamed it to “cat-watch”");
        assertThat(Look.heading(group, "cat-watch")).isVisible();
        assertThat(group).hasURL(Pattern.compile(".*name=cat-watch$"));
        assertThat(description).hasValue("mine");
        Look.button(group, "Save 1 change").click();
        assertThat(Look.toast(group)).containsText("Auth group cat-watch updated.");

        they("POST", "/1.0/cluster/links", Map.of("type", "bidirectional", "name", "dog-link"));
        Page link = browser.open(ours, "cluster/links?panel=edit-cluster-link&link=dog-link");
        Look.textbox(Look.panel(link), "Description").fill("ours");
        Look.button(Look.panel(link), "Add key").click();
        Look.textbox(Look.panel(link), "Key").fill("watch");
        Look.textbox(Look.panel(link), "Value").fill("first");
        Inspection.waitUntilQuiet(link);
        whileAway(link, () -> {
            they("PATCH", "/1.0/cluster/links/dog-link", Map.of("description", "while it was away"));
            they("POST", "/1.0/cluster/links/dog-link", Map.of("name", "cat-link"));
        });
        assertThat(Look.panel(link)).containsText("changed the description to “while it was away”");
        assertThat(Look.panel(link)).containsText("renamed it to “cat-link”");
        assertThat(Look.textbox(Look.panel(link), "Description")).hasValue("ours");
        assertThat(Look.textbox(Look.panel(link), "Key")).hasValue("watch");
        assertThat(Look.textbox(Look.panel(link), "Value")).hasValue("first");
        Look.button(Look.panel(link), "Take theirs").click();
        assertThat(Look.textbox(Look.panel(link), "Description")).hasValue("while it was away");
        assertThat(Look.textbox(Look.panel(link), "Key")).hasCount(0);
        Look.textbox(Look.panel(link), "Description").fill("for the first one");
        Inspection.waitUntilQuiet(link);
        whileAway(link, () -> {
            theirs.unix().delete("/1.0/cluster/links/cat-link");
            they("POST", "/1.0/cluster/links", Map.of("type", "bidirectional", "name", "cat-link"));
        });
        assertThat(Look.panel(link)).containsText("There is nothing left to save it to.");
        assertThat(Look.textbox(Look.panel(link), "Description")).hasValue("for the first one");
        assertThat(Look.button(Look.panel(link), "Save 1 change")).isDisabled();
        browser.keep(link, "another-of-that-name");

        theirs.unix().delete("/1.0/auth/groups/cat-watch");
        theirs.unix().delete("/1.0/auth/identities/bearer/dora");
        theirs.unix().delete("/1.0/cluster/links/cat-link");
    }

    /** Loads the page anew when that has been done without its noticing. */
    private static void whileAway(Page page, Runnable done) {
        page.context().setOffline(true);
        assertThat(page.locator("linkspan-connection").getByText("Connection lost, trying again"))
                .isVisible();
        done.run();
        page.context().setOffline(false);
        page.reload();
    }

    private static Locator pick(Page page, String name) {
        return page.getByRole(AriaRole.CHECKBOX, new Page.GetByRoleOptions().setName("Select " + name));
    }

    private static Locator custom(Page page) {
        return Look.textbox(Look.panel(page), "Token expiry value");
    }

    private static List<String> groups(String name) {
        return theirs.unix()
                .get("/1.0/auth/identities/bearer/" + name)
                .metadata()
                .path("groups")
                .valueStream()
                .map(group -> group.asString())
                .sorted()
                .toList();
    }

    @Test
    void aPageIsLiveAgainAsSoonAsItsBrowserHasANetwork() {
        Page page = browser.open(ours, "permissions/groups");
        Inspection.waitUntilQuiet(page);
        assertThat(page.getByRole(AriaRole.NAVIGATION).getByTitle("auth group").first())
                .isVisible();
        Locator state = page.locator("linkspan-connection");
        assertThat(state).containsText("Live");

        page.context().setOffline(true);
        assertThat(state.getByText("Connection lost, trying again")).isVisible();
        page.context().setOffline(false);
        soon(state.getByText("Live"));
        assertThat(state.getByText("Connection lost, trying again")).isHidden();
        page.waitForFunction("window.Vaadin.connectionState.state === 'connected'");
        they("POST", "/1.0/auth/groups", Map.of("name", "network-menders"));
        soon(Look.row(page, "network-menders"));
    }

    private static void open(Page page, String address) {
        page.navigate("https://" + ours.address() + "/ui/" + address);
        ConsoleBrowser.main(page).getByRole(AriaRole.HEADING).first().waitFor();
    }

    private static void they(String method, String path, Map<String, ?> body) {
        var answer =
                switch (method) {
                    case "POST" -> theirs.unix().post(path, body);
                    case "PUT" -> theirs.unix().put(path, body);
                    default -> theirs.unix().patch(path, body);
                };
        assertThat(answer.status()).as(method + ' ' + path + ' ' + answer).isLessThan(300);
    }

    private static void soon(Locator sight) {
        assertThat(sight).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(TOLD_IN_MILLISECONDS));
    }
}
