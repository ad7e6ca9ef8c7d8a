package dev.linkspan.ui.shared;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Span;

/** What is said to whoever hears the page, where others see a change: how many rows a search has left. */
public class Aloud extends Span {
    private static final String ID = "aloud";

    public Aloud() {
        setId(ID);
        addClassName("ls-unseen");
        getElement().setAttribute("role", "status");
    }

    static void say(String text) {
        UI.getCurrent()
                .getPage()
                .executeJs(
                        "const aloud = document.getElementById($0); if (aloud) { aloud.textContent = $1; }", ID, text);
    }
}
