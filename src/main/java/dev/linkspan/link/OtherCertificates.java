package dev.linkspan.link;

import dev.linkspan.access.Caller;
import dev.linkspan.access.TrustChanges;
import dev.linkspan.access.TrustChanges.Kind;
import dev.linkspan.event.Events;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.store.Transactions;
import dev.linkspan.tls.Certificates;
import dev.linkspan.tls.ClusterCertificate;
import java.security.cert.X509Certificate;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The second certificate of a peer that changes its own: the next one from when the peer announces it, the previous one
 * from when the next is first seen in force until the overlap is over.
 */
@Component
class OtherCertificates {
    static final String NEXT = "NEXT";
    static final String PREVIOUS = "PREVIOUS";

    private static final Logger log = LoggerFactory.getLogger(OtherCertificates.class);
    private static final Duration OVERLAP = Duration.ofDays(7);
    /** An announcement that is still there is renewed when this much of the overlap has passed. */
    private static final Duration STALE = Duration.ofDays(1);

    private static final Duration LAG = Duration.ofMinutes(5);

    private final JdbcClient jdbc;
    private final PinnedCertificates pinned;
    private final ClusterCertificate ours;
    private final TrustChanges changes;
    private final Events events;
    private final Transactions transactions;
    private final Clock clock;

    OtherCertificates(
            JdbcClient jdbc,
            PinnedCertificates pinned,
            ClusterCertificate ours,
            TrustChanges changes,
            Events events,
            Transactions transactions,
            Clock clock) {
        this.events = events;
        this.jdbc = jdbc;
        this.pinned = pinned;
        this.ours = ours;
        this.changes = changes;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The peer announces, over the pinned connection, which certificate it will use next. */
    void announced(ProbeTarget target, PublishedCertificate next) {
        String fingerprint = next.fingerprint();
        if (fingerprint.equals(target.pin()) || fingerprint.equals(ours.fingerprint()) || !next.proved(target.pin())) {
            return;
        }
        Instant now = clock.instant();
        if (fingerprint.equals(target.other())) {
            renew(target.linkId(), now);
            return;
        }
        try {
            Certificates.requireUsable(next.certificate(), now);
            transactions.run(() -> {
                if (pinned.known(fingerprint)) {
                    throw Problem.CLUSTER_CERTIFICATE_KNOWN.with();
                }
                put(target.linkId(), NEXT, next.certificate(), now);
            });
            log.info("Cluster link {} announced its next certificate {}", target.name(), fingerprint);
        } catch (ProblemException | DuplicateKeyException e) {
            log.info(
                    "Cluster link {} announced a certificate that can't be accepted: {}",
                    target.name(),
                    e.getMessage());
        }
    }

    private void renew(long linkId, Instant now) {
        transactions.run(() -> {
            int renewed = jdbc.sql("""
                            UPDATE link_other_certificate SET until = :until
                            WHERE link_id = :id AND role = 'NEXT' AND until < :stale
                            """)
                    .param("until", Timestamp.from(now.plus(OVERLAP)))
                    .param("stale", Timestamp.from(now.plus(OVERLAP).minus(STALE)))
                    .param("id", linkId)
                    .update();
            if (renewed > 0) {
                changes.changed(Kind.IDENTITY, pinned.identityOf(linkId));
            }
        });
    }

    /**
     * The peer announces no certificate any more. It may have changed its mind, or be about to show it: one of its members
     * may lag behind, so that it stays good for a moment.
     */
    void withdrawn(ProbeTarget target) {
        if (target.other() == null || !target.otherIsNext()) {
            return;
        }
        Timestamp soon = Timestamp.from(clock.instant().plus(LAG));
        transactions.run(() -> {
            int shortened = jdbc.sql("""
                            UPDATE link_other_certificate SET until = :soon
                            WHERE link_id = :id AND role = 'NEXT' AND until > :soon
                            """)
                    .param("soon", soon)
                    .param("id", target.linkId())
                    .update();
            if (shortened > 0) {
                changes.changed(Kind.IDENTITY, pinned.identityOf(target.linkId()));
            }
        });
    }

    /** The peer has shown its next certificate: that one is pinned, and the one so far accepted during the overlap. */
    void inForce(ProbeTarget target, X509Certificate next) {
        transactions.run(() -> {
            X509Certificate old = pinned.of(target.linkId());
            if (!Certificates.fingerprint(old).equals(target.pin())) {
                return;
            }
            remove(target.linkId());
            pinned.replace(Caller.system(), target.linkId(), next);
            put(target.linkId(), PREVIOUS, old, clock.instant());
            events.record(
                    Caller.system(),
                    "cluster-link-updated",
                    ClusterLink.url(target.name()),
                    LinkService.PROJECT,
                    Map.of(LinkHistory.FOLLOWED, Certificates.fingerprint(next)));
        });
        log.info("Cluster link {} uses its next certificate {}", target.name(), target.other());
    }

    /** Pins another certificate because somebody says so; the one so far isn't accepted any more. */
    void repin(Caller caller, long linkId, X509Certificate certificate) {
        remove(linkId);
        pinned.replace(caller, linkId, certificate);
    }

    /** Ends overlaps that are over. */
    void forgetOld() {
        transactions.run(() -> {
            List<Long> over = jdbc.sql("SELECT link_id FROM link_other_certificate WHERE until < :now LIMIT 1000")
                    .param("now", Timestamp.from(clock.instant()))
                    .query(Long.class)
                    .list();
            over.forEach(this::remove);
        });
    }

    private void put(long linkId, String role, X509Certificate certificate, Instant now) {
        remove(linkId);
        long identityId = pinned.identityOf(linkId);
        jdbc.sql("""
                INSERT INTO link_other_certificate
                  (link_id, identity_id, role, fingerprint, pem, not_before, not_after, until)
                VALUES (:link, :identity, :role, :fingerprint, :pem, :notBefore, :notAfter, :until)
                """)
                .param("link", linkId)
                .param("identity", identityId == 0 ? null : identityId)
                .param("role", role)
                .param("fingerprint", Certificates.fingerprint(certificate))
                .param("pem", Certificates.pem(certificate))
                .param("notBefore", Timestamp.from(certificate.getNotBefore().toInstant()))
                .param("notAfter", Timestamp.from(certificate.getNotAfter().toInstant()))
                .param("until", Timestamp.from(now.plus(OVERLAP)))
                .update();
        changes.changed(Kind.IDENTITY, identityId);
        changes.changed(Kind.LINK, linkId);
    }

    private void remove(long linkId) {
        int removed = jdbc.sql("DELETE FROM link_other_certificate WHERE link_id = :id")
                .param("id", linkId)
                .update();
        if (removed > 0) {
            changes.changed(Kind.IDENTITY, pinned.identityOf(linkId));
            changes.changed(Kind.LINK, linkId);
        }
    }
}
