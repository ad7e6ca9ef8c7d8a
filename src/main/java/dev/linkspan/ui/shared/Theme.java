package dev.linkspan.ui.shared;

import com.vaadin.flow.component.page.ColorScheme;
import com.vaadin.flow.component.page.Page;
import com.vaadin.flow.server.VaadinRequest;

/** Light, dark or what the system says. Kept in a cookie, so that a page has its colours before it is drawn. */
public enum Theme {
    SYSTEM(ColorScheme.Value.LIGHT_DARK, "theme.system"),
    LIGHT(ColorScheme.Value.LIGHT, "theme.light"),
    DARK(ColorScheme.Value.DARK, "theme.dark");

    private static final Kept KEPT = new Kept("linkspan-theme");

    private final ColorScheme.Value scheme;
    private final String textKey;

    Theme(ColorScheme.Value scheme, String textKey) {
        this.scheme = scheme;
        this.textKey = textKey;
    }

    /** The choice that the request's browser keeps. */
    public static Theme of(VaadinRequest request) {
        return KEPT.in(request, Theme.class).orElse(SYSTEM);
    }

    /** What it is called. */
    public String text() {
        return Texts.of(textKey);
    }

    /** The one that the switch leads to. */
    public Theme next() {
        return values()[(ordinal() + 1) % values().length];
    }

    /** The script that gives a page its colours before anything is drawn. */
    public String bootstrapScript() {
        return this == SYSTEM
                ? ""
                : "document.documentElement.setAttribute('theme','" + scheme.getThemeValue() + "');"
                        + "document.documentElement.style.colorScheme='" + scheme.getValue() + "';";
    }

    /** Shows a page in these colours. */
    public void applyTo(Page page) {
        page.setColorScheme(scheme);
    }

    /** Shows a page in these colours and lets its browser keep the choice. */
    public void keepIn(Page page) {
        applyTo(page);
        KEPT.set(page, this);
    }
}
