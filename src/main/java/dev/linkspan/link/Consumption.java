package dev.linkspan.link;

import dev.linkspan.access.Caller;
import dev.linkspan.event.Events;
import dev.linkspan.identity.TrustToken;
import dev.linkspan.peer.PeerConnection;
import dev.linkspan.peer.Peers;
import dev.linkspan.peer.Probe;
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
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/**
 * We consume a trust token (cluster-links.md 1.12 and 1.14): asks the peer whether it is the one and doesn't know us yet, then
 * commits the link as activating, then has it activated.
 */
@Component
class Consumption {
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(15);
    private static final Duration PROBE_GRACE = Duration.ofSeconds(2);
    private static final int MOST_ADDRESSES = 1_000;

    private final Peers peers;
    private final Handshake handshake;
    private final ClusterCertificate ours;
    private final Events events;
    private final Transactions transactions;
    private final Clock clock;

    Consumption(
            Peers peers,
            Handshake handshake,
            ClusterCertificate ours,
            Events events,
            Transactions transactions,
            Clock clock) {
        this.peers = peers;
        this.handshake = handshake;
        this.ours = ours;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Fingerprint of the peer, which trusts us now. */
    String consume(Caller caller, CreateLinkFromToken command, Direction direction) {
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
                        throw direction.trustedAlready(command.name(), fingerprint, result.address());
                    });
            requireExtension(command.name(), direction, results);
            LinkRow link = transactions.call(() -> {
                events.signal(caller, "cluster-link-activating", ClusterLink.url(command.name()));
                return direction.reserve(caller, command, certificate, proved);
            });
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

    private static void requireExtension(String name, Direction direction, List<Probe.Result> results) {
        Probe.Result first =
                results.stream().filter(Probe.Result::proved).findFirst().orElseThrow();
        if (!first.answer().extensions().contains(direction.extension())) {
            throw Problem.LINK_PEER_WITHOUT_EXTENSION.with(
                    direction.failed(), Quoted.of(name), first.address(), direction.extension());
        }
    }
}
