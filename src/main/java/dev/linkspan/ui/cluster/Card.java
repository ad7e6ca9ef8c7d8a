package dev.linkspan.ui.cluster;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;

/** A part of a page under a heading. */
class Card extends Div {
    Card(String title, Component... content) {
        addClassName("ls-section");
        Div box = new Div(content);
        box.addClassName("ls-plain-card");
        add(new H2(title), box);
    }
}
