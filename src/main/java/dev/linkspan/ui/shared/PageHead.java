package dev.linkspan.ui.shared;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;

/** A page's heading with its explanation, a line below it and what can be done on the right. */
public class PageHead extends Div {
    private final Paragraph lead = new Paragraph();

    public PageHead(String title, String explanation, Component... actions) {
        addClassName("ls-head");
        NativeButton hint = new NativeButton();
        hint.addClassName("ls-hint");
        hint.setAriaLabel(explanation);
        hint.getElement().setAttribute("title", explanation).setAttribute("type", "button");
        hint.add(new Symbol("info"));
        lead.addClassNames("ls-lead", "ls-cut");
        H1 heading = new H1(title);
        Div first = new Div(heading, hint);
        first.addClassName("ls-row");
        Div text = new Div(first, lead);
        text.addClassName("ls-head-text");
        add(text);
        add(actions);
    }

    /** What is below the heading. */
    public void setLead(Component content) {
        lead.removeAll();
        lead.add(content);
    }
}
