package dev.linkspan.ui.shared;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;

/** Asks before something is destroyed: what goes, what remains on the other side, a button with the verb. */
public class Confirmation extends ConfirmDialog {
    public Confirmation(String title, String verb, Runnable action, Component... text) {
        setHeader(title);
        Div body = new Div(text);
        body.addClassName("ls-stack");
        setText(body);
        setCancelable(true);
        setCancelText(Texts.of("confirm.cancel"));
        setConfirmText(verb);
        setConfirmButtonTheme("primary error");
        addConfirmListener(confirmed -> action.run());
    }
}
