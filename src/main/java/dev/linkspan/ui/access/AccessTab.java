package dev.linkspan.ui.access;

import com.vaadin.flow.component.html.Div;
import java.util.Map;
import java.util.function.Consumer;

/** One question of the page. What is asked is in the page's address, so that an answer can be handed on. */
abstract class AccessTab extends Div {
    private final Consumer<Map<String, String>> ask;

    /** @param ask puts a question into the page's address */
    AccessTab(Consumer<Map<String, String>> ask) {
        this.ask = ask;
        addClassName("ls-scroll");
    }

    void ask(Map<String, String> question) {
        ask.accept(question);
    }

    /** Answers the question in the page's address. */
    abstract void show(Map<String, String> question);

    /** Answers it anew: something has changed. */
    abstract void refresh();
}
