package dev.linkspan.link;

import dev.linkspan.tls.Certificates;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;

/**
 * What the certificate of a peer says.
 *
 * @param subject whose it is, as a distinguished name
 * @param key kind and strength of its key, for example {@code EC P-384}
 */
public record PeerCertificate(String fingerprint, String subject, Instant validFrom, Instant validTo, String key) {
    static PeerCertificate of(X509Certificate certificate) {
        return new PeerCertificate(
                Certificates.fingerprint(certificate),
                certificate.getSubjectX500Principal().getName(),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                key(certificate.getPublicKey()));
    }

    private static String key(PublicKey key) {
        return switch (key) {
            case ECPublicKey ec ->
                "EC P-" + ec.getParams().getCurve().getField().getFieldSize();
            case RSAPublicKey rsa -> "RSA " + rsa.getModulus().bitLength();
            default -> key.getAlgorithm();
        };
    }
}
