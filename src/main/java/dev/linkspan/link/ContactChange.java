package dev.linkspan.link;

import java.time.Instant;

/**
 * A link's status changed.
 *
 * @param goodAddresses how many addresses answered with the pinned certificate then; null when that was not kept
 * @param allAddresses how many the link had; null when that was not kept
 */
public record ContactChange(
        Instant at, ContactStatus status, String reason, Integer goodAddresses, Integer allAddresses) {}
