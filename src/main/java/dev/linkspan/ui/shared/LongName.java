package dev.linkspan.ui.shared;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.function.ValueProvider;

/**
 * Names that may be too long for their place. What is left out is their middle: names that begin alike mostly differ at
 * their end. The whole name is the title, and the link's name to whoever hears it: read out, the parts would be two words.
 */
public final class LongName {
    private static final String LINK = """
            <a class="ls-name ${item.end ? 'ls-in-two' : ''}" router-link href="%s" aria-keyshortcuts="Enter"
              title="${item.start + item.end}" aria-label="${item.start + item.end}"><span>${item.start}</span
              >${item.end}</a>""";

    private static final int END = 6;
    private static final int SHORT = 14;

    private LongName() {}

    /**
     * The template of a link to what has the name, for a renderer that gets the name {@link #with with}.
     *
     * @param address of it, or the template's expression for it
     */
    public static String link(String address) {
        return LINK.formatted(address);
    }

    /** Gives a renderer the name. */
    public static <T> LitRenderer<T> with(LitRenderer<T> renderer, ValueProvider<T, String> name) {
        return renderer.withProperty("start", row -> start(name.apply(row)))
                .withProperty("end", row -> end(name.apply(row)));
    }

    /** Shows the name as what a link says. */
    public static void show(Anchor link, String name) {
        Span start = new Span(start(name));
        link.setClassName("ls-in-two", !end(name).isEmpty());
        link.removeAll();
        link.add(start);
        link.add(end(name));
        link.setTitle(name);
        link.setAriaLabel(name);
    }

    private static String start(String name) {
        return name.substring(0, cut(name));
    }

    private static String end(String name) {
        return name.substring(cut(name));
    }

    private static int cut(String name) {
        return name.codePointCount(0, name.length()) < SHORT
                ? name.length()
                : name.offsetByCodePoints(name.length(), -END);
    }
}
