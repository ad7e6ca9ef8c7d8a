package dev.linkspan.identity;

import java.util.List;

/**
 * What a caller wants to make of {@code POST /1.0/certificates}.
 *
 * @param type {@code client}; other types are refused
 * @param certificate base64 of the DER form; empty to use none
 * @param trustToken text of a trust token to use; empty for none
 * @param token whether a trust token is wanted
 */
public record CreateCertificate(
        String name,
        String type,
        boolean restricted,
        List<String> projects,
        String certificate,
        String password,
        String trustToken,
        boolean token) {
    public CreateCertificate {
        name = text(name);
        type = text(type);
        projects = projects == null ? List.of() : List.copyOf(projects);
        certificate = text(certificate);
        password = text(password);
        trustToken = text(trustToken);
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
