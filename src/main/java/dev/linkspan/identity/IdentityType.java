package dev.linkspan.identity;

import dev.linkspan.access.TrustedIdentity;
import java.util.Set;

/** The types of identities, by their names in the API (auth.md 2.3). */
public final class IdentityType {
    public static final String PENDING = " (pending)";
    public static final String CLIENT = "Client certificate";
    public static final String CLIENT_PENDING = CLIENT + PENDING;
    public static final String CLUSTER_LINK = "Cluster link certificate";
    public static final String CLUSTER_LINK_PENDING = CLUSTER_LINK + PENDING;
    public static final String OIDC = "OIDC client";
    public static final String CLIENT_BEARER = "Client token bearer";
    public static final String DEVLXD_BEARER = "DevLXD token bearer";
    public static final String INITIAL_UI = TrustedIdentity.INITIAL_UI;
    public static final String CLIENT_UNRESTRICTED = TrustedIdentity.CLIENT_UNRESTRICTED;

    private static final Set<String> KNOWN = Set.of(
            CLIENT,
            CLIENT_PENDING,
            CLUSTER_LINK,
            CLUSTER_LINK_PENDING,
            OIDC,
            CLIENT_BEARER,
            DEVLXD_BEARER,
            INITIAL_UI,
            CLIENT_UNRESTRICTED,
            "Client certificate (restricted)",
            "Metrics certificate (restricted)",
            "Metrics certificate (unrestricted)",
            "Server certificate");

    private IdentityType() {}

    /** Whether the API has a type of this name, whether we make such identities or not. */
    static boolean known(String type) {
        return KNOWN.contains(type);
    }

    static boolean pending(String type) {
        return type.endsWith(PENDING);
    }

    /** The type that a pending one gets when its token is used. */
    static String active(String type) {
        return pending(type) ? type.substring(0, type.length() - PENDING.length()) : type;
    }

    static boolean fineGrained(String type) {
        return !type.equals(INITIAL_UI) && !type.equals(CLIENT_UNRESTRICTED);
    }
}
