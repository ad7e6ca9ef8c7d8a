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
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

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
        Look.button(page, "Create auth group").click();
        Locator panel = Look.panel(page);
        Locator submit = panel.locator("footer").getByRole(AriaRole.BUTTON).last();
        submit.click();
        assertThat(panel).containsText("Auth group name is required");
        panel.getByLabel("Name").fill("viewers");
        panel.getByLabel("Description").fill("Sees everything, changes nothing");
        permission(page, panel, "Server", null, "viewer");
        permission(page, panel, "Server", null, "can_view_cluster_links");
        permission(page, panel, "Auth group", "admins", "can_view");
        assertThat(permissionTable(panel)).containsText("+ added");
        browser.keep(page, "create");
        submit.click();
        assertThat(Look.toast(page)).containsText("Auth group viewers created.");
        assertThat(Look.heading(page, "viewers")).isVisible();
        assertThat(panel).hasCount(0);
        assertThat(permissions("viewers")).containsExactlyInAnyOrder("viewer", "can_view_cluster_links", "can_view");
        page.goBack();
        assertThat(Look.row(page, "viewers")).isVisible();
        assertThat(panel).hasCount(0);
        page.goForward();
        assertThat(Look.heading(page, "viewers")).isVisible();

        Locator main = ConsoleBrowser.main(page);
        assertThat(Look.button(main, "Save changes")).isDisabled();
        Look.button(main, "Delete permission can_view_cluster_links on this server")
                .click();
        assertThat(permissionTable(main)).containsText("− removed");
        main.getByLabel("Description").fill("Sees everything");
        main.getByLabel("Name").fill("onlookers");
        browser.keep(page, "changed");
        Look.button(main, "Save 3 changes").click();
        assertThat(Look.toast(page)).containsText("Auth group onlookers updated.");
        assertThat(Look.heading(page, "onlookers")).isVisible();
        assertThat(Look.button(main, "Save changes")).isDisabled();
        assertThat(permissions("onlookers")).containsExactlyInAnyOrder("viewer", "can_view");

        Look.button(main, "Delete").click();
        Locator question = Look.dialog(page, "Delete auth group onlookers?");
        assertThat(question).containsText("No identity loses a permission.");
        Locator delete = Look.button(question, "Delete auth group");
        assertThat(delete).isDisabled();
        Look.textbox(question, "To continue").fill("confirm-delete-group");
        browser.keep(page, "delete");
        delete.click();
        assertThat(Look.row(page, "admins")).isVisible();
        assertThat(Look.row(page, "onlookers")).hasCount(0);
    }

    @Test
    void pendingMembersCountEverywhereAndAreSaidToBePending() {
        make("awaiting", "");
        server.unix()
                .patch(
                        "/1.0/auth/groups/awaiting",
                        Map.of(
                                "permissions",
                                List.of(Map.of(
                                        "entity_type", "server", "url", "/1.0", "entitlement", "can_view_resources"))));
        Page page = groupsPage();
        Page own = groupPage("awaiting");
        bearer("awaiting-robot", "awaiting");
        server.unix()
                .post(
                        "/1.0/auth/identities/tls",
                        Map.of("name", "awaiting-client", "token", true, "groups", List.of("awaiting")));
        server.unix()
                .post(
                        "/1.0/cluster/links",
                        Map.of("name", "awaiting-link", "type", "bidirectional", "auth_groups", List.of("awaiting")));
        assertThat(Look.row(page, "awaiting")).hasAccessibleName(Look.text("awaiting 3 2 pending 1 "));
        browser.keep(page, "pending-members");
        Locator main = ConsoleBrowser.main(own);
        Locator members = own.getByRole(
                AriaRole.REGION,
                new Page.GetByRoleOptions().setName("Identities").setExact(true));
        assertThat(members).containsText("3, 2 pending");
        assertThat(members).containsText("Client certificate (pending)");
        assertThat(members).containsText("Cluster link certificate (pending)");
        Look.button(main, "Delete permission can_view_resources on this server").click();
        assertThat(main)
                .containsText("takes it from 1 of 1 identity. 2 pending identities would not get it by this group.");
        browser.keep(own, "pending-members-of-a-group");
        server.unix().delete("/1.0/cluster/links/awaiting-link");
        server.unix().delete("/1.0/auth/identities/tls/awaiting-client");
        server.unix().delete("/1.0/auth/identities/bearer/awaiting-robot");
        server.unix().delete("/1.0/auth/groups/awaiting");
    }

    @Test
    void missingPermissionsAreNamedAndAddedInTheSameStepAndUndone() {
        server.unix().post("/1.0/projects", Map.of("name", "harbour"));
        server.unix().post("/1.0/instances?project=harbour", Map.of("name", "crane", "source", Map.of("type", "none")));
        make("crane-backup", "");
        Page page = groupPage("crane-backup");
        Locator main = ConsoleBrowser.main(page);
        choose(page, main, "Resource type", "Instance");
        choose(page, main, "Resource", "crane (project harbour)");
        choose(page, main, "Entitlement", "can_manage_backups");
        assertThat(main).containsText("can_manage_backups needs more to be of use:");
        assertThat(main).containsText("can_view on harbour (project)");
        assertThat(main).containsText("can_view on crane (instance, project harbour)");
        browser.keep(page, "missing-permissions");
        Look.button(main, "Add all 3 permissions").click();
        assertThat(Look.button(main, "Save 3 changes")).isEnabled();
        assertThat(main).not().containsText("needs more");
        assertThat(main).containsText("3 permissions added");

        page.keyboard().press("Control+z");
        assertThat(Look.button(main, "Save changes")).isDisabled();
        page.keyboard().press("Control+Shift+z");
        Look.button(main, "Save 3 changes").click();
        assertThat(Look.toast(page)).containsText("Auth group crane-backup updated.");
        assertThat(permissions("crane-backup")).containsExactlyInAnyOrder("can_view", "can_view", "can_manage_backups");

        Look.button(main, "Delete permission can_view on harbour").click();
        assertThat(main).containsText("1 permission is missing for the others to be of use:");
        Look.button(main, "Delete permission can_view on crane").click();
        assertThat(main).containsText("1 permission is missing for the other to be of use:");
        page.keyboard().press("Control+z");
        Look.button(main, "Save 1 change").click();
        assertThat(main.getByRole(AriaRole.ALERT))
                .containsText("Members of the group cannot view project \"harbour\", but 2 permissions reference");
        Look.button(main, "Add the missing permission").click();
        assertThat(Look.button(main, "Save changes")).isDisabled();
        server.unix().delete("/1.0/auth/groups/crane-backup");
        server.unix().delete("/1.0/instances/crane?project=harbour");
        server.unix().delete("/1.0/projects/harbour");
    }

    @Test
    void membersAreAddedAndRemovedAndTheLossIsSaid() {
        make("night-shift", "");
        bearer("night-owl", "night-shift");
        bearer("night-crane");
        server.unix().post("/1.0/auth/identity-provider-groups", Map.of("name", "night-team", "groups", List.of()));
        Page page = groupPage("night-shift");
        Locator main = ConsoleBrowser.main(page);
        Look.button(main, "Remove night-owl").click();
        Locator box = Look.combobox(main, "Add an identity or a peer");
        box.fill("night-cr");
        page.getByRole(AriaRole.OPTION).first().click();
        Locator provider = Look.combobox(main, "Map an IDP group");
        provider.fill("night-team");
        page.getByRole(AriaRole.OPTION).first().click();
        assertThat(main).containsText("1 identity added, 1 identity removed, 1 IDP group changed");
        browser.keep(page, "members");
        Look.button(main, "Save 3 changes").click();
        assertThat(Look.toast(page)).containsText("Auth group night-shift updated.");
        assertThat(Look.button(main, "Remove night-owl")).hasCount(0);
        assertThat(group("night-shift").path("identities").path("bearer").size())
                .isEqualTo(1);
        assertThat(group("night-shift").path("identity_provider_groups").get(0).asString())
                .isEqualTo("night-team");
        server.unix().delete("/1.0/auth/identity-provider-groups/night-team");
        server.unix().delete("/1.0/auth/identities/bearer/night-owl");
        server.unix().delete("/1.0/auth/identities/bearer/night-crane");
        server.unix().delete("/1.0/auth/groups/night-shift");
    }

    @Test
    void theGroupAdminsKeepsItsPermissionsButChangesItsMembers() {
        Page page = groupPage("admins");
        Locator main = ConsoleBrowser.main(page);
        assertThat(main).containsText("The auth group admins always has full access and can’t be changed or deleted");
        assertThat(Look.button(main, "Delete permission admin on this server")).isDisabled();
        assertThat(Look.button(main, "Delete")).isDisabled();
        assertThat(Look.combobox(main, "Add an identity or a peer")).isEnabled();
        browser.keep(page, "admins");
    }

    @Test
    void severalGroupsAreDeletedAtOnce() {
        make("bulk-one", "");
        make("bulk-two", "");
        Page page = groupsPage();
        page.getByLabel("Search groups").fill("bulk-");
        assertThat(Look.row(page, "admins")).hasCount(0);
        Look.checkbox(ConsoleBrowser.main(page), "Select all").click();
        assertThat(Look.button(page, "Delete 2 auth groups")).isVisible();
        browser.keep(page, "selected");
        Look.button(page, "Delete 2 auth groups").click();
        Locator question = Look.dialog(page, "Delete 2 auth groups?");
        assertThat(question).containsText("bulk-one and bulk-two");
        Look.textbox(question, "To continue").fill("confirm-delete-group");
        server.unix().post("/1.0/auth/groups/bulk-one", Map.of("name", "bulk-first"));
        assertThat(question).containsText("Somebody on the server itself renamed bulk-one to bulk-first.");
        assertThat(question).containsText("2 auth groups: bulk-first and bulk-two");
        server.unix().delete("/1.0/auth/groups/bulk-two");
        Locator left = Look.dialog(page, "Delete auth group bulk-first?");
        assertThat(left).containsText("Somebody on the server itself deleted bulk-two.");
        assertThat(left).containsText("the auth group bulk-first");
        browser.keep(page, "renamed-and-deleted-meanwhile");
        Look.button(left, "Delete auth group").click();
        assertThat(Look.toast(page)).containsText("Auth group bulk-first deleted.");
        assertThat(ConsoleBrowser.main(page)).containsText("No group matches “bulk-”.");
    }

    @Test
    void severalGroupsGetAndLoseIdentitiesAtOnce() {
        make("crew-one", "");
        make("crew-two", "");
        bearer("a-bosun", "crew-one");
        bearer("a-cook");
        bearer("a-mate", "crew-one", "crew-two");
        Page page = groupsPage();
        page.getByLabel("Search groups").fill("crew-");
        assertThat(Look.row(page, "admins")).hasCount(0);
        Look.checkbox(ConsoleBrowser.main(page), "Select all").click();
        Look.button(page, "Change identities").click();
        Locator panel = Look.panel(page);
        assertThat(panel).containsText("Change identities for 2 auth groups");
        assertThat(Look.button(panel, "Save changes")).isDisabled();
        Look.checkbox(panel, "a-bosun").click();
        Look.checkbox(panel, "a-cook").click();
        Look.checkbox(panel, "a-mate").click();
        assertThat(panel).containsText("1 had it. Will be added to crew-two.");
        assertThat(panel).containsText("Will be removed from crew-one and crew-two.");
        assertThat(Look.button(panel, "Save 5 changes")).isEnabled();
        page.keyboard().press("Control+z");
        assertThat(Look.button(panel, "Save 3 changes")).isEnabled();
        page.keyboard().press("Control+Shift+z");
        browser.keep(page, "several-groups");
        Look.button(panel, "Save 5 changes").click();
        assertThat(Look.toast(page)).containsText("Updated identities for 2 auth groups.");
        for (String group : List.of("crew-one", "crew-two")) {
            assertThat(group(group).path("identities").path("bearer")).hasSize(2);
            server.unix().delete("/1.0/auth/groups/" + group);
        }
        List.of("a-bosun", "a-cook", "a-mate")
                .forEach(name -> server.unix().delete("/1.0/auth/identities/bearer/" + name));
    }

    @Test
    void whoeverChangesSeveralGroupsIsToldWhatBecameOfThem() {
        make("deck-one", "");
        make("deck-two", "");
        bearer("a-diver");
        bearer("a-stoker", "deck-one");
        Page page = groupsPage();
        page.getByLabel("Search groups").fill("deck-");
        assertThat(Look.row(page, "admins")).hasCount(0);
        Look.checkbox(ConsoleBrowser.main(page), "Select all").click();
        Look.button(page, "Change identities").click();
        Locator panel = Look.panel(page);
        Look.checkbox(panel, "a-diver").click();
        Inspection.waitUntilQuiet(page);
        server.unix().post("/1.0/auth/groups/deck-one", Map.of("name", "deck-three"));
        make("deck-one", "another one");
        assertThat(panel).containsText("renamed group deck-one to deck-three");
        server.unix().delete("/1.0/auth/identities/bearer/a-stoker");
        bearer("a-purser");
        assertThat(Look.checkbox(panel, "a-purser")).isVisible();
        assertThat(Look.checkbox(panel, "a-stoker")).hasCount(0);
        server.unix().delete("/1.0/auth/groups/deck-two");
        assertThat(Look.heading(page, "Change identities for deck-three")).isVisible();
        browser.keep(page, "several-groups-followed");
        panel.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(Pattern.compile("^Save 1 change")))
                .click();
        assertThat(panel).hasCount(0);
        assertThat(group("deck-three").path("identities").path("bearer")).hasSize(1);
        assertThat(group("deck-one").path("identities").path("bearer")).isEmpty();
        List.of("deck-one", "deck-three").forEach(name -> server.unix().delete("/1.0/auth/groups/" + name));
        List.of("a-diver", "a-purser").forEach(name -> server.unix().delete("/1.0/auth/identities/bearer/" + name));
    }

    @Test
    void whoGetsTheRightToMakeGroupsCanMakeThemAtOnce() {
        TestCertificate trainee = TestCertificates.client("group-trainee");
        make("group-trainees", "");
        server.unix()
                .post(
                        "/1.0/auth/identities/tls",
                        Map.of(
                                "name",
                                "group-trainee",
                                "certificate",
                                trainee.pem(),
                                "groups",
                                List.of("group-trainees")));
        try (ConsoleBrowser theirs = ConsoleBrowser.wideWith("groups-rights", trainee, server)) {
            Page page = theirs.newPage();
            page.navigate("https://" + server.address() + "/ui/permissions/groups");
            Look.button(page, "Sign in as group-trainee").click();
            Locator main = ConsoleBrowser.main(page);
            assertThat(Look.button(main, "Create auth group")).isDisabled();
            allowTrainees("can_create_groups", "can_create_identity_provider_groups");
            assertThat(Look.button(main, "Create auth group")).isEnabled();
            Look.button(main, "Create auth group").click();
            assertThat(Look.button(Look.panel(page), "Create auth group")).isEnabled();
            allowTrainees();
            assertThat(Look.button(Look.panel(page), "Create auth group")).isDisabled();
            ConsoleBrowser.follow(page, "permissions/idp-groups");
            Locator create = Look.button(main, "Create IDP group").first();
            assertThat(create).isDisabled();
            allowTrainees("can_create_identity_provider_groups");
            assertThat(create).isEnabled();
        } finally {
            server.unix().delete("/1.0/auth/identities/tls/group-trainee");
            server.unix().delete("/1.0/auth/groups/group-trainees");
        }
    }

    private static void allowTrainees(String... entitlements) {
        List<Map<String, String>> permissions = Stream.of(entitlements)
                .map(entitlement -> Map.of("entity_type", "server", "url", "/1.0", "entitlement", entitlement))
                .toList();
        server.unix().put("/1.0/auth/groups/group-trainees", Map.of("permissions", permissions));
    }

    @Test
    void questionsOfBothKindsHaveTheSameSpaceAboveTheirButtons() {
        make("asked-of", "");
        Page page = browser.open(server, "permissions/groups?panel=create-groups");
        Look.textbox(Look.panel(page), "Name").fill("never-made");
        page.keyboard().press("Escape");
        Locator leave = page.getByRole(AriaRole.ALERTDIALOG);
        int space = spaceAbove(Look.button(leave, "Keep editing"));
        browser.keep(page, "question");
        Look.button(leave, "Discard input").click();
        Look.button(page, "More actions for asked-of").click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Delete auth group"))
                .click();
        Locator delete = Look.dialog(page, "Delete auth group asked-of?");
        assertThat(spaceAbove(Look.button(delete, "Cancel"))).isEqualTo(space);
        browser.keepEverywhere(page, "question-of-groups");
        server.unix().delete("/1.0/auth/groups/asked-of");
    }

    /** In pixels, from the text of a question to a button of it. */
    private static int spaceAbove(Locator button) {
        return ((Number) button.evaluate("""
                        button => {
                          const text = button.closest('vaadin-dialog, vaadin-confirm-dialog').querySelector('.ls-stack');
                          return Math.round(button.getBoundingClientRect().top - text.getBoundingClientRect().bottom);
                        }""")).intValue();
    }

    @Test
    void whoGoesBackToTheListIsWhereOneWasInIt() {
        List<String> names = IntStream.range(10, 60).mapToObj(i -> "place-" + i).toList();
        names.forEach(name -> make(name, ""));
        try {
            assertWhereOneWas(browser.open(server, "permissions/groups?query=place-"));
        } finally {
            names.forEach(name -> server.unix().delete("/1.0/auth/groups/" + name));
        }
    }

    private static void assertWhereOneWas(Page page) {
        Locator last = page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("place-59"));
        assertThat(page.getByRole(AriaRole.TREEGRID)).hasAttribute("aria-rowcount", "51");
        Inspection.waitUntilQuiet(page);
        page.mouse().move(700, 500);
        page.mouse().wheel(0, 10_000);
        assertThat(last).isInViewport();
        Locator box = Look.checkbox(ConsoleBrowser.main(page), "Select place-59");
        box.click();
        assertThat(ConsoleBrowser.main(page)).containsText("1 of");
        last.click();
        assertThat(Look.heading(page, "place-59")).isVisible();
        page.goBack();
        assertThat(Look.heading(page, "Auth groups")).isVisible();
        assertThat(last).isInViewport();
        assertThat(box).isChecked();
        box.click();
        assertThat(Look.button(page, "Delete 1 auth group")).isHidden();
        Inspection.waitUntilQuiet(page);
        List.of("k", "k", "x").forEach(page.keyboard()::press);
        assertThat(Look.button(page, "Delete 1 auth group")).isVisible();
        page.keyboard().press("Enter");
        page.waitForURL("**/permissions/group?name=*");
        page.goBack();
        page.keyboard().press("Shift");
        assertThat(Look.button(page, "Delete 1 auth group")).isVisible();
    }

    @Test
    void thePageOfAGroupFollowsItWhoeverHasItsNameByNow() {
        make("mess-one", "the first");
        Page page = groupPage("mess-one");
        Locator main = ConsoleBrowser.main(page);
        main.getByLabel("Description").fill("my draft");
        Inspection.waitUntilQuiet(page);
        server.unix().post("/1.0/auth/groups/mess-one", Map.of("name", "mess-two"));
        make("mess-one", "the other");
        assertThat(Look.heading(page, "mess-two")).isVisible();
        assertThat(main).containsText("renamed it to “mess-two”");
        Look.button(main, "Save 1 change").click();
        assertThat(Look.toast(page)).containsText("Auth group mess-two updated.");
        assertThat(group("mess-two").path("description").asString()).isEqualTo("my draft");
        assertThat(group("mess-one").path("description").asString()).isEqualTo("the other");
        List.of("mess-one", "mess-two").forEach(name -> server.unix().delete("/1.0/auth/groups/" + name));
    }

    @Test
    void whoGoesBackAndStaysIsWhereOneWas() {
        make("stayed-with", "");
        Page page = groupsPage();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("stayed-with"))
                .click();
        Locator main = ConsoleBrowser.main(page);
        assertThat(Look.heading(page, "stayed-with")).isVisible();
        String address = page.url();
        main.getByLabel("Description").fill("not saved");
        assertThat(Look.button(main, "Save 1 change")).isEnabled();
        page.goBack();
        Locator question = page.getByRole(AriaRole.ALERTDIALOG);
        assertThat(question).containsText("1 change of this group will be lost.");
        assertThat(Look.button(question, "Keep editing")).isFocused();
        page.keyboard().press("Enter");
        assertThat(question).hasCount(0);
        assertThat(page).hasURL(address);
        assertThat(main.getByLabel("Description")).hasValue("not saved");
        page.goBack();
        question.getByRole(AriaRole.BUTTON).last().click();
        assertThat(Look.heading(page, "Auth groups")).isVisible();
        assertThat(page).hasURL("https://" + server.address() + "/ui/permissions/groups");
        server.unix().delete("/1.0/auth/groups/stayed-with");
    }

    @Test
    void aNameThatIsTakenIsSaidInThePanelAndTheInputStays() {
        Page page = groupsPage();
        Look.button(page, "Create auth group").click();
        Locator panel = Look.panel(page);
        panel.getByLabel("Name").fill("admins");
        panel.getByLabel("Description").fill("kept");
        panel.getByLabel("Description").press("Enter");
        assertThat(panel).containsText("An auth group with this name already exists");
        assertThat(panel.getByLabel("Name")).isFocused();
        assertThat(panel.getByLabel("Description")).hasValue("kept");
        panel.getByLabel("Name").fill("a/b");
        panel.getByLabel("Name").press("Enter");
        assertThat(panel.getByLabel("Name"))
                .hasAccessibleDescription(Look.text("Group name cannot contain a forward slash"));
        assertThat(panel.getByRole(AriaRole.ALERT)).hasCount(0);
        browser.keep(page, "name-taken");
    }

    @Test
    void whatAColleagueChangesMeanwhileIsSaidAndKept() {
        make("shared", "as it was");
        Page page = groupPage("shared");
        Locator main = ConsoleBrowser.main(page);
        permission(page, main, "Server", null, "can_view_metrics");
        server.unix()
                .patch(
                        "/1.0/auth/groups/shared",
                        Map.of(
                                "description",
                                "theirs",
                                "permissions",
                                List.of(Map.of(
                                        "entity_type", "server", "url", "/1.0", "entitlement", "can_view_resources"))));
        assertThat(main)
                .containsText("Somebody on the server itself changed the description to “theirs” and added permission"
                        + " can_view_resources on this server just now.");
        assertThat(main.getByLabel("Description")).hasValue("theirs");
        assertThat(permissionTable(main)).containsText("can_view_resources");
        browser.keep(page, "changed-meanwhile");
        Look.button(main, "Save 1 change").click();
        assertThat(Look.toast(page)).containsText("Auth group shared updated.");
        assertThat(permissions("shared")).containsExactlyInAnyOrder("can_view_resources", "can_view_metrics");

        main.getByLabel("Description").fill("mine");
        Inspection.waitUntilQuiet(page);
        server.unix().patch("/1.0/auth/groups/shared", Map.of("description", "theirs again"));
        Look.button(main, "Take theirs").click();
        assertThat(main.getByLabel("Description")).hasValue("theirs again");
        assertThat(Look.button(main, "Save changes")).isDisabled();

        main.getByLabel("Description").fill("mine");
        Inspection.waitUntilQuiet(page);
        server.unix().post("/1.0/auth/groups/shared", Map.of("name", "renamed"));
        assertThat(main).containsText("Somebody on the server itself renamed it to “renamed”");
        assertThat(page).hasURL(Pattern.compile(".*/permissions/group\\?name=renamed"));
        server.unix().delete("/1.0/auth/groups/renamed");
        assertThat(main).containsText("Somebody on the server itself deleted it");
        assertThat(Look.button(main, "Save 1 change")).isDisabled();
        assertThat(main.getByLabel("Description")).hasValue("mine");
        browser.keep(page, "deleted-meanwhile");
    }

    @Test
    void whoIsDeletedMeanwhileIsSaidAndWhatIsTypedStays() {
        make("drafted", "");
        bearer("drafted-doomed");
        Page page = groupPage("drafted");
        Locator main = ConsoleBrowser.main(page);
        Locator box = Look.combobox(main, "Add an identity or a peer");
        box.fill("drafted-doomed");
        box.press("Enter");
        main.getByLabel("Description").fill("new text");
        assertThat(Look.button(main, "Save 2 changes")).isEnabled();
        Inspection.waitUntilQuiet(page);
        server.unix().delete("/1.0/auth/identities/bearer/drafted-doomed");
        assertThat(main).containsText("Somebody on the server itself deleted drafted-doomed (chosen by you) just now.");
        assertThat(Look.button(main, "Save 1 change")).isEnabled();
        browser.keep(page, "chosen-was-deleted");

        box.pressSequentially("drafted-o");
        Inspection.waitUntilQuiet(page);
        bearer("drafted-other", "drafted");
        assertThat(Look.button(main, "Remove drafted-other")).isVisible();
        assertThat(box).hasValue("drafted-o");
        server.unix().delete("/1.0/auth/identities/bearer/drafted-other");
        server.unix().delete("/1.0/auth/groups/drafted");
    }

    @Test
    void whatFailedAndWhatWasSavedIsSaidAndOnesOwnChangesAreNobodyElses() {
        make("in-parts", "");
        Page page = groupPage("in-parts");
        Locator main = ConsoleBrowser.main(page);
        main.getByLabel("Description").fill("new text");
        main.getByLabel("Name").fill("in-parts-taken");
        Inspection.waitUntilQuiet(page);
        make("in-parts-taken", "");
        assertThat(main).containsText("Somebody on the server itself took this name just now.");
        browser.keep(page, "name-taken-meanwhile");
        Look.button(main, "Save 2 changes").click();
        Locator alert = main.getByRole(AriaRole.ALERT).first();
        assertThat(alert).containsText("name: Authorization group already exists");
        assertThat(alert).containsText("Saved already: description and permissions.");
        assertThat(main.getByLabel("Name")).hasAccessibleDescription(Look.text("already exists"));
        assertThat(Look.button(main, "Save 1 change")).isEnabled();
        Inspection.waitUntilQuiet(page);
        assertThat(main).not().containsText("changed the description");
        browser.keep(page, "saved-in-part");
        server.unix().delete("/1.0/auth/groups/in-parts");
        server.unix().delete("/1.0/auth/groups/in-parts-taken");
    }

    @Test
    void enterTakesTheOnlySuggestionThatIsLeft() {
        make("by-enter", "");
        Page page = groupPage("by-enter");
        Locator main = ConsoleBrowser.main(page);
        choose(page, main, "Resource type", "Server");
        Locator box = Look.combobox(main, "Entitlement");
        box.pressSequentially("can_create_proj");
        assertThat(page.getByRole(AriaRole.OPTION)).hasCount(1);
        box.press("Enter");
        assertThat(box).hasValue("can_create_projects");
        assertThat(Look.button(main, "Add")).isFocused();
        server.unix().delete("/1.0/auth/groups/by-enter");
    }

    @Test
    void whoeverTakesTheNameOfANewGroupIsNamed() {
        Page page = groupsPage();
        Look.button(page, "Create auth group").click();
        Locator panel = Look.panel(page);
        panel.getByLabel("Name").fill("wanted");
        panel.getByLabel("Description").fill("kept");
        panel.getByLabel("Description").blur();
        Inspection.waitUntilQuiet(page);
        make("wanted", "");
        assertThat(panel).containsText("Somebody on the server itself took this name just now.");
        assertThat(panel.getByLabel("Description")).hasValue("kept");
        server.unix().delete("/1.0/auth/groups/wanted");
    }

    @Test
    void whatIsSearchedAndSortedByIsInTheAddressAndOneComesBackToIt() {
        make("address-a", "");
        make("address-b", "");
        Page page = groupsPage();
        page.getByLabel("Search groups").fill("address-");
        assertThat(page).hasURL(Pattern.compile(".*/permissions/groups\\?query=address-"));
        page.locator("main vaadin-grid-sorter").first().click();
        assertThat(page).hasURL(Pattern.compile(".*/permissions/groups\\?query=address-&sort=-name"));
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("address-b"))
                .click();
        assertThat(Look.heading(page, "address-b")).isVisible();
        assertThat(page).hasURL(Pattern.compile(".*/permissions/group\\?name=address-b"));
        page.goBack();
        assertThat(page).hasURL(Pattern.compile(".*/permissions/groups\\?query=address-&sort=-name"));
        assertThat(page.getByLabel("Search groups")).hasValue("address-");
        assertThat(Look.row(page, "admins")).hasCount(0);

        Look.button(page, "Create auth group").click();
        assertThat(Look.panel(page)).isVisible();
        assertThat(page).hasURL(Pattern.compile(".*&panel=.*"));
        page.goBack();
        assertThat(Look.panel(page)).hasCount(0);
        assertThat(page.getByLabel("Search groups")).hasValue("address-");

        page.getByLabel("Search groups").fill("address-a");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("IDP groups"))
                .click();
        assertThat(Look.heading(page, "IDP groups")).isVisible();
        page.waitForTimeout(400);
        assertThat(page).hasURL(Pattern.compile(".*/permissions/idp-groups"));
        server.unix().delete("/1.0/auth/groups/address-a");
        server.unix().delete("/1.0/auth/groups/address-b");
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
    void aGroupThatIsGoneIsSaid() {
        Page page = browser.open(server, "permissions/groups?panel=edit-groups&group=gone");
        Locator alert = ConsoleBrowser.main(page).getByRole(AriaRole.ALERT);
        assertThat(alert).containsText("There is no auth group gone");
        page.navigate("https://" + server.address() + "/ui/permissions/group?name=gone");
        assertThat(alert).containsText("It does not exist any more, or you may not see it.");
        page.navigate("https://" + server.address() + "/ui/permissions/groups?panel=create-groups&group=gone");
        assertThat(Look.toast(page)).containsText("Authorization group not found");
        assertThat(Look.panel(page)).isVisible();
        assertThat(page).hasURL("https://" + server.address() + "/ui/permissions/groups?panel=create-groups");
        page.navigate("https://" + server.address() + "/ui/permissions/groups?panel=change-identities");
        assertThat(Look.row(page, "admins")).isVisible();
        assertThat(page).hasURL("https://" + server.address() + "/ui/permissions/groups");
    }

    @Test
    void whoHasDeletedAGroupIsSaidToThoseWhoMaySeeTheEvent() {
        make("short-lived", "");
        Page page = groupPage("short-lived");
        server.unix().delete("/1.0/auth/groups/short-lived");
        Locator alert = ConsoleBrowser.main(page).getByRole(AriaRole.ALERT);
        assertThat(alert).containsText("There is no auth group short-lived");
        assertThat(alert).containsText("Somebody on the server itself deleted it");
        browser.keep(page, "deleted");
        page.reload();
        assertThat(alert).containsText("Somebody on the server itself deleted it");

        TestCertificate reader = TestCertificates.client("short-lived-reader");
        Map<String, Object> identity =
                Map.of("name", "short-lived-reader", "certificate", reader.pem(), "groups", List.of());
        String theirs = server.unix().post("/1.0/auth/identities/tls", identity).location();
        try (ConsoleBrowser other = ConsoleBrowser.wideWith("groups-reader", reader, server)) {
            Page same = other.newPage();
            same.navigate("https://" + server.address() + "/ui/permissions/group?name=short-lived");
            Look.button(same, "Sign in as short-lived-reader").click();
            assertThat(same.getByRole(AriaRole.NAVIGATION).first()).isVisible();
            same.navigate("https://" + server.address() + "/ui/permissions/group?name=short-lived");
            Locator theirAlert = ConsoleBrowser.main(same).getByRole(AriaRole.ALERT);
            assertThat(theirAlert).containsText("There is no auth group short-lived");
            assertThat(theirAlert).not().containsText("deleted it");
        }
        server.unix().delete(theirs);
    }

    private Page groupsPage() {
        Page page = browser.open(server, "permissions/groups");
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

    private Page groupPage(String name) {
        Page page = browser.open(server, "permissions/group?name=" + name);
        assertThat(Look.heading(page, name)).isVisible();
        return page;
    }

    private static Locator permissionTable(Locator part) {
        return part.locator("vaadin-grid").first();
    }

    private static void bearer(String name, String... groups) {
        server.unix()
                .post(
                        "/1.0/auth/identities/bearer",
                        Map.of("name", name, "type", "Client token bearer", "groups", List.of(groups)));
    }

    private static JsonNode group(String name) {
        return server.unix().get("/1.0/auth/groups/" + name).metadata();
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
}
