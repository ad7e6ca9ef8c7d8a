package dev.linkspan.ui.shared;

import com.vaadin.flow.component.html.Span;

/** A status with its evidence, outside of a grid. */
public class StatusLine extends Span {
    public StatusLine(Status status) {
        Span word = new Span(status.word());
        word.addClassName("ls-status-word");
        Span evidence = new Span(status.evidence());
        evidence.addClassNames("ls-under", "ls-wrapped");
        evidence.setVisible(!status.evidence().isEmpty());
        add(new Symbol(status.symbol()), new Span(word, evidence));
        addClassNames("ls-status", status.tone().styleName());
    }
}
