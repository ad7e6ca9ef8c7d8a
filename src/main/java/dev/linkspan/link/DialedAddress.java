package dev.linkspan.link;

import dev.linkspan.peer.PeerException;
import java.util.Locale;

/**
 * An address of ours that another cluster would dial.
 *
 * @param reach from where it can be dialed at best
 * @param problem why it does not answer when this server dials it; empty when it answers
 */
public record DialedAddress(String address, Reach reach, String problem) {
    /** Whether somebody answers there by another certificate than the one that was expected. */
    public boolean showsAnotherCertificate() {
        return problem.startsWith(PeerException.Reason.WRONG_CERTIFICATE.text());
    }

    /** From where an address can be dialed at best. */
    public enum Reach {
        /** From the same machine only. */
        LOOPBACK,
        /** From networks that route a private address. */
        PRIVATE,
        /** From everywhere, unless something between forbids it. */
        PUBLIC,
        /** The host name leads nowhere from here. */
        UNKNOWN;

        /** The name in our own API. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
