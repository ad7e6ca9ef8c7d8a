package dev.linkspan.member;

import dev.linkspan.access.Caller;
import dev.linkspan.access.TrustChanges;
import dev.linkspan.access.TrustChanges.Kind;
import dev.linkspan.problem.Problem;
import dev.linkspan.store.Vault;
import dev.linkspan.tls.Addresses;
import dev.linkspan.tls.Certificates;
import dev.linkspan.tls.ClusterCertificate;
import dev.linkspan.tls.KeyAndCertificate;
import jakarta.annotation.PreDestroy;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The cluster's certificates with their keys: the one in force, which every member serves as soon as it is changed, a
 * prepared next one, and the previous one for as long as a peer may know no other. For services, which check rights;
 * changes are made in their transactions.
 */
@Component
public class ClusterKeys {
    /**
     * A certificate that isn't the one in force.
     *
     * @param until when it is forgotten; null for never
     */
    public record Kept(KeyAndCertificate pair, Instant since, Instant until) {
        public String fingerprint() {
            return Certificates.fingerprint(pair.certificate());
        }
    }

    private record Both(Kept next, Kept previous) {}

    private static final Logger log = LoggerFactory.getLogger(ClusterKeys.class);
    private static final String NEXT = "NEXT";
    private static final String PREVIOUS = "PREVIOUS";

