package dev.linkspan.link;

import java.util.Locale;

/** What the last probe of an active link showed. */
public enum ContactStatus {
    /** It was not asked yet. */
    UNKNOWN,
    /** An address answered with the pinned certificate, and the peer trusts us; of public links only the former. */
    ACTIVE,
    /** The peer answered with the pinned certificate and doesn't trust ours: it has removed its side. */
    NOT_TRUSTED,
    /** No address showed the pinned certificate, and at least one showed another. */
    CERTIFICATE_CHANGED,
    /** No address answered. */
    UNREACHABLE;

    /** The name in our own API. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the peer was reached and has proved itself. */
    public boolean contact() {
        return this == ACTIVE || this == NOT_TRUSTED;
    }
}
