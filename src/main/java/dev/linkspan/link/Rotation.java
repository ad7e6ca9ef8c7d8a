package dev.linkspan.link;

import java.time.Instant;
import java.util.List;

/**
 * How far the change of our certificate has come.
 *
 * @param current fingerprint of the certificate in force
 * @param next fingerprint of the prepared one; null when none is
 * @param previousUntil until when the one before the current one is still good for telling peers; null when there is none
 */
public record Rotation(
        String current,
        String next,
        Instant nextSince,
        String previous,
        Instant previousUntil,
        List<RotationLink> links) {
    /** Those that would break, or are broken. */
    public List<RotationLink> breaking() {
        return links.stream().filter(link -> link.result().breaks()).toList();
    }
}
