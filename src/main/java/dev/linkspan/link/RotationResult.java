package dev.linkspan.link;

import java.util.Locale;

/** What a linked cluster knows of our next certificate. */
public enum RotationResult {
    /** It accepts the next certificate as well as the one in force. */
    ACCEPTS,
    /** It was told, and knows us by the next certificate only. */
    TOLD,
    /** A Linkspan, which reads the next certificate at its next probe of us. */
    WAITING,
    /** It will be told right before the next certificate is put in force. */
    TO_BE_TOLD,
    /** The link is public: the peer doesn't know us. */
    NOT_CONCERNED,
    /** The peer doesn't trust us any more, so that it need not be told. */
    REMOVED,
    /** The peer could not be asked. */
    UNREACHABLE,
    /** The peer refused to be told. */
    REFUSED,
    /** It links to us one way and hasn't read the next certificate; we can't call it. */
    NOT_READ;

    /** The name in our own API. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the link would break if the next certificate were put in force now. */
    public boolean breaks() {
        return switch (this) {
            case WAITING, TO_BE_TOLD, UNREACHABLE, REFUSED, NOT_READ -> true;
            case ACCEPTS, TOLD, NOT_CONCERNED, REMOVED -> false;
        };
    }
}
