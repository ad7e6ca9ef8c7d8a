package dev.linkspan.link;

import java.time.Instant;

/**
 * What came of asking a link.
 *
 * @param shownPem PEM of the certificate that was shown instead of the pinned one; null for none
 * @param view what the peer says of its addresses; null for nothing
 * @param refreshed whether its addresses were asked for as well
 * @param software what the peer says that it is; null for nothing new
 * @param members how many members it says that it has; null for nothing new
 */
record ProbeOutcome(
        ProbeTarget target,
        Instant at,
        ContactStatus status,
        String reason,
        int goodAddresses,
        String shownPem,
        byte[] view,
        boolean refreshed,
        String software,
        Integer members) {

    /** The same, without a verdict. */
    ProbeOutcome undecided() {
        return new ProbeOutcome(
                target, at, ContactStatus.UNKNOWN, "", goodAddresses, null, view, refreshed, software, members);
    }
}
