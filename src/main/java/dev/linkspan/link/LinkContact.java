package dev.linkspan.link;

import java.time.Instant;

/**
 * What is known of the contact to the peer of an active link.
 *
 * @param reason why it isn't active, for people; else empty
 * @param since when this status began
 * @param goodAddresses how many addresses answered with the pinned certificate at the last probe
 * @param checkedAt the last probe; null before the first
 * @param lastContactAt when the peer last proved itself; null for never
 * @param refreshedAt when its addresses were last asked for; null for never
 * @param software what the peer said last that it is, for example {@code LXD 6.4}; null for nothing
 * @param members how many members it said last that it has; 0 when it didn't say
 */
public record LinkContact(
        long linkId,
        ContactStatus status,
        String reason,
        Instant since,
        int goodAddresses,
        int allAddresses,
        Instant checkedAt,
        Instant lastContactAt,
        Instant refreshedAt,
        String software,
        int members) {}
