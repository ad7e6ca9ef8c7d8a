package dev.linkspan.ui.shared;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.clipboard.Clipboard;
import com.vaadin.flow.component.clipboard.ClipboardBinding;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;

/** A value to copy, with its button. The browser copies; its answer is told to the listener. */
public class CopyField extends Div {
    private final Code code = new Code();
    private final ClipboardBinding clipboard;
    private Runnable onCopied = () -> {};

    public CopyField(String buttonText) {
        addClassName("ls-copy");
        Button copy = new Button(buttonText, new Symbol("copy"));
        clipboard = Clipboard.onClick(copy);
        add(code, copy);
    }

    /** Lets a long value take several lines instead of being cut. */
    public CopyField wrapped() {
        code.addClassName("wrap");
        return this;
    }

    /** What is shown and what is copied. They differ where the value would hide what stands around it. */
    public CopyField value(String shown, String copied) {
        code.setText(shown);
        clipboard.writeText(copied, text -> onCopied.run(), error -> Toast.problem(Texts.of("copy.failed")));
        return this;
    }

    /** The full value as the code's title, for values that are cut. */
    public CopyField titled(String title) {
        code.setTitle(title);
        return this;
    }

    /** What happens when the browser has copied. */
    public CopyField onCopied(Runnable listener) {
        onCopied = listener;
        return this;
    }
}
