package dev.linkspan.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.server.VaadinRequest;
import dev.linkspan.ui.shared.Symbol;
import dev.linkspan.ui.shared.Texts;

/** Collapses the sidebar to its icons and expands it again. */
class SidebarSwitch extends Button {
    private SidebarWidth width = SidebarWidth.of(VaadinRequest.getCurrent());

    SidebarSwitch() {
        addThemeNames("tertiary", "icon");
        addClassName("ls-wide-screen");
        addClickListener(click -> change(width.other()));
        show();
    }

    void expand() {
        change(SidebarWidth.FULL);
    }

    private void change(SidebarWidth wanted) {
        width = wanted;
        width.keepIn(UI.getCurrent().getPage());
        show();
    }

    private void show() {
        boolean full = width == SidebarWidth.FULL;
        String text = Texts.of(full ? "frame.collapse-navigation" : "frame.expand-navigation");
        setIcon(new Symbol(full ? "panel-left-close" : "panel-left-open"));
        setAriaLabel(text);
        getElement().setAttribute("title", text);
    }
}
