package dev.linkspan.ui.link;

import dev.linkspan.access.Caller;
import dev.linkspan.identity.IdentityHistory;
import dev.linkspan.link.ContactService;
import dev.linkspan.link.LinkDetail;
import dev.linkspan.link.LinkOverview;
import dev.linkspan.link.LinkPhase;
import java.time.Duration;
import java.time.Instant;

/**
 * All that the page of one link shows, but for what its addresses answer right now.
 *
 * @param history of the contact; null unless the link is active
 * @param certificates null unless the link is active
 */
record LinkPage(
        LinkLine line, LinkDetail detail, ContactService.History history, ContactService.Compared certificates) {
    private static final Duration STORED_WITHIN = Duration.ofSeconds(1);

    /** Reads it. */
    static LinkPage of(LinkTools tools, String name) {
        Caller caller = tools.me().get();
        LinkOverview overview = tools.links().overview(caller, name);
        LinkDetail detail = tools.links().detail(caller, name);
        if (overview.link().phase() != LinkPhase.ACTIVE) {
            return new LinkPage(new LinkLine(overview, null), detail, null, null);
        }
        ContactService.History history = tools.contacts().history(caller, name);
        return new LinkPage(
                new LinkLine(overview, history.contact()),
                detail,
                history,
                tools.contacts().certificates(caller, name));
    }

    /** The same link but for when it was last asked: nothing to draw anew. */
    boolean looksLike(LinkPage other) {
        return other != null
                && line.overview().equals(other.line.overview())
                && detail.equals(other.detail)
                && status(line).equals(status(other.line))
                && (certificates == null || certificates.equals(other.certificates))
                && (history == null
                        || history.changes().equals(other.history == null ? null : other.history.changes()));
    }

    /** Whether the token of a pending link expired because another certificate of this cluster was put in force. */
    boolean tokenEnded() {
        Instant expiry = line.overview().tokenExpiresAt();
        return line.pending()
                && expiry != null
                && detail.events().stream()
                        .filter(event -> event.detail().containsKey(IdentityHistory.TOKEN_ENDED))
                        .anyMatch(event -> !event.at().plus(STORED_WITHIN).isBefore(expiry));
    }

    /** Fingerprint of the pinned certificate; null unless the link is active. */
    String pinned() {
        return certificates == null ? null : certificates.pinned().fingerprint();
    }

    private static String status(LinkLine line) {
        return line.contact() == null
                ? ""
                : line.contact().status()
                        + line.contact().reason()
                        + line.contact().goodAddresses()
                        + '/'
                        + line.contact().allAddresses()
                        + line.contact().since();
    }
}
