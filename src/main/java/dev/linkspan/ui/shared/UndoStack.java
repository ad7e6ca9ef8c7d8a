package dev.linkspan.ui.shared;

import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.html.Div;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import tools.jackson.core.type.TypeReference;

/**
 * What was chosen step by step, and the buttons that take a step back or make it again, also by Ctrl+Z and
 * Ctrl+Shift+Z. Stands at the left of a panel's foot. States are immutable.
 */
public class UndoStack<S> extends Div {
    private final Consumer<S> show;
    private final Deque<S> before = new ArrayDeque<>();
    private final Deque<S> after = new ArrayDeque<>();
    private final ActionButton undo =
            new ActionButton(Texts.of("undo"), "undo-2", this::undo).look("tertiary", "small");
    private final ActionButton redo =
            ActionButton.icon(Texts.of("redo"), "redo-2", this::redo).look("small");
    private S now;
    private Runnable keep = () -> {};
    private boolean alwaysThere = true;

    /** A stack without steps; {@code show} is told each state that comes. */
    public UndoStack(S start, Consumer<S> show) {
        this.show = show;
        now = start;
        HtmlContainer key = new HtmlContainer("kbd");
        key.setText(Texts.of("undo.key"));
        key.getElement().setAttribute("aria-hidden", "true");
        undo.setSuffixComponent(key);
        undo.getElement().setAttribute("aria-keyshortcuts", "Control+Z");
        redo.getElement().setAttribute("aria-keyshortcuts", "Control+Shift+Z");
        addClassNames("ls-row", "ls-undo");
        add(undo, redo);
        allow();
    }

    /** Shows nothing before the first step, for a panel in which most people need none. */
    public UndoStack<S> onceThereAreSteps() {
        alwaysThere = false;
        allow();
        return this;
    }

    /**
     * Has the browser keep what was chosen for when the page has to be loaded anew. It is then one step.
     *
     * @param kept what there is to keep of a state; null for nothing
     * @param back the state that it makes of what has come back
     */
    public <K> UndoStack<S> kept(TypeReference<K> type, Function<S, K> kept, Function<K, S> back) {
        KeptChoice<K> choice = new KeptChoice<>(this, type, was -> change(back.apply(was)));
        keep = () -> choice.keep(before.isEmpty() ? null : kept.apply(now));
        return this;
    }

    /** The state that is shown. */
    public S now() {
        return now;
    }

    /** Makes a step, which can be taken back. */
    public void change(S next) {
        before.push(now);
        after.clear();
        go(next);
    }

    /** Begins anew from a state, without steps. */
    public void restart(S start) {
        before.clear();
        after.clear();
        go(start);
    }

    /** Puts all steps on another ground: what a colleague has changed meanwhile. */
    public void rebase(UnaryOperator<S> onto) {
        rebase(before, onto);
        rebase(after, onto);
        go(onto.apply(now));
    }

    private static <S> void rebase(Deque<S> steps, UnaryOperator<S> onto) {
        List<S> moved = steps.stream().map(onto).toList();
        steps.clear();
        steps.addAll(moved);
    }

    private void undo() {
        if (!before.isEmpty()) {
            after.push(now);
            go(before.pop());
        }
    }

    private void redo() {
        if (!after.isEmpty()) {
            before.push(now);
            go(after.pop());
        }
    }

    private void go(S state) {
        now = state;
        allow();
        keep.run();
        show.accept(state);
    }

    private void allow() {
        undo.refuse(before.isEmpty() ? Texts.of("undo.nothing") : null);
        redo.refuse(after.isEmpty() ? Texts.of("redo.nothing") : null);
        redo.setVisible(!after.isEmpty());
        undo.setVisible(alwaysThere || !before.isEmpty() || !after.isEmpty());
    }
}
