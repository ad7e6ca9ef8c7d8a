package dev.linkspan.ui.shared;

import com.vaadin.flow.component.contextmenu.ContextMenu;
import com.vaadin.flow.component.contextmenu.ContextMenuPosition;
import com.vaadin.flow.component.contextmenu.MenuItem;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;

/** The quiet button at the end of a row with the actions behind it. It is refused itself while all of these are. */
public class RowMenu extends Div {
    private final ActionButton button;
    private final ContextMenu menu = new ContextMenu();

    public RowMenu(String label) {
        addClassName("ls-acts");
        button = ActionButton.icon(label, "ellipsis", () -> {}).look("small");
        button.getElement().setAttribute("aria-haspopup", "menu");
        menu.setOpenOnClick(true);
        menu.setPosition(ContextMenuPosition.BOTTOM_END);
        add(button);
    }

    /** Adds an action, refused for a reason or, without one, allowed. */
    public RowMenu add(String text, String symbol, String refusal, Runnable action) {
        Div content = new Div(new Symbol(symbol), new Span(text));
        content.addClassName("ls-row");
        MenuItem item = menu.addItem(content, click -> action.run());
        if (refusal == null) {
            menu.setTarget(button);
            button.refuse(null);
        } else {
            item.setEnabled(false);
            item.getElement().setAttribute("title", refusal);
            if (menu.getTarget() == null) {
                button.refuse(refusal);
            }
        }
        return this;
    }
}
