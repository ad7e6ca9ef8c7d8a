package dev.linkspan.link;

import dev.linkspan.access.Caller;
import dev.linkspan.event.Events;
import dev.linkspan.identity.Identities;
import dev.linkspan.identity.TrustToken;
import dev.linkspan.peer.PeerConnection;
import dev.linkspan.peer.Peers;
import dev.linkspan.peer.Probe;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.problem.Quoted;
import dev.linkspan.store.Transactions;
import dev.linkspan.store.Vault;
import dev.linkspan.tls.Addresses;
import dev.linkspan.tls.Certificates;
import dev.linkspan.tls.ClusterCertificate;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/**
 * We consume a trust token (cluster-links.md 1.12): asks the peer whether it is the one and doesn't know us yet, then
 * commits the link as activating, then has it activated.
 */
@Component
class Consumption {
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(15);
    private static final Duration PROBE_GRACE = Duration.ofSeconds(2);
    private static final int MOST_ADDRESSES = 100;

    private final LinkRepository repository;
    private final LinkInserts inserts;
    private final Identities identities;
    private final Peers peers;
    private final Handshake handshake;
    private final ClusterCertificate ours;
    private final Vault vault;
    private final Events events;
    private final Transactions transactions;
    private final Clock clock;

    Consumption(
            LinkRepository repository,
            LinkInserts inserts,
            Identities identities,
            Peers peers,
            Handshake handshake,
            ClusterCertificate ours,
            Vault vault,
            Events events,
            Transactions transactions,
            Clock clock) {
        this.repository = repository;
        this.inserts = inserts;
        this.identities = identities;
        this.peers = peers;
        this.handshake = handshake;
        this.ours = ours;
        this.vault = vault;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Fingerprint of the peer, which is trusted now and trusts us. */
    String consume(Caller caller, CreateLinkFromToken command) {
        long began = System.nanoTime();
        TrustToken token = command.token();
        String fingerprint = token.fingerprint().toLowerCase(Locale.ROOT);
        if (fingerprint.equals(ours.fingerprint())) {
            throw Problem.LINK_TO_SELF.with();
        }
        LinkConfig.check(command.config());
        try (PeerConnection connection = peers.connect(fingerprint, true)) {
            List<Probe.Result> results = Probe.all(connection, dialled(token), PROBE_LIMIT, PROBE_GRACE);
            List<String> proved = ProvedAddresses.of(results);
            X509Certificate certificate = connection.certificate();
            requireUsable(certificate);
            results.stream()
                    .filter(result -> result.answer() != null && result.answer().trusted())
                    .findFirst()
                    .ifPresent(result -> {
                        throw refusal(fingerprint, result.address());
                    });
            requireLinks(command.name(), results);
            LinkRow link = transactions.call(() -> reserve(caller, command, certificate, proved));
            handshake.complete(caller, link, token, connection, began);
        }
        return fingerprint;
    }

    private static List<String> dialled(TrustToken token) {
        if (token.addresses().size() > MOST_ADDRESSES) {
            throw Problem.TOO_MANY_ITEMS.with("addresses", MOST_ADDRESSES);
        }
        return token.addresses().stream().map(Addresses::canonical).distinct().toList();
    }

    private void requireUsable(X509Certificate certificate) {
        try {
            Certificates.requireUsable(certificate, clock.instant());
        } catch (ProblemException e) {
            throw e.prefixed("Invalid certificate: ");
        }
    }

    private static void requireLinks(String name, List<Probe.Result> results) {
        Probe.Result first =
                results.stream().filter(Probe.Result::proved).findFirst().orElseThrow();
        if (!first.answer().extensions().contains("cluster_links")) {
            throw Problem.LINK_PEER_WITHOUT_LINKS.with(Quoted.of(name), first.address());
        }
    }

    /** The peer trusts us already: either we know it too, or it has kept its side of a link that is gone here. */
    private ProblemException refusal(String fingerprint, String address) {
        return identities.knows(fingerprint)
                ? Problem.LINK_EXISTS_BETWEEN.with()
                : Problem.LINK_PEER_TRUSTS_US.with(address);
    }

    private LinkRow reserve(
            Caller caller, CreateLinkFromToken command, X509Certificate certificate, List<String> proved) {
        long identity;
        try {
            identity = identities.addReserved(command.name(), command.groups(), certificate);
        } catch (ProblemException e) {
            throw e.is(Problem.IDENTITY_EXISTS) || e.is(Problem.CERTIFICATE_EXISTS)
                    ? Problem.LINK_EXISTS_BETWEEN.with()
                    : e;
        }
        Instant now = clock.instant();
        events.signal(caller, "cluster-link-activating", ClusterLink.url(command.name()));
        long id = inserts.insert(new LinkRow(
                null,
                command.name(),
                LinkService.key(command.name()),
                command.description(),
                LinkType.BIDIRECTIONAL.name(),
                LinkPhase.ACTIVATING.name(),
                LinkRows.config(LinkConfig.userKeys(command.config())),
                String.join(",", proved),
                identity,
                vault.encrypt(command.token().encode().getBytes(StandardCharsets.US_ASCII)),
                command.token().expiresAt(),
                now,
                0,
                now.plus(Handshake.LEASE),
                now));
        return repository.findById(id).orElseThrow();
    }
}
