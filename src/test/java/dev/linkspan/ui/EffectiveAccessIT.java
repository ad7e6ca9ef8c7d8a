package dev.linkspan.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.linkspan.testing.LinkspanProcess;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The page that explains rights: what an identity may do, who may do something, why something was refused. */
@ExtendWith(SharedConsole.class)
@ResourceLock("browser")
class EffectiveAccessIT {
    private static LinkspanProcess server;
    private static ConsoleBrowser browser;

    @BeforeAll
    static void start() {
        server = SharedConsole.server();
        browser = ConsoleBrowser.wide("effective-access");
        server.unix().post("/1.0/projects", Map.of("name", "dock"));
        group("dockers", permission("project", "/1.0/projects/dock", "can_view"));
        group("dock-watch", permission("server", "/1.0", "can_view_projects"));
    }

    @AfterEach
    void closePages() {
        browser.closePages();
    }

    @AfterAll
    static void close() {
        server.unix().delete("/1.0/auth/groups/dockers");
        server.unix().delete("/1.0/auth/groups/dock-watch");
        server.unix().delete("/1.0/projects/dock");
        browser.close();
    }

    @Test
    void theChosenTabIsSeenWholeOnASmallScreen() {
        try (ConsoleBrowser phone = ConsoleBrowser.narrow("effective-access-narrow")) {
            Page page = phone.open(server, "permissions/access?show=refused");
            Locator tab = page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Refused requests"));
            assertThat(tab).hasAttribute("aria-selected", "true");
            page.waitForFunction(
                    "tab => tab.getBoundingClientRect().right <= window.innerWidth",
                    tab.elementHandle(),
                    new Page.WaitForFunctionOptions().setTimeout(10_000));
            page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("What may"))
                    .click();
            page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Who may do this"))
                    .click();
            assertThat(page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("What may")))
                    .isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(1));
        }
    }

    @Test
    void whatAnIdentityMayDoIsSaidWithTheGroupsItComesThrough() {
        bearer("dock-hand", "dockers", "dock-watch");
        Page page = page("");
        Locator main = ConsoleBrowser.main(page);
        Locator box = Look.combobox(main, "Identity");
        String longName = "dock-" + "loader-".repeat(15) + "end";
        bearer(longName, "dockers");
        box.fill("dock-loader");
        Locator choice = page.getByRole(AriaRole.OPTION).getByText(longName);
        assertThat(choice).isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(0.9));
        browser.keep(page, "long-choice");
        server.unix().delete("/1.0/auth/identities/bearer/" + longName);
        box.fill("dock-ha");
        page.getByRole(AriaRole.OPTION).first().click();
        assertThat(main).containsText("dock-hand may do 2 things on 2 resources, through dock-watch and dockers");
        assertThat(Look.row(page, "can_view")).hasAccessibleName(Look.text("See the project entry itself. dockers"));
        assertThat(page).hasURL(Look.text("identity="));
        browser.keep(page, "identity");
        page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Who may do this"))
                .click();
        assertThat(Look.combobox(main, "Resource type")).isVisible();
        page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("What may an identity do"))
                .click();
        assertThat(page).hasURL(Look.text("identity="));
        assertThat(main).containsText("dock-hand may do 2 things");
        page.getByLabel("Only what contains").fill("can_view_projects");
        assertThat(Look.row(page, "can_view")).hasCount(0);
        assertThat(Look.row(page, "can_view_projects")).isVisible();
        page.getByLabel("Only what contains").fill("can_create_groups");
        assertThat(main).containsText("Nothing that it may do contains");
        server.unix().patch("/1.0/auth/identities/bearer/dock-hand", Map.of("groups", List.of("admins")));
        assertThat(Look.row(page, "admin")).hasAccessibleName(Look.text("Includes can_create_groups"));
        assertThat(main).containsText("dock-hand may do everything on this server, through admins. Client");
        browser.keep(page, "administrator");
        server.unix().put("/1.0/auth/identities/bearer/dock-hand", Map.of("groups", List.of("dockers", "dock-watch")));

        Page handedOn = browser.newPage();
        handedOn.navigate(page.url());
        assertThat(ConsoleBrowser.main(handedOn)).containsText("dock-hand may do 2 things on 2 resources");
        Locator typed = Look.combobox(ConsoleBrowser.main(handedOn), "Identity");
        typed.fill("dock-h");
        Inspection.waitUntilQuiet(handedOn);
        server.unix().put("/1.0/auth/identities/bearer/dock-hand", Map.of("groups", List.of("dockers")));
        assertThat(ConsoleBrowser.main(handedOn)).containsText("dock-hand may do 1 thing on 1 resource");
        assertThat(typed).hasValue("dock-h");
        server.unix().delete("/1.0/auth/identities/bearer/dock-hand");
        assertThat(ConsoleBrowser.main(handedOn).getByRole(AriaRole.ALERT))
                .containsText("This identity does not exist any more, or you may not see it");
    }

    @Test
    void whoMayDoSomethingIsSaidWithWhatItFollowsFrom() {
        bearer("dock-master", "dock-watch");
        Page page = page("?show=who&on=%2F1.0%2Fprojects%2Fdock&entitlement=can_view");
        Locator main = ConsoleBrowser.main(page);
        assertThat(Look.combobox(main, "Resource")).hasValue("dock");
        assertThat(Look.combobox(main, "Entitlement")).hasValue("can_view");
        assertThat(Look.row(page, "dock-master"))
                .hasAccessibleName(Look.text("dock-watch implied on this server by can_view_projects"));
        browser.keep(page, "who");
        server.unix().delete("/1.0/auth/identities/bearer/dock-master");
    }

    @Test
    void aRefusalIsExplainedAndTheWayToAllowingItIsOneClick() {
        bearer("dock-clerk", "dockers");
        String token = token("dock-clerk");
        Page watching = page("");
        Locator count = watching.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Refused requests"))
                .locator(".ls-count");
        int before = Integer.parseInt(count.textContent());
        assertThat(describeDock(token)).isEqualTo(403);
        assertThat(count).hasText(String.valueOf(before + 1));
        Page page = page("?show=refused");
        Locator main = ConsoleBrowser.main(page);
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("dock-clerk"))
                .click();
        assertThat(main).containsText("dock-clerk may not change project dock.");
        assertThat(main).containsText("PUT /1.0/projects/dock");
        assertThat(main).containsText("can_edit on project dock");
        assertThat(main).containsText("It may see the resource, so the answer was 403 and not 404");
        assertThat(main).containsText("Its one group does not hold the entitlement");
        browser.keep(page, "refused");
        Look.button(main, "Add").first().click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("To auth group dockers"))
                .click();
        assertThat(Look.heading(page, "dockers")).isVisible();
        assertThat(Look.combobox(main, "Entitlement")).hasValue("can_edit");
        Look.button(main, "Add").click();
        Look.button(main, "Save 1 change").click();
        assertThat(Look.toast(page)).containsText("Auth group dockers updated.");
        assertThat(describeDock(token)).isEqualTo(200);
        server.unix().delete("/1.0/auth/identities/bearer/dock-clerk");
    }

    @Test
    void whoCameWithATokenThatHadExpiredIsSaid() throws InterruptedException {
        bearer("dock-late", "dockers");
        String token = token("dock-late", Map.of("expiry", "1S"));
        Thread.sleep(1_100);
        assertThat(describeDock(token)).isEqualTo(403);
        Page page = page("?show=refused");
        Locator main = ConsoleBrowser.main(page);
        assertThat(Look.row(page, "dock-late")).hasAccessibleName(Look.text("dock-late token expired"));
        main.locator("vaadin-grid")
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("dock-late"))
                .click();
        assertThat(main).containsText("dock-late was not let in: its token had expired.");
        browser.keep(page, "token-expired");
        main.locator(".ls-plain-card")
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("dock-late"))
                .click();
        assertThat(Look.panel(page)).containsText("dock-late");
        server.unix().delete("/1.0/auth/identities/bearer/dock-late");
    }

    private Page page(String query) {
        Page page = browser.open(server, "permissions/access" + query);
        assertThat(Look.heading(page, "Effective access")).isVisible();
        return page;
    }

    private static String token(String name) {
        return token(name, Map.of());
    }

    private static String token(String name, Map<String, String> wanted) {
        return server.unix()
                .post("/1.0/auth/identities/bearer/" + name + "/token", wanted)
                .metadata()
                .path("token")
                .asString();
    }

    private static int describeDock(String token) {
        return server.https()
                .put("/1.0/projects/dock", Map.of("description", "mine"), "Authorization: Bearer " + token)
                .status();
    }

    private static Map<String, String> permission(String type, String url, String entitlement) {
        return Map.of("entity_type", type, "url", url, "entitlement", entitlement);
    }

    @SafeVarargs
    private static void group(String name, Map<String, String>... permissions) {
        server.unix().post("/1.0/auth/groups", Map.of("name", name, "permissions", List.of(permissions)));
    }

    private static void bearer(String name, String... groups) {
        server.unix()
                .post(
                        "/1.0/auth/identities/bearer",
                        Map.of("name", name, "type", "Client token bearer", "groups", List.of(groups)));
    }
}
