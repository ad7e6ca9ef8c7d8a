package dev.linkspan.ui.link;

import com.vaadin.flow.component.html.Span;
import dev.linkspan.ui.shared.Status;
import dev.linkspan.ui.shared.Symbol;

/** A status with its evidence, outside of tables. */
class StatusWord extends Span {
    /** The word alone: what it rests on is said beside it. */
    static StatusWord alone(Status status) {
        return new StatusWord(status, false);
    }

    StatusWord(Status status) {
        this(status, true);
    }

    private StatusWord(Status status, boolean withEvidence) {
        addClassNames("ls-status", status.tone().styleName());
        if (status.alarm()) {
            addClassName("alarm");
        }
        Span word = new Span(status.word());
        word.addClassName("ls-status-word");
        Span text = new Span(word);
        if (withEvidence) {
            Span evidence = new Span(status.evidence());
            evidence.addClassName("ls-under");
            evidence.setTitle(status.evidence());
            text.add(evidence);
        }
        add(new Symbol(status.symbol()), text);
    }
}
