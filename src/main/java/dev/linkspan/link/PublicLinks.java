package dev.linkspan.link;

import dev.linkspan.access.Caller;
import dev.linkspan.access.TrustChanges;
import dev.linkspan.access.TrustChanges.Kind;
import dev.linkspan.event.Events;
import dev.linkspan.peer.PeerAnswer;
import dev.linkspan.peer.PeerConnection;
import dev.linkspan.peer.PeerException;
import dev.linkspan.peer.Peers;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.problem.Quoted;
import dev.linkspan.store.Transactions;
import dev.linkspan.tls.Addresses;
import dev.linkspan.tls.Certificates;
import dev.linkspan.tls.ClusterCertificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * The first step of a public link (cluster-links.md 1.15): looks which certificate an address shows, and keeps it with
 * the link until a person has compared it.
 */
@Component
class PublicLinks {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final String VERSION = "/1.0";

    private final LinkRepository repository;
    private final LinkInserts inserts;
    private final PublicLinkAsked asked;
    private final Peers peers;
    private final ClusterCertificate ours;
    private final Events events;
    private final TrustChanges changes;
    private final Transactions transactions;
    private final Clock clock;

    PublicLinks(
            LinkRepository repository,
            LinkInserts inserts,
            PublicLinkAsked asked,
            Peers peers,
            ClusterCertificate ours,
            Events events,
            TrustChanges changes,
            Transactions transactions,
            Clock clock) {
        this.repository = repository;
        this.inserts = inserts;
        this.asked = asked;
        this.peers = peers;
        this.ours = ours;
        this.events = events;
        this.changes = changes;
        this.transactions = transactions;
        this.clock = clock;
    }

    OfferedCertificate begin(Caller caller, CreatePublicLink command) {
        LinkConfig.check(command.config());
        String address = Addresses.canonical(command.address());
        X509Certificate certificate = look(command.address(), address);
        var offered = new OfferedCertificate(Certificates.fingerprint(certificate), Certificates.pem(certificate));
        if (offered.fingerprint().equals(ours.fingerprint())) {
            throw Problem.LINK_PUBLIC_TO_SELF.with(command.address());
        }
        transactions.run(() -> store(caller, command, new ClusterLink.Unconfirmed(address, offered.pem())));
        return offered;
    }

    private X509Certificate look(String given, String address) {
        try (PeerConnection connection = peers.meet()) {
            try {
                PeerAnswer answer = connection.get(address, VERSION, LIMIT);
                if (!answer.success() || !answer.metadata().isObject()) {
                    throw notTheApi(answer.status() >= 400 ? answer.status() : 500, given, address, answer.error());
                }
                Certificates.requireUsable(connection.certificate(), clock.instant());
                return connection.certificate();
            } catch (PeerException e) {
                if (connection.certificate() == null) {
                    throw new ProblemException(500, ProvedAddresses.unfetched(address, e));
                }
                throw notTheApi(500, given, address, e.getMessage());
            }
        }
    }

    private static ProblemException notTheApi(int status, String given, String address, String why) {
        return new ProblemException(
                status,
                "Failed verifying \"%s\" is a LXD server: Failed querying /1.0 endpoint at \"%s\": %s"
                        .formatted(given, address, why));
    }

    private void store(Caller caller, CreatePublicLink command, ClusterLink.Unconfirmed shown) {
        LinkRow row = repository.lock(LinkService.key(command.name())).orElse(null);
        if (row == null) {
            events.publish(
                    caller, "cluster-link-created", ClusterLink.url(command.name()), LinkService.PROJECT, Map.of());
            asked.remember(inserts.insert(row(command, shown)).id(), caller);
            return;
        }
        requireUnconfirmed(row);
        Map<String, String> config = new TreeMap<>(row.toLink().config());
        config.putAll(command.config());
        repository.configure(
                row.id(),
                command.description().isEmpty() ? row.description() : command.description(),
                LinkRows.config(LinkConfig.userKeys(config)));
        repository.offered(row.id(), shown.address(), shown.certificate());
        asked.remember(row.id(), caller);
        changes.changed(Kind.LINK, row.id());
        events.signal(caller, "cluster-link-offered", ClusterLink.url(row.name()));
    }

    private static void requireUnconfirmed(LinkRow row) {
        if (!row.type().equals(LinkType.PUBLIC.name())) {
            throw Problem.LINK_NOT_PUBLIC_EXISTS.with(Quoted.of(row.name()));
        }
        if (row.phase().equals(LinkPhase.ACTIVE.name())) {
            throw Problem.LINK_CONFIRMED.with(Quoted.of(row.name()));
        }
    }

    private LinkRow row(CreatePublicLink command, ClusterLink.Unconfirmed shown) {
        return new LinkRow(
                null,
                command.name(),
                LinkService.key(command.name()),
                command.description(),
                LinkType.PUBLIC.name(),
                LinkPhase.PENDING.name(),
                LinkRows.config(LinkConfig.userKeys(command.config())),
                "",
                null,
                null,
                null,
                null,
                0,
                null,
                clock.instant(),
                null,
                shown.certificate(),
                shown.address());
    }
}