    private final JdbcClient jdbc;
    private final Vault vault;
    private final ClusterCertificate served;
    private final TrustChanges changes;
    private final Listening listening;
    private final ApplicationEventPublisher domainEvents;
    private final Clock clock;
    private final AtomicLong changed = new AtomicLong();
    private final ExecutorService reloader = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("cluster-keys").daemon().factory());
    private volatile Both known;

    ClusterKeys(
            JdbcClient jdbc,
            Vault vault,
            ClusterCertificate served,
            TrustChanges changes,
            Listening listening,
            ConfigurationChanges configuration,
            ApplicationEventPublisher domainEvents,
            Clock clock) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.served = served;
        this.changes = changes;
        this.listening = listening;
        this.domainEvents = domainEvents;
        this.clock = clock;
        configuration.listen(this::changed);
    }

    /** The prepared certificate; empty when none is. */
    public Optional<Kept> next() {
        return Optional.ofNullable(both().next());
    }

    /** The certificate that was in force before, until its overlap is over. */
    public Optional<Kept> previous() {
        return Optional.ofNullable(both().previous())
                .filter(kept -> kept.until() == null || clock.instant().isBefore(kept.until()));
    }

    private Both both() {
        Both both = known;
        if (both == null) {
            long before = changed.get();
            both = new Both(read(NEXT), read(PREVIOUS));
            known = both;
            if (changed.get() != before) {
                known = null;
            }
        }
        return both;
    }

    private Kept read(String role) {
        return jdbc.sql("SELECT private_key, certificate, since, until FROM cluster_certificate WHERE role = :role")
                .param("role", role)
                .query((row, n) -> new Kept(
                        KeyAndCertificate.of(vault.decrypt(row.getBytes(1)), row.getString(2)),
                        row.getTimestamp(3).toInstant(),
                        row.getTimestamp(4) == null ? null : row.getTimestamp(4).toInstant()))
                .optional()
                .orElse(null);
    }

    /** Whether a next certificate is stored, as the running transaction sees it. */
    public boolean nextStored() {
        return read(NEXT) != null;
    }

    /** A new key and certificate for this cluster, with the names of the one in force and all addresses of now. */
    public KeyAndCertificate generate() {
        Set<String> names = new LinkedHashSet<>(Certificates.names(served.certificate()));
        names.addAll(List.of("localhost", "127.0.0.1", "::1"));
        listening.ofAllMembers().stream().map(Addresses::host).forEach(names::add);
        String first = names.iterator().next();
        names.remove(first);
        return KeyAndCertificate.generate(first, names, clock.instant());
    }

    /**
     * Refuses a certificate that is ours already, or somebody else's.
     *
     * @throws dev.linkspan.problem.ProblemException 409
     */
    public void requireUnknown(String fingerprint) {
        boolean known = fingerprint.equals(served.fingerprint())
                || jdbc.sql("""
                                SELECT (SELECT COUNT(*) FROM certificate WHERE fingerprint = :fingerprint)
                                     + (SELECT COUNT(*) FROM link_other_certificate WHERE fingerprint = :fingerprint)
                                """)
                                .param("fingerprint", fingerprint)
                                .query(Integer.class)
                                .single()
                        > 0;
        if (known) {
            throw Problem.CLUSTER_CERTIFICATE_KNOWN.with();
        }
    }

    /** Stores the next certificate in place of an earlier one. */
    public void prepare(KeyAndCertificate next) {
        store(NEXT, next, null);
        changes.changed(Kind.CONFIGURATION, 0);
    }

    /** Forgets the next certificate. */
    public void cancel() {
        forget(NEXT);
        changes.changed(Kind.CONFIGURATION, 0);
    }

    private void forget(String role) {
        jdbc.sql("DELETE FROM cluster_certificate WHERE role = :role")
                .param("role", role)
                .update();
    }

    /** Puts a certificate in force; the one so far is kept as the previous one. */
    public void putInForce(Caller caller, KeyAndCertificate pair, Instant previousUntil) {
        store(PREVIOUS, current(), previousUntil);
        jdbc.sql("UPDATE cluster SET certificate = :certificate, private_key = :key")
                .param("certificate", Certificates.pem(pair.certificate()))
                .param("key", vault.encrypt(pair.key().getEncoded()))
                .update();
        forget(NEXT);
        changes.changed(Kind.CONFIGURATION, 0);
        domainEvents.publishEvent(new CertificateInForce(caller, Certificates.fingerprint(pair.certificate())));
    }

    /** Forgets the previous certificate when its time is over. */
    public void forgetOld() {
        jdbc.sql("DELETE FROM cluster_certificate WHERE role = 'PREVIOUS' AND until < :now")
                .param("now", Timestamp.from(clock.instant()))
                .update();
    }

    private void store(String role, KeyAndCertificate pair, Instant until) {
        jdbc.sql("""
                REPLACE INTO cluster_certificate (role, certificate, private_key, since, until)
                VALUES (:role, :certificate, :key, :since, :until)
                """)
                .param("role", role)
                .param("certificate", Certificates.pem(pair.certificate()))
                .param("key", vault.encrypt(pair.key().getEncoded()))
                .param("since", Timestamp.from(clock.instant()))
                .param("until", until == null ? null : Timestamp.from(until))
                .update();
    }

    /** The pair in force, locked for the running transaction: of two rotations at once the second sees the first. */
    private KeyAndCertificate current() {
        return jdbc.sql("SELECT private_key, certificate FROM cluster FOR UPDATE")
                .query((row, n) -> KeyAndCertificate.of(vault.decrypt(row.getBytes(1)), row.getString(2)))
                .single();
    }

    /** Serves what is in force by the database's word. */
    public synchronized void reload() {
        String pem =
                jdbc.sql("SELECT certificate FROM cluster").query(String.class).single();
        if (!pem.equals(served.pem())) {
            served.serve(jdbc.sql("SELECT private_key, certificate FROM cluster")
                    .query((row, n) -> KeyAndCertificate.of(vault.decrypt(row.getBytes(1)), row.getString(2)))
                    .single());
            log.info("The cluster's certificate is now {}", served.fingerprint());
        }
    }

    private void changed() {
        changed.incrementAndGet();
        known = null;
        try {
            reloader.execute(this::reloadSoon);
        } catch (RejectedExecutionException e) {
            log.debug("The server is being stopped");
        }
    }

    private void reloadSoon() {
        try {
            reload();
        } catch (RuntimeException e) {
            log.warn("The cluster's certificate could not be read: {}", e.getMessage());
        }
    }

    @PreDestroy
    void stop() {
        reloader.shutdownNow();
    }
}
