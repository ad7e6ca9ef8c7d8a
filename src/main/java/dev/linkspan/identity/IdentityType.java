package dev.linkspan.identity;

import dev.linkspan.access.TrustedIdentity;

/** The types of identities, by their names in the API (auth.md 2.3). */
public final class IdentityType {
    public static final String PENDING = " (pending)";
    public static final String CLIENT = "Client certificate";
    public static final String CLIENT_PENDING = CLIENT + PENDING;
    public static final String CLUSTER_LINK = "Cluster link certificate";
    public static final String CLUSTER_LINK_PENDING = CLUSTER_LINK + PENDING;
    public static final String INITIAL_UI = TrustedIdentity.INITIAL_UI;

    private IdentityType() {}

    static boolean pending(String type) {
        return type.endsWith(PENDING);
    }

    /** The type that a pending one gets when its token is used. */
    static String active(String type) {
        return pending(type) ? type.substring(0, type.length() - PENDING.length()) : type;
    }

    static boolean fineGrained(String type) {
        return !type.equals(INITIAL_UI);
    }
}
