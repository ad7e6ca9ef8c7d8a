package dev.linkspan.ui.link;

import dev.linkspan.link.LinkContact;
import dev.linkspan.link.LinkType;
import dev.linkspan.ui.shared.Status;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;
import dev.linkspan.ui.shared.Tone;
import java.time.Duration;
import java.time.Instant;

/** A link's status, from its phase and from what the last probe of its peer showed. */
final class LinkStatus {
    private static final Duration SOON = Duration.ofDays(1);

    /** How the list of links is divided; what needs somebody comes first. */
    enum Part {
        ATTENTION,
        PENDING,
        /** Nothing is known yet. */
        UNKNOWN,
        ACTIVE
    }

    private LinkStatus() {}

    static Part part(LinkLine line, Instant now) {
        if (!line.active()) {
            Instant expiry = line.overview().tokenExpiresAt();
            return line.pending() && expiry != null && !expiry.isAfter(now) ? Part.ATTENTION : Part.PENDING;
        }
        return line.contact() == null
                ? Part.UNKNOWN
                : switch (line.contact().status()) {
                    case UNKNOWN -> Part.UNKNOWN;
                    case ACTIVE -> Part.ACTIVE;
                    case NOT_TRUSTED, CERTIFICATE_CHANGED, UNREACHABLE -> Part.ATTENTION;
                };
    }

    static Status of(LinkLine line, Times times) {
        return switch (line.link().phase()) {
            case PENDING -> line.unconfirmed() ? unconfirmed() : pending(line, times);
            case ACTIVATING ->
                new Status(
                        "refresh-cw",
                        Tone.NEUTRAL,
                        Texts.of("link.status.activating"),
                        Texts.of("link.status.activating.evidence"));
            case ACTIVE -> line.contact() == null ? checking() : active(line.type(), line.contact(), times);
        };
    }

    private static Status unconfirmed() {
        return new Status(
                "clock", Tone.NEUTRAL, Texts.of("link.status.pending"), Texts.of("link.status.pending.unconfirmed"));
    }

    private static Status pending(LinkLine line, Times times) {
        String word = Texts.of("link.status.pending");
        Instant expiry = line.overview().tokenExpiresAt();
        if (!line.overview().tokenOut()) {
            return new Status("clock-alert", Tone.CAUTION, word, Texts.of("link.status.pending.revoked"));
        }
        if (expiry == null) {
            return new Status("clock", Tone.NEUTRAL, word, Texts.of("link.status.pending.no-expiry"));
        }
        if (!expiry.isAfter(times.now())) {
            return new Status(
                    "timer-off",
                    Tone.CAUTION,
                    Texts.of("link.status.expired"),
                    Texts.of("link.status.expired.evidence"));
        }
        if (expiry.isBefore(times.now().plus(SOON))) {
            return new Status(
                    "clock-alert", Tone.CAUTION, word, Texts.of("link.status.pending.soon", times.between(expiry)));
        }
        return new Status(
                "clock",
                Tone.NEUTRAL,
                word,
                Texts.of("link.status.pending.until", times.at(expiry), times.between(expiry)));
    }

    private static Status active(LinkType type, LinkContact contact, Times times) {
        String since = times.moment(contact.since());
        return switch (contact.status()) {
            case UNKNOWN -> checking();
            case ACTIVE ->
                type == LinkType.PUBLIC
                        ? new Status(
                                "globe",
                                Tone.NEUTRAL,
                                Texts.of("link.status.unauthenticated"),
                                Texts.of("link.status.unauthenticated.evidence"))
                        : new Status(
                                "circle-check",
                                Tone.POSITIVE,
                                Texts.of("link.status.active"),
                                Texts.of("link.status.addresses", contact.goodAddresses(), contact.allAddresses()),
                                contact.goodAddresses() < contact.allAddresses());
            case NOT_TRUSTED ->
                new Status(
                        "user-round-x",
                        Tone.NEGATIVE,
                        Texts.of("link.status.not-trusted"),
                        Texts.of("link.status.not-trusted.evidence"));
            case CERTIFICATE_CHANGED ->
                new Status(
                        "shield-alert",
                        Tone.NEGATIVE,
                        Texts.of("link.status.certificate-changed"),
                        Texts.of("link.status.since", since),
                        false,
                        true);
            case UNREACHABLE ->
                new Status(
                        "unplug",
                        Tone.NEGATIVE,
                        Texts.of("link.status.unreachable"),
                        Texts.of("link.status.since-why", since, contact.reason()));
        };
    }

    private static Status checking() {
        return new Status(
                "refresh-cw",
                Tone.NEUTRAL,
                Texts.of("link.status.checking"),
                Texts.of("link.status.checking.evidence"));
    }
}
