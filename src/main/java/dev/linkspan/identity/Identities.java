package dev.linkspan.identity;

import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.access.TrustChanges;
import dev.linkspan.access.TrustChanges.Kind;
import dev.linkspan.event.Events;
import dev.linkspan.member.CertificateInForce;
import dev.linkspan.problem.Problem;
import dev.linkspan.store.RowInsert;
import dev.linkspan.tls.Certificates;
import java.lang.invoke.MethodHandles;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The steps that identities are made of, for the services here and in {@code link}, which have checked the caller. Every
 * step runs in the transaction of its service.
 */
@Component
public class Identities {
    public static final String TLS = "tls";
    static final String BEARER = "bearer";
    static final String OIDC = "oidc";
    static final int LONGEST_NAME = 10_000;

    private static final RowInsert<IdentityRow> INSERT = new RowInsert<>(IdentityRow.class, MethodHandles.lookup());

    private final IdentityRepository repository;
    private final CertificateStore certificates;
    private final Memberships memberships;
    private final ConsoleSessions sessions;
    private final TrustChanges changes;
    private final Events events;
    private final ApplicationEventPublisher domainEvents;
    private final JdbcClient jdbc;
    private final JdbcOperations rows;
    private final Clock clock;

    Identities(
            IdentityRepository repository,
            CertificateStore certificates,
            Memberships memberships,
            ConsoleSessions sessions,
            TrustChanges changes,
            Events events,
            ApplicationEventPublisher domainEvents,
            JdbcClient jdbc,
            JdbcOperations rows,
            Clock clock) {
        this.repository = repository;
        this.certificates = certificates;
        this.memberships = memberships;
        this.sessions = sessions;
        this.changes = changes;
        this.events = events;
        this.domainEvents = domainEvents;
        this.jdbc = jdbc;
        this.rows = rows;
        this.clock = clock;
    }

    /** What a new pending identity is known by. */
    public record Created(long id, String identifier) {}

    /**
     * A pending identity, which identifies nobody until its token is used.
     *
     * @param secret of its trust token; null when none is out
     * @throws dev.linkspan.problem.ProblemException 409 {@code Identity already exists}, 404 for unknown groups
     */
    public Created addPending(
            Caller caller, String type, String name, List<String> groups, String secret, Instant expiresAt) {
        String identifier = UUID.randomUUID().toString();
        byte[] secretHash = secret == null ? null : Secrets.hash(secret);
        long id = insert(TLS, type, identifier, name, null, secretHash, expiresAt, groups);
        events.publish(caller, "identity-created", Identity.url(TLS, identifier));
        return new Created(id, identifier);
    }

    /**
     * The pending identity of a link that we make by a token: its certificate is reserved, but not yet trusted.
     *
     * @throws dev.linkspan.problem.ProblemException 409 when the name or the certificate is taken, 404 for unknown groups
     */
    public long addReserved(String name, List<String> groups, X509Certificate certificate) {
        long certificateId = certificates.add(certificate, Certificates.pem(certificate));
        return insert(
                TLS,
                IdentityType.CLUSTER_LINK_PENDING,
                UUID.randomUUID().toString(),
                name,
                certificateId,
                null,
                null,
                groups);
    }

    long add(Caller caller, String name, List<String> groups, X509Certificate certificate, String pem) {
        String fingerprint = Certificates.fingerprint(certificate);
        if (repository.findByIdentifier(TLS, fingerprint).isPresent()) {
            throw Problem.IDENTITY_EXISTS.with();
        }
        long certificateId = certificates.add(certificate, pem);
        long id = insert(TLS, IdentityType.CLIENT, fingerprint, name, certificateId, null, null, groups);
        events.publish(caller, "identity-created", Identity.url(TLS, fingerprint));
        return id;
    }

    /**
     * A bearer identity without a token.
     *
     * @return its identifier
     * @throws dev.linkspan.problem.ProblemException 409 {@code Identity already exists}, 404 for unknown groups
     */
    String addBearer(Caller caller, String name, List<String> groups) {
        String identifier = UUID.randomUUID().toString();
        insert(BEARER, IdentityType.CLIENT_BEARER, identifier, name, null, null, null, groups);
        events.publish(caller, "identity-created", Identity.url(BEARER, identifier));
        return identifier;
    }

    /** A client that may do everything, of the older certificates API. */
    void addUnrestricted(String name, X509Certificate certificate) {
        long certificateId = certificates.add(certificate, Certificates.pem(certificate));
        String fingerprint = Certificates.fingerprint(certificate);
        insert(TLS, IdentityType.CLIENT_UNRESTRICTED, fingerprint, name, certificateId, null, null, List.of());
    }

    /** The identity of a user of the identity provider; names need not be unique among them. */
    long addOidc(String email, String name) {
        return insert(OIDC, IdentityType.OIDC, email, name, null, null, null, List.of());
    }

