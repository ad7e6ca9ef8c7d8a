package dev.linkspan.ui.shared;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;

/** A page's heading with its explanation, a line below it and what can be done on the right. */
public class PageHead extends Div {
    private final Span title = new Span();
    private final Div text = new Div();
    private final Paragraph lead = new Paragraph();

    public PageHead(String title, String explanation, Component... actions) {
        addClassName("ls-head");
        NativeButton hint = new NativeButton();
        hint.addClassName("ls-hint");
        hint.setAriaLabel(explanation);
        hint.getElement().setAttribute("title", explanation).setAttribute("type", "button");
        hint.add(new Symbol("info"));
        Paragraph why = new Paragraph(explanation);
        why.addClassNames("ls-why", "ls-small", "ls-muted");
        why.setVisible(false);
        hint.getElement().setAttribute("aria-expanded", "false");
        // Fingers and keys see no title.
        hint.addClickListener(click -> {
            why.setVisible(!why.isVisible());
            hint.getElement().setAttribute("aria-expanded", String.valueOf(why.isVisible()));
        });
        lead.addClassName("ls-lead");
        this.title.addClassName("ls-head-title");
        setTitle(title);
        H1 heading = new H1(this.title);
        Div first = new Div(heading, hint);
        first.addClassName("ls-title");
        text.add(first, why, lead);
        text.addClassName("ls-head-text");
        add(text);
        add(actions);
    }

    /** What is below the heading. */
    public void setLead(Component content) {
        lead.removeAll();
        lead.add(content);
    }

    public final void setTitle(String text) {
        title.setText(text);
        title.setTitle(text);
    }

    /** Shows where the page is, above its heading. */
    public PageHead below(Component... path) {
        Div crumbs = new Div();
        crumbs.addClassName("ls-crumbs");
        for (Component step : path) {
            if (crumbs.getComponentCount() > 0) {
                crumbs.add(new Symbol("chevron-right"));
            }
            crumbs.add(step);
        }
        text.addComponentAsFirst(crumbs);
        return this;
    }
}
