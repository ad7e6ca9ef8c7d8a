package dev.linkspan.ui.link;

import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.linkspan.identity.TrustToken;
import dev.linkspan.link.DialedAddress;
import dev.linkspan.ui.shared.Texts;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** Takes a pasted trust token and says at once what it is. */
class TokenField extends Div {
    private static final int PAUSE_IN_MILLISECONDS = 150;

    private final TextArea token = new TextArea();
    private final TokenReading reading;
    private Runnable onRead = () -> {};

    /**
     * An empty field.
     *
     * @param linkTo the name of the link to the cluster with a certificate's fingerprint
     * @param dial dials the addresses of a token and tells what they answered
     */
    TokenField(
            String ourFingerprint,
            Function<String, Optional<String>> linkTo,
            BiConsumer<TrustToken, Consumer<List<DialedAddress>>> dial) {
        reading = new TokenReading(ourFingerprint, linkTo, dial);
        reading.onAnswers(this::judged);
        token.setAriaLabel(Texts.of("create-link.token.text"));
        token.setPlaceholder(Texts.of("create-link.token.placeholder"));
        token.addClassName("ls-token");
        token.setWidthFull();
        token.getElement().setAttribute("spellcheck", "false").setAttribute("autocomplete", "off");
        token.setValueChangeMode(ValueChangeMode.LAZY);
        token.setValueChangeTimeout(PAUSE_IN_MILLISECONDS);
        token.addValueChangeListener(change -> read());
        addClassName("ls-field");
        add(token, reading);
    }

    Focusable<?> field() {
        return token;
    }

    /** Says what the field is where nothing else beside it does. */
    void label(boolean alone) {
        token.setLabel(alone ? Texts.of("create-link.token") : "");
    }

    /** Runs whenever it has said what is in it. */
    void onRead(Runnable listener) {
        onRead = listener;
    }

    /** Whether there is a token in it that can be used. */
    boolean isGood() {
        return reading.refusal() == null;
    }

    boolean isEmpty() {
        return text().isEmpty();
    }

    private void read() {
        reading.read(text());
        judged();
    }

    private void judged() {
        token.setInvalid(reading.isVisible() && reading.refusal() != null);
        onRead.run();
    }

    /** Terminals and mails break long lines, so white space inside a token means nothing. */
    private String text() {
        return token.getValue().replaceAll("\\s", "");
    }

    /** Whether the token can be used; says why not when it can't. */
    boolean check() {
        reading.read(text());
        token.setErrorMessage(text().isEmpty() ? reading.refusal() : "");
        token.setInvalid(reading.refusal() != null);
        return reading.refusal() == null;
    }

    /** The token, after {@link #check}. */
    TrustToken token() {
        return TrustToken.decode(text());
    }

    /** Says that the other cluster doesn't know the token, until another one is pasted or it is tried again. */
    void used() {
        reading.used();
        judged();
    }

    void forget() {
        token.clear();
        token.setInvalid(false);
        read();
    }
}
