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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The console without a mouse: nothing in here is ever clicked. */
@ExtendWith(SharedConsole.class)
@ResourceLock("browser")
class KeyboardIT {
    /** More stops than there are between any two places of a page. */
    private static final int STOPS = 40;

    private static LinkspanProcess server;
    private static ConsoleBrowser browser;

    @BeforeAll
    static void start() {
        server = SharedConsole.server();
        browser = ConsoleBrowser.wide("keyboard");
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
    void aLinkIsCreatedFoundEditedAndDeleted() {
        Page page = open("cluster/links");
        press(page, "c");
        Locator panel = Look.panel(page);
        assertThat(panel.getByLabel("Cluster link name")).isFocused();
        type(page, "keyboard/link");
        press(page, "Enter");
        assertThat(panel).containsText("Cannot contain \"/\"");
        assertThat(panel.getByLabel("Cluster link name")).isFocused();
        assertThat(panel.getByLabel("Cluster link name")).hasAccessibleDescription(Look.text("Cannot contain"));
        press(page, "Control+a");
        type(page, "keyboard-link");
        press(page, "Enter");
        assertThat(Look.button(page, "Copy token")).isVisible();
        walk(page, "Tab", Look.button(page, "Copy token"));
        press(page, "Enter");
        assertThat(Look.button(page, "Done")).isFocused();
        press(page, "Enter");
        assertThat(Look.button(page, "Done")).hasCount(0);
        assertThat(Look.button(page, "Create cluster link")).isFocused();

        press(page, "/");
        assertThat(search(page)).isFocused();
        type(page, "keyboard-");
        assertThat(page.getByRole(AriaRole.TREEGRID)).hasAttribute("aria-rowcount", "2");
        press(page, "ArrowDown");
        assertThat(focusedCell(page)).isVisible();
        press(page, "e");
        assertThat(panel.getByLabel("Description")).isFocused();
        press(page, "Escape");
        assertThat(panel).hasCount(0);
        assertThat(focusedCell(page)).isVisible();
        press(page, "Enter");
        assertThat(Look.heading(page, "keyboard-link")).isVisible();
        page.goBack();
        assertThat(focusedCell(page)).isVisible();
        press(page, "Enter");
        assertThat(Look.heading(page, "keyboard-link")).isVisible();
        press(page, "e");
        assertThat(panel.getByLabel("Description")).isFocused();
        type(page, "Made by hand");
        press(page, "Enter");
        assertThat(panel).hasCount(0);
        assertThat(ConsoleBrowser.main(page)).containsText("Made by hand");
        assertThat(Look.button(page, "Edit")).isFocused();

        page.close();
        server.unix().post("/1.0/cluster/links", Map.of("name", "another-one", "type", "bidirectional"));
        page = open("cluster/links?query=keyboard-");
        assertThat(page.getByRole(AriaRole.TREEGRID)).hasAttribute("aria-rowcount", "2");
        press(page, "j");
        press(page, "x");
        Locator delete = Look.button(page, "Delete 1 link");
        assertThat(delete).isVisible();
        walk(page, "Shift+Tab", delete);
        press(page, "Enter");
        Locator confirm = Look.button(page, "Delete cluster link");
        assertThat(confirm).isVisible();
        walk(page, "Tab", confirm);
        press(page, "Enter");
        assertThat(Look.toast(page)).containsText("Cluster link keyboard-link deleted.");
        assertThat(search(page)).isFocused();
        assertThat(server.unix().get("/1.0/cluster/links/keyboard-link").status())
                .isEqualTo(404);
        server.unix().delete("/1.0/cluster/links/another-one");
    }

    @Test
    void anIdentityIsCreatedGetsItsTokenAndIsDeleted() {
        Page page = open("permissions/identities");
        press(page, "c");
        Locator panel = Look.panel(page);
        Locator kind = panel.getByRole(AriaRole.BUTTON).filter(new Locator.FilterOptions().setHasText("Bearer token"));
        assertThat(kind).isVisible();
        walk(page, "Tab", kind);
        press(page, "Enter");
        assertThat(panel.getByLabel("Name")).isFocused();
        type(page, "keyboard-robot");
        Locator admins = Look.checkbox(panel, "admins");
        walk(page, "Tab", panel.locator("vaadin-grid"));
        press(page, " ");
        assertThat(admins).isChecked();
        assertThat(panel).containsText("The identity may then:");
        press(page, "Control+z");
        assertThat(admins).not().isChecked();
        assertThat(panel).not().containsText("The identity may then:");
        walk(page, "Tab", Look.button(panel, "Create identity"));
        press(page, "Enter");
        Locator copy = Look.button(page, "Copy token");
        assertThat(copy).isVisible();
        walk(page, "Tab", copy);
        press(page, "Enter");
        assertThat(Look.button(page, "Done")).isFocused();
        press(page, "Enter");
        assertThat(Look.button(page, "Create identity")).isFocused();
        press(page, "/");
        type(page, "keyboard-");
        assertThat(page).hasURL(Pattern.compile(".*query=keyboard-.*"));
        assertThat(page.getByRole(AriaRole.TREEGRID)).hasAttribute("aria-rowcount", "2");
        Inspection.waitUntilQuiet(page);
        press(page, "ArrowDown");
        assertThat(focusedCell(page)).isVisible();
        press(page, "e");
        assertThat(panel).containsText("Token works until");
        Locator revoke = Look.button(panel, "Revoke token");
        walk(page, "Tab", revoke);
        press(page, "Enter");
        Locator sure = Look.button(page.getByRole(AriaRole.ALERTDIALOG), "Revoke token");
        assertThat(sure).isVisible();
        walk(page, "Tab", sure);
        press(page, "Enter");
        assertThat(panel).containsText("No active token");
        assertThat(revoke).isFocused();
        press(page, "Escape");
        assertThat(panel).hasCount(0);
        assertThat(focusedCell(page)).isVisible();
        chooseInMenu(page, "keyboard-robot", "Delete identity");
        Locator goodbye = Look.button(page.getByRole(AriaRole.ALERTDIALOG), "Delete identity");
        assertThat(goodbye).isVisible();
        walk(page, "Tab", goodbye);
        press(page, "Enter");
        assertThat(Look.toast(page)).containsText("Identity keyboard-robot (Client token bearer) deleted.");
        assertThat(search(page)).isFocused();
    }

    @Test
    void aGroupIsCreatedGetsAPermissionAndIsDeleted() {
        Page page = open("permissions/groups");
        press(page, "c");
        Locator panel = Look.panel(page);
        assertThat(panel.getByLabel("Name")).isFocused();
        type(page, "keyboard-group");
        press(page, "Enter");
        assertThat(Look.heading(page, "keyboard-group")).isVisible();
        Locator main = ConsoleBrowser.main(page);
        pick(page, Look.combobox(main, "Resource type"), "Server");
        pick(page, Look.combobox(main, "Entitlement"), "can_view_metrics");
        walk(page, "Tab", Look.button(main, "Add"));
        press(page, "Enter");
        assertThat(main).containsText("1 permission added");
        press(page, "Control+z");
        assertThat(Look.button(main, "Save changes")).isDisabled();
        press(page, "Control+Shift+z");
        Locator save = Look.button(main, "Save 1 change");
        assertThat(save).isEnabled();
        walk(page, "Tab", save);
        press(page, "Enter");
        assertThat(Look.toast(page)).containsText("Auth group keyboard-group updated.");
        Inspection.waitUntilQuiet(page);
        Locator duplicate = Look.button(main, "Duplicate");
        walk(page, "Shift+Tab", duplicate);
        press(page, "Enter");
        assertThat(Look.panel(page)).containsText("can_view_metrics");
        assertThat(panel.getByLabel("Name")).isFocused();
        press(page, "Escape");
        assertThat(panel).hasCount(0);
        page.close();
        page = open("permissions/group?name=keyboard-group");
        main = ConsoleBrowser.main(page);
        Locator delete = Look.button(main, "Delete");
        walk(page, "Shift+Tab", delete);
        press(page, "Enter");
        Locator question = Look.dialog(page, "Delete auth group keyboard-group?");
        assertThat(Look.textbox(question, "To continue")).isFocused();
        type(page, "confirm-delete-group");
        walk(page, "Tab", Look.button(question, "Delete auth group"));
        press(page, "Enter");
        assertThat(Look.heading(page, "Auth groups")).isVisible();
        assertThat(server.unix().get("/1.0/auth/groups/keyboard-group").status())
                .isEqualTo(404);
    }

    @Test
    void rowsAreSelectedUpToTheOneWithTheFocus() {
        List<String> names = List.of("range-a", "range-b", "range-c");
        names.forEach(name -> server.unix().post("/1.0/auth/groups", Map.of("name", name)));
        Page page = open("permissions/groups?query=range-");
        assertThat(page.getByRole(AriaRole.TREEGRID)).hasAttribute("aria-rowcount", "4");
        press(page, "j");
        assertThat(focusedCell(page)).isVisible();
        press(page, "x");
        assertThat(Look.button(page, "Delete 1 auth group")).isVisible();
        press(page, "j");
        press(page, "j");
        press(page, "Shift+X");
        assertThat(Look.button(page, "Delete 3 auth groups")).isVisible();
        names.forEach(name -> server.unix().delete("/1.0/auth/groups/" + name));
    }

    @Test
    void aSettingIsChanged() {
        Page page = open("settings");
        press(page, "/");
        assertThat(search(page)).isFocused();
        type(page, "remote_token_expiry");
        assertThat(Look.button(page, "Edit core.remote_token_expiry")).isVisible();
        assertThat(Look.button(page, "Edit core.https_address")).hasCount(0);
        press(page, "ArrowDown");
        press(page, "e");
        assertThat(Look.panel(page).getByLabel("Value")).isFocused();
        press(page, "Control+a");
        type(page, "2d");
        press(page, "Enter");
        assertThat(Look.toast(page)).containsText("Setting core.remote_token_expiry saved.");
        assertThat(Look.panel(page)).hasCount(0);
        assertThat(focusedCell(page)).isVisible();
        server.unix().patch("/1.0", Map.of("config", Map.of("core.remote_token_expiry", "")));
    }

    @Test
    void whatAnIdentityMayDoIsAskedFor() {
        server.unix()
                .post(
                        "/1.0/auth/identities/bearer",
                        Map.of("type", "Client token bearer", "name", "keyboard-who", "groups", List.of("admins")));
        Page page = browser.open(server, "permissions/access");
        Locator main = ConsoleBrowser.main(page);
        pick(page, Look.combobox(main, "Identity"), "keyboard-who");
        assertThat(page).hasURL(Pattern.compile(".*/permissions/access\\?identity=.*bearer.*"));
        assertThat(main).containsText("keyboard-who");
        Locator tab = page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("What may an identity do"));
        walk(page, "Shift+Tab", tab);
        press(page, "ArrowRight");
        press(page, "ArrowRight");
        press(page, "Enter");
        assertThat(main).containsText("Refused in the last hour");
        server.unix().delete("/1.0/auth/identities/bearer/keyboard-who");
    }

