package dev.linkspan.identity;

import java.util.List;

/**
 * What a caller wants to make of {@code POST /1.0/auth/identities/tls}.
 *
 * @param certificate PEM text; empty to use none
 * @param token whether a trust token is wanted
 * @param trustToken text of a trust token to use; empty for none
 */
public record CreateIdentity(String name, List<String> groups, String certificate, boolean token, String trustToken) {
    public CreateIdentity {
        name = name == null ? "" : name;
        groups = groups == null ? List.of() : List.copyOf(groups);
        certificate = certificate == null ? "" : certificate;
        trustToken = trustToken == null ? "" : trustToken;
    }

    /** Whether nothing but a trust token is given. */
    public boolean onlyTrustToken() {
        return !trustToken.isEmpty() && name.isEmpty() && groups.isEmpty() && certificate.isEmpty() && !token;
    }
}
