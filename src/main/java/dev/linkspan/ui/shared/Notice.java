package dev.linkspan.ui.shared;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;

/** A block of text that has to be read, with an icon and the tone's colour. A negative one is announced at once. */
public class Notice extends Div {
    private final Div text = new Div();

    public Notice(Tone tone, String symbol, Component... content) {
        addClassNames("ls-notice", tone.styleName());
        getElement().setAttribute("role", tone == Tone.NEGATIVE ? "alert" : "note");
        text.add(content);
        add(new Symbol(symbol), text);
    }

    /** What the server answered to an action that failed, and what else is known of it or helps against it. */
    public static Notice problem(String title, String message, Component... more) {
        Notice notice = new Notice(Tone.NEGATIVE, "circle-alert");
        notice.text.add(new Strong(title), new Div(message));
        notice.text.add(more);
        return notice;
    }
}
