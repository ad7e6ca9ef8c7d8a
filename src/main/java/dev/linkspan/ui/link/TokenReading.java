package dev.linkspan.ui.link;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.linkspan.identity.TrustToken;
import dev.linkspan.link.DialedAddress;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.Fingerprints;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Symbol;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;
import dev.linkspan.ui.shared.Tone;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a pasted token says: the verdict first, then the facts. */
class TokenReading extends Div {
    private static final String LINK_TOKEN = "Cluster link certificate";

    private static final int MOST_SHOWN = 20;

    private final String ourFingerprint;
    private final Function<String, Optional<String>> linkTo;
    private final BiConsumer<TrustToken, Consumer<List<DialedAddress>>> dial;
    private TrustToken dialed;
    private List<DialedAddress> answers = List.of();
    private Runnable onAnswers = () -> {};
    private String refusal = Texts.of("token-reading.missing");

    TokenReading(
            String ourFingerprint,
            Function<String, Optional<String>> linkTo,
            BiConsumer<TrustToken, Consumer<List<DialedAddress>>> dial) {
        this.ourFingerprint = ourFingerprint;
        this.linkTo = linkTo;
        this.dial = dial;
        addClassName("ls-read");
        getElement().setAttribute("role", "status");
        setVisible(false);
    }

    /** Runs when its addresses have answered. */
    void onAnswers(Runnable listener) {
        onAnswers = listener;
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

    /** The cluster that made the token doesn't know it any more. */
    void used() {
        removeAll();
        refuse(new Sentence("token-reading.used"));
    }

    /** Why the token can't be used, or nothing when it can. */
    String refusal() {
        return refusal;
    }

    private void judge(TrustToken token) {
        Times times = Times.of(UI.getCurrent());
        Instant expiry = token.expiresAt();
        Optional<String> linked = linkTo.apply(token.fingerprint());
        if (!LINK_TOKEN.equals(token.type())) {
            refuse(new Sentence("token-reading.wrong-type", token.type()));
        } else if (token.fingerprint().equalsIgnoreCase(ourFingerprint)) {
            refuse(new Sentence("token-reading.own"));
        } else if (linked.isPresent()) {
            refuse(new Sentence("token-reading.linked", linked.get()));
        } else if (expiry != null && !expiry.isAfter(times.now())) {
            refuse(new Sentence("token-reading.expired", times.at(expiry)));
        } else {
            accept(token, times);
        }
        Span addresses = new Span();
        show(addresses, token);
        add(facts(token, addresses));
        if (refusal == null && !token.equals(dialed)) {
            dialed = token;
            answers = List.of();
            dial.accept(token, told -> {
                if (token.equals(dialed)) {
                    answers = told;
                    removeAll();
                    judge(token);
                    onAnswers.run();
                }
            });
        }
    }

    /** What its addresses have answered counts as soon as it is known. */
    private void accept(TrustToken token, Times times) {
        refusal = null;
        List<DialedAddress> known = token.equals(dialed) ? answers : List.of();
        Instant expiry = token.expiresAt();
        if (!known.isEmpty() && known.stream().allMatch(DialedAddress::showsAnotherCertificate)) {
            refuse(new Sentence("token-reading.other-certificate"));
        } else if (!known.isEmpty()
                && known.stream().noneMatch(address -> address.problem().isEmpty())) {
            add(verdict(Tone.CAUTION, "triangle-alert", new Sentence("token-reading.nobody", token.clientName())));
        } else {
            add(verdict(
                    Tone.POSITIVE,
                    "circle-check",
                    expiry == null
                            ? new Sentence("token-reading.valid", token.clientName())
                            : new Sentence("token-reading.valid-until", token.clientName(), times.at(expiry))));
        }
    }

    /** Each address, and whether it answers once that is known. */
    private void show(Span addresses, TrustToken token) {
        Map<String, DialedAddress> known = token.equals(dialed)
                ? answers.stream()
                        .collect(Collectors.toMap(DialedAddress::address, Function.identity(), (one, two) -> one))
                : Map.of();
        addresses.removeAll();
        token.addresses().stream().limit(MOST_SHOWN).forEach(address -> {
            DialedAddress answer = known.get(address);
            Div line = new Div(new Code(address));
            if (answer != null) {
                line.add(new Text(" "), result(answer));
            }
            addresses.add(line);
        });
        if (token.addresses().size() > MOST_SHOWN) {
            addresses.add(new Div(Texts.of("membership.more", token.addresses().size() - MOST_SHOWN)));
        }
    }

    private static Span result(DialedAddress answer) {
        boolean good = answer.problem().isEmpty();
        boolean other = answer.showsAnotherCertificate();
        Span result = new Span(
                good
                        ? Texts.of("token-reading.answers")
                        : other ? Texts.of("token-reading.other") : Texts.of("token-reading.silent", answer.problem()));
        result.addClassName((good ? Tone.POSITIVE : other ? Tone.NEGATIVE : Tone.CAUTION).styleName());
        return result;
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

    private static DescriptionList facts(TrustToken token, Span addresses) {
        DescriptionList facts = new DescriptionList();
        facts.addClassName("ls-facts");
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
