package dev.linkspan.access;

import java.util.Set;

/** Callers for tests of services. */
public final class TestCallers {
    private TestCallers() {}

    public static Caller untrusted() {
        return Caller.untrusted(Origin.NONE);
    }

    public static Caller local() {
        return Caller.local(Origin.SOCKET, "tester");
    }

    /** A trusted client that is in no group. */
    public static Caller withoutRights() {
        TrustedIdentity identity = new TrustedIdentity(
                Long.MAX_VALUE,
                "tls",
                "Client certificate",
                "0".repeat(64),
                "nobody",
                null,
                null,
                null,
                null,
                Set.of(),
                null,
                Set.of());
        return Caller.identity(identity, TrustSnapshot.EMPTY, Origin.NONE);
    }
}
