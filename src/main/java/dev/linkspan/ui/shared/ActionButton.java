package dev.linkspan.ui.shared;

import com.vaadin.flow.component.button.Button;

/**
 * A button that may be refused: it then keeps its place, can still be reached by keyboard and says in its title what
 * is missing. The service refuses the action on its own account; this only says so beforehand.
 */
public class ActionButton extends Button {
    private String title = "";

    public ActionButton(String text, Runnable action) {
        super(text, click -> action.run());
    }

    public ActionButton(String text, String symbol, Runnable action) {
        this(text, action);
        setIcon(new Symbol(symbol));
    }

    /** An icon without a word; the text is its accessible name and its title. */
    public static ActionButton icon(String text, String symbol, Runnable action) {
        return new ActionButton("", symbol, action).named(text).look("tertiary", "icon");
    }

    /** Has that accessible name and title, for when there is no room for its text. */
    public ActionButton named(String name) {
        title = name;
        setAriaLabel(name);
        return refuse(null);
    }

    /** Adds theme names of {@code theme.css}. */
    public ActionButton look(String... themeNames) {
        addThemeNames(themeNames);
        return this;
    }

    /** Refuses the action for that reason, or allows it when there is none. */
    public ActionButton refuse(String reason) {
        setEnabled(reason == null);
        getElement().setAttribute("title", reason == null ? title : reason);
        return this;
    }
}
