package dev.linkspan.ui.link;

import dev.linkspan.link.LinkOverview;
import dev.linkspan.link.LinkState;
import dev.linkspan.ui.shared.Status;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;
import dev.linkspan.ui.shared.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A link's status, from its phase and from what its addresses last answered. */
final class LinkStatus {
    private static final Duration SOON = Duration.ofDays(1);

    private LinkStatus() {}

    static Status of(LinkOverview row, Optional<LinkState> state, Times times) {
        return switch (row.link().phase()) {
            case PENDING -> pending(row.tokenExpiresAt(), times);
            case ACTIVATING ->
                new Status(
                        "refresh-cw",
                        Tone.NEUTRAL,
                        Texts.of("link.status.activating"),
                        Texts.of("link.status.activating.evidence"));
            case ACTIVE -> state.map(known -> active(known.addresses())).orElseGet(LinkStatus::checking);
        };
    }

    private static Status pending(Instant expiry, Times times) {
        String word = Texts.of("link.status.pending");
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

    private static Status active(List<LinkState.Address> addresses) {
        long active = count(addresses, LinkState.Status.ACTIVE);
        String answering = Texts.of("link.status.addresses", active, addresses.size());
        if (active > 0) {
            return new Status(
                    "circle-check",
                    Tone.POSITIVE,
                    Texts.of("link.status.active"),
                    answering,
                    active < addresses.size());
        }
        if (count(addresses, LinkState.Status.UNAUTHENTICATED) > 0) {
            return new Status(
                    "user-round-x",
                    Tone.NEGATIVE,
                    Texts.of("link.status.not-trusted"),
                    Texts.of("link.status.not-trusted.evidence"));
        }
        String why = addresses.size() == 1 ? addresses.getFirst().reason() : answering;
        return new Status("unplug", Tone.NEGATIVE, Texts.of("link.status.unreachable"), why);
    }

    private static Status checking() {
        return new Status(
                "circle-dashed",
                Tone.NEUTRAL,
                Texts.of("link.status.checking"),
                Texts.of("link.status.checking.evidence"));
    }

    private static long count(List<LinkState.Address> addresses, LinkState.Status status) {
        return addresses.stream().filter(address -> address.status() == status).count();
    }
}
