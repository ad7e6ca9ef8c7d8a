package dev.linkspan.ui.shared;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.function.ValueProvider;

/** Names that may be too long for their place: their end is left out there. The whole name is the title. */
public final class LongName {
    private static final String LINK = """
            <a class="ls-name" router-link href="%s" aria-keyshortcuts="Enter" title="${item.name}">${item.name}</a>""";

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
        return renderer.withProperty("name", name);
    }

    /** Shows the name as what a link says. */
    public static void show(Anchor link, String name) {
        link.setText(name);
        link.setTitle(name);
    }
}
