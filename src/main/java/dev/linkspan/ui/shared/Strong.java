package dev.linkspan.ui.shared;

import com.vaadin.flow.component.HtmlComponent;
import com.vaadin.flow.component.Tag;

/** A {@code strong} element. */
@Tag("strong")
public class Strong extends HtmlComponent {
    public Strong(String text) {
        getElement().setText(text);
    }
}
