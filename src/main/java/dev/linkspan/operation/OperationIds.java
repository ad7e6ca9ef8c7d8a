package dev.linkspan.operation;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/** Ids in order of time: UUIDs of version 7 (RFC 9562). */
final class OperationIds {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long VERSION = 7L << 12;
    private static final long VARIANT = 2L << 62;

    private OperationIds() {}

    static String next(Instant now) {
        long high = now.toEpochMilli() << 16 | VERSION | RANDOM.nextInt(1 << 12);
        long low = VARIANT | RANDOM.nextLong() >>> 2;
        return new UUID(high, low).toString();
    }
}
