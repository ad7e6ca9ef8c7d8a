package dev.linkspan.testing;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS contexts of the test side: they never check names, chains or validity, at most a pinned fingerprint. */
public final class TestTls {

    private TestTls() {}

    /** Serves {@code certificate} and takes any client certificate. */
    public static SSLContext server(TestCertificate certificate) {
        return context(new FixedKey(certificate), new Trust(null));
    }

    /** Accepts any server; presents {@code certificate}, or none when it is null. */
    public static SSLContext client(TestCertificate certificate) {
        return context(certificate == null ? null : new FixedKey(certificate), new Trust(null));
    }

    /** Accepts any server; presents a chain whose leaf is {@code certificate} and goes on with {@code second}. */
    public static SSLContext chain(TestCertificate certificate, TestCertificate second) {
        return context(new FixedKey(certificate, second), new Trust(null));
    }

    /** Accepts only the server with this leaf; presents {@code certificate}, or none when it is null. */
    public static SSLContext pinned(String fingerprint, TestCertificate certificate) {
        return context(certificate == null ? null : new FixedKey(certificate), new Trust(fingerprint));
    }

    /** Presents this certificate whatever is asked for. */
    public static X509ExtendedKeyManager key(TestCertificate certificate) {
        return new FixedKey(certificate);
    }

    private static SSLContext context(KeyManager key, TrustManager trust) {
        try {
            // By name: Conscrypt, first provider in the benchmarks, has a TLSv1.3 context too.
            SSLContext context = SSLContext.getInstance("TLSv1.3", "SunJSSE");
            context.init(key == null ? new KeyManager[0] : new KeyManager[] {key}, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Trust extends X509ExtendedTrustManager {
        private final String fingerprint;

        private Trust(String fingerprint) {
            this.fingerprint = fingerprint;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            if (fingerprint != null && !fingerprint.equals(TestCertificate.fingerprint(chain[0]))) {
                throw new CertificateException("the certificate is not the pinned one");
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Presents its one certificate whatever issuers are asked for, as Go's TLS does for LXD. */
    private static final class FixedKey extends X509ExtendedKeyManager {
        private static final String ALIAS = "fixed";
        private final TestCertificate certificate;
        private final X509Certificate[] chain;

        private FixedKey(TestCertificate... certificates) {
            this.certificate = certificates[0];
            this.chain =
                    Stream.of(certificates).map(TestCertificate::certificate).toArray(X509Certificate[]::new);
        }

        private String alias(String... keyTypes) {
            return List.of(keyTypes).contains(certificate.key().getAlgorithm()) ? ALIAS : null;
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
            return alias(keyTypes);
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return alias(keyType);
        }

        @Override
        public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
            return alias(keyTypes);
        }

        @Override
        public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
            return alias(keyType);
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return chain.clone();
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return certificate.key();
        }
    }
}
