package dev.linkspan.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.linkspan.testing.LinkspanProcess;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The main job by hand: two consoles in one browser, a token carried from one to the other, two active links. */
@ExtendWith(SharedConsole.class)
@ResourceLock("browser")
class LinkTwoClustersIT {
    private static LinkspanProcess berlin;
    private static LinkspanProcess madrid;

    @BeforeAll
    static void start() {
        berlin = LinkspanProcess.start("berlin");
        madrid = LinkspanProcess.start("madrid");
    }

    @AfterAll
    static void stop() {
        berlin.close();
        madrid.close();
    }

    @Test
    void twoClustersAreLinkedThroughTheirConsoles() {
        try (ConsoleBrowser browser = ConsoleBrowser.wide("link-two-clusters")) {
            Page a = browser.signIn(berlin);
            Page b = browser.signIn(madrid);
            mark(a);
            mark(b);
            assertThat(Look.heading(a, "No cluster links yet")).isVisible();
            assertThat(Look.button(a, "Create cluster link")).hasCount(1);
            browser.keep(a, "berlin-empty");

            issue(browser, a);
            assertRow(a, "madrid", "Pending");
            assertRow(a, "madrid", "known after activation");
            browser.keep(a, "berlin-pending");

            consume(browser, b);
            assertRow(b, "berlin", "Active");
            assertRow(b, "berlin", berlin.address());
            assertRow(b, "berlin", "admins");
            browser.keep(b, "madrid-active");

            assertRow(a, "madrid", "Active");
            assertRow(a, "madrid", madrid.address());
            browser.keep(a, "berlin-active");
            assertNotReloaded(a);
            assertNotReloaded(b);

            delete(browser, a, "madrid");
            assertThat(Look.heading(a, "No cluster links yet")).isVisible();
            delete(browser, b, "berlin");
            assertThat(Look.heading(b, "No cluster links yet")).isVisible();
        }
    }

    private static void issue(ConsoleBrowser browser, Page page) {
        Look.button(page, "Create cluster link").click();
        Locator panel = Look.panel(page);
        assertThat(page).hasURL("https://" + berlin.address() + "/ui/cluster/server?panel=create-cluster-link");
        assertThat(Look.radio(panel, "Generate token")).isChecked();
        panel.getByLabel("Cluster link name").fill("madrid");
        panel.getByLabel("Description").fill("The other side of the bay");
        Look.checkbox(panel, "admins").click();
        assertThat(panel).containsText("do everything on this server");
        browser.keep(page, "berlin-create");
        Look.button(panel, "Create link").click();

        Locator dialog = Look.dialog(page, "Cluster link madrid created");
        Locator done = Look.button(dialog, "Done");
        assertThat(done).isDisabled();
        page.keyboard().press("Escape");
        assertThat(done).isVisible();
        assertThat(dialog).containsText("Works once, until");
        assertThat(dialog).containsText("lxc cluster link create berlin --auth-group GROUP --token");
        assertThat(dialog).containsText("GROUP stands for an auth group there");
        dialog.getByLabel("Cluster link name in the command").fill("other side");
        assertThat(dialog).containsText("lxc cluster link create 'other side' --auth-group GROUP --token");
        browser.keep(page, "berlin-token");
        Download file = page.waitForDownload(Look.button(dialog, "Download as file")::click);
        assertThat(done).isFocused();
        Look.button(dialog, "Copy command").click();
        assertThat(done).isFocused();
        assertThat(browser.copied(page))
                .matches("lxc cluster link create 'other side' --auth-group GROUP --token [A-Za-z0-9+/=]{200,}");
        Look.button(dialog, "Copy token").click();
        assertThat(file.suggestedFilename()).isEqualTo("trust-token-madrid.txt");
        assertThat(file.path()).hasContent(browser.copied(page));
        assertThat(Look.checkbox(dialog, "I have copied the token")).isChecked();
        assertThat(done).isFocused();
        page.keyboard().press("Enter");
        assertThat(done).isHidden();
        assertThat(Look.button(page, "Create cluster link")).isFocused();
    }

    private static void consume(ConsoleBrowser browser, Page page) {
        assertThat(browser.clipboard(page)).hasSizeGreaterThan(200);
        Locator panel = Look.panel(page);
        Look.button(page, "Create cluster link").click();
        assertThat(Look.radio(panel, "Generate token")).isChecked();
        Look.button(page, "I have a token").click();
        Locator token = Look.textbox(panel, "Token");
        assertThat(token).isFocused();
        page.keyboard().press("Control+V");
        assertThat(panel).containsText("Valid token, issued for madrid, works until");
        assertThat(panel).containsText(berlin.address() + " answers");
        Look.button(page, "Create cluster link").click();
        assertThat(page).not().hasURL(Pattern.compile("setup="));
        assertThat(panel).containsText("Valid token, issued for madrid, works until");
        assertThat(panel).containsText(berlin.address());
        panel.getByLabel("Cluster link name").fill("berlin");
        Look.checkbox(panel, "admins").click();
        browser.keep(page, "madrid-token-pasted");
        Look.button(panel, "Create link").click();
        assertThat(panel).isHidden();
        assertThat(Look.toast(page)).containsText("Cluster link berlin created.");
    }

    private static void delete(ConsoleBrowser browser, Page page, String name) {
        Look.button(page, "More actions for " + name).click();
        page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Delete cluster link"))
                .click();
        Locator question = Look.dialog(page, "Delete cluster link " + name + "?");
        Look.checkbox(question, "Ask the peer to remove its side").uncheck();
        assertThat(question).containsText("until somebody deletes it there");
        browser.keep(page, "delete-" + name);
        Look.button(question, "Delete cluster link").click();
        assertThat(Look.toast(page)).containsText("deleted");
    }

    private static void assertRow(Page page, String name, String text) {
        assertThat(Look.row(page, name)).hasAccessibleName(Look.text(text));
    }

    /** What a page remembers until it is loaded again. */
    private static void mark(Page page) {
        page.evaluate("window.marked = true");
    }

    private static void assertNotReloaded(Page page) {
        assertThat(page.evaluate("window.marked === true")).isEqualTo(true);
    }
}
