package dev.linkspan.link;

/** How far a link has come. */
public enum LinkPhase {
    /** Our trust token is out. */
    PENDING,
    /** We consume a trust token: the peer may have accepted us, we don't trust it yet. */
    ACTIVATING,
    /** Both sides trust each other, as far as we know. */
    ACTIVE
}
