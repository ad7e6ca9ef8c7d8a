package dev.linkspan.tls;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Accepts exactly one server certificate, known by its fingerprint or the first that is shown, and keeps it. Host names
 * are not compared: the pin is stronger than a name.
 */
public final class PinnedCertificate extends X509ExtendedTrustManager {
    /** Thrown in the handshake when another certificate was shown. */
    public static final class Mismatch extends CertificateException {
        private final transient X509Certificate shown;

        Mismatch(X509Certificate shown) {
            super("another certificate was shown");
            this.shown = shown;
        }

        /** The certificate that was shown. */
        public X509Certificate shown() {
            return shown;
        }
    }

    private String fingerprint;
    private volatile X509Certificate certificate;

    /** Pins the certificate with this fingerprint, 64 hex characters. */
    public PinnedCertificate(String fingerprint) {
        this.fingerprint = fingerprint;
    }

    /** Pins the certificate that is shown first: for looking at somebody whose certificate a person will compare. */
    public static PinnedCertificate first() {
        return new PinnedCertificate(null);
    }

    /** The certificate behind the fingerprint, once it was shown; else null. */
    public X509Certificate certificate() {
        return certificate;
    }

    private synchronized void check(X509Certificate[] chain) throws CertificateException {
        String shown = Certificates.fingerprint(chain[0]);
        if (fingerprint == null) {
            fingerprint = shown;
        }
        if (!MessageDigest.isEqual(
                shown.getBytes(StandardCharsets.US_ASCII), fingerprint.getBytes(StandardCharsets.US_ASCII))) {
            throw new Mismatch(chain[0]);
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
