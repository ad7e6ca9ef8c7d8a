package dev.linkspan.ui.identity;

import dev.linkspan.access.Caller;
import dev.linkspan.identity.IdentityOverview;
import dev.linkspan.identity.IdentityType;
import dev.linkspan.ui.shared.Status;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;
import dev.linkspan.ui.shared.Tone;
import java.time.Duration;
import java.time.Instant;

/** Identities in words and signs. */
final class IdentityWords {
    static final Duration SOON = Duration.ofDays(7);

    private IdentityWords() {}

    /** The icon of an identity's type. */
    static String symbol(IdentityOverview identity) {
        return switch (identity.method()) {
            case "bearer" -> "key-round";
            case "oidc" -> "user-round";
            default -> clusterLink(identity) ? "link" : "shield-check";
        };
    }

    /** Fingerprint, UUID or address; a pending identity has none that would last. */
    static String identifier(IdentityOverview identity) {
        return identity.pending() ? Texts.of("identity.id.pending") : identity.identifier();
    }

    static boolean bearer(IdentityOverview identity) {
        return identity.type().equals(IdentityType.CLIENT_BEARER);
    }

    static boolean clusterLink(IdentityOverview identity) {
        return identity.type().startsWith(IdentityType.CLUSTER_LINK);
    }

    /** Whether it can sign in to the console by a link. */
    static boolean signsInByLink(IdentityOverview identity) {
        return bearer(identity) || identity.type().equals(IdentityType.CLIENT);
    }

    static boolean expired(IdentityOverview identity, Instant now) {
        return identity.expiresAt() != null && !now.isBefore(identity.expiresAt());
    }

    static boolean expiresWithin(IdentityOverview identity, Instant now, Duration time) {
        return identity.expiresAt() != null
                && !expired(identity, now)
                && identity.expiresAt().isBefore(now.plus(time));
    }

    /** Until when an identity works, in a word, with all that is known as evidence. */
    static Status expiry(IdentityOverview identity, Times times) {
        Instant end = identity.expiresAt();
        if (end == null) {
            String key = bearer(identity) ? "identity.expires.no-token" : "identity.expires.never";
            return new Status("", Tone.NEUTRAL, Texts.of(key), "");
        }
        String exactly = times.exactly(end);
        String what = identity.pending() ? "pending" : identity.method();
        if (expired(identity, times.now())) {
            String evidence = Texts.of("identity.expired." + what, exactly);
            return new Status("timer-off", Tone.CAUTION, Texts.of("identity.expires.expired"), evidence);
        }
        String evidence = Texts.of("identity.works." + what, exactly, times.betweenInFull(end));
        boolean soon = expiresWithin(identity, times.now(), SOON);
        return new Status(soon ? "clock-alert" : "", soon ? Tone.CAUTION : Tone.NEUTRAL, times.date(end), evidence);
    }

    /** Whether the server made an identity for itself. One's own is none of these, so that nobody misses it. */
    static boolean system(IdentityOverview identity, Caller reader) {
        return identity.type().equals(IdentityType.INITIAL_UI) && !reader.is(identity.id());
    }
}
