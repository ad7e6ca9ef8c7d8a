package dev.linkspan.access;

import java.time.Instant;
import java.util.Arrays;
import java.util.Set;

/**
 * An identity that can authenticate, as the snapshot holds it.
 *
 * @param fingerprint of its certificate, or null
 * @param certificate DER of its certificate, or null
 * @param notBefore start of the certificate's validity, or null
 * @param notAfter end of the certificate's validity, or null
 * @param groupIds rows of its auth groups
 * @param signingSecret with which its bearer token is signed, or null when none is out
 * @param providerGroups its groups by the identity provider's word
 */
public record TrustedIdentity(
        long id,
        String method,
        String type,
        String identifier,
        String name,
        String fingerprint,
        byte[] certificate,
        Instant notBefore,
        Instant notAfter,
        Set<Long> groupIds,
        byte[] signingSecret,
        Set<String> providerGroups) {
    /** Type of the identity behind the first sign-in links; unrestricted. */
    public static final String INITIAL_UI = "Initial UI token bearer";

    /** Type of the clients of the older certificates API; unrestricted. */
    public static final String CLIENT_UNRESTRICTED = "Client certificate (unrestricted)";

    private static final Set<String> UNRESTRICTED = Set.of(INITIAL_UI, CLIENT_UNRESTRICTED);

    /** Whether its rights come from groups only. */
    public boolean fineGrained() {
        return !UNRESTRICTED.contains(type);
    }

    /** Whether a person could use it now: it is neither a linked cluster nor the initial console identity. */
    boolean person(Instant now) {
        boolean usable =
                switch (method) {
                    case "tls" -> notAfter != null && now.isBefore(notAfter) && type.startsWith("Client certificate");
                    case "bearer" -> signingSecret != null;
                    default -> true;
                };
        return usable && !type.equals(INITIAL_UI);
    }

    /** Whether its certificate is valid at {@code now}; that it is the presented one is told by {@link #owns}. */
    boolean inTime(Instant now) {
        return !now.isBefore(notBefore) && !now.isAfter(notAfter);
    }

    /** Whether its certificate has exactly these bytes. */
    boolean owns(byte[] presented) {
        return certificate != null && Arrays.equals(certificate, presented);
    }

    /** Says nothing of the secret, so that no log can. */
    @Override
    public String toString() {
        return method + "/" + identifier;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id);
    }
}
