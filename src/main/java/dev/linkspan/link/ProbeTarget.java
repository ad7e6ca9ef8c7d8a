package dev.linkspan.link;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An active link that is to be asked.
 *
 * @param pin fingerprint of the pinned certificate
 * @param other fingerprint of the second certificate that is accepted while the peer changes its own; null for none
 * @param otherIsNext whether that one is the peer's next, rather than its previous one
 * @param status of the last probe
 * @param view what the peer said of its addresses then; null for nothing
 * @param refreshedAt when its addresses were last asked for; null for never
 */
record ProbeTarget(
        long linkId,
        String name,
        LinkType type,
        List<String> addresses,
        String pin,
        String other,
        boolean otherIsNext,
        ContactStatus status,
        Instant since,
        int failures,
        byte[] view,
        Instant refreshedAt) {

    /** The fingerprints of all certificates that the peer may show. */
    List<String> pins() {
        List<String> pins = new ArrayList<>(List.of(pin));
        if (other != null) {
            pins.add(other);
        }
        return pins;
    }

    /** Whether our certificate is presented; to public links it isn't. */
    boolean presentsOurs() {
        return type != LinkType.PUBLIC;
    }
}
