package dev.linkspan.member;

import dev.linkspan.access.Caller;

/**
 * Another certificate of the cluster comes into force with the running transaction.
 *
 * @param fingerprint of that certificate
 */
public record CertificateInForce(Caller caller, String fingerprint) {}
