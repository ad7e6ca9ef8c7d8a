package dev.linkspan.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.linkspan.testing.LinkspanProcess;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What is around every page: the sidebar, the status bar and the document's title. */
@ExtendWith(SharedConsole.class)
@ResourceLock("browser")
class FrameIT {
    private static final int COLLAPSED = 52;
    private static final int FULL = 224;

    private static LinkspanProcess server;

    private final Inspection inspection = new Inspection();

    @BeforeAll
    static void start() {
        server = SharedConsole.server();
    }

    @Test
    void theSidebarIsCollapsedToItsIconsAndStaysSo() {
        try (ConsoleBrowser browser = ConsoleBrowser.wide("frame")) {
            Page page = browser.open(server, "permissions/groups");
            assertThat(startOfContent(page)).isEqualTo(FULL);
            Look.button(page, "collapse main navigation").click();
            Locator expand = Look.button(page, "expand main navigation");
            assertThat(expand).isFocused();
            assertThat(startOfContent(page)).isEqualTo(COLLAPSED);
            assertThat(navigation(page).getByText("Auth groups")).isHidden();
            assertThat(entry(page, "ui-admin-initial")).isVisible();
            assertThat(Look.button(page, "Permissions")).hasAttribute("aria-current", "true");
            browser.keepEverywhere(page, "collapsed");
            inspection.inspect(page, "frame-collapsed");

            Inspection.prepare(page);
            for (String name : List.of("Getting started", "Events", "Settings")) {
                assertThat(entry(page, name)).hasAttribute("title", name);
                entry(page, name).click();
                assertThat(Look.heading(page, name)).isVisible();
                assertThat(entry(page, name)).hasAttribute("aria-current", "page");
                assertThat(Look.button(page, "Permissions")).not().hasAttribute("aria-current", "true");
            }

            page.reload();
            assertThat(expand).isVisible();
            assertThat(startOfContent(page)).isEqualTo(COLLAPSED);
            assertThat(inspection.findings()).isEmpty();
        }
    }

    @Test
    void aCollapsedSidebarIsSoBeforeAnyScriptRuns() {
        try (ConsoleBrowser browser = ConsoleBrowser.wide("frame-first")) {
            Page page = browser.open(server, "permissions/groups");
            Look.button(page, "collapse main navigation").click();
            assertThat(Look.button(page, "expand main navigation")).isVisible();
            double mark = navigation(page).locator(".ls-mark").boundingBox().x;
            page.route("**/*.js*", route -> route.abort());
            page.reload();
            assertThat(page.locator(".ls-first-paint .ls-mark")).isVisible();
            assertThat(page.locator(".ls-first-paint .ls-word")).isHidden();
            assertThat(page.locator(".ls-first-paint .ls-mark").boundingBox().x).isEqualTo(mark);
            browser.keep(page, "first-paint");
        }
    }

    @Test
    void anIconOfAGroupShowsItsEntriesAndLeavesTheFocusThere() {
        try (ConsoleBrowser browser = ConsoleBrowser.wide("frame-group")) {
            Page page = browser.open(server, "events");
            Look.button(page, "collapse main navigation").click();
            Locator icon = Look.button(page, "Permissions");
            assertThat(icon).isVisible();
            icon.focus();
            page.keyboard().press("Enter");
            assertThat(entry(page, "Auth groups")).isVisible();
            assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Permissions")))
                    .isFocused();
            page.keyboard().press("Tab");
            page.keyboard().press("Tab");
            page.keyboard().press("Enter");
            assertThat(Look.heading(page, "Auth groups")).isVisible();
            assertThat(startOfContent(page)).isEqualTo(FULL);

            page.reload();
            assertThat(Look.button(page, "collapse main navigation")).isVisible();
        }
    }

    @Test
    void theDrawerOfASmallScreenHasItsEntriesEvenIfTheSidebarWasCollapsed() {
        try (ConsoleBrowser browser = ConsoleBrowser.wide("frame-drawer")) {
            Page page = browser.open(server, "events");
            Look.button(page, "collapse main navigation").click();
            assertThat(Look.button(page, "expand main navigation")).isVisible();
            Inspection.prepareNarrow(page);
            Look.button(page, "Menu").click();
            assertThat(entry(page, "Auth groups")).isVisible();
            assertThat(Look.button(page, "Sign out")).isVisible();
            assertThat(page.locator(".ls-rail")).isHidden();
            assertThat(Look.button(page, "expand main navigation")).isHidden();
            browser.keep(page, "drawer");
        }
    }

