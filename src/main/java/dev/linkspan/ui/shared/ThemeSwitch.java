package dev.linkspan.ui.shared;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.server.VaadinRequest;

/** Changes between the colours of the system, light and dark. */
public class ThemeSwitch extends Button {
    private Theme theme = Theme.of(VaadinRequest.getCurrent());

    public ThemeSwitch() {
        setIcon(new Symbol("sun-moon"));
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
        setAriaLabel(theme.text());
        getElement().setAttribute("title", theme.text());
    }
}
