package dev.linkspan.identity;

import java.time.Instant;

/** A bearer token that was just issued; it can't be shown again. */
public record BearerToken(String text, Instant expiresAt) {
    /** Says nothing of the token, so that no log can. */
    @Override
    public String toString() {
        return "bearer token until " + expiresAt;
    }
}