    /** Chooses in a list by what one types. */
    @Test
    void keysWorkAtRefusedButtonsAndChoicesKeepTheFocus() {
        server.unix().post("/1.0/auth/groups", Map.of("name", "keyboard-choice"));
        Page page = open("cluster/links");
        press(page, "c");
        Locator panel = Look.panel(page);
        assertThat(panel.getByLabel("Cluster link name")).isFocused();
        walk(page, "Shift+Tab", Look.radio(panel, "Bidirectional"));
        press(page, "ArrowRight");
        assertThat(Look.radio(panel, "Unidirectional")).isChecked();
        Inspection.waitUntilQuiet(page);
        assertThat(Look.radio(panel, "Unidirectional")).isFocused();
        press(page, "Escape");
        assertThat(panel).hasCount(0);
        page.close();

        page = open("permissions/idp-groups");
        press(page, "c");
        panel = Look.panel(page);
        assertThat(panel.getByLabel("Name")).isFocused();
        type(page, "keyboard-idp");
        walk(page, "Tab", panel.locator("vaadin-grid"));
        press(page, " ");
        assertThat(panel).containsText("Will be added to");
        press(page, " ");
        assertThat(panel).not().containsText("Will be added to");
        press(page, "x");
        assertThat(panel).containsText("Will be added to");
        page.close();

        page = open("settings?setting=core.remote_token_expiry");
        panel = Look.panel(page);
        assertThat(panel.getByLabel("Value")).isFocused();
        Locator save = Look.button(panel, "Save setting");
        walk(page, "Tab", save);
        assertThat(save).isDisabled();
        press(page, "?");
        assertThat(page.getByText("Next and previous row")).isVisible();
        press(page, "Escape");
        assertThat(page.getByText("Next and previous row")).hasCount(0);
        assertThat(panel).isVisible();
        save.focus();
        press(page, "Escape");
        assertThat(panel).hasCount(0);
        server.unix().delete("/1.0/auth/groups/keyboard-choice");
    }

