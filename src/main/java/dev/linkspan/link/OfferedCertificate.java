package dev.linkspan.link;

/**
 * The certificate that an address showed, for a person to compare.
 *
 * @param fingerprint 64 hex characters
 * @param pem PEM text
 */
public record OfferedCertificate(String fingerprint, String pem) {}
