package dev.linkspan.identity;

import java.time.Instant;

/** A link that signs somebody in to the console once. */
public record SignInLink(String url, Instant expiresAt) {
    /** Says nothing of the secret, so that no log can. */
    @Override
    public String toString() {
        return "sign-in link until " + expiresAt;
    }
}
