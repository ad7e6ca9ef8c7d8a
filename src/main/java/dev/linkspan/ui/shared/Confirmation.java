package dev.linkspan.ui.shared;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;

/** Asks before something that can't be undone: what goes, what remains on the other side, a button with the verb. */
public class Confirmation extends ConfirmDialog {
    private Confirmation(String title, String verb, String look, Runnable action, Component... text) {
        setHeader(title);
        Div body = new Div(text);
        body.addClassName("ls-stack");
        setText(body);
        setCancelable(true);
        setCancelText(Texts.of("confirm.cancel"));
        setConfirmText(verb);
        setConfirmButtonTheme(look);
        addConfirmListener(confirmed -> action.run());
    }

    /** Asks before a change. */
    public static void change(String title, String verb, Runnable action, Component... text) {
        new Confirmation(title, verb, "primary", action, text).open();
    }

    /** Asks before something is destroyed. */
    public static void destroy(String title, String verb, Runnable action, Component... text) {
        new Confirmation(title, verb, "primary error", action, text).open();
    }
}
