package dev.linkspan.ui.link;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.linkspan.identity.TrustToken;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.Fingerprints;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Symbol;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;
import dev.linkspan.ui.shared.Tone;
import java.time.Instant;

/** What a pasted token says: the verdict first, then the facts. */
class TokenReading extends Div {
    private static final String LINK_TOKEN = "Cluster link certificate";

    private final String ourFingerprint;
    private String refusal = Texts.of("token-reading.missing");

    TokenReading(String ourFingerprint) {
        this.ourFingerprint = ourFingerprint;
        addClassName("ls-read");
        getElement().setAttribute("role", "status");
        setVisible(false);
    }

    /** Reads a token; an empty one says nothing. */
    void read(String text) {
        removeAll();
        removeClassName(Tone.NEGATIVE.styleName());
        refusal = Texts.of("token-reading.missing");
        setVisible(!text.isEmpty());
        if (text.isEmpty()) {
            return;
        }
        try {
            judge(TrustToken.decode(text));
        } catch (ProblemException e) {
            refuse(new Sentence("token-reading.unreadable"));
            add(new Span(e.getMessage()));
        }
    }

    /** Why the token can't be used, or nothing when it can. */
    String refusal() {
        return refusal;
    }

    private void judge(TrustToken token) {
        Times times = Times.of(UI.getCurrent());
        Instant expiry = token.expiresAt();
        if (!LINK_TOKEN.equals(token.type())) {
            refuse(new Sentence("token-reading.wrong-type", token.type()));
        } else if (token.fingerprint().equalsIgnoreCase(ourFingerprint)) {
            refuse(new Sentence("token-reading.own"));
        } else if (expiry != null && !expiry.isAfter(times.now())) {
            refuse(new Sentence("token-reading.expired", times.at(expiry)));
        } else {
            refusal = null;
            add(verdict(
                    Tone.POSITIVE,
                    "circle-check",
                    expiry == null
                            ? new Sentence("token-reading.valid", token.clientName())
                            : new Sentence("token-reading.valid-until", token.clientName(), times.at(expiry))));
        }
        add(facts(token));
    }

    private void refuse(Sentence reason) {
        addClassName(Tone.NEGATIVE.styleName());
        refusal = reason.getElement().getTextRecursively();
        add(verdict(Tone.NEGATIVE, "circle-alert", reason));
    }

    private static Div verdict(Tone tone, String symbol, Sentence text) {
        Div verdict = new Div(new Symbol(symbol), text);
        verdict.addClassNames("ls-verdict", tone.styleName());
        return verdict;
    }

    private static DescriptionList facts(TrustToken token) {
        DescriptionList facts = new DescriptionList();
        facts.addClassName("ls-facts");
        Span addresses = new Span();
        token.addresses().forEach(address -> {
            Code code = new Code(address);
            addresses.add(code, new Span(" "));
        });
        Span fingerprint = new Span(Fingerprints.full(token.fingerprint()));
        fingerprint.addClassName("ls-fingerprint");
        facts.add(term("token-reading.addresses"), description(addresses));
        facts.add(term("token-reading.fingerprint"), description(fingerprint));
        return facts;
    }

    private static Component term(String key) {
        return new DescriptionList.Term(Texts.of(key));
    }

    private static Component description(Component content) {
        return new DescriptionList.Description(content);
    }
}
