package dev.linkspan.ui.link;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Span;
import dev.linkspan.ui.shared.Texts;

/** Facts of a thing, each with its name. */
class Facts extends DescriptionList {
    Facts() {
        addClassName("ls-facts");
    }

    /** Adds a fact. */
    Facts with(String key, String value) {
        return with(key, new Span(value));
    }

    /** Adds a fact whose name is somebody's own. */
    void withRaw(String name, String value) {
        add(new Term(name), new Description(value));
    }

    /** Adds a fact. */
    Facts with(String key, Component value) {
        add(new Term(Texts.of(key)), new Description(value));
        return this;
    }
}
