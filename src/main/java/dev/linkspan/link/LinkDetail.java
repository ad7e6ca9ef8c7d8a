package dev.linkspan.link;

import dev.linkspan.access.EntityUrl;
import dev.linkspan.event.LifecycleEvent;
import java.time.Instant;
import java.util.List;

/**
 * What the page of one link shows besides.
 *
 * @param identity the identity that the peer has here; null for none, or for one that the caller may not see
 * @param events of the link and of that identity, latest first; empty when the caller may not see them
 * @param eventsRefused whether the caller may not see them
 */
public record LinkDetail(Instant createdAt, EntityUrl identity, List<LifecycleEvent> events, boolean eventsRefused) {}