    @Test
    void whatToastsSaidIsKeptUntilItIsCleared() {
        try (ConsoleBrowser browser = ConsoleBrowser.wide("frame-notifications")) {
            Page page = browser.open(server, "permissions/groups");
            Locator status = page.getByRole(AriaRole.CONTENTINFO);
            assertThat(Look.button(status, "No notifications")).isVisible();
            ConsoleBrowser.follow(page, "permissions/identities?panel=edit-identity&identity=tls%2Fgone");
            assertThat(Look.button(status, "1 notification")).isVisible();
            ConsoleBrowser.follow(page, "permissions/groups?panel=create-groups");
            Look.textbox(Look.panel(page), "Name").fill("told-of");
            Look.button(Look.panel(page), "Create auth group").click();
            Locator bell = Look.button(status, "2 notifications");
            assertThat(bell).isVisible();
            assertThat(Look.heading(page, "told-of")).isVisible();
            ConsoleBrowser.follow(page, "permissions/identities?panel=create-identity");
            assertThat(Look.panel(page)).isVisible();
            browser.keepEverywhere(page, "bell");

            bell.focus();
            page.keyboard().press("Enter");
            Locator dialog = Look.dialog(page, "Notifications");
            Locator items = dialog.getByRole(AriaRole.LISTITEM);
            assertThat(Look.button(dialog, "Close")).isFocused();
            assertThat(items).containsText(new String[] {
                "Auth group told-of created.", "This identity does not exist any more, or you may not see it."
            });
            assertThat(items.first()).containsText("ago");
            assertThat(Look.toast(page)).hasCount(0);
            page.keyboard().press("Escape");
            assertThat(dialog).hasCount(0);
            assertThat(bell).isFocused();
            Inspection.waitUntilQuiet(page);
            assertThat(Look.panel(page)).isVisible();

            page.keyboard().press("Enter");
            assertThat(Look.button(dialog, "Close")).isVisible();
            browser.keepEverywhere(page, "dialog");
            inspection.inspect(page, "frame-notifications");
            Inspection.prepare(page);
            assertThat(page.locator(".ls-bar")).isVisible();
            Look.button(dialog, "Clear notification: Auth group told-of created.")
                    .press("Enter");
            assertThat(items).hasCount(1);
            assertThat(Look.button(dialog, "Close")).isFocused();
            Look.button(dialog, "Clear all").press("Enter");
            assertThat(dialog).hasCount(0);
            assertThat(Look.button(status, "No notifications")).isFocused();
            page.keyboard().press("Enter");
            assertThat(dialog).containsText("No notifications since this page was opened.");
            assertThat(Look.button(dialog, "Clear all")).hasCount(0);
            browser.keep(page, "none");
            assertThat(inspection.findings()).isEmpty();
        } finally {
            server.unix().delete("/1.0/auth/groups/told-of");
        }
    }

    @Test
    void aTabThatIsLeftOrClosedLeavesTheOthersAlone() {
        try (ConsoleBrowser browser = ConsoleBrowser.wide("frame-tabs")) {
            Page stays = browser.open(server, "permissions/groups?panel=create-groups");
            Look.textbox(Look.panel(stays), "Name").fill("typed");
            Page goes = browser.open(server, "cluster/links");
            Inspection.waitUntilQuiet(stays);
            Inspection.waitUntilQuiet(goes);
            stays.evaluate("window.stayed = true");
            goes.reload();
            Inspection.waitUntilQuiet(goes);
            goes.navigate("about:blank");
            goes.close();
            stays.waitForTimeout(1_500);
            assertThat(Look.textbox(Look.panel(stays), "Name")).hasValue("typed");
            assertThat(stays.evaluate("window.stayed")).isEqualTo(true);
        }
    }

    @Test
    void onlyTheLatestFiftyNotificationsAreKept() {
        try (ConsoleBrowser browser = ConsoleBrowser.wide("frame-fifty")) {
            String gone = "permissions/identities?panel=edit-identity&identity=tls%2Fgone";
            Page page = browser.open(server, gone);
            Locator status = page.getByRole(AriaRole.CONTENTINFO);
            assertThat(Look.button(status, "1 notification")).isVisible();
            for (int i = 1; i < 50; i++) {
                ConsoleBrowser.follow(page, i % 2 == 0 ? gone : "settings?setting=gone-" + i);
            }
            assertThat(Look.button(status, "50 notifications")).isVisible();
            ConsoleBrowser.follow(page, gone);
            ConsoleBrowser.follow(page, "settings?setting=gone-50");
            ConsoleBrowser.follow(page, "settings?setting=gone-51");
            ConsoleBrowser.follow(page, "settings?setting=gone-52");
            assertThat(Look.heading(page, "Settings")).isVisible();
            Inspection.waitUntilQuiet(page);
            Look.button(status, "50 notifications").click();
            Locator dialog = Look.dialog(page, "Notifications");
            assertThat(dialog.getByRole(AriaRole.LISTITEM)).hasCount(50);
            assertThat(dialog.getByRole(AriaRole.LISTITEM).first())
                    .containsText("There is no such setting, or you may not see it (3 times)");
            inspection.inspect(page, "frame-fifty");
            assertThat(inspection.findings()).isEmpty();
        }
    }

