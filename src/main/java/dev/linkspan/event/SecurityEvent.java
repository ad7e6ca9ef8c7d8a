package dev.linkspan.event;

import java.time.Instant;

/**
 * Something that matters to whoever watches over security (auth.md 1.9).
 *
 * @param name for example {@code authz_fail:can_edit:/1.0/auth/groups/backup}
 * @param requestMethod of the request that caused it; empty when there was none
 * @param requestPath of that request
 * @param project that the request named; empty for none
 * @param username of the caller; empty for untrusted ones and the system
 * @param protocol how the caller authenticated
 * @param address {@code host:port} of the caller, or its host when it didn't authenticate
 * @param userAgent what the caller's program calls itself
 */
public record SecurityEvent(
        Instant at,
        String name,
        Level level,
        String description,
        String requestMethod,
        String requestPath,
        String project,
        String username,
        String protocol,
        String address,
        String userAgent) {
    /** How much it matters. */
    public enum Level {
        INFO,
        WARNING
    }
}