    private static void pick(Page page, Locator box, String text) {
        walk(page, "Tab", box);
        press(page, "Control+a");
        type(page, text);
        assertThat(page.getByRole(AriaRole.OPTION).first()).containsText(text);
        press(page, "ArrowDown");
        press(page, "Enter");
    }

    @Test
    void aKeyNeverActsOnARowThatCameIntoThePlaceOfAnother() {
        for (int i = 1; i <= 3; i++) {
            server.unix().post("/1.0/auth/groups", Map.of("name", "keyboard-swap-" + i));
        }
        Page page = open("permissions/groups?query=keyboard-swap-");
        assertThat(Look.row(page, "keyboard-swap-3")).isVisible();
        press(page, "j");
        press(page, "j");
        assertThat(focusedRow(page)).hasAccessibleName(Look.text("keyboard-swap-2"));
        server.unix().delete("/1.0/auth/groups/keyboard-swap-1");
        assertThat(Look.row(page, "keyboard-swap-1")).hasCount(0);
        press(page, "Enter");
        assertThat(focusedRow(page)).hasAccessibleName(Look.text("keyboard-swap-2"));
        press(page, "Enter");
        assertThat(Look.heading(page, "keyboard-swap-2")).isVisible();
        server.unix().delete("/1.0/auth/groups/keyboard-swap-2");
        server.unix().delete("/1.0/auth/groups/keyboard-swap-3");
    }

