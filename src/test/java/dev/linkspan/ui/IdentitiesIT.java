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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** Identities in the console. */
@ExtendWith(SharedConsole.class)
@ResourceLock("browser")
class IdentitiesIT {
    private static final String IDENTITIES = "/1.0/auth/identities";

    private static LinkspanProcess server;
    private static ConsoleBrowser browser;

    @BeforeAll
    static void start() {
        server = SharedConsole.server();
        browser = ConsoleBrowser.wide("identities");
        for (String group : List.of("team-a", "team-b")) {
            server.unix().post("/1.0/auth/groups", Map.of("name", group, "description", "Of " + group));
        }
    }

    @AfterEach
    void closePages() {
        browser.closePages();
    }

    @AfterAll
    static void close() {
        server.unix().delete("/1.0/auth/groups/team-a");
        server.unix().delete("/1.0/auth/groups/team-b");
        browser.close();
    }

    @Test
    void aColleagueSignsInByALinkAndIsOutOnceDeleted() {
        Page page = identitiesPage("");
        Locator panel = create(page, "Person with a sign-in link");
        Look.button(panel, "Create identity").click();
        assertThat(panel).containsText("Identity name is required");
        panel.getByLabel("Name").fill("jane");
        Look.checkbox(panel, "team-a").click();
        browser.keep(page, "create-person");
        Look.button(panel, "Create identity").click();
        assertThat(Look.button(page, "Done")).isDisabled();
        browser.keep(page, "sign-in-link");
        Look.button(page, "Copy link").click();
        Look.button(page, "Done").click();
        String link = browser.copied(page);

        try (ConsoleBrowser colleague = ConsoleBrowser.wide("identities-colleague")) {
            Page theirs = colleague.newPage();
            theirs.navigate(link);
            assertThat(theirs.getByRole(AriaRole.NAVIGATION)).containsText("jane");
            assertThat(theirs.getByRole(AriaRole.NAVIGATION)).containsText("Sign-in link");
            theirs.navigate("https://" + server.address() + "/ui/permissions/identities");
            assertThat(Look.button(theirs, "Create identity")).isDisabled();
            assertThat(Look.button(theirs, "Create identity"))
                    .hasAttribute("title", Look.text("That takes can_create_identities on the server."));
            assertThat(link(theirs, "jane")).isVisible();
            assertThat(theirs.getByRole(AriaRole.TREEGRID)).hasAttribute("aria-rowcount", "2");
            colleague.keep(theirs, "colleague");

            Look.button(page, "More actions for jane").click();
            menuItem(page, "Delete identity").click();
            Locator question = page.getByRole(AriaRole.ALERTDIALOG);
            assertThat(question).containsText("Identity jane (Client token bearer) is deleted.");
            assertThat(question).containsText("Its ID is ");
            Look.button(question, "Delete identity").click();
            assertThat(Look.toast(page)).containsText("Identity jane (Client token bearer) deleted.");
            assertThat(link(page, "jane")).hasCount(0);
            assertThat(theirs.getByRole(AriaRole.NOTE)).containsText("You were signed out.");
            colleague.keep(theirs, "signed-out");
        }
    }

    @Test
    void groupsOfSeveralAreChangedAtOnceAndStepsTakenBack() {
        String one = bearer("many-1", "team-a");
        String two = bearer("many-2");
        Page page = identitiesPage("?query=many-");
        box(page, "many-1").click();
        box(page, "many-2").click();
        assertThat(ConsoleBrowser.main(page)).containsText("2 of ");
        Look.button(page, "Change groups").click();
        Locator panel = Look.panel(page);
        Look.checkbox(panel, "team-a").click();
        assertThat(panel).containsText("1 had it. Will be added to many-2.");
        Look.checkbox(panel, "team-b").click();
        assertThat(panel).containsText("Will be added to many-1 and many-2.");
        page.keyboard().press("Control+z");
        assertThat(Look.button(panel, "Save 1 group change")).isEnabled();
        page.keyboard().press("Control+Shift+z");
        assertThat(Look.button(panel, "Save 3 group changes")).isEnabled();
        Look.checkbox(panel, "team-a").click();
        assertThat(panel.getByRole(AriaRole.TABLE)).containsText("− team-a");
        browser.keep(page, "modify");
        Look.button(panel, "By group").click();
        assertThat(Look.button(panel, "By identity")).isVisible();
        assertThat(panel.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("team-b")))
                .containsText("+ many-1");

