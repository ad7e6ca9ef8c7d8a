package dev.linkspan.tls;

import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A private key and the certificate that goes with it. */
public record KeyAndCertificate(PrivateKey key, X509Certificate certificate) {
    private static final Duration VALIDITY = Duration.ofDays(3650);

    /**
     * A new EC P-256 key with a self-signed certificate of 10 years.
     *
     * @param name DNS name, the first subject alternative name: stock clients expect it when they pin
     * @param hosts further names and addresses, unresolved
     */
    public static KeyAndCertificate generate(String name, Collection<String> hosts, Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            var subject = new X500NameBuilder()
                    .addRDN(BCStyle.O, "Linkspan")
                    .addRDN(BCStyle.CN, name)
                    .build();
            Instant start = now.minus(5, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS);
            var builder = new JcaX509v3CertificateBuilder(
                    subject,
                    new BigInteger(127, new SecureRandom()),
                    Date.from(start),
                    Date.from(start.plus(VALIDITY)),
                    subject,
                    pair.getPublic());
            builder.addExtension(Extension.subjectAlternativeName, false, alternativeNames(name, hosts));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(
                    Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(new KeyPurposeId[] {
                KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
            }));
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
            X509Certificate certificate = new JcaX509CertificateConverter().getCertificate(builder.build(signer));
            return new KeyAndCertificate(pair.getPrivate(), certificate);
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("Cannot make a key and a certificate", e);
        }
    }

    private static GeneralNames alternativeNames(String name, Collection<String> hosts) {
        List<GeneralName> names = new ArrayList<>();
        names.add(new GeneralName(GeneralName.dNSName, name));
        for (String host : hosts) {
            if (isAddress(host)) {
                names.add(new GeneralName(GeneralName.iPAddress, host));
            } else if (!host.equals(name)) {
                names.add(new GeneralName(GeneralName.dNSName, host));
            }
        }
        return new GeneralNames(names.toArray(GeneralName[]::new));
    }

    private static boolean isAddress(String host) {
        try {
            InetAddress.ofLiteral(host);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** A key and certificate as they are stored: PKCS#8 bytes and PEM text. */
    public static KeyAndCertificate of(byte[] pkcs8, String pem) {
        X509Certificate certificate = Certificates.parse(pem);
        try {
            KeyFactory factory =
                    KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm());
            return new KeyAndCertificate(factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)), certificate);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot read the cluster's private key", e);
        }
    }

    /**
     * A key and certificate that somebody brings, both PEM.
     *
     * @throws dev.linkspan.problem.ProblemException 400 when one of them can't be read, 500 when they don't belong together
     */
    public static KeyAndCertificate ofPem(String certificatePem, String keyPem) {
        X509Certificate certificate;
        try {
            certificate = Certificates.parse(certificatePem);
        } catch (ProblemException e) {
            throw Problem.CLUSTER_CERTIFICATE_PEM.with();
        }
        KeyAndCertificate pair = new KeyAndCertificate(privateKey(keyPem), certificate);
        if (!pair.belongTogether()) {
            throw Problem.CLUSTER_KEY_MISMATCH.with();
        }
        return pair;
    }

    private static PrivateKey privateKey(String pem) {
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
            for (Object block = parser.readObject(); block != null; block = parser.readObject()) {
                switch (block) {
                    case PEMKeyPair pair -> {
                        return converter.getKeyPair(pair).getPrivate();
                    }
                    case PrivateKeyInfo info -> {
                        return converter.getPrivateKey(info);
                    }
                    default -> {
                        // EC parameters may stand before the key.
                    }
                }
            }
        } catch (IOException | RuntimeException e) {
            throw Problem.CLUSTER_KEY_PEM.with();
        }
        throw Problem.CLUSTER_KEY_PEM.with();
    }

    private boolean belongTogether() {
        byte[] probe = new byte[32];
        new SecureRandom().nextBytes(probe);
        try {
            return proves(certificate, probe, sign(probe));
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** Signs {@code text} with the key. */
    public byte[] sign(byte[] text) {
        try {
            Signature signature = Signature.getInstance(algorithm(certificate));
            signature.initSign(key);
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot sign with the cluster's key", e);
        }
    }

    /** Whether the owner of the certificate's key signed {@code text}. */
    public static boolean proves(X509Certificate certificate, byte[] text, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(algorithm(certificate));
            verifier.initVerify(certificate.getPublicKey());
            verifier.update(text);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String algorithm(X509Certificate certificate) throws NoSuchAlgorithmException {
        return switch (certificate.getPublicKey().getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            case "EdDSA", "Ed25519" -> "Ed25519";
            default -> throw new NoSuchAlgorithmException("no signatures with this kind of key");
        };
    }

    @Override
    public String toString() {
        return "certificate " + Certificates.fingerprint(certificate);
    }
}
