package dev.linkspan.ui.link;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;

/** A part of a page under its own heading. */
class PageSection extends Section {
    private final Span beside = new Span();
    private final Div content = new Div();

    /** An empty part with what can be done with it at the right. */
    PageSection(String title, Component... actions) {
        addClassName("ls-sect");
        getElement().setAttribute("aria-label", title);
        beside.addClassName("ls-muted");
        Span room = new Span();
        room.addClassName("ls-grow");
        Div head = new Div(new H2(title), beside, room);
        head.add(actions);
        head.addClassName("ls-sect-head");
        content.addClassName("ls-sect-body");
        add(head, content);
    }

    /** What is said beside the heading. */
    void beside(String text) {
        beside.setText(text);
    }

    /** Shows these instead of what there was. */
    void show(Component... parts) {
        content.removeAll();
        content.add(parts);
    }
}
