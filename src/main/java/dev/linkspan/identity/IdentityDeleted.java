package dev.linkspan.identity;

import dev.linkspan.access.Caller;

/**
 * An identity is being deleted, in the running transaction: what depends on it goes along.
 *
 * @param id row of the identity, which still exists
 */
public record IdentityDeleted(long id, Caller caller) {}
