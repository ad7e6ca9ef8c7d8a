package dev.linkspan.ui.shared;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.NativeLabel;
import com.vaadin.flow.component.html.Span;

/** What fields of forms have in common. */
public final class Fields {
    private Fields() {}

    /** Labels a field and says that it may stay empty. */
    public static <F extends Component> F optional(F field, String label) {
        Span optional = new Span(Texts.of("field.optional"));
        optional.addClassName("ls-optional");
        NativeLabel text = new NativeLabel();
        text.add(label + ' ');
        text.add(optional);
        text.getElement().setAttribute("slot", "label");
        field.getElement().appendChild(text.getElement());
        return field;
    }
}
