package dev.linkspan.ui.shared;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.ShortcutRegistration;
import com.vaadin.flow.component.Shortcuts;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Footer;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.shared.Registration;
import java.util.function.Consumer;

/**
 * Makes or changes something beside the page, or over it where there is no room. Head and foot stay, the body
 * scrolls. Closes by its button and, wherever the focus is, by Escape; both only ask its listener. Escape is pressed by
 * mistake easily, so that it asks first when something was entered. While a dialog is open Escape is the dialog's.
 */
public abstract class SidePanel extends Section {
    private static final String ESCAPE =
            "event.key === 'Escape' && !document.querySelector(':is(vaadin-dialog, vaadin-confirm-dialog)[opened]')";

    private static final String ENTERED = "element.querySelector('.ls-panel')?.$entered?.() ?? false";

    /**
     * Compares what is in fields with what was in them when they were first gone to; a radio button is no loss, nor is what is out
     * of sight. What came
     * back after a restart was never gone to. Escape in a field hands its text over first: behind the question it would
     * be ignored.
     */
    private static final String WATCH = """
            const texts = 'vaadin-text-field, vaadin-text-area';
            const kinds = `:is(${texts}, vaadin-combo-box, vaadin-multi-select-combo-box, vaadin-select,`
              + ' vaadin-checkbox):not(.ls-search, vaadin-grid *)';
            const before = new Map();
            const state = (field) => JSON.stringify([field.value, field.checked, field.selectedItems?.length]);
            const remember = (event, then) => {
              const field = event.target.closest(kinds);
              if (field && !before.has(field)) {
                before.set(field, then(field));
              }
            };
            this.addEventListener('focusin', (event) => remember(event, state));
            this.addEventListener('input', (event) => remember(event, () => null));
            this.addEventListener('keydown', (event) => {
              if (event.key === 'Escape') {
                event.target.closest(texts)?.dispatchEvent(new CustomEvent('change', { bubbles: true }));
              }
            }, true);
            const typed = () => [...before].some(([field, then]) => field.checkVisibility() && state(field) !== then);
            const chosen = () => this.querySelector('.ls-undo vaadin-button:first-child:not([disabled], [hidden])')
              && !this.querySelector('.ls-panel-foot vaadin-button[theme~="primary"][disabled]');
            this.$entered = () => Boolean(typed() || chosen());
            """;

    private final Div body = new Div();
    private final Footer foot = new Footer();
    private final H2 heading;
    private final ActionButton closing = ActionButton.icon(Texts.of("panel.close"), "x", this::close);
    private final Runnable onClose;
    private Component problem;
    private int step;

    protected SidePanel(String title, Runnable onClose) {
        this.onClose = onClose;
        addClassName("ls-panel");
        getElement().setAttribute("role", "region").setAttribute("aria-label", Texts.of("panel.label"));
        heading = new H2(title);
        heading.addClassName("ls-grow");
        Header head = new Header(heading, closing);
        head.addClassName("ls-panel-head");
        body.addClassName("ls-panel-body");
        foot.addClassName("ls-panel-foot");
        foot.add(Connection.warning());
        add(head, body, foot);
    }

    @Override
    protected void onAttach(AttachEvent attach) {
        super.onAttach(attach);
        getElement().executeJs(WATCH);
        Registration escaping = attach.getUI()
                .getElement()
                .addEventListener(
                        "keydown",
                        pressed -> escape(pressed.getEventData().get(ENTERED).asBoolean() || holdsInput()))
                .setFilter(ESCAPE)
                .addEventData(ENTERED);
        addDetachListener(detach -> {
            detach.unregisterListener();
            escaping.remove();
        });
    }

    /** What is made or changed. */
    public String title() {
        return heading.getText();
    }

    protected void addToBody(Component... components) {
        body.add(components);
    }

    protected void addToFoot(Component... components) {
        foot.add(components);
    }

    /** Runs once what the body has now has been painted, unless another step of the panel has begun by then. */
    protected void onceShown(Runnable rest) {
        int now = step;
        body.getElement()
                .executeJs("return new Promise((shown) => requestAnimationFrame(() => setTimeout(shown)))")
                .then(shown -> {
                    if (step == now) {
                        rest.run();
                    }
                });
    }

    /** Makes another step of the panel, with nothing in it yet. */
    protected void begin(String title) {
        step++;
        heading.setText(title);
        problem = null;
        body.removeAll();
        foot.removeAll();
        foot.add(Connection.warning());
        if (isAttached()) {
            PanelHost.of(this).showTitle();
        }
    }

    protected void close() {
        onClose.run();
    }

    /**
     * Leaves the panel, or asks first. A panel with several steps goes back by one instead.
     *
     * @param entered whether something was entered that would be lost
     */
    protected void escape(boolean entered) {
        if (entered) {
            askToLeave(this::close, () -> {});
        } else {
            close();
        }
    }

    /** Asks before what was entered is lost. */
    public void askToLeave(Runnable goes, Runnable stays) {
        Confirmation.leave(
                Texts.of("panel.leave"),
                Texts.of("panel.leave.submit"),
                goes,
                stays,
                new Paragraph(Texts.of("panel.leave.text")));
    }

    /** Tells whether something was entered that isn't saved. */
    public void whetherEntered(Consumer<Boolean> told) {
        getElement()
                .executeJs("return this.$entered?.() ?? false")
                .then(Boolean.class, seen -> told.accept(seen || holdsInput()));
    }

    /** Whether something was entered that is kept, but isn't in sight at this step. */
    protected boolean holdsInput() {
        return false;
    }

    /** Whether that address shows another step of the panel, which keeps what was entered. */
    public boolean goesOnAt(Location next) {
        return false;
    }

    /** Enter in one of these fields does the same as the primary button. */
    public static void submitOnEnter(Runnable submit, Component... fields) {
        for (Component field : fields) {
            field.addAttachListener(attach -> {
                ShortcutRegistration entering = Shortcuts.addShortcutListener(field, submit::run, Key.ENTER)
                        .listenOn(field)
                        .resetFocusOnActiveElement();
                field.addDetachListener(detach -> {
                    detach.unregisterListener();
                    entering.remove();
                });
            });
        }
    }

    /** Calls the panel otherwise, because what is changed has another name by now. */
    protected void retitle(String title) {
        heading.setText(title);
        if (isAttached()) {
            PanelHost.of(this).showTitle();
        }
    }

    /** What the server said, and what helps against it, at the top of the body; the input stays. */
    protected void showProblem(String title, String message, Component... remedy) {
        clearProblem();
        problem = Notice.problem(title, message, remedy);
        body.addComponentAsFirst(problem);
        problem.getElement().executeJs("this.scrollIntoView({block: 'nearest'})");
    }

    protected void clearProblem() {
        if (problem != null) {
            body.remove(problem);
            problem = null;
        }
    }

    /** Puts the focus where one begins. */
    public void focusFirstField() {
        firstField().focus();
    }

    /** Where one begins; where there is no field, all that can be reached comes after the button that closes. */
    protected Focusable<?> firstField() {
        return closing;
    }
}
