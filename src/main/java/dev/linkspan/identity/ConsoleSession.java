package dev.linkspan.identity;

import java.time.Instant;

/** A console session: 12 hours from a sign-in, recorded in the database, so it survives a restart. */
public record ConsoleSession(long id, long identityId, Instant expiresAt) {}
