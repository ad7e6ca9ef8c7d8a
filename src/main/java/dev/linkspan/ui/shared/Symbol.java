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
}