    @Test
    void aDialogLeadsBackToItsRowWhereverThatIsByThen() {
        for (int i = 1; i <= 6; i++) {
            server.unix().post("/1.0/auth/groups", Map.of("name", "keyboard-back-" + i));
        }
        Page page = open("permissions/groups?query=keyboard-back-");
        assertThat(Look.row(page, "keyboard-back-6")).isVisible();
        press(page, "j");
        press(page, "j");
        press(page, "j");
        chooseInMenu(page, "keyboard-back-3", "Delete auth group");
        Locator question = Look.dialog(page, "Delete auth group keyboard-back-3?");
        assertThat(Look.textbox(question, "To continue")).isFocused();
        server.unix().delete("/1.0/auth/groups/keyboard-back-1");
        assertThat(page.getByRole(AriaRole.TREEGRID)).hasAttribute("aria-rowcount", "6");
        press(page, "Escape");
        assertThat(question).hasCount(0);
        assertThat(Look.button(page, "More actions for keyboard-back-3")).isFocused();

        press(page, "Enter");
        chooseInOpenMenu(page, "Delete auth group");
        deleteGroups(page, question, "Delete auth group");
        assertThat(Look.button(page, "More actions for keyboard-back-4")).isFocused();
        press(page, "j");
        assertThat(focusedRow(page)).hasAccessibleName(Look.text("keyboard-back-5"));

        press(page, "x");
        press(page, "j");
        press(page, "x");
        walk(page, "Shift+Tab", Look.button(page, "Delete 2 auth groups"));
        press(page, "Enter");
        deleteGroups(page, page.getByRole(AriaRole.DIALOG), "Delete 2 auth groups");
        assertThat(focusedRow(page)).hasAccessibleName(Look.text("keyboard-back-4"));
        server.unix().delete("/1.0/auth/groups/keyboard-back-2");
        server.unix().delete("/1.0/auth/groups/keyboard-back-4");
    }

