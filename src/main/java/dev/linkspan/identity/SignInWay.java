package dev.linkspan.identity;

import java.util.Locale;

/** How a console session began. */
public enum SignInWay {
    LINK,
    CERTIFICATE,
    BEARER,
    OIDC;

    /** The name in the API and the database. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static SignInWay ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
