package dev.linkspan.testing;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes self-signed certificates like those of LXD servers and of the stock client. */
public final class TestCertificates {

    private static final Duration TEN_YEARS = Duration.ofDays(3652);
    private static final SecureRandom RANDOM = new SecureRandom();

    private TestCertificates() {}

    /** EC P-384, DNS and loopback SANs, server authentication only: what a LXD server serves and presents to peers. */
    public static TestCertificate lxdServer(String name) {
        return make(name, Key.P384, KeyPurposeId.id_kp_serverAuth, Instant.now(), TEN_YEARS);
    }

    /** EC P-384, client authentication only: what the stock client presents. */
    public static TestCertificate client(String name) {
        return make(name, Key.P384, KeyPurposeId.id_kp_clientAuth, Instant.now(), TEN_YEARS);
    }

    public static TestCertificate of(String name, Key key) {
        return make(name, key, KeyPurposeId.id_kp_serverAuth, Instant.now(), TEN_YEARS);
    }

    /** Ended an hour ago. */
    public static TestCertificate expired(String name) {
        Instant start = Instant.now().minus(Duration.ofDays(2));
        return make(name, Key.P384, KeyPurposeId.id_kp_serverAuth, start, Duration.ofHours(47));
    }

    /** Ends as soon as this. */
    public static TestCertificate endingIn(String name, Duration left) {
        Instant start = Instant.now().minus(Duration.ofDays(1));
        return make(
                name,
                Key.P384,
                KeyPurposeId.id_kp_clientAuth,
                start,
                Duration.ofDays(1).plus(left));
    }

    /** Begins in an hour. */
    public static TestCertificate notYetValid(String name) {
        Instant start = Instant.now().plus(Duration.ofHours(1));
        return make(name, Key.P384, KeyPurposeId.id_kp_serverAuth, start, TEN_YEARS);
    }

    private static TestCertificate make(String name, Key key, KeyPurposeId purpose, Instant start, Duration validity) {
        try {
            KeyPair pair = key.generate();
            X500Name subject = new X500Name("O=LXD,CN=root@" + name);
            var builder = new JcaX509v3CertificateBuilder(
                    subject,
                    new BigInteger(127, RANDOM),
                    Date.from(start),
                    Date.from(start.plus(validity)),
                    subject,
                    pair.getPublic());
            builder.addExtension(
                    Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            if (purpose == KeyPurposeId.id_kp_serverAuth) {
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                    new GeneralName(GeneralName.dNSName, name),
                    new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                    new GeneralName(GeneralName.iPAddress, "::1"),
                }));
            }
            var signer = new JcaContentSignerBuilder(key.signature).build(pair.getPrivate());
            var certificate = new JcaX509CertificateConverter().getCertificate(builder.build(signer));
            return new TestCertificate(certificate, pair.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Kinds of keys that callers come with. */
    public enum Key {
        P256("EC", "secp256r1", 0, "SHA256withECDSA"),
        P384("EC", "secp384r1", 0, "SHA384withECDSA"),
        RSA_2048("RSA", null, 2048, "SHA256withRSA"),
        RSA_1024("RSA", null, 1024, "SHA256withRSA"),
        ED25519("Ed25519", null, 0, "Ed25519");

        private final String algorithm;
        private final String curve;
        private final int bits;
        private final String signature;

        Key(String algorithm, String curve, int bits, String signature) {
            this.algorithm = algorithm;
            this.curve = curve;
            this.bits = bits;
            this.signature = signature;
        }

        private KeyPair generate() throws GeneralSecurityException {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (curve != null) {
                generator.initialize(new ECGenParameterSpec(curve));
            } else if (bits > 0) {
                generator.initialize(bits);
            }
            return generator.generateKeyPair();
        }
    }
}