    private static void deleteGroups(Page page, Locator question, String verb) {
        assertThat(Look.textbox(question, "To continue")).isFocused();
        type(page, "confirm-delete-group");
        Locator sure = Look.button(question, verb);
        assertThat(sure).isEnabled();
        walk(page, "Tab", sure);
        press(page, "Enter");
        assertThat(question).hasCount(0);
    }

    @Test
    void afterADeletionTheFocusIsAtTheNextRowOfAnyKind() {
        for (String name : List.of("keyboard-kind-1", "keyboard-kind-3")) {
            server.unix().post("/1.0/auth/identities/bearer", Map.of("type", "Client token bearer", "name", name));
        }
        server.unix().post("/1.0/auth/identities/tls", Map.of("name", "keyboard-kind-2", "token", true));
        Page page = open("permissions/identities?query=keyboard-kind-");
        assertThat(Look.row(page, "keyboard-kind-3")).isVisible();
        press(page, "j");
        chooseInMenu(page, "keyboard-kind-1", "Delete identity");
        Locator sure = Look.button(page.getByRole(AriaRole.ALERTDIALOG), "Delete identity");
        assertThat(sure).isVisible();
        walk(page, "Tab", sure);
        press(page, "Enter");
        assertThat(Look.row(page, "keyboard-kind-1")).hasCount(0);
        assertThat(focusedRow(page)).hasAccessibleName(Look.text("keyboard-kind-2"));
        press(page, "j");
        assertThat(focusedRow(page)).hasAccessibleName(Look.text("keyboard-kind-3"));
        server.unix().delete("/1.0/auth/identities/bearer/keyboard-kind-3");
        server.unix().delete("/1.0/auth/identities/tls/keyboard-kind-2");
    }

    @Test
    void backLeadsToTheRowThatWasEdited() {
        for (int i = 1; i <= 3; i++) {
            server.unix().post("/1.0/auth/groups", Map.of("name", "keyboard-edit-" + i));
        }
        Page page = open("permissions/groups?query=keyboard-edit-");
        assertThat(Look.row(page, "keyboard-edit-3")).isVisible();
        press(page, "j");
        press(page, "Enter");
        assertThat(Look.heading(page, "keyboard-edit-1")).isVisible();
        page.goBack();
        assertThat(focusedRow(page)).hasAccessibleName(Look.text("keyboard-edit-1"));
        press(page, "j");
        press(page, "e");
        assertThat(Look.heading(page, "keyboard-edit-2")).isVisible();
        // The page is there a moment before the address.
        assertThat(page).hasURL(Pattern.compile("name=keyboard-edit-2"));
        page.goBack();
        assertThat(focusedRow(page)).hasAccessibleName(Look.text("keyboard-edit-2"));
        for (int i = 1; i <= 3; i++) {
            server.unix().delete("/1.0/auth/groups/keyboard-edit-" + i);
        }
    }

