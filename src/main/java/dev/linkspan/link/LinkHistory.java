package dev.linkspan.link;

import dev.linkspan.access.Caller;
import dev.linkspan.event.Events;
import java.util.Map;

/** What events of links say besides, for pages that tell what happened. */
public final class LinkHistory {
    /** Until when the token is good that the link was created with. */
    public static final String TOKEN_UNTIL = "token-until";

    /** The address that the token was used from; empty when we used it. */
    public static final String ACTIVATED = "activated";

    /** The fingerprint of the certificate that a person compared and pinned. */
    public static final String PINNED = "pinned";

    /** The fingerprint of the certificate that is pinned because the peer announced it and then showed it. */
    public static final String FOLLOWED = "followed";

    /** Addresses that came to those of the link, as {@code a, b}. */
    public static final String ADDED = "added";

    /** Addresses that the link lost. */
    public static final String REMOVED = "removed";

    /** What the identity of a deleted link was and had been called by, as {@code a,b}. */
    static final String IDENTIFIERS = "identifiers";

    private LinkHistory() {}

    /** Records, in the running transaction, what happened to a link, with what changed. */
    static void record(Events events, Caller caller, String action, String name, Map<String, String> detail) {
        events.publish(caller, action, ClusterLink.url(name), LinkService.PROJECT, Map.of(), detail);
    }
}
