package dev.linkspan.link;

import dev.linkspan.access.Caller;
import dev.linkspan.access.TrustChanges;
import dev.linkspan.access.TrustChanges.Kind;
import dev.linkspan.event.Events;
import dev.linkspan.identity.CertificateStore;
import dev.linkspan.peer.PeerConnection;
import dev.linkspan.peer.PeerException;
import dev.linkspan.peer.Peers;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.problem.Quoted;
import dev.linkspan.store.Transactions;
import dev.linkspan.tls.Certificates;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The second step of a public link: a person has compared the certificate, and it is pinned (cluster-links.md 1.15). */
@Component
class Confirmation {
    private static final Duration LOOK = Duration.ofSeconds(4);

    private final LinkRepository repository;
    private final PublicLinkAsked asked;
    private final CertificateStore certificates;
    private final Peers peers;
    private final Events events;
    private final TrustChanges changes;
    private final Transactions transactions;

    Confirmation(
            LinkRepository repository,
            PublicLinkAsked asked,
            CertificateStore certificates,
            Peers peers,
            Events events,
            TrustChanges changes,
            Transactions transactions) {
        this.repository = repository;
        this.asked = asked;
        this.certificates = certificates;
        this.peers = peers;
        this.events = events;
        this.changes = changes;
        this.transactions = transactions;
    }

    void confirm(Caller caller, String name, String pem) {
        X509Certificate posted;
        try {
            posted = Certificates.parse(pem);
        } catch (ProblemException e) {
            throw e.prefixed(400, "Failed parsing cluster certificate: ");
        }
        String fingerprint = Certificates.fingerprint(posted);
        LinkRow seen = unconfirmed(
                name, fingerprint, repository.find(LinkService.key(name)).orElse(null));
        requireStillShown(seen.pendingAddress(), fingerprint);
        transactions.run(() -> pin(caller, name, fingerprint));
    }

    private static LinkRow unconfirmed(String name, String fingerprint, LinkRow row) {
        if (row == null) {
            throw Problem.LINK_NOT_FOUND
                    .with()
                    .prefixed("Failed loading pending cluster link " + Quoted.of(name) + ": ");
        }
        if (!row.type().equals(LinkType.PUBLIC.name())) {
            throw Problem.LINK_NOT_PUBLIC.with(Quoted.of(name));
        }
        if (row.phase().equals(LinkPhase.ACTIVE.name())) {
            throw Problem.LINK_CONFIRMED.with(Quoted.of(name));
        }
        String shown = Certificates.fingerprint(Certificates.parse(row.pendingCertificate()));
        if (!shown.equals(fingerprint)) {
            throw Problem.LINK_OTHER_CERTIFICATE.with();
        }
        return row;
    }

    /** A certificate that was replaced since it was shown would be pinned for nothing. Silence says nothing. */
    private void requireStillShown(String address, String fingerprint) {
        try (PeerConnection connection = peers.connect(fingerprint, false)) {
            connection.get(address, "/1.0", LOOK);
        } catch (PeerException e) {
            if (e.reason() == PeerException.Reason.WRONG_CERTIFICATE) {
                throw Problem.LINK_CERTIFICATE_REPLACED.with(address);
            }
        }
    }

    private void pin(Caller caller, String name, String fingerprint) {
        LinkRow row = unconfirmed(
                name, fingerprint, repository.lock(LinkService.key(name)).orElse(null));
        LinkHistory.record(events, caller, "cluster-link-updated", name, Map.of(LinkHistory.PINNED, fingerprint));
        X509Certificate shown = Certificates.parse(row.pendingCertificate());
        long certificate;
        try {
            certificate = certificates.add(shown, row.pendingCertificate());
        } catch (ProblemException e) {
            throw e.is(Problem.CERTIFICATE_EXISTS) ? Problem.PUBLIC_CERTIFICATE_EXISTS.with() : e;
        }
        repository.confirm(row.id(), certificate, row.pendingAddress());
        asked.forget(row.id(), caller);
        changes.changed(Kind.LINK, row.id());
    }
}
