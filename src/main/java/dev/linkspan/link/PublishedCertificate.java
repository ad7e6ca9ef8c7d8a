package dev.linkspan.link;

import dev.linkspan.tls.Certificates;
import dev.linkspan.tls.KeyAndCertificate;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;

/**
 * A certificate that a cluster announces as its next one.
 *
 * @param proof the signature that its key made, so that nobody can announce the certificate of somebody else
 */
public record PublishedCertificate(X509Certificate certificate, byte[] proof) {
    static PublishedCertificate of(KeyAndCertificate next, String current) {
        return new PublishedCertificate(
                next.certificate(), next.sign(text(current, Certificates.fingerprint(next.certificate()))));
    }

    public String fingerprint() {
        return Certificates.fingerprint(certificate);
    }

    public String pem() {
        return Certificates.pem(certificate);
    }

    /** Whether the owner of this certificate wants to follow the one with the fingerprint {@code current}. */
    boolean proved(String current) {
        return KeyAndCertificate.proves(certificate, text(current, fingerprint()), proof);
    }

    private static byte[] text(String current, String next) {
        return ("linkspan: " + next + " follows " + current).getBytes(StandardCharsets.US_ASCII);
    }
}
