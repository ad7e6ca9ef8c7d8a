package dev.linkspan.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.linkspan.testing.IdentityProvider;
import dev.linkspan.testing.LinkspanProcess;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** The identity provider's groups in the console. */
@ExtendWith(SharedConsole.class)
@ResourceLock("browser")
class ProviderGroupsIT {
    private static LinkspanProcess server;
    private static ConsoleBrowser browser;

    @BeforeAll
    static void start() {
        server = SharedConsole.server();
        browser = ConsoleBrowser.wide("idp-groups");
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
    void aProviderGroupIsMadeRenamedMappedAndDeleted() {
        server.unix()
                .post(
                        "/1.0/auth/groups",
                        Map.of(
                                "name",
                                "pilots",
                                "permissions",
                                List.of(Map.of("entity_type", "server", "url", "/1.0", "entitlement", "viewer"))));
        Page page = page();
        Look.button(page, "Create IDP group").first().click();
        Locator panel = Look.panel(page);
        Locator submit = panel.locator("footer").getByRole(AriaRole.BUTTON).last();
        submit.click();
        assertThat(panel).containsText("IDP group name is required");
        panel.getByLabel("Name").fill("harbour pilots");
        Look.checkbox(panel, "pilots").click();
        assertThat(panel).containsText("Its members may then:");
        assertThat(panel).containsText("see everything on this server");
        browser.keep(page, "create");
        submit.click();
        assertThat(Look.toast(page)).containsText("IDP group harbour pilots created.");
        assertThat(groups("harbour%20pilots")).isEqualTo("pilots");
        assertThat(Look.row(page, "harbour pilots").boundingBox().height).isLessThan(38);

        Look.button(page, "Edit IDP group harbour pilots").click();
        assertThat(Look.button(panel, "Save changes")).isDisabled();
        Look.checkbox(panel, "pilots").click();
        assertThat(Look.button(panel, "Save 1 change")).isEnabled();
        page.keyboard().press("Control+z");
        assertThat(Look.button(panel, "Save changes")).isDisabled();
        Look.checkbox(panel, "pilots").click();
        panel.getByLabel("Name").fill("pilots of the harbour");
        panel.getByLabel("Name").blur();
        browser.keep(page, "edit");
        Look.button(panel, "Save 2 changes").click();
        assertThat(Look.toast(page)).containsText("IDP group pilots of the harbour updated.");
        assertThat(groups("pilots%20of%20the%20harbour")).isEmpty();

        Look.checkbox(ConsoleBrowser.main(page), "Select pilots of the harbour").click();
        browser.keep(page, "selected");
        Look.button(page, "Delete 1 IDP group").click();
        Locator question = page.getByRole(AriaRole.ALERTDIALOG);
        assertThat(question).containsText("The IDP group pilots of the harbour is deleted.");
        server.unix()
                .post(
                        "/1.0/auth/identity-provider-groups/pilots%20of%20the%20harbour",
                        Map.of("name", "pilots of the sea"));
        assertThat(question)
                .containsText("Somebody on the server itself renamed pilots of the harbour to pilots of the sea.");
        assertThat(question).containsText("The IDP group pilots of the sea is deleted.");
        browser.keep(page, "renamed-meanwhile");
        Look.button(question, "Delete IDP group").click();
        assertThat(Look.toast(page)).containsText("IDP group pilots of the sea deleted.");
        assertThat(Look.row(page, "pilots of the harbour")).hasCount(0);
        server.unix().delete("/1.0/auth/groups/pilots");
    }

    @Test
    void whatAColleagueDoesWithTheGroupOneEditsIsSaidAndTheInputStays() {
        server.unix().post("/1.0/auth/groups", Map.of("name", "dockers"));
        server.unix().post("/1.0/auth/identity-provider-groups", Map.of("name", "shift", "groups", List.of()));
        Page page = page();
        Look.button(page, "Edit IDP group shift").click();
        Locator panel = Look.panel(page);
        Look.checkbox(panel, "admins").click();
        server.unix().put("/1.0/auth/identity-provider-groups/shift", Map.of("groups", List.of("dockers")));
        assertThat(panel).containsText("Somebody on the server itself added group dockers just now.");
        server.unix().post("/1.0/auth/identity-provider-groups/shift", Map.of("name", "early shift"));
        assertThat(panel).containsText("renamed it to “early shift”");
        assertThat(panel.getByLabel("Name")).hasValue("early shift");
        assertThat(Look.button(panel, "Save 1 change")).isEnabled();
        browser.keep(page, "changed-meanwhile");
        server.unix().delete("/1.0/auth/identity-provider-groups/early%20shift");
        assertThat(panel).containsText("Somebody on the server itself deleted it");
        assertThat(Look.button(panel, "Save 1 change")).isDisabled();
        server.unix().delete("/1.0/auth/groups/dockers");
    }

    @Test
    void aNameThatIsTakenIsSaidInThePanelAndTheInputStays() {
        server.unix().post("/1.0/auth/identity-provider-groups", Map.of("name", "taken", "groups", List.of()));
        Page page = page();
        Look.button(page, "Create IDP group").first().click();
        Locator panel = Look.panel(page);
        panel.getByLabel("Name").fill("taken");
        panel.getByLabel("Name").press("Enter");
        assertThat(panel.getByLabel("Name"))
                .hasAccessibleDescription(Look.text("Identity provider group \"taken\" already exists"));
        assertThat(panel.getByLabel("Name")).hasValue("taken");
        server.unix().delete("/1.0/auth/identity-provider-groups/taken");
    }

    @Test
    void whoeverTakesTheMappingOfTheLastAdministratorAwayIsAsked() {
        String mapping = "/1.0/auth/identity-provider-groups/bridge";
        try (IdentityProvider provider = IdentityProvider.start(server.address())) {
            provider.user("skipper", "skipper@example.com", "Skipper", "bridge");
            configure(provider.issuer(), IdentityProvider.CONSOLE, IdentityProvider.AUDIENCE, "groups");
            server.unix()
                    .post("/1.0/auth/identity-provider-groups", Map.of("name", "bridge", "groups", List.of("admins")));
            String token = provider.sign(provider.claims("skipper").build());
            String[] headers = {"Authorization: Bearer " + token, "X-LXD-authenticated: true"};
            JsonNode skipper =
                    server.https().get("/1.0/auth/identities/current", headers).metadata();
            assertThat(skipper.path("effective_groups").toString()).isEqualTo("[\"admins\"]");
            Page page = page();
            Look.button(page, "Edit IDP group bridge").click();
            Locator panel = Look.panel(page);
            Look.checkbox(panel, "admins").click();
            Look.button(panel, "Save 1 change").click();
            Locator question = page.getByRole(AriaRole.ALERTDIALOG);
            assertThat(question).containsText("Nobody would be left who may do everything.");
            browser.keep(page, "last-administrator");
            Look.button(question, "Cancel").click();
            assertThat(groups("bridge")).isEqualTo("admins");
            Look.button(panel, "Cancel").click();
            Look.checkbox(ConsoleBrowser.main(page), "Select bridge").click();
            Look.button(page, "Delete 1 IDP group").click();
            assertThat(question).containsText("Nobody would be left who may do everything.");
            Look.button(question, "Delete IDP group").click();
            assertThat(Look.row(page, "bridge")).hasCount(0);
        } finally {
            server.unix().delete(mapping);
            server.unix().delete("/1.0/auth/identities/oidc/skipper@example.com");
            configure("", "", "", "");
        }
    }

    private static void configure(String issuer, String client, String audience, String claim) {
        Map<String, String> keys = Map.of(
                "oidc.issuer", issuer,
                "oidc.client.id", client,
                "oidc.audience", audience,
                "oidc.groups.claim", claim);
        assertThat(server.unix().patch("/1.0", Map.of("config", keys)).status()).isEqualTo(200);
    }

    private Page page() {
        Page page = browser.open(server, "permissions/idp-groups");
        assertThat(Look.heading(page, "IDP groups")).isVisible();
        return page;
    }

    private static String groups(String name) {
        JsonNode groups = server.unix()
                .get("/1.0/auth/identity-provider-groups/" + name)
                .metadata()
                .path("groups");
        return String.join(",", groups.valueStream().map(JsonNode::asString).toList());
    }
}
