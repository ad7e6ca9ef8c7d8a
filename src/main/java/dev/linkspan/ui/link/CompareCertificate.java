package dev.linkspan.ui.link;

import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import dev.linkspan.link.OfferedCertificate;
import dev.linkspan.ui.shared.CopyField;
import dev.linkspan.ui.shared.Fingerprints;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Texts;
import java.util.function.Consumer;

/** Shows which certificate an address has shown, for a person to compare it with what the other side says. */
class CompareCertificate extends Div {
    private final OfferedCertificate offered;
    private final Checkbox same = new Checkbox(Texts.of("create-link.compare.same"));

    CompareCertificate(String address, OfferedCertificate offered) {
        this.offered = offered;
        addClassName("ls-stack");
        TextField dialed = new TextField(Texts.of("create-link.address"));
        dialed.setValue(address);
        dialed.setReadOnly(true);
        dialed.setWidthFull();
        Span label = new Span(Texts.of("create-link.fingerprint"));
        label.addClassName("ls-label");
        CopyField fingerprint = new CopyField(Texts.of("copy.fingerprint"))
                .fingerprint()
                .value(Fingerprints.full(offered.fingerprint()), offered.fingerprint());
        Sentence help = new Sentence("create-link.fingerprint.help");
        help.addClassName("ls-help");
        Div field = new Div(label, fingerprint, help);
        field.addClassName("ls-field");
        add(dialed, field, same);
    }

    OfferedCertificate offered() {
        return offered;
    }

    boolean ticked() {
        return same.getValue();
    }

    Focusable<?> field() {
        return same;
    }

    void onTick(Consumer<Boolean> listener) {
        same.addValueChangeListener(change -> listener.accept(change.getValue()));
    }
}
