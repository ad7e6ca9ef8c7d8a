package dev.linkspan.tls;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Accepts exactly one server certificate, known by its fingerprint, and keeps it. Host names are not compared: the pin
 * is stronger than a name.
 */
public final class PinnedCertificate extends X509ExtendedTrustManager {
    /** Thrown in the handshake when another certificate was shown. */
    public static final class Mismatch extends CertificateException {
        private final String shown;

        Mismatch(String shown) {
            super("another certificate was shown: " + shown);
            this.shown = shown;
        }

        /** Fingerprint of the certificate that was shown. */
        public String shown() {
            return shown;
        }
    }

    private final String fingerprint;
    private volatile X509Certificate certificate;

    /** Pins the certificate with this fingerprint, 64 hex characters. */
    public PinnedCertificate(String fingerprint) {
        this.fingerprint = fingerprint;
    }

    /** The certificate behind the fingerprint, once it was shown; else null. */
    public X509Certificate certificate() {
        return certificate;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        String shown = Certificates.fingerprint(chain[0]);
        if (!MessageDigest.isEqual(
                shown.getBytes(StandardCharsets.US_ASCII), fingerprint.getBytes(StandardCharsets.US_ASCII))) {
            throw new Mismatch(shown);
        }
        certificate = chain[0];
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("not a server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("not a server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("not a server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
