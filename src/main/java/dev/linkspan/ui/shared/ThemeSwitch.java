package dev.linkspan.ui.shared;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.server.VaadinRequest;

/** Changes between the colours of the system, light and dark. */
public class ThemeSwitch extends Button {
    private final Span words = new Span();
    private Theme theme = Theme.of(VaadinRequest.getCurrent());

    public ThemeSwitch() {
        setIcon(new Symbol("sun-moon"));
        words.addClassName("ls-small-screen");
        setSuffixComponent(words);
        addClassName("ls-theme-switch");
        addThemeNames("tertiary", "icon");
        addClickListener(click -> change());
        show();
    }

    private void change() {
        theme = theme.next();
        theme.keepIn(UI.getCurrent().getPage());
        show();
    }

    private void show() {
        words.setText(theme.text());
        setAriaLabel(theme.text());
        getElement().setAttribute("title", theme.text());
    }
}
