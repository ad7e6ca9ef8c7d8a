package dev.linkspan.access;

import java.util.Optional;

/**
 * Knows the tokens of one kind that requests carry in their {@code Authorization} header. Rooms register one for each
 * kind that they issue or accept; they are asked in their order, and only when no certificate identifies the caller.
 */
public interface TokenReader {
    /**
     * The row of the identity that a token proves.
     *
     * @param token text after {@code Bearer}; empty when the header has another form
     * @return empty when the token isn't of this kind
     * @throws dev.linkspan.problem.ProblemException when it is of this kind, but isn't good
     */
    Optional<Long> identity(String token, TrustSnapshot snapshot);

    /** The row of the identity whose own token this was until it expired. */
    default Optional<Long> expired(String token, TrustSnapshot snapshot) {
        return Optional.empty();
    }

    /** Whether a text is a token of this kind that must not stand in a URL, whether it is good or not. */
    default boolean secret(String text) {
        return false;
    }
}
