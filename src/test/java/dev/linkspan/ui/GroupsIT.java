package dev.linkspan.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
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

/** Auth groups in the console. */
@ExtendWith(SharedConsole.class)
@ResourceLock("browser")
class GroupsIT {
    private static LinkspanProcess server;
    private static ConsoleBrowser browser;

    @BeforeAll
    static void start() {
        server = SharedConsole.server();
        browser = ConsoleBrowser.wide("groups");
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
    void aGroupIsMadeChangedAndDeleted() {
        Page page = groupsPage();
        Look.button(page, "Create group").click();
        Locator panel = Look.panel(page);
        Locator submit = panel.locator("footer").getByRole(AriaRole.BUTTON).last();
        submit.click();
        assertThat(panel).containsText("Group name is required");
        panel.getByLabel("Name").fill("viewers");
        panel.getByLabel("Description").fill("Sees everything, changes nothing");
        permission(page, panel, "Server", null, "viewer");
        permission(page, panel, "Server", null, "can_view_cluster_links");
        permission(page, panel, "Auth group", "admins", "can_view");
        assertThat(panel.getByRole(AriaRole.TABLE)).containsText("+ added");
        browser.keep(page, "create");
        submit.click();
        assertThat(Look.toast(page)).containsText("Group viewers created.");
        assertThat(panel).hasCount(0);
        assertThat(Look.row(page, "viewers")).hasAccessibleName(Look.text("changes nothing 0 3"));
        assertThat(permissions("viewers")).containsExactlyInAnyOrder("viewer", "can_view_cluster_links", "can_view");

        Look.button(page, "Edit group viewers").click();
        assertThat(Look.button(panel, "Save changes")).isDisabled();
        panel.getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions().setHasText("can_view_cluster_links"))
                .getByRole(AriaRole.BUTTON)
                .click();
        assertThat(panel.getByRole(AriaRole.TABLE)).containsText("− removed");
        panel.getByLabel("Description").fill("Sees everything");
        browser.keep(page, "edit");
        Look.button(panel, "Save 2 changes").click();
        assertThat(Look.toast(page)).containsText("Group viewers updated.");
        assertThat(Look.row(page, "viewers")).hasAccessibleName(Look.text("Sees everything 0 2"));
        assertThat(permissions("viewers")).containsExactlyInAnyOrder("viewer", "can_view");

        Look.button(page, "More actions for viewers").click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Delete group"))
                .click();
        Locator question = page.getByRole(AriaRole.ALERTDIALOG);
        assertThat(question).containsText("No identity is in it.");
        browser.keep(page, "delete");
        Look.button(question, "Delete group").click();
        assertThat(Look.row(page, "viewers")).hasCount(0);
    }

    @Test
    void theGroupAdminsCannotBeChanged() {
        Page page = groupsPage();
        Locator edit = Look.button(page, "Edit group admins");
        assertThat(edit).isDisabled();
        assertThat(edit)
                .hasAttribute("title", "The group admins always has full access and can’t be changed or deleted");
        assertThat(Look.button(page, "More actions for admins")).isDisabled();
    }

    @Test
    void aNameThatIsTakenIsSaidInThePanelAndTheInputStays() {
        Page page = groupsPage();
        Look.button(page, "Create group").click();
        Locator panel = Look.panel(page);
        panel.getByLabel("Name").fill("admins");
        panel.getByLabel("Description").fill("kept");
        panel.getByLabel("Description").press("Enter");
        assertThat(panel.getByRole(AriaRole.ALERT)).containsText("Authorization group already exists");
        assertThat(panel.getByLabel("Description")).hasValue("kept");
        browser.keep(page, "name-taken");
    }

    @Test
    void whatAColleagueChangedMeanwhileIsNotOverwritten() {
        make("shared", "as it was");
        Page page = groupsPage();
        Look.button(page, "Edit group shared").click();
        Locator panel = Look.panel(page);
        panel.getByLabel("Description").fill("mine");
        server.unix().patch("/1.0/auth/groups/shared", Map.of("description", "theirs"));
        assertThat(Look.row(page, "shared")).hasAccessibleName(Look.text("theirs"));
        Look.button(panel, "Save 1 change").click();
        assertThat(panel.getByRole(AriaRole.ALERT)).containsText("Somebody has changed this group meanwhile");
        assertThat(panel.getByLabel("Description")).hasValue("mine");
        browser.keep(page, "changed-meanwhile");
        server.unix().delete("/1.0/auth/groups/shared");
    }

    @Test
    void groupsAreFoundByNameAndDescription() {
        make("backup", "Reads and writes backups");
        Page page = groupsPage();
        page.getByLabel("Search groups").fill("WRITES");
        assertThat(Look.row(page, "admins")).hasCount(0);
        assertThat(Look.row(page, "backup")).isVisible();
        page.getByLabel("Search groups").fill("nothing like it");
        assertThat(ConsoleBrowser.main(page)).containsText("No group matches “nothing like it”.");
        server.unix().delete("/1.0/auth/groups/backup");
    }

    @Test
    void aPanelForAGroupThatIsGoneSaysSo() {
        Page page = groupsPage();
        page.navigate(url("?panel=edit-groups&group=gone"));
        assertThat(Look.toast(page)).containsText("not found");
        assertThat(Look.panel(page)).hasCount(0);
    }

    private Page groupsPage() {
        Page page = browser.signIn(server);
        page.navigate(url(""));
        assertThat(Look.row(page, "admins")).isVisible();
        return page;
    }

    private static void permission(Page page, Locator panel, String type, String resource, String entitlement) {
        choose(page, panel, "Resource type", type);
        if (resource != null) {
            choose(page, panel, "Resource", resource);
        }
        choose(page, panel, "Entitlement", entitlement);
        Look.button(panel, "Add").click();
        assertThat(Look.combobox(panel, "Entitlement")).hasValue("");
    }

    private static void choose(Page page, Locator panel, String field, String value) {
        Locator box = Look.combobox(panel, field);
        if (!box.inputValue().equals(value)) {
            assertThat(box).isEnabled();
            box.fill(value);
            page.getByRole(AriaRole.OPTION)
                    .filter(new Locator.FilterOptions().setHasText(Look.text(value)))
                    .first()
                    .click();
        }
        assertThat(box).hasValue(value);
    }

    private static void make(String name, String description) {
        server.unix().post("/1.0/auth/groups", Map.of("name", name, "description", description));
    }

    private static List<String> permissions(String group) {
        return server.unix()
                .get("/1.0/auth/groups/" + group)
                .metadata()
                .path("permissions")
                .valueStream()
                .map(permission -> permission.path("entitlement").asString())
                .toList();
    }

    private static String url(String query) {
        return "https://" + server.address() + "/ui/permissions/groups" + query;
    }
}
