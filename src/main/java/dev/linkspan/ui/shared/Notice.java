package dev.linkspan.ui.shared;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;

/** A block of text that has to be read, with an icon and the tone's colour. A negative one is announced at once. */
public class Notice extends Div {
    public Notice(Tone tone, String symbol, Component... content) {
        addClassNames("ls-notice", tone.styleName());
        getElement().setAttribute("role", tone == Tone.NEGATIVE ? "alert" : "note");
        add(new Symbol(symbol), new Div(content));
    }

    /** What the server answered to an action that failed. */
    public static Notice problem(String title, String message) {
        Div text = new Div(message);
        return new Notice(Tone.NEGATIVE, "circle-alert", new Strong(title), text);
    }
}
