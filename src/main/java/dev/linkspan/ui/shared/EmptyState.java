package dev.linkspan.ui.shared;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;

/** What stands in place of a table without rows: what they would be, the next steps, and the command of the stock client. */
public class EmptyState extends Div {
    private final OrderedList ways = new OrderedList();
    private final Div text;

    /** Without steps and command so far. */
    public EmptyState(String title, Component what) {
        ways.addClassName("ls-ways");
        text = new Div(new H2(title), what, ways);
        text.addClassName("ls-blank");
        addClassName("ls-scroll");
        add(text);
    }

    /** Adds a step. */
    public EmptyState way(Component sign, String title, Component explanation, Component button) {
        Paragraph below = new Paragraph(explanation);
        below.addClassName("ls-muted");
        ways.add(new ListItem(new Span(sign), new Div(new H3(title), below), button));
        return this;
    }

    /** Adds the same for the stock client. */
    public EmptyState command(String label, String command) {
        Span above = new Span(label);
        above.addClassName("ls-label");
        Div field = new Div(above, new CopyField(Texts.of("copy.command")).command(command));
        field.addClassName("ls-field");
        text.add(field);
        return this;
    }

    /** Adds a line below it all. */
    public EmptyState more(Component... links) {
        text.add(new Paragraph(links));
        return this;
    }
}
