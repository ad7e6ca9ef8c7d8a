package dev.linkspan.ui.shared;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import java.util.List;

/** Facts about one thing: what is said, and what it is. */
public class Facts extends DescriptionList {
    public Facts() {
        addClassName("ls-facts");
    }

    /** A fact under the text of that key. */
    public Facts with(String key, Component value) {
        add(new Term(Texts.of(key)), new Description(value));
        return this;
    }

    public Facts with(String key, String value) {
        return with(key, new Span(value));
    }

    /** A fact under a name of somebody's own. */
    public Facts withOwn(String name, String value) {
        add(new Term(name), new Description(value));
        return this;
    }

    /** A fingerprint, whole. */
    public Facts withFingerprint(String key, String fingerprint) {
        Span value = new Span(Fingerprints.full(fingerprint));
        value.addClassName("ls-fingerprint");
        return with(key, value);
    }

    /** Addresses and the like, one below the other; {@code none} when there are none. */
    public Facts withCodes(String key, List<String> values, String none) {
        if (values.isEmpty()) {
            return with(key, none);
        }
        Div all = new Div();
        values.forEach(value -> {
            Code code = new Code();
            code.setText(value);
            all.add(new Div(code));
        });
        return with(key, all);
    }
}
