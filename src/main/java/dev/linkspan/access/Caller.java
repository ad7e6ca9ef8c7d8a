package dev.linkspan.access;

import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;

/**
 * The identity (or the local socket) behind the request in hand. Immutable; made for each request, never kept longer
 * than one click.
 */
public final class Caller {
    private enum Kind {
        UNTRUSTED,
        LOCAL,
        IDENTITY,
        SYSTEM
    }

    private static final TrustSnapshot.Subject NO_RIGHTS = new TrustSnapshot.Subject(Set.of(), Set.of());
    private static final Caller SYSTEM = new Caller(Kind.SYSTEM, null, Origin.NONE, "", null, NO_RIGHTS);

    private final Kind kind;
    private final TrustedIdentity identity;
    private final Origin origin;
    private final String username;
    private final TrustSnapshot snapshot;
    private final TrustSnapshot.Subject subject;

    private Caller(
            Kind kind,
            TrustedIdentity identity,
            Origin origin,
            String username,
            TrustSnapshot snapshot,
            TrustSnapshot.Subject subject) {
        this.kind = kind;
        this.identity = identity;
        this.origin = origin;
        this.username = username;
        this.snapshot = snapshot;
        this.subject = subject;
    }

    /** Background work of this server itself. No request can obtain it. */
    public static Caller system() {
        return SYSTEM;
    }

    static Caller untrusted(Origin origin) {
        return new Caller(Kind.UNTRUSTED, null, origin, "", null, NO_RIGHTS);
    }

    static Caller local(Origin origin, String username) {
        return new Caller(Kind.LOCAL, null, origin, username, null, NO_RIGHTS);
    }

    static Caller identity(TrustedIdentity identity, TrustSnapshot snapshot, Origin origin) {
        return new Caller(Kind.IDENTITY, identity, origin, identity.identifier(), snapshot, snapshot.subject(identity));
    }

    public boolean trusted() {
        return kind != Kind.UNTRUSTED;
    }

    /** Whether the caller came through the Unix socket. */
    public boolean local() {
        return kind == Kind.LOCAL;
    }

    /** Whether the caller may do everything, outside of the authorization model. */
    public boolean unrestricted() {
        return kind == Kind.LOCAL || kind == Kind.SYSTEM || (kind == Kind.IDENTITY && !identity.fineGrained());
    }

    /** The caller's identity; empty for the local socket, untrusted callers and the system. */
    public Optional<TrustedIdentity> identity() {
        return Optional.ofNullable(identity);
    }

    /** Whether the caller is the identity with this row. */
    public boolean is(long identityId) {
        return identity != null && identity.id() == identityId;
    }

    /** Name for people: that of the identity, or the user at the socket; empty for untrusted callers. */
    public String displayName() {
        return identity == null ? username : identity.name();
    }

    /** {@code auth_user_name} of the API: fingerprint, UUID, or the user at the socket. */
    public String username() {
        return username;
    }

    /** {@code auth_user_method} of the API; empty for untrusted callers. */
    public String protocol() {
        return switch (kind) {
            case LOCAL -> "unix";
            case IDENTITY -> identity.method();
            case UNTRUSTED, SYSTEM -> "";
        };
    }

    public Origin origin() {
        return origin;
    }

    /** The leaf of the certificate chain that the caller presented in the TLS handshake, known to us or not. */
    public Optional<X509Certificate> certificate() {
        return Optional.ofNullable(origin.certificate());
    }

    Set<Grant> grants() {
        return subject.grants();
    }

    boolean memberOf(long groupId) {
        return subject.groupIds().contains(groupId);
    }

    TrustSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public String toString() {
        return kind + (username.isEmpty() ? "" : " " + username);
    }
}
