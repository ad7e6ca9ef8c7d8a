package dev.linkspan.ui.shared;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Chooses one of a few parts of a list, each with how many rows it has. */
public class Segments extends Div {
    private final Consumer<String> chosen;
    private final Map<String, NativeButton> buttons = new LinkedHashMap<>();
    private final Map<String, Span> counts = new LinkedHashMap<>();
    private String value = "";

    /** No parts yet; {@code chosen} gets the value that somebody has chosen. */
    public Segments(String label, Consumer<String> chosen) {
        this.chosen = chosen;
        addClassName("ls-segments");
        getElement().setAttribute("role", "group").setAttribute("aria-label", label);
    }

    /** Adds a part. */
    public Segments with(String part, String text) {
        Span count = new Span();
        count.addClassName("ls-number");
        NativeButton button = new NativeButton("", click -> {
            set(part);
            chosen.accept(part);
        });
        button.getElement().setAttribute("type", "button");
        button.add(new Span(text), count);
        buttons.put(part, button);
        counts.put(part, count);
        add(button);
        set(value);
        return this;
    }

    /** Puts an icon before the text of a part. */
    public Segments symbol(String part, String symbol) {
        buttons.get(part).addComponentAsFirst(new Symbol(symbol));
        return this;
    }

    /** Chooses without telling anybody; an unknown part is the first one. */
    public final void set(String part) {
        value = buttons.containsKey(part) ? part : buttons.keySet().iterator().next();
        buttons.forEach(
                (name, button) -> button.getElement().setAttribute("aria-pressed", String.valueOf(name.equals(value))));
    }

    /** The part that is chosen. */
    public String value() {
        return value;
    }

    /** Says how many rows a part has. */
    public void count(String part, int rows) {
        counts.get(part).setText(Texts.of("count", rows));
    }
}