    @Test
    void theKeysAreListedAndTheFocusReturns() {
        Page page = open("permissions/identities");
        press(page, "Tab");
        Locator skip = page.getByText("Skip to content").first();
        assertThat(skip).isFocused();
        assertThat(skip).isVisible();
        press(page, "Enter");
        assertThat(ConsoleBrowser.main(page)).isFocused();
        press(page, "j");
        assertThat(focusedCell(page)).isVisible();
        press(page, "?");
        assertThat(Look.button(page, "Close")).isVisible();
        assertThat(page.getByText("Next and previous row")).isVisible();
        browser.keep(page, "list");
        press(page, "Escape");
        assertThat(Look.button(page, "Close")).hasCount(0);
        assertThat(focusedCell(page)).isVisible();
        press(page, "c");
        assertThat(Look.panel(page)).isVisible();
        press(page, "Escape");
        assertThat(Look.panel(page)).hasCount(0);
        assertThat(focusedCell(page)).isVisible();
        Locator create = Look.button(page, "Create identity");
        walk(page, "Shift+Tab", create);
        press(page, "Enter");
        assertThat(Look.panel(page)).isVisible();
        press(page, "Escape");
        assertThat(Look.panel(page)).hasCount(0);
        assertThat(create).isFocused();
    }

    @Test
    void everyStopShowsThatItHasTheFocus() {
        Page page = open("cluster/links");
        for (int stop = 0; stop < STOPS; stop++) {
            press(page, "Tab");
            assertThat((String) page.evaluate("""
                    () => {
                      let at = document.activeElement;
                      const chain = [];
                      for (; at; at = at.shadowRoot?.activeElement) chain.push(at);
                      if (chain[0] === document.body) return '';
                      const grown = chain.concat(chain[0].closest('[focus-ring]') ?? [], chain[0].parentElement);
                      const parts = grown.flatMap((e) => [e, ...(e.shadowRoot?.querySelectorAll('[part]') ?? [])]);
                      const shown = parts.some((e) => ['', '::before', '::after'].some((pseudo) => {
                        const style = getComputedStyle(e, pseudo || null);
                        return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
                      }));
                      return shown ? '' : chain.map((e) => e.outerHTML.slice(0, 200)).join(' > ');
                    }"""))
                    .as("stop %d shows no focus", stop)
                    .isEmpty();
        }
    }

    private static Page open(String path) {
        Page page = browser.open(server, path);
        assertThat(page.getByRole(AriaRole.TREEGRID)
                        .or(Look.button(page, "I have a token"))
                        .or(Look.button(page, "Create IDP group"))
                        .first())
                .isVisible();
        Inspection.waitUntilQuiet(page);
        return page;
    }

    /** From a cell of that row. */
    private static void chooseInMenu(Page page, String row, String item) {
        press(page, "End");
        press(page, "Enter");
        walk(page, "Tab", Look.button(page, "More actions for " + row));
        press(page, "Enter");
        chooseInOpenMenu(page, item);
    }

    private static void chooseInOpenMenu(Page page, String item) {
        Locator entry = page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName(item));
        assertThat(entry).isVisible();
        walk(page, "ArrowDown", entry);
        press(page, "Enter");
    }

    private static void press(Page page, String key) {
        page.keyboard().press(key);
    }

    private static void type(Page page, String text) {
        page.keyboard().type(text);
    }

    /** Goes on until it is there, as one does who doesn't count. */
    private static void walk(Page page, String key, Locator goal) {
        for (int stop = 0; stop < STOPS && !has(goal); stop++) {
            press(page, key);
        }
        assertThat(goal).isFocused();
    }

    private static boolean has(Locator goal) {
        return (Boolean) goal.evaluate("element => element === document.activeElement");
    }

    private static Locator search(Page page) {
        return ConsoleBrowser.main(page).locator("input[placeholder^='Search']");
    }

    private static Locator focusedRow(Page page) {
        return page.locator("vaadin-grid tr:focus-within");
    }

    private static Locator focusedCell(Page page) {
        return page.locator("vaadin-grid :is(td, th):focus, vaadin-grid-cell-content:focus-within");
    }
}