    private long insert(
            String method,
            String type,
            String identifier,
            String name,
            Long certificateId,
            byte[] secretHash,
            Instant expiresAt,
            List<String> groups) {
        if (name.length() > LONGEST_NAME) {
            throw Problem.NAME_TOO_LONG.with(LONGEST_NAME);
        }
        if (name.indexOf('\0') >= 0) {
            throw Problem.NAME_WITH_NULL.with();
        }
        if (!EntityUrl.fits(name)) {
            throw Problem.NAME_TOO_LONG_FOR_URL.with(EntityUrl.LONGEST_NAME);
        }
        IdentityRow row = new IdentityRow(
                null,
                method,
                type,
                identifier,
                name,
                method.equals(OIDC) ? null : Secrets.nameKey(method, name),
                certificateId,
                secretHash,
                expiresAt,
                clock.instant());
        long id;
        try {
            id = INSERT.insert(rows, row);
        } catch (DuplicateKeyException e) {
            throw Problem.IDENTITY_EXISTS.with();
        }
        memberships.add(id, groups);
        if (IdentityType.pending(type)) {
            changes.made(Kind.IDENTITY, id);
        } else {
            changes.changed(Kind.IDENTITY, id);
        }
        return id;
    }

    /** Whether a certificate is stored here, whatever its use. */
    public boolean knows(String fingerprint) {
        return certificates.knows(fingerprint);
    }

    /** Fingerprint of an identity's certificate; empty when it has none. */
    public Optional<String> fingerprint(long id) {
        return repository.findById(id).map(IdentityRow::certificateId).map(certificates::fingerprint);
    }

    /** What an identity was called by before: the UUID of its pending time, the fingerprints of its earlier certificates. */
    public List<String> formerIdentifiers(long id) {
        return repository.formerIdentifiers(id);
    }

    /** The identifier of an identity. */
    public String identifier(long id) {
        return repository.findById(id).orElseThrow(Problem.NOT_FOUND::with).identifier();
    }

    /** The identity whose trust token has this secret, used or not. */
    public Optional<TokenHolder> findBySecret(String secret) {
        byte[] hash = Secrets.hash(secret);
        return repository
                .findBySecret(hash)
                .map(row -> new TokenHolder(
                        row.id(),
                        row.type(),
                        row.identifier(),
                        row.secretExpiresAt() != null && !clock.instant().isBefore(row.secretExpiresAt()),
                        row.certificateId() == null ? null : certificates.fingerprint(row.certificateId())));
    }

    /**
     * The identity that a trust token was issued for.
     *
     * @param expired whether the token's time is over
     * @param fingerprint of the certificate that used the token; null while nobody did
     */
    public record TokenHolder(long id, String type, String identifier, boolean expired, String fingerprint) {
        public boolean pending() {
            return IdentityType.pending(type);
        }
    }

    /**
     * The holder of a trust token becomes active with a certificate; of any number of simultaneous attempts one succeeds.
     *
     * @return whether it was this one
     * @throws dev.linkspan.problem.ProblemException 409 when the certificate is stored already
     */
    public boolean activate(Caller caller, TokenHolder holder, String secret, X509Certificate certificate) {
        long certificateId = certificates.add(certificate, Certificates.pem(certificate));
        String fingerprint = Certificates.fingerprint(certificate);
        repository.rememberIdentifier(holder.id());
        int changed = repository.activate(
                holder.id(),
                holder.type(),
                Secrets.hash(secret),
                IdentityType.active(holder.type()),
                fingerprint,
                certificateId);
        if (changed == 0) {
            certificates.remove(certificateId);
            return false;
        }
        changes.changed(Kind.IDENTITY, holder.id());
        changedTo(caller, fingerprint, IdentityHistory.ACTIVATED);
        return true;
    }

    /** Tells of the certificate that an identity has now. */
    private void changedTo(Caller caller, String fingerprint, String how) {
        events.publish(
                caller, "identity-updated", Identity.url(TLS, fingerprint), null, Map.of(), Map.of(how, fingerprint));
    }

    /** The reserved identity of a link becomes active; false when it was deleted meanwhile. */
    public boolean trust(Caller caller, long id, String fingerprint) {
        int changed = repository.trust(id, IdentityType.CLUSTER_LINK_PENDING, IdentityType.CLUSTER_LINK, fingerprint);
        if (changed == 1) {
            changes.changed(Kind.IDENTITY, id);
            events.publish(caller, "identity-created", Identity.url(TLS, fingerprint));
        }
        return changed == 1;
    }

    /** A pending identity gets another token, and the old one dies; false when it isn't pending any more. */
    public boolean replaceSecret(Caller caller, long id, String secret, Instant expiresAt) {
        IdentityRow row = repository.findById(id).orElse(null);
        if (row == null
                || !IdentityType.pending(row.type())
                || repository.replaceSecret(id, row.type(), Secrets.hash(secret), expiresAt) == 0) {
            return false;
        }
        changes.changed(Kind.IDENTITY, id);
        updated(caller, row, Map.of(IdentityHistory.TOKEN_ISSUED, expiresAt == null ? "" : expiresAt.toString()));
        return true;
    }

