package dev.linkspan.ui.shared;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Asks before something that can't be undone: what goes, what remains on the other side, a button with the verb. */
public class Confirmation extends ConfirmDialog {
    private static final String CANCEL = """
            const begin = () => {
              const cancel = this.querySelector('[slot="cancel-button"]');
              if (this.contains(document.activeElement) && document.activeElement !== cancel) {
                cancel.focus();
              } else if (document.activeElement !== cancel && performance.now() < until) {
                requestAnimationFrame(begin);
              }
            };
            const until = performance.now() + 1000;
            begin();""";

    private static final String CLOSE = "this.querySelector('[slot=\"confirm-button\"]').focus()";

    private Confirmation(String title, String look, Component... text) {
        setHeader(new H2(title));
        Div body = new Div(text);
        body.addClassName("ls-stack");
        setText(body);
        setCancelable(true);
        setCancelText(Texts.of("confirm.cancel"));
        setCancelButtonTheme("");
        setConfirmButtonTheme(look);
    }

    private Confirmation(String title, String verb, String look, Runnable action, Component... text) {
        this(title, look, text);
        setConfirmText(verb);
        addConfirmListener(confirmed -> action.run());
    }

    /**
     * A question that is asked anew when somebody renames or deletes what it is about.
     *
     * @param title heading for what is left of it
     * @param about what is asked about
     * @param verb text of the button for what is left of it
     * @param text the question for what is left of it
     */
    private static <T> Confirmation about(
            Function<List<T>, String> title,
            String look,
            AskedAbout<T> about,
            Function<List<T>, String> verb,
            Function<List<T>, List<Component>> text,
            Consumer<List<T>> action) {
        Div asked = new Div();
        asked.addClassName("ls-stack");
        Confirmation question = new Confirmation("", look, about, asked);
        about.ask(left -> {
            asked.removeAll();
            if (left.isEmpty()) {
                question.onlyClose();
            } else {
                question.setHeader(new H2(title.apply(left)));
                asked.add(text.apply(left));
                question.setConfirmText(verb.apply(left));
            }
        });
        question.addConfirmListener(confirmed -> {
            if (!about.gone()) {
                action.accept(about.settle());
            }
        });
        return question;
    }

    /** Nothing is left that could be done. */
    private void onlyClose() {
        setCancelable(false);
        setConfirmText(Texts.of("panel.close"));
        setConfirmButtonTheme("primary");
        getElement().executeJs(CLOSE);
    }

    /** Head and foot of the component pretend to be those of the page, and the foot to be a toolbar. */
    @Override
    protected void onAttach(AttachEvent attach) {
        super.onAttach(attach);
        getElement().executeJs("""
                this.shadowRoot.querySelector('#overlay').shadowRoot.querySelectorAll('header, footer')
                  .forEach((part) => part.setAttribute('role', 'presentation'))""");
    }

    /** Asks before a change. */
    public static void change(String title, String verb, Runnable action, Component... text) {
        new Confirmation(title, verb, "primary", action, text).open();
    }

    /** The same of something that others may rename or delete meanwhile. */
    public static <T> void change(
            Function<List<T>, String> title,
            String verb,
            AskedAbout<T> about,
            Function<List<T>, List<Component>> text,
            Consumer<List<T>> action) {
        about(title, "primary", about, left -> verb, text, action).open();
    }

    /** Asks before a change that can't be taken back: an Enter too many does nothing. */
    public static void weigh(String title, String verb, Runnable action, Component... text) {
        Confirmation question = new Confirmation(title, verb, "primary", action, text);
        question.beginAtCancel();
        question.open();
    }

    /** Asks before what was entered is left behind; {@code stays} when it isn't. */
    public static void leave(String title, String verb, Runnable goes, Runnable stays, Component... text) {
        Confirmation question = new Confirmation(title, verb, "primary error", goes, text);
        question.setCancelText(Texts.of("confirm.stay"));
        question.addCancelListener(cancelled -> stays.run());
        question.beginAtCancel();
        question.open();
    }

    /** Asks before something is destroyed. */
    public static void destroy(String title, String verb, Runnable action, Component... text) {
        Confirmation question = new Confirmation(title, verb, "primary error", action, text);
        question.beginAtCancel();
        question.open();
    }

    /** The same of something that others may rename or delete meanwhile. */
    public static <T> void destroy(
            Function<List<T>, String> title,
            AskedAbout<T> about,
            Function<List<T>, String> verb,
            Function<List<T>, List<Component>> text,
            Consumer<List<T>> action) {
        Confirmation question = about(title, "primary error", about, verb, text, action);
        question.beginAtCancel();
        question.open();
    }

    /** So that an Enter too many does nothing. */
    private void beginAtCancel() {
        addOpenedChangeListener(change -> {
            if (change.isOpened()) {
                getElement().executeJs(CANCEL);
            }
        });
    }
}
