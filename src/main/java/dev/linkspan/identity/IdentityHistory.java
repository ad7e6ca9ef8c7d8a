package dev.linkspan.identity;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What events of identities say besides, for pages that tell what happened. */
public final class IdentityHistory {
    /** The fingerprint of the certificate that a pending identity became active with. */
    public static final String ACTIVATED = "activated-with";

    /** The fingerprint of the certificate that took the place of another one. */
    public static final String CERTIFICATE = "certificate";

    /** Auth groups that it came into, as {@code a, b}. */
    public static final String INTO = "into";

    /** Auth groups that it left. */
    public static final String OUT_OF = "out-of";

    /** Until when the token is good that it got in place of the one before; empty when for ever. */
    public static final String TOKEN_ISSUED = "token-issued-until";

    /** That its token was revoked. */
    public static final String TOKEN_REVOKED = "token-revoked";

    /** The name that the identity of a link got with the link. */
    public static final String RENAMED = "renamed";

    /** The fingerprint of the cluster's own new certificate, with which its trust token expired. */
    public static final String TOKEN_ENDED = "token-ended-by";

    /** What an identity that is deleted was called. */
    public static final String NAME = "name";

    private static final int LONGEST = 1_000;

    private IdentityHistory() {}

    static Map<String, String> groups(Collection<String> before, Collection<String> after) {
        Map<String, String> detail = new LinkedHashMap<>();
        put(detail, INTO, after, before);
        put(detail, OUT_OF, before, after);
        return detail;
    }

    private static void put(Map<String, String> detail, String name, Collection<String> of, Collection<String> but) {
        Set<String> groups = new LinkedHashSet<>(of);
        groups.removeAll(but);
        String text = String.join(", ", groups);
        if (!text.isEmpty()) {
            detail.put(name, text.length() > LONGEST ? text.substring(0, LONGEST) + '\u2026' : text);
        }
    }
}