    private void updated(Caller caller, IdentityRow row, Map<String, String> detail) {
        events.publish(
                caller, "identity-updated", Identity.url(row.method(), row.identifier()), null, Map.of(), detail);
    }

    /** The token of a pending identity dies; false when none is out. */
    public boolean revokeSecret(Caller caller, long id) {
        IdentityRow row = repository.findById(id).orElse(null);
        if (row == null || !IdentityType.pending(row.type()) || repository.revokeSecret(id, row.type()) == 0) {
            return false;
        }
        changes.changed(Kind.IDENTITY, id);
        updated(caller, row, Map.of(IdentityHistory.TOKEN_REVOKED, ""));
        return true;
    }

    /** Trust tokens name the cluster's certificate: with another one in force, no cluster and no client takes them any more. */
    @EventListener
    void expireTokens(CertificateInForce change) {
        Instant now = clock.instant();
        List<IdentityRow> holders = repository.withToken(now);
        if (holders.isEmpty()) {
            return;
        }
        repository.expireSecrets(holders.stream().map(IdentityRow::id).toList(), now);
        holders.forEach(row -> {
            changes.changed(Kind.IDENTITY, row.id());
            events.record(
                    change.caller(),
                    "identity-updated",
                    Identity.url(row.method(), row.identifier()),
                    null,
                    Map.of(IdentityHistory.TOKEN_ENDED, change.fingerprint()));
        });
    }

    void replaceCertificate(Caller caller, Identity identity, X509Certificate certificate, String pem) {
        Long old = repository.findById(identity.id()).orElseThrow().certificateId();
        long certificateId = certificates.add(certificate, pem);
        repository.rememberIdentifier(identity.id());
        repository.replaceCertificate(identity.id(), Certificates.fingerprint(certificate), certificateId);
        certificates.remove(old);
        sessions.end(identity.id(), SignInWay.CERTIFICATE);
        changes.changed(Kind.IDENTITY, identity.id());
    }

    /**
     * The identity of a linked cluster, which has changed its certificate, gets the new one.
     *
     * @throws dev.linkspan.problem.ProblemException 409 when the certificate is stored already
     */
    public void renewCertificate(Caller caller, long id, X509Certificate certificate) {
        IdentityRow row = repository.findById(id).orElseThrow(Problem.NOT_FOUND::with);
        long certificateId = certificates.add(certificate, Certificates.pem(certificate));
        String fingerprint = Certificates.fingerprint(certificate);
        repository.rememberIdentifier(id);
        repository.replaceCertificate(id, fingerprint, certificateId);
        certificates.remove(row.certificateId());
        changes.changed(Kind.IDENTITY, id);
        changedTo(caller, fingerprint, IdentityHistory.CERTIFICATE);
    }

    /**
     * Gives the identity of a link the link's new name.
     *
     * @throws dev.linkspan.problem.ProblemException 409 {@code Identity already exists}
     */
    public void rename(Caller caller, long id, String name) {
        IdentityRow row = repository.findById(id).orElseThrow();
        nameAnew(id, row.method(), name);
        updated(caller, row, Map.of(IdentityHistory.RENAMED, name));
    }

    void nameAnew(Identity identity, String name) {
        nameAnew(identity.id(), identity.method(), name);
    }

    private void nameAnew(long id, String method, String name) {
        try {
            repository.rename(id, name, Secrets.nameKey(method, name));
        } catch (DuplicateKeyException e) {
            throw Problem.IDENTITY_EXISTS.with();
        }
        changes.changed(Kind.IDENTITY, id);
    }

    void replaceGroups(long id, List<String> groups) {
        memberships.replace(id, groups);
        changes.changed(Kind.IDENTITY, id);
    }

    /** Deletes an identity with its certificate, memberships and the permissions on it, and what depends on it. */
    public void delete(Caller caller, long id) {
        domainEvents.publishEvent(new IdentityDeleted(id, caller));
        remove(caller, id);
    }

    /** Deletes the identity of a link whose own row is gone already. */
    public void remove(Caller caller, long id) {
        repository.findById(id).ifPresent(row -> {
            discard(row);
            EntityUrl url = Identity.url(row.method(), row.identifier());
            events.publish(caller, "identity-deleted", url, null, Map.of(), Map.of(IdentityHistory.NAME, row.name()));
        });
    }

    /** Takes a reserved identity back that nobody was told of. */
    public void discard(long id) {
        repository.findById(id).ifPresent(this::discard);
    }

    private void discard(IdentityRow row) {
        repository.delete(row.id());
        certificates.remove(row.certificateId());
        jdbc.sql("DELETE FROM permission WHERE entity_type IN ('identity', 'certificate') AND entity_id = :id")
                .param("id", row.id())
                .update();
        changes.changed(Kind.IDENTITY, row.id());
    }
}
