package dev.linkspan.ui.link;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.CopyField;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Status;
import dev.linkspan.ui.shared.StatusLine;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A how-to whose steps say how far this cluster is. A step that stays as it is keeps the focus. */
class HowTo extends PageSection {
    private final OrderedList list = new OrderedList();
    private final List<Line> lines = new ArrayList<>();

    HowTo(String key) {
        super(Texts.of(key));
        list.addClassName("ls-todo");
        Paragraph text = new Paragraph(new Sentence(key + ".text"));
        text.addClassNames("ls-muted", "ls-prose");
        show(text, list);
    }

    /** Adds something to a step beyond its texts. */
    void detail(int step, Component detail) {
        line(step).detail.add(detail);
    }

    /**
     * Shows these steps.
     *
     * @param leads whether the next one may have the primary button of the page
     * @return whether it has it
     */
    boolean show(List<Step> steps, String us, boolean leads) {
        boolean leading = false;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            boolean primary = leads && !leading && step.state() == Step.State.NEXT && step.action() != null;
            line(i).show(step, us, primary);
            leading |= primary;
        }
        long done =
                steps.stream().filter(step -> step.state() == Step.State.DONE).count();
        beside(Texts.of("start.done", done, steps.size()));
        return leading;
    }

    private Line line(int step) {
        while (lines.size() <= step) {
            lines.add(new Line());
            list.add(lines.getLast());
        }
        return lines.get(step);
    }

    private static class Line extends ListItem {
        private final Div text = new Div();
        private final Div detail = new Div();
        private final Div button = new Div();
        private Step shown;
        private boolean leads;

        Line() {
            text.addClassName("ls-todo-text");
            detail.addClassName("ls-when-any");
            button.addClassName("ls-when-any");
            add(new Div(text, detail), button);
        }

        void show(Step step, String us, boolean primary) {
            if (step.looksLike(shown) && leads == primary) {
                return;
            }
            shown = step;
            leads = primary;
            setClassName("ls-todo-step " + step.state().name().toLowerCase(Locale.ROOT));
            text.removeAll();
            text.add(new H3(Texts.of(step.key())), new StatusLine(status(step)));
            if (step.state() != Step.State.DONE) {
                Paragraph what = new Paragraph(new Sentence(step.key() + ".text", us));
                what.addClassName("ls-muted");
                text.add(what);
            }
            if (step.command() != null) {
                Span label = new Span(Texts.of(step.there() ? "start.command.there" : "start.command.here"));
                label.addClassNames("ls-small", "ls-muted");
                text.add(new Div(label, new CopyField(Texts.of("copy.command")).command(step.command())));
            }
            if (step.takesGroup()) {
                Paragraph group = new Paragraph(new Sentence(step.there() ? "start.group.there" : "start.group.here"));
                group.addClassNames("ls-small", "ls-muted");
                text.add(group);
            }
            button.removeAll();
            if (step.action() != null) {
                Step.Action action = step.action();
                ActionButton leading = new ActionButton(action.text(), action.symbol(), action.run());
                if (primary) {
                    leading.look("primary");
                }
                button.add(leading.refuse(action.refusal()));
            }
        }

        private static Status status(Step step) {
            String word = Texts.of("start.state." + step.state().name().toLowerCase(Locale.ROOT));
            if (step.caution()) {
                return new Status("triangle-alert", Tone.CAUTION, word, step.evidence());
            }
            return switch (step.state()) {
                case DONE -> new Status("circle-check", Tone.POSITIVE, word, step.evidence());
                case NEXT -> new Status("arrow-right", Tone.NEUTRAL, word, step.evidence());
                case OPEN -> new Status("circle-dashed", Tone.NEUTRAL, word, step.evidence());
            };
        }
    }
}
