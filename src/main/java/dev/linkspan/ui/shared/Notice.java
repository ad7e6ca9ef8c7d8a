package dev.linkspan.ui.shared;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;

/** A block of text that has to be read, with an icon and the tone's colour. A negative one is announced at once. */
public class Notice extends Div {
    private final Div content;

    public Notice(Tone tone, String symbol, Component... content) {
        this.content = new Div(content);
        addClassNames("ls-notice", tone.styleName());
        getElement().setAttribute("role", tone == Tone.NEGATIVE ? "alert" : "note");
        add(new Symbol(symbol), this.content);
    }

    /** What the server answered to an action that failed, and what helps against it. */
    public static Notice problem(String title, String message, Component... remedy) {
        Notice notice = new Notice(Tone.NEGATIVE, "circle-alert", new Strong(title), new Div(message));
        notice.content.add(remedy);
        return notice;
    }
}
