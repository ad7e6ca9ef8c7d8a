package dev.linkspan.link;

/** What events of links say besides, for pages that tell what happened. */
public final class LinkHistory {
    /** Until when the token is good that the link was created with. */
    public static final String TOKEN_UNTIL = "token-until";

    /** The address that the token was used from; empty when we used it. */
    public static final String ACTIVATED = "activated";

    /** The fingerprint of the certificate that a person compared and pinned. */
    public static final String PINNED = "pinned";

    /** Addresses that came to those of the link, as {@code a, b}. */
    public static final String ADDED = "added";

    /** Addresses that the link lost. */
    public static final String REMOVED = "removed";

    private LinkHistory() {}
}
