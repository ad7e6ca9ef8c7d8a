package dev.linkspan.ui.link;

import com.vaadin.flow.component.html.Span;
import dev.linkspan.ui.shared.Status;
import dev.linkspan.ui.shared.Symbol;

/** The word of a status alone, where what it rests on is said beside it. */
class StatusWord extends Span {
    StatusWord(Status status) {
        addClassNames("ls-status", status.tone().styleName());
        if (status.alarm()) {
            addClassName("alarm");
        }
        Span word = new Span(status.word());
        word.addClassName("ls-status-word");
        add(new Symbol(status.symbol()), new Span(word));
    }
}
