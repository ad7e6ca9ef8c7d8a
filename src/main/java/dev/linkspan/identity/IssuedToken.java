package dev.linkspan.identity;

import dev.linkspan.access.EntityUrl;

/**
 * A trust token that was just issued; it can't be shown again.
 *
 * @param identity URL of the pending identity that it is for
 */
public record IssuedToken(TrustToken token, EntityUrl identity) {}
