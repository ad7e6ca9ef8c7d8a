package dev.linkspan.ui.shared;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.linkspan.access.EntityUrl;
import java.time.Instant;
import java.util.Arrays;

/**
 * Shows a secret once, with what is to be done with it. It closes only by its button, and that only works after one has
 * copied. The secret is nowhere but in here.
 */
public class SecretDialog extends Dialog {
    private static final int SHOWN_OF_SECRET = 12;

    /** The Back button may lead out of the console, or to a page that is loaded. */
    private static final String ASK_BEFORE_LEAVING = """
            const ask = (event) => {
              if (this.isConnected && this.opened) {
                event.preventDefault();
              } else {
                window.removeEventListener('beforeunload', ask);
              }
            };
            window.addEventListener('beforeunload', ask);""";

    /**
     * What is handed over.
     *
     * @param label what it is
     * @param file what a file with it is called, of any characters
     * @param copy text of the button that copies it
     * @param copied what one affirms to have done
     * @param validity for how long it works
     */
    public record Secret(String label, String file, String value, String copy, String copied, String validity) {
        private String fileName() {
            return file.replaceAll("[^A-Za-z0-9._-]+", "-") + ".txt";
        }

        /** Says nothing of the value, so that no log can. */
        @Override
        public String toString() {
            return label;
        }
    }

    private final Secret secret;
    private final Checkbox copied = new Checkbox();
    private final ActionButton done = new ActionButton(Texts.of("secret.done"), this::close).look("primary");
    private final Div body = new Div();

    /**
     * A dialog that is not open yet.
     *
     * @param sign stands left of the title
     * @param caution what happens when one doesn't copy now
     * @param after what happens when it was closed
     */
    public SecretDialog(String title, Component sign, Secret secret, Sentence caution, Runnable after) {
        this.secret = secret;
        addClassName("ls-token-dialog");
        setWidth("var(--ls-dialog)");
        setCloseOnEsc(false);
        setCloseOnOutsideClick(false);
        H2 heading = new H2(title);
        heading.addClassName("ls-grow");
        getHeader().add(sign, heading);
        getElement().setAttribute("aria-label", title);
        copied.setLabel(secret.copied());
        copied.addValueChangeListener(change -> allowDone(change.getValue()));
        copied.addClassName("ls-grow");
        allowDone(false);
        getFooter().add(copied, done);
        body.addClassName("ls-stack");
        body.add(field(), new Notice(Tone.CAUTION, "triangle-alert", caution));
        add(body);
        addDetachListener(detach -> {
            ComponentUtil.setData(detach.getUI(), SecretDialog.class, null);
            after.run();
        });
    }

    /** Opens with the token of that identity, and says from now on who ends it meanwhile. */
    public final void openToken(Colleagues colleagues, EntityUrl identity) {
        open(new SecretNews(colleagues, identity, true));
    }

    /** The same with a link, which only ends when the identity is deleted. */
    public final void openLink(Colleagues colleagues, EntityUrl identity) {
        open(new SecretNews(colleagues, identity, false));
    }

    private void open(SecretNews news) {
        body.addComponentAsFirst(news);
        open();
    }

    @Override
    protected void onAttach(AttachEvent attach) {
        super.onAttach(attach);
        ComponentUtil.setData(attach.getUI(), SecretDialog.class, this);
        getElement().executeJs(ASK_BEFORE_LEAVING);
    }

    /** Whether a page shows a secret that somebody may not have copied yet. */
    public static boolean isOpen(UI page) {
        return ComponentUtil.getData(page, SecretDialog.class) != null;
    }

    private void allowDone(boolean allowed) {
        done.refuse(allowed ? null : Texts.of("secret.done.refused"));
    }

    private void copied() {
        copied.setValue(true);
        done.focus();
    }

    private Div field() {
        Span label = new Span(secret.label());
        label.addClassName("ls-label");
        CopyField field = new CopyField(secret.copy())
                .value(secret.value(), secret.value())
                .titled(secret.value())
                .onCopied(this::copied);
        Paragraph validity = new Paragraph(secret.validity());
        validity.addClassNames("ls-small", "ls-muted");
        Div below = new Div(validity, download());
        below.addClassNames("ls-row", "ls-split");
        Div all = new Div(label, field, below);
        all.addClassName("ls-field");
        return all;
    }

    /** Saves the secret as a file of the browser's; who has done so needs no copy. */
    private Button download() {
        Button button = new Button(Texts.of("secret.download"), click -> copied());
        button.addThemeNames("tertiary", "small", "link");
        button.getElement().executeJs("""
                this.addEventListener('click', () => {
                  const link = document.createElement('a');
                  link.href = URL.createObjectURL(new Blob([$0 + '\\n'], {type: 'text/plain'}));
                  link.download = $1;
                  link.click();
                  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
                });""", secret.value(), secret.fileName());
        return button;
    }

    /** What is to be done, step by step. */
    protected final void addSteps(String heading, Sentence... steps) {
        OrderedList list =
                new OrderedList(Arrays.stream(steps).map(ListItem::new).toArray(ListItem[]::new));
        list.addClassName("ls-steps");
        Div all = new Div(new H3(heading), list);
        all.addClassName("ls-section");
        body.add(all);
    }

    /** A command that uses the secret, with a note below; {@code choices} stand right of its label and may change it. */
    protected final CopyField addCommand(String label, Sentence note, Component... choices) {
        CopyField command = addCommand(label, choices);
        Paragraph below = new Paragraph(note);
        below.addClassNames("ls-small", "ls-muted");
        command.getParent().ifPresent(field -> field.getElement().appendChild(below.getElement()));
        return command;
    }

    /** A command that uses the secret; {@code choices} stand right of its label and may change it. */
    protected final CopyField addCommand(String label, Component... choices) {
        CopyField command = new CopyField(Texts.of("copy.command")).onCopied(this::copied);
        Span text = new Span(label);
        text.addClassNames("ls-label", "ls-grow");
        Div head = new Div(text);
        head.addClassNames("ls-row", "ls-split");
        head.add(choices);
        Div all = new Div(head, command);
        all.addClassName("ls-field");
        body.add(all);
        return command;
    }

    /** Puts a command together. The secret is cut where it is only shown; what is copied is whole. */
    protected final void showCommand(CopyField command, String before, String after) {
        String value = secret.value();
        String shown = value.substring(0, Math.min(SHOWN_OF_SECRET, value.length())) + "…";
        command.command(before + shown + after, before + value + after);
    }

    /** A word of a command line, in quotation marks where it needs them. */
    protected static String quoted(String word) {
        return CommandLine.word(word);
    }

    /** Until when something works, in full. */
    protected static String until(String keyForOnce, String keyForUntil, Instant end) {
        if (end == null) {
            return Texts.of(keyForOnce);
        }
        Times times = Times.of(UI.getCurrent());
        return Texts.of(keyForUntil, times.exactly(end), times.betweenInFull(end));
    }
}
