package dev.linkspan.member;

import java.time.Instant;
import java.util.List;

/**
 * What the cluster certificate says.
 *
 * @param fingerprint 64 hex characters
 * @param subject whose it is, as a distinguished name
 * @param names host names and addresses that it is made out to
 * @param key algorithm and size of its key
 * @param pem the certificate itself
 */
public record CertificateSummary(
        String fingerprint, String subject, List<String> names, String key, Instant from, Instant until, String pem) {}
