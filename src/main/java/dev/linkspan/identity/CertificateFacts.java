package dev.linkspan.identity;

import java.time.Instant;

/**
 * What a certificate says.
 *
 * @param subject whose it is, as a distinguished name
 * @param refusal why it can't be trusted; null when it can
 */
public record CertificateFacts(String fingerprint, String subject, Instant expiresAt, String refusal) {}
