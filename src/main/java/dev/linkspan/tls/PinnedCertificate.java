package dev.linkspan.tls;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Accepts exactly the server certificates that are pinned by their fingerprints, one or, while a cluster changes its
 * certificate, two; or the first that is shown. Keeps what was shown. Host names are not compared: the pin is stronger
 * than a name.
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

    /** Empty until the first one was shown, when that one is to be pinned. */
    private volatile List<String> fingerprints;

    private final Map<String, X509Certificate> accepted = new ConcurrentHashMap<>();
    private volatile X509Certificate certificate;

    /** Pins the certificate with this fingerprint, 64 hex characters. */
    public PinnedCertificate(String fingerprint) {
        this(List.of(fingerprint));
    }

    /** Pins the certificates with these fingerprints. */
    public PinnedCertificate(List<String> fingerprints) {
        if (fingerprints.isEmpty()) {
            throw new IllegalArgumentException("no certificate to pin");
        }
        this.fingerprints = List.copyOf(fingerprints);
    }

    private PinnedCertificate() {
        this.fingerprints = List.of();
    }

    /** Pins the certificate that is shown first: for looking at somebody whose certificate a person will compare. */
    public static PinnedCertificate first() {
        return new PinnedCertificate();
    }

    /** The certificate behind the fingerprint, once it was shown; else null. */
    public X509Certificate certificate() {
        return certificate;
    }

    /** The certificate with this fingerprint, if it is a pinned one and was shown. */
    public Optional<X509Certificate> shown(String fingerprint) {
        return Optional.ofNullable(accepted.get(fingerprint));
    }

    private synchronized void check(X509Certificate[] chain) throws CertificateException {
        String shown = Certificates.fingerprint(chain[0]);
        if (fingerprints.isEmpty()) {
            fingerprints = List.of(shown);
        }
        byte[] presented = shown.getBytes(StandardCharsets.US_ASCII);
        for (String pinned : fingerprints) {
            if (MessageDigest.isEqual(presented, pinned.getBytes(StandardCharsets.US_ASCII))) {
                accepted.put(pinned, chain[0]);
                certificate = chain[0];
                return;
            }
        }
        throw new Mismatch(chain[0]);
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
