package dev.linkspan.link;

import dev.linkspan.identity.TrustToken;

/**
 * What a peer posts when it consumes our trust token (cluster-links.md 1.13).
 *
 * @param certificate PEM text of the peer's certificate
 * @param addresses value of {@code volatile.addresses}
 */
public record ActivateLink(TrustToken token, String certificate, String addresses) {}
