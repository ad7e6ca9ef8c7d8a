package dev.linkspan.ui.shared;

import com.vaadin.flow.component.icon.SvgIcon;

/** An icon of {@code themes/linkspan/icons.svg} by its name there. It says nothing: a word stands beside it. */
public class Symbol extends SvgIcon {
    /** Address of the sheet that has all icons. */
    public static final String SHEET = "/" + Assets.versioned("themes/linkspan/icons.svg");

    public Symbol(String name) {
        super(SHEET, name);
        getElement().setAttribute("aria-hidden", "true");
    }

    /**
     * The same in the template of a table's cell, where the browser draws it without a component: a table has very many.
     *
     * @param name of the icon, or the template's expression for it
     * @param look its classes
     */
    public static String inCell(String name, String look) {
        return """
                <svg class="ls-icon %s" aria-hidden="true"><use href="%s#%s"></use></svg>""".formatted(look, SHEET, name);
    }
}
