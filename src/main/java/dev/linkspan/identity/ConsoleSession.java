package dev.linkspan.identity;

import java.time.Instant;

/**
 * A console session: 12 hours from a sign-in at most, recorded in the database, so it survives a restart.
 *
 * @param uuid by which it is listed and ended
 * @param address {@code host:port} of the browser that signed in
 * @param userAgent what that browser calls itself
 */
public record ConsoleSession(
        long id,
        String uuid,
        long identityId,
        SignInWay way,
        String address,
        String userAgent,
        Instant createdAt,
        Instant expiresAt) {}
