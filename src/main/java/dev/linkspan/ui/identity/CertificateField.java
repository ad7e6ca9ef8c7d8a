package dev.linkspan.ui.identity;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.server.streams.UploadHandler;
import dev.linkspan.identity.CertificateFacts;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Fingerprints;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Symbol;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;
import dev.linkspan.ui.shared.Tone;
import java.nio.charset.StandardCharsets;

/** A certificate that is pasted or chosen as a file; what it says stands below it at once, the verdict first. */
class CertificateField extends Div {
    private static final int LARGEST_FILE = 64 * 1024;
    private static final int PAUSE_IN_MILLISECONDS = 150;

    private final IdentityTools tools;
    private final TextArea pem = new TextArea(Texts.of("certificate"));
    private final Div reading = new Div();
    private boolean usable;

    CertificateField(IdentityTools tools) {
        this.tools = tools;
        addClassName("ls-field");
        pem.setPlaceholder(Texts.of("certificate.placeholder"));
        pem.setHelperText(Texts.of("certificate.help"));
        pem.addClassName("ls-token");
        pem.setWidthFull();
        pem.setMinRows(3);
        pem.getElement().setAttribute("spellcheck", "false").setAttribute("autocomplete", "off");
        pem.setValueChangeMode(ValueChangeMode.LAZY);
        pem.setValueChangeTimeout(PAUSE_IN_MILLISECONDS);
        pem.addValueChangeListener(change -> read());
        reading.addClassName("ls-read");
        reading.getElement().setAttribute("role", "status");
        reading.setVisible(false);
        add(pem, upload(), reading);
    }

    private Upload upload() {
        UI page = UI.getCurrent();
        Upload upload = new Upload(UploadHandler.inMemory(
                (file, bytes) -> page.access(() -> pem.setValue(new String(bytes, StandardCharsets.UTF_8)))));
        upload.addClassName("ls-upload");
        upload.setMaxFiles(1);
        upload.setMaxFileSize(LARGEST_FILE);
        upload.setUploadButton(new ActionButton(Texts.of("certificate.file"), () -> {}).look("small"));
        upload.setDropLabel(new Span(Texts.of("certificate.drop")));
        upload.addFileRejectedListener(rejected -> say(Texts.of("certificate.file.too-large")));
        upload.addAllFinishedListener(finished -> upload.clearFileList());
        return upload;
    }

    String value() {
        return pem.getValue();
    }

    void clear() {
        pem.clear();
    }

    /** Whether it is one that can be trusted; says so at the field when it isn't. */
    boolean check() {
        read();
        if (pem.isEmpty()) {
            say(Texts.of("certificate.required"));
        } else if (!usable) {
            pem.setInvalid(true);
        }
        return usable;
    }

    void focus() {
        pem.focus();
    }

    private void say(String error) {
        pem.setErrorMessage(error);
        pem.setInvalid(true);
    }

    private void read() {
        usable = false;
        pem.setInvalid(false);
        pem.setErrorMessage("");
        reading.removeAll();
        reading.removeClassName(Tone.NEGATIVE.styleName());
        reading.setVisible(!pem.isEmpty());
        if (pem.isEmpty()) {
            return;
        }
        try {
            show(tools.identities().read(tools.me().get(), pem.getValue()));
        } catch (ProblemException e) {
            refuse(new Sentence("certificate.unreadable"));
            reading.add(new Span(e.getMessage()));
        }
        pem.setInvalid(!usable);
    }

    private void show(CertificateFacts facts) {
        Times times = Times.of(UI.getCurrent());
        usable = facts.refusal() == null;
        if (usable) {
            reading.add(verdict(
                    Tone.POSITIVE, "circle-check", new Sentence("certificate.usable", times.date(facts.expiresAt()))));
        } else {
            refuse(new Sentence("certificate.refused", facts.refusal()));
        }
        Code fingerprint = new Code(Fingerprints.full(facts.fingerprint()));
        fingerprint.addClassName("ls-fingerprint");
        DescriptionList list = new DescriptionList();
        list.addClassName("ls-facts");
        list.add(new DescriptionList.Term(Texts.of("certificate.subject")));
        list.add(new DescriptionList.Description(facts.subject()));
        list.add(new DescriptionList.Term(Texts.of("certificate.fingerprint")));
        list.add(new DescriptionList.Description(fingerprint));
        reading.add(list);
    }

    private void refuse(Sentence reason) {
        reading.addClassName(Tone.NEGATIVE.styleName());
        reading.add(verdict(Tone.NEGATIVE, "circle-alert", reason));
    }

    private static Component verdict(Tone tone, String symbol, Sentence text) {
        Span verdict = new Span(new Symbol(symbol), text);
        verdict.addClassNames("ls-verdict", tone.styleName());
        return verdict;
    }
}
