package dev.linkspan.link;

import dev.linkspan.tls.Certificates;
import java.security.cert.X509Certificate;
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
                Certificates.key(certificate));
    }
}
