package dev.linkspan.ui.link;

import dev.linkspan.link.LinkContact;
import dev.linkspan.link.LinkState;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;
import java.time.Instant;

/** How a link stands, in a sentence or two. */
final class LinkSentence {
    private LinkSentence() {}

    /**
     * The sentence.
     *
     * @param state what the addresses have just answered; null when that isn't known
     * @param stateAt when they did
     */
    static String of(LinkPage page, LinkState state, Instant stateAt, Times times) {
        LinkLine line = page.line();
        if (page.tokenEnded()) {
            return Texts.of("link.sentence.token-ended");
        }
        if (!line.active() || line.contact() == null) {
            return capital(LinkStatus.of(line, times).evidence());
        }
        LinkContact contact = line.contact();
        String since = times.moment(contact.since());
        boolean answers = state != null && LinkAddresses.good(line.type(), state) > 0;
        Instant lastContact = answers ? stateAt : contact.lastContactAt();
        String last = lastContact == null
                ? Texts.of("link.sentence.never")
                : Texts.of("link.sentence.last", times.ago(lastContact));
        return switch (contact.status()) {
            case UNKNOWN -> Texts.of("link.sentence.unknown");
            case ACTIVE ->
                Texts.of(
                        "link.sentence.active." + line.type().wireName(),
                        lastContact == null ? "" : times.ago(lastContact),
                        state == null
                                ? answers(contact.goodAddresses(), contact.allAddresses())
                                : answers(
                                        LinkAddresses.good(line.type(), state),
                                        state.addresses().size()));
            case NOT_TRUSTED -> Texts.of("link.sentence.not-trusted", since);
            case CERTIFICATE_CHANGED -> Texts.of("link.sentence.certificate-changed", since, last);
            case UNREACHABLE -> Texts.of("link.sentence.unreachable", since, contact.reason(), last);
        };
    }

    private static String answers(long good, int all) {
        return all == 1 ? Texts.of("link.sentence.answers.one", good) : Texts.of("link.sentence.answers", good, all);
    }

    private static String capital(String text) {
        return text.isEmpty() ? "" : Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }
}
