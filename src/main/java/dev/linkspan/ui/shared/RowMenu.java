package dev.linkspan.ui.shared;

import com.vaadin.flow.component.contextmenu.ContextMenu;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;

/** The quiet button at the end of a row with the actions behind it. */
public class RowMenu extends Div {
    private final ContextMenu menu;

    public RowMenu(String label) {
        addClassName("ls-acts");
        ActionButton button = ActionButton.icon(label, "ellipsis", () -> {}).look("small");
        button.getElement().setAttribute("aria-haspopup", "menu");
        menu = new ContextMenu(button);
        menu.setOpenOnClick(true);
        add(button);
    }

    /** Adds an action, refused for a reason or, without one, allowed. */
    public RowMenu add(String text, String symbol, String refusal, Runnable action) {
        Div content = new Div(new Symbol(symbol), new Span(text));
        content.addClassName("ls-row");
        MenuItem item = menu.addItem(content, click -> {
            if (refusal == null) {
                action.run();
            }
        });
        if (refusal != null) {
            item.getElement().setAttribute("aria-disabled", "true").setAttribute("title", refusal);
        }
        return this;
    }
}