    @Test
    void theDrawerOfASmallScreenLeadsToTheNotifications() {
        try (ConsoleBrowser browser = ConsoleBrowser.narrow("frame-notifications-narrow")) {
            Page page = browser.open(server, "permissions/identities?panel=edit-identity&identity=tls%2Fgone");
            Look.button(page, "Close notification").click();
            assertThat(Look.toast(page)).hasCount(0);
            Look.button(page, "Menu").click();
            Locator bell = Look.button(navigation(page), "1 notification");
            assertThat(bell).isVisible();
            assertThat(navigation(page).getByText("Live", new Locator.GetByTextOptions().setExact(true)))
                    .isVisible();
            browser.keep(page, "drawer");
            bell.click();
            Locator dialog = Look.dialog(page, "Notifications");
            assertThat(dialog).containsText("This identity does not exist any more");
            browser.keep(page, "dialog");
            Look.button(dialog, "Close").click();
            assertThat(dialog).hasCount(0);
            assertThat(bell).isFocused();
        }
    }

    @Test
    void escapeAsksBeforeWhatWasEnteredIsLost() {
        try (ConsoleBrowser browser = ConsoleBrowser.wide("frame-escape")) {
            Page page = browser.open(server, "permissions/groups?panel=create-groups");
            Locator panel = Look.panel(page);
            Locator name = Look.textbox(panel, "Name");
            name.pressSequentially("half-entered");
            page.keyboard().press("Escape");
            Locator question = page.getByRole(AriaRole.ALERTDIALOG);
            assertThat(question).containsText("Close without saving");
            assertThat(question).containsText("What you entered will be lost.");
            assertThat(Look.button(question, "Keep editing")).isFocused();
            browser.keep(page, "question");
            page.keyboard().press("Escape");
            assertThat(question).hasCount(0);
            assertThat(name).hasValue("half-entered");
            assertThat(name).isFocused();

            name.clear();
            page.keyboard().press("Escape");
            assertThat(panel).hasCount(0);

            page.keyboard().press("c");
            name.pressSequentially("given-up");
            page.keyboard().press("Escape");
            Look.button(question, "Discard input").click();
            assertThat(panel).hasCount(0);
        }
    }

    @Test
    void whatWasEnteredIsStillGoodAfterTheQuestionWhetherToLeave() {
        try (ConsoleBrowser browser = ConsoleBrowser.wide("frame-stay")) {
            Page page = browser.open(server, "cluster/server?panel=create-cluster-link");
            Locator panel = Look.panel(page);
            panel.getByLabel("Cluster link name").pressSequentially("stayed");
            page.keyboard().press("Escape");
            assertThat(page.getByRole(AriaRole.ALERTDIALOG)).containsText("Close without saving");
            page.keyboard().press("Escape");
            assertThat(panel.getByLabel("Cluster link name")).isFocused();
            // The server takes nothing from the page before it knows that the question is gone.
            Inspection.waitUntilQuiet(page);
            page.keyboard().press("Enter");
            assertThat(Look.button(Look.dialog(page, "Cluster link stayed created"), "Copy token"))
                    .isVisible();
        }
        server.unix().delete("/1.0/cluster/links/stayed");
    }

    @Test
    void theDocumentIsCalledByTheOpenPanelAndThePage() {
        server.unix().post("/1.0/cluster/links", Map.of("type", "bidirectional", "name", "titled"));
        try (ConsoleBrowser browser = ConsoleBrowser.wide("frame-titles")) {
            Page page = browser.open(server, "permissions/identities?panel=create-identity");
            assertThat(page).hasTitle("Choose an identity type · Identities · Linkspan");
            Look.panel(page).getByText("Bearer token").click();
            assertThat(page).hasTitle("Bearer token · Identities · Linkspan");
            Look.button(Look.panel(page), "Choose type").click();
            assertThat(page).hasTitle("Choose an identity type · Identities · Linkspan");
            Look.button(Look.panel(page), "Close").click();
            assertThat(page).hasTitle("Identities · Linkspan");

            ConsoleBrowser.follow(page, "permissions/groups");
            assertThat(page).hasTitle("Auth groups · Linkspan");
            page.keyboard().press("c");
            assertThat(page).hasTitle("Create auth group · Auth groups · Linkspan");
            ConsoleBrowser.follow(page, "cluster/links/titled");
            assertThat(page).hasTitle("titled · Linkspan");
            Look.button(page, "Edit").click();
            assertThat(page).hasTitle("Edit cluster link titled · titled · Linkspan");
            // The title is there a moment before the address.
            assertThat(page).hasURL(Pattern.compile("panel="));
            page.goBack();
            assertThat(page).hasTitle("titled · Linkspan");
            page.goForward();
            Look.textbox(Look.panel(page), "Cluster link name").fill("retitled");
            Look.button(Look.panel(page), "Save 1 change").click();
            assertThat(page).hasTitle("retitled · Linkspan");
        } finally {
            List.of("titled", "retitled").forEach(name -> server.unix().delete("/1.0/cluster/links/" + name));
        }
    }

    private static Locator navigation(Page page) {
        return page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("main navigation"));
    }

    private static Locator entry(Page page, String name) {
        return navigation(page).getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name));
    }

    /** How many pixels from the left what is beside the sidebar begins. */
    private static int startOfContent(Page page) {
        return (int) ConsoleBrowser.main(page).boundingBox().x;
    }
}