        server.unix().patch(one, Map.of("groups", List.of("team-a", "admins")));
        assertThat(panel).containsText("Somebody on the server itself");
        page.keyboard().press("Control+z");
        assertThat(panel.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("team-a")))
                .containsText("+ many-2");
        assertThat(panel).containsText("+ many-1");
        page.keyboard().press("Control+Shift+z");
        assertThat(panel.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("team-a")))
                .containsText("− many-1");
        Look.button(panel, "Save 3 group changes").click();
        assertThat(Look.toast(page)).containsText("Updated auth groups for 2 identities.");
        assertThat(panel).hasCount(0);
        assertThat(groups(one)).containsExactlyInAnyOrder("admins", "team-b");
        assertThat(groups(two)).containsExactly("team-b");

        Look.button(page, "Delete 2 identities").click();
        Look.button(page.getByRole(AriaRole.ALERTDIALOG), "Delete 2 identities").click();
        assertThat(ConsoleBrowser.main(page)).containsText("No identity matches “many-”.");
        assertThat(server.unix().get(one).status()).isEqualTo(404);
    }

    @Test
    void whatIsSelectedStaysSoByBackUnderASearchAndWhenThePanelIsLoadedAnew() {
        bearer("kept-1");
        bearer("kept-2");
        String three = bearer("kept-3");
        Page page = identitiesPage("?query=kept-");
        box(page, "kept-1").click();
        box(page, "kept-3").click();
        Locator main = ConsoleBrowser.main(page);
        Look.textbox(main, "Search and filter").fill("kept-2");
        assertThat(main).containsText("2 of them not in sight here");
        Look.textbox(main, "Search and filter").fill("kept-");
        assertThat(main.getByText("not in sight here")).isHidden();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("kept-2"))
                .click();
        assertThat(Look.panel(page)).containsText("kept-2");
        page.goBack();
        assertThat(box(page, "kept-1")).isChecked();
        Look.button(page, "Change groups").click();
        Locator panel = Look.panel(page);
        assertThat(panel).containsText("Change groups for 2 identities");
        assertThat(Look.button(page, "Clear")).hasCount(0);
        Look.checkbox(panel, "team-b").click();
        assertThat(Look.button(panel, "Save 2 group changes")).isEnabled();
        Inspection.waitUntilQuiet(page);
        page.reload();
        assertThat(panel).containsText("Change groups for 2 identities");
        assertThat(Look.button(panel, "Save 2 group changes")).isEnabled();
        assertThat(Look.toast(page)).containsText("This page was loaded anew.");
        browser.keep(page, "loaded-anew");
        assertThat(page).hasURL(Pattern.compile(".*query=kept-&panel=modify-groups$"));
        Inspection.waitUntilQuiet(page);
        page.reload();
        assertThat(Look.button(panel, "Save 2 group changes")).isEnabled();
        server.unix().delete(three);
        assertThat(panel).containsText("Change groups for kept-1");
        Look.button(panel, "Save 1 group change").click();
        assertThat(panel).hasCount(0);
        assertThat(box(page, "kept-2")).isEnabled();
    }

    @Test
    void aGroupIsRenamedAndAnIdentityDeletedAtOnceWhileTheyAreChosen() {
        server.unix().post("/1.0/auth/groups", Map.of("name", "helm"));
        bearer("steady-1");
        String two = bearer("steady-2");
        Page page = identitiesPage("?query=steady-");
        box(page, "steady-1").click();
        box(page, "steady-2").click();
        Look.button(page, "Change groups").click();
        Locator panel = Look.panel(page);
        Look.checkbox(panel, "helm").click();
        Inspection.waitUntilQuiet(page);
        server.unix().post("/1.0/auth/groups/helm", Map.of("name", "wheel"));
        server.unix().delete(two);
        assertThat(panel).containsText("Change groups for steady-1");
        assertThat(panel).containsText("renamed group helm to wheel");
        assertThat(panel).containsText("deleted steady-2 (chosen by you)");
        server.unix().patch(IDENTITIES + "/bearer/steady-1", Map.of("groups", List.of("team-a")));
        assertThat(panel).containsText("added group team-a");
        Inspection.waitUntilQuiet(page);
        page.reload();
        assertThat(panel).containsText("added group team-a");
        browser.keep(page, "steady");
        Look.button(panel, "Save 1 group change").click();
        assertThat(panel).hasCount(0);
        assertThat(server.unix().get(IDENTITIES + "/bearer/steady-1").metadata().path("groups"))
                .hasSize(2);
        server.unix().delete(IDENTITIES + "/bearer/steady-1");
        server.unix().delete("/1.0/auth/groups/wheel");
    }

    @Test
    void aPastedCertificateIsJudgedAtOnce() {
        TestCertificate certificate = TestCertificates.client("laptop");
        Page page = identitiesPage("");
        Locator panel = create(page, "Client certificate");
        panel.getByLabel("Name").fill("laptop");
        Look.radio(panel, "I have the certificate").check();
        Look.button(panel, "Create identity").click();
        assertThat(panel).containsText("A certificate is required");
        Locator pem = panel.getByLabel("Certificate in PEM");
        pem.fill("garbage");
        assertThat(panel).containsText("This is not a certificate in PEM.");
        pem.fill(TestCertificates.expired("laptop").pem());
        assertThat(panel).containsText("This certificate can’t be trusted");
        pem.fill(certificate.pem());
        assertThat(panel.getByRole(AriaRole.STATUS)).containsText("Valid until");
        browser.keep(page, "certificate");
        Look.button(panel, "Create identity").click();
        assertThat(Look.toast(page)).containsText("Identity laptop created.");
        assertThat(trusted(certificate)).isEqualTo("trusted");

        link(page, "laptop").click();
        Look.button(panel, "Replace certificate").first().click();
        panel.getByLabel("Certificate in PEM").fill("garbage");
        assertThat(panel).containsText("This is not a certificate in PEM.");
        Look.button(panel, "Cancel").first().click();
        assertThat(Look.button(panel, "Replace certificate").first()).isFocused();
        page.keyboard().press("Escape");
        assertThat(panel).hasCount(0);
        link(page, "laptop").click();
        Look.button(panel, "Replace certificate").first().click();
        TestCertificate next = TestCertificates.client("next");
        panel.getByLabel("Certificate in PEM").fill(next.pem());
        assertThat(panel.getByRole(AriaRole.STATUS)).containsText("Valid until");
        browser.keep(page, "replace");
        Look.button(panel, "Replace certificate").last().click();
        assertThat(Look.toast(page)).containsText("Certificate of identity laptop replaced.");
        assertThat(trusted(certificate)).isEqualTo("untrusted");
        assertThat(trusted(next)).isEqualTo("trusted");
        server.unix().delete(IDENTITIES + "/tls/laptop");
    }

    @Test
    void itIsSaidWhoTakesTheNameAndWhoDeletesWhatWasChosen() {
        for (String name : List.of("bulk-one", "bulk-two")) {
            server.unix().post(IDENTITIES + "/bearer", Map.of("type", "Client token bearer", "name", name));
        }
        Page page = identitiesPage("");
        Locator panel = create(page, "Bearer token");
        panel.getByLabel("Name").fill("soon-taken");
        panel.getByLabel("Name").press("Tab");
        Inspection.waitUntilQuiet(page);
        server.unix().post(IDENTITIES + "/bearer", Map.of("type", "Client token bearer", "name", "soon-taken"));
        assertThat(panel).containsText("Somebody on the server itself took this name");
        page.close();

        page = identitiesPage("");
        box(page, "bulk-one").click();
        box(page, "bulk-two").click();
        Look.button(page, "Change groups").click();
        Inspection.waitUntilQuiet(page);
        server.unix().delete(IDENTITIES + "/bearer/bulk-two");
        assertThat(Look.panel(page)).containsText("deleted bulk-two (chosen by you)");
        server.unix().delete(IDENTITIES + "/bearer/bulk-one");
        server.unix().delete(IDENTITIES + "/bearer/soon-taken");
    }

    @Test
    void whatIsEnteredStaysOnTheWayBackToTheTypesAndIsAskedAboutThere() {
        Page page = identitiesPage("");
        Locator panel = create(page, "Client certificate");
        panel.getByLabel("Name").fill("on-the-way");
        Look.checkbox(panel, "team-a").click();
        assertThat(Look.checkbox(panel, "team-a")).isChecked();
        Inspection.waitUntilQuiet(page);
        page.goBack();
        Locator bearer = panel.getByRole(AriaRole.BUTTON, named("Bearer token"));
        assertThat(bearer).isVisible();
        assertThat(page.getByRole(AriaRole.ALERTDIALOG)).hasCount(0);
        page.keyboard().press("Escape");
        Look.button(page.getByRole(AriaRole.ALERTDIALOG), "Keep editing").click();
        bearer.click();
        assertThat(panel.getByLabel("Name")).hasValue("on-the-way");
        assertThat(Look.checkbox(panel, "team-a")).isChecked();
        Look.radio(panel, "Custom").check();
        panel.getByLabel("Token expiry value").fill("1 day");
        panel.getByLabel("Token expiry value").press("Enter");
        assertThat(panel).containsText("Write numbers with a unit each");
        assertThat(panel.getByLabel("Token expiry value")).isFocused();

        assertThat((String) Look.checkbox(panel, "team-a").evaluate("""
                        input => {
                          const box = input.closest('vaadin-checkbox');
                          box.disabled = true;
                          return getComputedStyle(box.shadowRoot.querySelector('[part="checkbox"]')).backgroundColor;
                        }"""))
                .as("a box that is ticked and disabled")
                .isNotEqualTo("rgba(0, 0, 0, 0)");
        browser.keep(page, "ticked-and-disabled");
        assertThat(Look.button(panel, "Back")).hasCount(0);
        Look.button(panel, "Cancel").click();
        assertThat(panel).hasCount(0);
    }

    @Test
    void whoIsDeletedByAColleagueFirstIsNoFailure() {
        String one = bearer("both-gone-1");
        bearer("both-gone-2");
        Page page = identitiesPage("?query=both-gone");
        box(page, "both-gone-1").click();
        box(page, "both-gone-2").click();
        Look.button(page, "Delete 2 identities").click();
        Locator question = page.getByRole(AriaRole.ALERTDIALOG);
        assertThat(question).containsText("2 identities go");
        server.unix().delete(one);
        assertThat(question).containsText("Somebody on the server itself deleted both-gone-1.");
        browser.keep(page, "one-gone-meanwhile");
        Look.button(question, "Delete identity").click();
        assertThat(Look.toast(page)).containsText("Identity both-gone-2 (Client token bearer) deleted.");
    }

    @Test
    void aTokenIsNotOfferedForAnIdentityThatIsGone() {
        String one = bearer("short-lived");
        Page page = identitiesPage("?query=short-lived");
        Look.button(page, "More actions for short-lived").click();
        menuItem(page, "Issue new token").click();
        Locator question = Look.dialog(page, "Issue new token for identity short-lived?");
        assertThat(question.getByRole(AriaRole.RADIO).first()).isFocused();
        server.unix().delete(one);
        assertThat(question).containsText("Somebody on the server itself deleted short-lived.");
        browser.keep(page, "token-of-nobody");
        assertThat(question.getByRole(AriaRole.RADIO)).hasCount(0);
        assertThat(Look.button(question, "Issue new token")).hasCount(0);
        assertThat(Look.button(question, "Close")).isFocused();
        Look.button(question, "Close").click();
        assertThat(question).hasCount(0);

        String pending = server.unix()
                .post("/1.0/auth/identities/tls", Map.of("name", "short-lived", "token", true))
                .metadata()
                .path("client_name")
                .asString();
        assertThat(pending).isEqualTo("short-lived");
        Look.button(page, "More actions for short-lived").click();
        menuItem(page, "Issue new token").click();
        Locator again = page.getByRole(AriaRole.ALERTDIALOG);
        assertThat(again).containsText("short-lived");
        server.unix().delete(IDENTITIES + "/tls/short-lived");
        assertThat(again).containsText("Somebody on the server itself deleted short-lived.");
        browser.keep(page, "trust-token-of-nobody");
        assertThat(Look.button(again, "Cancel")).isHidden();
        assertThat(Look.button(again, "Issue new token")).hasCount(0);
        assertThat(Look.button(again, "Close")).isFocused();
        page.keyboard().press("Enter");
        assertThat(again).hasCount(0);
    }

    @Test
    void aBearerTokenIsShownOnceAndRevoked() {
        Page page = identitiesPage("");
        Locator panel = create(page, "Bearer token");
        panel.getByLabel("Name").fill("robot");
        Look.radio(panel, "Custom").check();
        panel.getByLabel("Token expiry value").fill("1 day");
        Look.button(panel, "Create identity").click();
        assertThat(panel).containsText("Write numbers with a unit each");
        panel.getByLabel("Token expiry value").fill("1d");
        Look.button(panel, "Create identity").click();
        Look.button(page, "Copy token").click();
        assertThat(Look.button(page, "Done")).isEnabled();
        String token = browser.copied(page);
        browser.keep(page, "bearer-token");
        Look.button(page, "Done").click();
        assertThat(auth("Authorization: Bearer " + token)).isEqualTo("trusted");

        link(page, "robot").click();
        assertThat(panel).containsText("Token works until");
        Locator issue = Look.button(panel, "Issue new token");
        issue.focus();
        Inspection.waitUntilQuiet(page);
        server.unix().post("/1.0/auth/groups", Map.of("name", "robots-later"));
        assertThat(panel).containsText("robots-later");
        Inspection.waitUntilQuiet(page);
        assertThat(issue).isFocused();
        server.unix().delete("/1.0/auth/groups/robots-later");
        issue.press("Enter");
        Look.button(Look.dialog(page, "Issue new token for identity robot?"), "Issue new token")
                .click();
        Look.button(page, "Copy token").click();
        server.unix().post(IDENTITIES + "/bearer/robot/token", Map.of());
        assertThat(Look.dialog(page, "New token for robot")).containsText("issued another token in place of this");
        Look.button(page, "Done").click();
        assertThat(issue).isFocused();
        token = browser.copied(page);
        Look.button(panel, "Revoke token").click();
        Look.button(page.getByRole(AriaRole.ALERTDIALOG), "Revoke token").click();
        assertThat(Look.toast(page)).containsText("Token of identity robot revoked.");
        assertThat(panel).containsText("No active token");
        assertThat(Look.button(panel, "Revoke token")).isDisabled();
        assertThat(server.https().get("/1.0", "Authorization: Bearer " + token).status())
                .isEqualTo(403);
        browser.keep(page, "revoked");
        server.unix().delete(IDENTITIES + "/bearer/robot");
    }

    @Test
    void anotherClusterGetsATokenToLinkOneWay() {
        Page page = identitiesPage("");
        Locator panel = create(page, "Cluster link certificate");
        panel.getByLabel("Name").fill("rome");
        Look.checkbox(panel, "team-b").click();
        Look.button(panel, "Create identity").click();
        assertThat(Look.dialog(page, "Identity rome created")).containsText("--unidirectional --token");
        Look.button(page, "Copy command").click();
        assertThat(Look.button(page, "Done")).isEnabled();
        assertThat(browser.copied(page)).startsWith("lxc cluster link create berlin --unidirectional --token ey");
        browser.keep(page, "cluster-link");
        Look.button(page, "Done").click();
        JsonNode made = server.unix().get(IDENTITIES + "/tls/rome").metadata();
        assertThat(made.path("type").asString()).isEqualTo("Cluster link certificate (pending)");
        assertThat(made.path("groups").toString()).isEqualTo("[\"team-b\"]");

        Locator type = page.getByTitle("Cluster link certificate (pending)").first();
        assertThat(type).isVisible();
        assertThat((Boolean) type.evaluate("cell => cell.scrollWidth <= cell.clientWidth"))
                .as("the whole type is there")
                .isTrue();
        browser.keep(page, "pending");

        Look.button(page, "More actions for rome").click();
        menuItem(page, "Issue new token").click();
        Look.button(page.getByRole(AriaRole.ALERTDIALOG), "Issue new token").click();
        assertThat(Look.dialog(page, "New token for rome")).containsText("Works once");
        server.unix().delete(IDENTITIES + "/tls/rome");
    }

    @Test
    void whoeverTakesTheLastAdministratorAwayIsWarned() {
        Map<String, Object> chief = Map.of(
                "name", "chief", "certificate", TestCertificates.client("chief").pem(), "groups", List.of("admins"));
        String admin = server.unix().post(IDENTITIES + "/tls", chief).location();
        boolean last = server.unix()
                .post("/1.0/linkspan/last-administrator", Map.of("groups_of_identities", Map.of(admin, List.of())))
                .metadata()
                .path("last_would_go")
                .asBoolean();
        Page page = identitiesPage("");
        Look.button(page, "Edit identity chief").click();
        Locator panel = Look.panel(page);
        Look.checkbox(panel, "admins").click();
        assertThat(panel).containsText("chief is then in no auth group and may do nothing here.");
        assertThat(panel.getByText("Nobody would be left who may do everything."))
                .hasCount(last ? 1 : 0);
        browser.keep(page, "last-administrator");
        page.keyboard().press("Escape");
        server.unix().delete(admin);
    }

    @Test
    void aPanelForAnIdentityThatIsGoneSaysSo() {
        Page page = identitiesPage("?panel=edit-identity&identity=tls%2Fgone");
        assertThat(Look.toast(page)).containsText("This identity does not exist any more");
        assertThat(Look.panel(page)).hasCount(0);
        assertThat(page).hasURL("https://" + server.address() + "/ui/permissions/identities");
    }

    @Test
    void whatIsSearchedFilteredAndSortedStaysInTheAddress() {
        String query = "?query=nobody-&method=bearer&expires=expired&sort=-name";
        Page page = browser.open(server, "permissions/identities" + query);
        assertThat(ConsoleBrowser.main(page)).containsText("No identity matches “nobody-” and these filters.");
        Inspection.waitUntilQuiet(page);
        assertThat(page.url()).endsWith("&sort=-name").contains("query=nobody-", "method=bearer", "expires=expired");
    }

    @Test
    void identitiesOfTheServerItselfAreHiddenUntilOneWantsThem() {
        String person = bearer("system-reader", "admins");
        String link = server.unix()
                .post("/1.0/linkspan/sign-in-links", Map.of("identity", person))
                .metadata()
                .path("url")
                .asString();
        try (ConsoleBrowser theirs = ConsoleBrowser.wide("identities-system")) {
            Page page = theirs.newPage();
            page.navigate(link);
            Locator navigation = page.getByRole(AriaRole.NAVIGATION);
            assertThat(navigation).containsText("Sign-in link · admins");
            Locator entry = navigation.getByRole(AriaRole.LINK, named("Identities"));
            assertThat(entry).hasAccessibleName(Pattern.compile("Identities\\s*\\d+"));
            entry.click();
            assertThat(page).hasURL(Pattern.compile("system-identities=hide"));
            assertThat(link(page, "system-reader")).isVisible();
            assertThat(link(page, "ui-admin-initial")).hasCount(0);
            theirs.keep(page, "hidden");
            Look.button(page, "Remove filter System identities: hidden").click();
            assertThat(link(page, "ui-admin-initial")).isVisible();
            assertThat(navigation.locator("vaadin-side-nav-item[current]")).containsText("Identities");
            page.reload();
            assertThat(navigation.locator("vaadin-side-nav-item[current]")).containsText("Identities");
        }
        server.unix().delete(person);
    }

    @Test
    void aNameThatAnIdentityOfAnotherMethodHasIsTaken() {
        String other = bearer("name-of-two");
        Page page = identitiesPage("");
        Locator panel = create(page, "Client certificate");
        panel.getByLabel("Name").fill("name-of-two");
        panel.getByLabel("Name").press("Tab");
        assertThat(panel).containsText("An identity with this name already exists");
        server.unix().delete(other);
    }

    private Page identitiesPage(String query) {
        Page page = browser.open(server, "permissions/identities" + query);
        assertThat(page.getByRole(AriaRole.TREEGRID)).isVisible();
        return page;
    }

    private static Locator create(Page page, String type) {
        Look.button(page, "Create identity").click();
        Locator panel = Look.panel(page);
        panel.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(type))
                .click();
        assertThat(panel.getByLabel("Name")).isFocused();
        return panel;
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator box(Page page, String name) {
        return page.getByRole(AriaRole.CHECKBOX, new Page.GetByRoleOptions().setName("Select " + name));
    }

    private static Locator menuItem(Page page, String name) {
        return page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator.GetByRoleOptions named(String name) {
        return new Locator.GetByRoleOptions().setName(name);
    }

    /** Makes a bearer identity and says where it is. */
    private static String bearer(String name, String... groups) {
        return server.unix()
                .post(
                        IDENTITIES + "/bearer",
                        Map.of("type", "Client token bearer", "name", name, "groups", List.of(groups)))
                .location();
    }

    private static List<String> groups(String identity) {
        return server.unix()
                .get(identity)
                .metadata()
                .path("groups")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    private static String trusted(TestCertificate certificate) {
        return server.https()
                .as(certificate)
                .get("/1.0")
                .metadata()
                .path("auth")
                .asString();
    }

    private static String auth(String header) {
        return server.https().get("/1.0", header).metadata().path("auth").asString();
    }
}
