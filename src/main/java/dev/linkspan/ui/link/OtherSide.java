package dev.linkspan.ui.link;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Span;
import dev.linkspan.link.LinkType;
import dev.linkspan.ui.shared.CommandLine;
import dev.linkspan.ui.shared.CopyField;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Texts;

/** What is to be done on the other side of a link, and under which name, while it is being made here. */
class OtherSide extends Div {
    private final String ourName;

    OtherSide(String ourName) {
        this.ourName = ourName;
        addClassName("ls-field");
    }

    /** Tells it for a link of that type, which uses a token from there or doesn't. */
    void show(LinkType type, boolean consumes) {
        removeAll();
        Span label = new Span(Texts.of("token.steps"));
        label.addClassName("ls-label");
        add(label);
        switch (type) {
            case BIDIRECTIONAL -> {
                if (consumes) {
                    steps("other-side.generate.first", "other-side.generate.second");
                    command("other-side.generate.command");
                } else {
                    steps("other-side.consume");
                }
            }
            case UNIDIRECTIONAL -> {
                steps("other-side.identity.first", "other-side.identity.second");
                command("other-side.identity.command");
            }
            case PUBLIC -> steps("other-side.public");
        }
    }

    private void steps(String... keys) {
        if (keys.length == 1) {
            Sentence only = new Sentence(keys[0]);
            only.addClassNames("ls-small", "ls-muted");
            add(only);
            return;
        }
        OrderedList steps = new OrderedList();
        steps.addClassNames("ls-steps", "ls-small");
        for (String key : keys) {
            steps.add(new ListItem(new Sentence(key, ourName)));
        }
        add(steps);
    }

    private void command(String key) {
        String command = Texts.of(key, CommandLine.word(ourName));
        add(new CopyField(Texts.of("copy.command")).command(command));
    }
}
