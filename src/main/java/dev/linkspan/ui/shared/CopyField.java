package dev.linkspan.ui.shared;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.clipboard.Clipboard;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;

/** A value to copy, with its button. The browser copies; its answer is told to the listener. */
public class CopyField extends Div {
    private final String buttonText;
    private final Code code = new Code();
    private Runnable onCopied = CopyField::say;

    public CopyField(String buttonText) {
        this.buttonText = buttonText;
        addClassName("ls-copy");
    }

    /** A button alone, for a value that stands beside it. */
    public static Button icon(String text, String copied) {
        Button button = new Button(new Symbol("copy"));
        button.setAriaLabel(text);
        button.getElement().setAttribute("title", text);
        button.addThemeNames("tertiary", "icon", "small");
        Clipboard.onClick(button).writeText(copied, done -> say(), error -> Toast.problem(Texts.of("copy.failed")));
        return button;
    }

    /** Lets a long value take several lines instead of being cut. */
    public CopyField wrapped() {
        code.addClassName("wrap");
        return this;
    }

    /** Keeps the line breaks of a fingerprint that is written in groups. */
    public CopyField fingerprint() {
        code.addClassName("ls-fingerprint");
        return this;
    }

    /** What is shown and what is copied. They differ where the value would hide what stands around it. */
    public CopyField value(String shown, String copied) {
        code.setText(shown);
        removeAll();
        add(code, button(copied));
        return this;
    }

    /** A command. It breaks between its words only, where these aren't too long themselves. */
    public CopyField command(String command) {
        return command(command, command);
    }

    /** A command that is shown otherwise than it is copied. */
    public CopyField command(String shown, String copied) {
        wrapped().value("", copied);
        for (String word : shown.split(" ")) {
            Span part = new Span(word);
            part.addClassName("ls-command-word");
            code.add(part, new Text(" "));
        }
        return this;
    }

    /** A button copies one value for as long as it lives, so that another value takes another button. */
    private Button button(String copied) {
        Button button = new Button(buttonText, new Symbol("copy"));
        Clipboard.onClick(button)
                .writeText(copied, text -> onCopied.run(), error -> Toast.problem(Texts.of("copy.failed")));
        return button;
    }

    /** The full value as the code's title, for values that are cut. */
    public CopyField titled(String title) {
        code.setTitle(title);
        return this;
    }

    private static void say() {
        Toast.done(new Sentence("copied"));
    }

    /** What happens when the browser has copied, instead of a word about it. */
    public CopyField onCopied(Runnable listener) {
        onCopied = listener;
        return this;
    }
}
