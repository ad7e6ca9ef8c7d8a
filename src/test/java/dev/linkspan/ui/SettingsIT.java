package dev.linkspan.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.linkspan.testing.LinkspanProcess;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** The server's configuration in the console. */
@ExtendWith(SharedConsole.class)
@ResourceLock("browser")
class SettingsIT {
    private static final String LIMIT = "linkspan.backup_size_limit";
    private static final String OWN =
            "user.a-key-of-ones-own-with-a-name-that-is-much-too-long-for-its-column.and-more";

    private static LinkspanProcess server;
    private static ConsoleBrowser browser;

    @BeforeAll
    static void start() {
        server = SharedConsole.server();
        browser = ConsoleBrowser.wide("settings");
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
    void aSettingIsChangedRefusedAndReset() {
        Page page = page("");
        assertThat(Look.row(page, LIMIT)).hasAccessibleName(Look.text("256MiB"));
        browser.keep(page, "wide");
        Look.button(page, "Edit " + LIMIT).click();
        Locator panel = Look.panel(page);
        Locator value = panel.getByLabel("Value");
        value.fill("a lot");
        value.press("Tab");
        String refusal = server.unix()
                .patch("/1.0", Map.of("config", Map.of(LIMIT, "a lot")))
                .error();
        assertThat(value).hasAccessibleDescription(Look.text(refusal.substring(refusal.indexOf("\": ") + 3)));
        Look.button(panel, "Save setting").click();
        assertThat(value).isFocused();
        browser.keep(page, "refused");
        value.fill("128MiB");
        value.press("Enter");
        assertThat(Look.toast(page)).containsText("Setting " + LIMIT + " saved.");
        assertThat(Look.row(page, LIMIT)).hasAccessibleName(Look.text("128MiB"));
        assertThat(Look.row(page, LIMIT)).hasAccessibleName(Look.text("ui-admin-initial"));
        assertThat(lastChange(LIMIT).path("protocol").asString()).isEqualTo("bearer");
        Look.button(page, "Edit " + LIMIT).click();
        browser.keep(page, "panel");
        Look.button(panel, "Reset to default").click();
        assertThat(Look.row(page, LIMIT)).hasAccessibleName(Look.text("256MiB default"));
    }

    @Test
    void whatAColleagueHasChangedIsSaidAndTheInputStays() {
        Page page = page("?setting=" + LIMIT);
        Locator panel = Look.panel(page);
        panel.getByLabel("Value").fill("64MiB");
        server.unix().patch("/1.0", Map.of("config", Map.of(LIMIT, "32MiB")));
        assertThat(panel).containsText("Somebody on the server itself has changed " + LIMIT + " meanwhile: 32MiB");
        assertThat(panel.getByLabel("Value")).hasValue("64MiB");
        browser.keep(page, "meanwhile");
        Look.button(panel, "Keep mine").click();
        assertThat(panel.getByText("meanwhile")).isHidden();
        Look.button(panel, "Save setting").click();
        assertThat(Look.row(page, LIMIT)).hasAccessibleName(Look.text("64MiB"));
        server.unix().patch("/1.0", Map.of("config", Map.of(LIMIT, "")));
    }

    @Test
    void whatAColleagueHasSetIsTakenOver() {
        Page page = page("?setting=" + LIMIT);
        Locator panel = Look.panel(page);
        server.unix().patch("/1.0", Map.of("config", Map.of(LIMIT, "32MiB")));
        assertThat(panel.getByLabel("Value")).hasValue("32MiB");
        assertThat(Look.button(panel, "Take theirs")).hasCount(0);
        panel.getByLabel("Value").fill("64MiB");
        server.unix().patch("/1.0", Map.of("config", Map.of(LIMIT, "16MiB")));
        assertThat(panel).containsText("meanwhile: 16MiB");
        assertThat(panel.getByLabel("Value")).hasValue("64MiB");
        Look.button(panel, "Take theirs").click();
        assertThat(panel.getByLabel("Value")).hasValue("16MiB");
        assertThat(panel.getByText("meanwhile")).isHidden();
        assertThat(Look.button(panel, "Save setting")).isDisabled();
        server.unix().patch("/1.0", Map.of("config", Map.of(LIMIT, "")));
    }

    @Test
    void whoHasRemovedAKeyIsSaidToo() {
        server.unix().patch("/1.0", Map.of("config", Map.of("user.leaving", "here")));
        Page page = page("?setting=user.leaving");
        Locator panel = Look.panel(page);
        assertThat(panel.getByLabel("Value")).hasValue("here");
        server.unix().patch("/1.0", Map.of("config", Map.of("user.leaving", "")));
        assertThat(panel).containsText("Somebody on the server itself has changed user.leaving meanwhile: not set");
        assertThat(panel.getByRole(AriaRole.DEFINITION).last()).containsText("Somebody on the server itself, ");
        browser.keep(page, "removed-meanwhile");
        panel.getByLabel("Value").fill("mine");
        Inspection.waitUntilQuiet(page);
        server.unix().patch("/1.0", Map.of("config", Map.of("user.leaving", "theirs")));
        assertThat(Look.button(panel, "Take theirs")).isVisible();
        page.reload();
        assertThat(Look.button(panel, "Take theirs")).isVisible();
        assertThat(panel.getByLabel("Value")).hasValue("mine");
        assertThat(panel).containsText("has changed user.leaving meanwhile: theirs");
        Look.button(panel, "Keep mine").click();
        Inspection.waitUntilQuiet(page);
        page.reload();
        assertThat(panel.getByLabel("Value")).hasValue("mine");
        Inspection.waitUntilQuiet(page);
        assertThat(Look.button(panel, "Take theirs")).isHidden();
        server.unix().patch("/1.0", Map.of("config", Map.of("user.leaving", "")));
    }

    @Test
    void howATimeSpanIsWrittenIsSaidWhenItIsnt() {
        Page page = page("?setting=core.remote_token_expiry");
        Locator panel = Look.panel(page);
        panel.getByLabel("Value").fill("2 weeks");
        panel.getByLabel("Value").press("Enter");
        assertThat(panel)
                .containsText("Invalid expiry expression. Write numbers with a unit each, separated by spaces");
        browser.keep(page, "expiry");
        panel.getByLabel("Value").fill("1d 3H 5M");
        assertThat(panel).not().containsText("Invalid expiry expression");
    }

    @Test
    void theSecretIsNeverShownAndKeysOfOnesOwnAreMadeAndRemoved() {
        server.unix().patch("/1.0", Map.of("config", Map.of("oidc.client.secret", "hush-hush")));
        Page page = page("");
        assertThat(Look.row(page, "oidc.client.secret")).hasAccessibleName(Look.text("set, never shown"));
        assertThat(page.content()).doesNotContain("hush-hush");
        assertThat(server.unix().get("/1.0/linkspan/settings").text()).doesNotContain("hush-hush");
        assertThat(lastChange("oidc.client.secret").path("protocol").asString()).isEqualTo("unix");
        page.keyboard().press("c");
        Locator panel = Look.panel(page);
        panel.getByLabel("Name").fill(OWN.substring("user.".length()));
        panel.getByLabel("Value").fill("kept");
        browser.keep(page, "create");
        panel.getByLabel("Value").press("Enter");
        Look.textbox(ConsoleBrowser.main(page), "Search settings").fill("ones-own");
        assertThat(Look.row(page, OWN)).isVisible();
        Look.textbox(ConsoleBrowser.main(page), "Search settings").fill("");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        page.navigate("https://" + server.address() + "/ui/settings?setting=oidc.client.secret");
        assertThat(panel).containsText("set, never shown");
        browser.keep(page, "dark");
        try (ConsoleBrowser phone = ConsoleBrowser.narrow("settings-narrow")) {
            Page small = phone.open(server, "settings");
            assertThat(Look.row(small, LIMIT)).isVisible();
            phone.keep(small, "list");
            small.navigate("https://" + server.address() + "/ui/settings?setting=" + LIMIT);
            assertThat(Look.panel(small)).containsText("256MiB");
            phone.keep(small, "panel");
        }
        server.unix().patch("/1.0", Map.of("config", Map.of("oidc.client.secret", "", OWN, "")));
        page.navigate("https://" + server.address() + "/ui/settings");
        assertThat(Look.row(page, "oidc.client.secret")).hasAccessibleName(Look.text("not set"));
        assertThat(Look.row(page, OWN)).hasCount(0);
    }

    private static JsonNode lastChange(String key) {
        return server.unix()
                .get("/1.0/linkspan/settings")
                .metadata()
                .valueStream()
                .filter(setting -> setting.path("key").asString().equals(key))
                .findFirst()
                .orElseThrow()
                .path("last_change");
    }

    private Page page(String query) {
        Page page = browser.open(server, "settings" + query);
        assertThat(Look.heading(page, "Settings")).isVisible();
        return page;
    }
}
