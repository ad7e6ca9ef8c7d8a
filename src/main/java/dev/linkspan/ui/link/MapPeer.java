package dev.linkspan.ui.link;

import dev.linkspan.identity.IdentityOverview;
import dev.linkspan.link.LinkContact;
import dev.linkspan.ui.identity.IdentitiesView;
import dev.linkspan.ui.shared.Status;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;
import dev.linkspan.ui.shared.Tone;
import java.time.Duration;
import java.time.Instant;

/**
 * Another cluster as the map shows it.
 *
 * @param key tells it from all others
 * @param address of its page
 * @param status in a word, and when or how much
 * @param why all that is known of the status
 * @param way drawing of the line to it
 * @param glyph drawing of the line where there is no room for it
 */
record MapPeer(String key, String name, String address, Status status, String why, String way, String glyph) {
    /** A Linkspan calls each minute, or a few when it gets no answer. */
    private static final Duration LATELY = Duration.ofMinutes(15);

    /** The peer of a link. */
    static MapPeer of(LinkLine line, Times times) {
        Status status = LinkStatus.of(line, times);
        boolean attention = LinkStatus.part(line, times.now()) == LinkStatus.Part.ATTENTION;
        return new MapPeer(
                "link " + line.id(),
                line.name(),
                LinkView.address(line.name()),
                with(status, evidence(line, status, times)),
                status.evidence(),
                MapWay.of(line, attention),
                TypeGlyph.of(line.type()));
    }

    /**
     * A cluster that may call this one, or will when its token is used, and that this one can't call.
     *
     * @param called when it last did; null for never
     */
    static MapPeer of(IdentityOverview identity, Instant called, Times times) {
        Status status = status(identity, called, times);
        return new MapPeer(
                "identity " + identity.id(),
                identity.name(),
                IdentitiesView.addressOf(identity),
                status,
                called == null || identity.pending() ? status.evidence() : certificate(identity, times),
                identity.pending() ? MapWay.WAITING : MapWay.ONE,
                TypeGlyph.RECEIVED);
    }

    /** When it was last reached, or since when it isn't. */
    private static String evidence(LinkLine line, Status status, Times times) {
        LinkContact contact = line.contact();
        Instant expiry = line.overview().tokenExpiresAt();
        if (line.pending() && line.overview().tokenOut() && expiry != null && status.tone() == Tone.NEUTRAL) {
            return Texts.of("map.until", times.at(expiry));
        }
        if (!line.active() || contact == null || status.partly()) {
            return status.evidence();
        }
        return switch (contact.status()) {
            case UNKNOWN -> status.evidence();
            case ACTIVE -> contact.lastContactAt() == null ? status.evidence() : times.ago(contact.lastContactAt());
            case NOT_TRUSTED, CERTIFICATE_CHANGED, UNREACHABLE ->
                Texts.of("link.status.since", times.moment(contact.since()));
        };
    }

    private static Status with(Status status, String evidence) {
        return new Status(status.symbol(), status.tone(), status.word(), evidence, status.partly(), status.alarm());
    }

    /** All that is known of a cluster that can't be called is when it called, with the certificate that is trusted. */
    private static Status status(IdentityOverview identity, Instant called, Times times) {
        Instant end = identity.expiresAt();
        if (identity.pending()) {
            return pending(end, times);
        }
        if (end != null && !end.isAfter(times.now())) {
            return new Status("timer-off", Tone.CAUTION, Texts.of("link.status.expired"), certificate(identity, times));
        }
        if (called == null) {
            return new Status("circle-dashed", Tone.NEUTRAL, Texts.of("map.not-seen"), certificate(identity, times));
        }
        return called.plus(LATELY).isAfter(times.now())
                ? new Status("circle-check", Tone.POSITIVE, Texts.of("link.status.active"), times.ago(called))
                : new Status("circle-dashed", Tone.NEUTRAL, Texts.of("map.last-seen"), times.ago(called));
    }

    private static String certificate(IdentityOverview identity, Times times) {
        Instant end = identity.expiresAt();
        return end == null ? Texts.of("map.certificate.none") : Texts.of("map.certificate", times.date(end));
    }

    private static Status pending(Instant end, Times times) {
        if (end == null) {
            return new Status(
                    "clock", Tone.NEUTRAL, Texts.of("link.status.pending"), Texts.of("link.status.pending.no-expiry"));
        }
        return end.isAfter(times.now())
                ? new Status(
                        "clock", Tone.NEUTRAL, Texts.of("link.status.pending"), Texts.of("map.until", times.at(end)))
                : new Status(
                        "timer-off",
                        Tone.CAUTION,
                        Texts.of("link.status.expired"),
                        Texts.of("link.status.expired.evidence"));
    }
}
