package dev.linkspan.tls;

import dev.linkspan.problem.Problem;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates as text, bytes and fingerprints. */
public final class Certificates {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s*([A-Za-z0-9+/=\\s]+?)-----END \\1-----");
    private static final int WEAKEST_RSA = 2048;
    /** Kinds of names, by RFC 5280, 4.2.1.6. */
    private static final Integer DNS_NAME = 2;

    private static final Integer IP_ADDRESS = 7;

    private Certificates() {}

    /**
     * The certificate in the first PEM block; text around it is ignored.
     *
     * @throws dev.linkspan.problem.ProblemException 500 {@code Invalid PEM block}, or 400 when the block holds no
     *     certificate
     */
    public static X509Certificate parse(String pem) {
        Matcher block = BLOCK.matcher(pem);
        if (!block.find()) {
            throw Problem.PEM_INVALID.with();
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(block.group(2));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException | IllegalArgumentException e) {
            throw new dev.linkspan.problem.ProblemException(400, "x509: malformed certificate");
        }
    }

    /** PEM text with lines of 64 characters and a line feed at the end. */
    public static String pem(X509Certificate certificate) {
        Base64.Encoder encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN CERTIFICATE-----\n" + encoder.encodeToString(der(certificate))
                + "\n-----END CERTIFICATE-----\n";
    }

    public static byte[] der(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lower-case hex SHA-256 of the DER bytes, 64 characters. */
    public static String fingerprint(X509Certificate certificate) {
        return fingerprint(der(certificate));
    }

    /** Lower-case hex SHA-256 of {@code der}, 64 characters. */
    public static String fingerprint(byte[] der) {
        return HexFormat.of().formatHex(sha256(der));
    }

    /** SHA-256 of {@code bytes}. */
    public static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its subject alternative names: DNS names, then addresses. Clients expect the first DNS name. */
    public static List<String> names(X509Certificate certificate) {
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            return all == null
                    ? List.of()
                    : all.stream()
                            .filter(name ->
                                    name.get(0).equals(DNS_NAME) || name.get(0).equals(IP_ADDRESS))
                            .sorted(Comparator.comparing(name -> (Integer) name.get(0)))
                            .map(name -> (String) name.get(1))
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    /** Algorithm and size of its key, for example {@code EC P-384}. */
    public static String key(X509Certificate certificate) {
        return switch (certificate.getPublicKey()) {
            case RSAPublicKey rsa -> "RSA " + rsa.getModulus().bitLength();
            case ECPublicKey ec ->
                "EC P-" + ec.getParams().getCurve().getField().getFieldSize();
            case PublicKey other -> other.getAlgorithm();
        };
    }

    /**
     * Refuses a certificate that can't be trusted (auth.md 4.3).
     *
     * @throws dev.linkspan.problem.ProblemException 400 when it is expired, not valid yet, or its RSA key is too short
     */
    public static void requireUsable(X509Certificate certificate, Instant now) {
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            throw Problem.CERTIFICATE_EXPIRED.with();
        }
        if (now.isBefore(certificate.getNotBefore().toInstant())) {
            throw Problem.CERTIFICATE_NOT_YET_VALID.with();
        }
        if (certificate.getPublicKey() instanceof RSAPublicKey rsa
                && rsa.getModulus().bitLength() < WEAKEST_RSA) {
            throw Problem.CERTIFICATE_WEAK.with();
        }
    }
}
