package dev.linkspan.link;

import java.time.Instant;

/**
 * One hour of probes of a link; hours in which it was not asked are left out.
 *
 * @param hour when it began
 * @param contacts probes at which the peer proved itself
 * @param failures the others
 */
public record ContactHour(Instant hour, int contacts, int failures) {}
