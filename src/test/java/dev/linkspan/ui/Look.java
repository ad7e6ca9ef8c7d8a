package dev.linkspan.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.regex.Pattern;

/** Finds things in a page as people and assistive technology do: by role and name. */
final class Look {
    private Look() {}

    static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, exactly(name));
    }

    static Locator button(Locator part, String name) {
        return part.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    /** The heading of the sign-in, which names the server. */
    static Locator signIn(Page page) {
        return page.getByRole(
                AriaRole.HEADING, new Page.GetByRoleOptions().setName(Pattern.compile("^Sign in to \\S")));
    }

    static Locator heading(Page page, String name) {
        return page.getByRole(AriaRole.HEADING, exactly(name));
    }

    static Locator panel(Page page) {
        return page.getByRole(AriaRole.REGION, exactly("Side panel"));
    }

    static Locator dialog(Page page, String name) {
        return page.getByRole(AriaRole.DIALOG, exactly(name));
    }

    static Locator textbox(Locator part, String name) {
        return part.getByRole(AriaRole.TEXTBOX, new Locator.GetByRoleOptions().setName(name));
    }

    static Locator radio(Locator part, String name) {
        return part.getByRole(AriaRole.RADIO, new Locator.GetByRoleOptions().setName(name));
    }

    static Locator checkbox(Locator part, String name) {
        return part.getByRole(AriaRole.CHECKBOX, new Locator.GetByRoleOptions().setName(name));
    }

    static Locator combobox(Locator part, String name) {
        return part.getByRole(
                AriaRole.COMBOBOX, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    /** The row of a grid whose name begins so, after the box that picks it where there is one. */
    static Locator row(Page page, String name) {
        Pattern begins = Pattern.compile("^(Select " + name + " )?" + name + "( |$)");
        return page.getByRole(AriaRole.ROW, new Page.GetByRoleOptions().setName(begins));
    }

    static Locator toast(Page page) {
        return page.locator(".toast-notification").last();
    }

    /** The cells of a grid are slotted: a row has their text as its name only. */
    static Pattern text(String text) {
        return Pattern.compile(text.replaceAll("[.()?+]", "\\\\$0"));
    }

    /** Presses Tab until that has the focus, or a few times in vain. */
    static void tabTo(Page page, Locator target) {
        for (int i = 0; i < 20 && !hasFocus(target); i++) {
            page.keyboard().press("Tab");
        }
        assertThat(target).isFocused();
    }

    private static boolean hasFocus(Locator locator) {
        return (Boolean) locator.evaluate("element => element === document.activeElement");
    }

    private static Page.GetByRoleOptions exactly(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}
