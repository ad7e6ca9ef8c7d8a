package dev.linkspan.tls;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;
import org.springframework.stereotype.Component;

/**
 * The one certificate that this cluster serves and presents to its peers. It can be replaced while running; the next
 * handshake shows the new one.
 */
@Component
public class ClusterCertificate {
    private record Served(KeyAndCertificate pair, String pem, String fingerprint) {}

    private volatile Served served;

    /** Puts a key and certificate in force for all new connections. */
    public void serve(KeyAndCertificate pair) {
        served = new Served(pair, Certificates.pem(pair.certificate()), Certificates.fingerprint(pair.certificate()));
    }

    public X509Certificate certificate() {
        return served.pair().certificate();
    }

    public String pem() {
        return served.pem();
    }

    /** Lower-case hex SHA-256, 64 characters. */
    public String fingerprint() {
        return served.fingerprint();
    }

    /** Our key and certificate in force. */
    public KeyAndCertificate pair() {
        return served.pair();
    }

    /** Gives our key and certificate as they are at the time of each handshake. */
    X509KeyManager keys() {
        return new Keys(this::pair);
    }

    /** A TLS 1.3 context that shows our certificate and judges the other side by {@code trust}. */
    public SSLContext context(TrustManager trust) {
        return context(new KeyManager[] {new Keys(this::pair)}, trust);
    }

    /** A TLS 1.3 context that shows this certificate, a former or a coming one of ours. */
    public static SSLContext context(KeyAndCertificate shown, TrustManager trust) {
        return context(new KeyManager[] {new Keys(() -> shown)}, trust);
    }

    /** A TLS 1.3 context that shows no certificate. */
    public static SSLContext anonymousContext(TrustManager trust) {
        return context(new KeyManager[0], trust);
    }

    private static SSLContext context(KeyManager[] keys, TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(keys, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot set up TLS", e);
        }
    }

    private static final class Keys extends X509ExtendedKeyManager {
        private static final String ALIAS = "cluster";

        private final Supplier<KeyAndCertificate> pair;

        Keys(Supplier<KeyAndCertificate> pair) {
            this.pair = pair;
        }

        @Override
        public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
            return matching(List.of(keyType));
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return matching(List.of(keyType));
        }

        @Override
        public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
            return matching(List.of(keyTypes));
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
            return matching(List.of(keyTypes));
        }

        private String matching(List<String> keyTypes) {
            return keyTypes.contains(pair.get().certificate().getPublicKey().getAlgorithm()) ? ALIAS : null;
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
            return new X509Certificate[] {pair.get().certificate()};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return pair.get().key();
        }
    }
}
