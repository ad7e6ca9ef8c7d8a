package dev.linkspan.link;

import dev.linkspan.access.Caller;
import dev.linkspan.access.TrustChanges;
import dev.linkspan.access.TrustChanges.Kind;
import dev.linkspan.event.Events;
import dev.linkspan.identity.Identities;
import dev.linkspan.identity.Identities.TokenHolder;
import dev.linkspan.identity.IdentityType;
import dev.linkspan.peer.PeerConnection;
import dev.linkspan.peer.Peers;
import dev.linkspan.peer.Probe;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.store.Transactions;
import dev.linkspan.tls.Certificates;
import dev.linkspan.tls.ClusterCertificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * We issued, and a peer consumes our token (cluster-links.md 1.13). No address is dialled for a secret that isn't good;
 * only addresses that prove the certificate are stored; of any number of simultaneous activations one wins, and that one
 * may be repeated for as long as the token would have lived.
 */
@Component
class Activation {
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(20);
    private static final Duration PROBE_GRACE = Duration.ofSeconds(2);
    private static final int MOST_ADDRESSES = 1_000;
    private static final String SEARCH = "Failed during search for pending identity: ";

    private final LinkRepository repository;
    private final Identities identities;
    private final Peers peers;
    private final FetchLimit limit;
    private final ClusterCertificate ours;
    private final Events events;
    private final TrustChanges changes;
    private final Transactions transactions;
    private final Clock clock;

    Activation(
            LinkRepository repository,
            Identities identities,
            Peers peers,
            FetchLimit limit,
            ClusterCertificate ours,
            Events events,
            TrustChanges changes,
            Transactions transactions,
            Clock clock) {
        this.repository = repository;
        this.identities = identities;
        this.peers = peers;
        this.limit = limit;
        this.ours = ours;
        this.events = events;
        this.changes = changes;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The fingerprint of the peer, which is trusted now. */
    String activate(Caller caller, ActivateLink command) {
        if (!command.token().type().equals(IdentityType.CLUSTER_LINK)) {
            throw Problem.TOKEN_TYPE_INVALID.with(command.token().type());
        }
        String secret = command.token().secret();
        TokenHolder holder = holder(secret);
        if (command.certificate().isEmpty()) {
            throw Problem.LINK_CERTIFICATE_REQUIRED.with();
        }
        X509Certificate certificate = Certificates.parse(command.certificate());
        String fingerprint = Certificates.fingerprint(certificate);
        if (!holder.pending()) {
            return repeated(holder, fingerprint);
        }
        LinkRow link = repository
                .findByIdentity(holder.id())
                .orElseThrow(() -> Problem.LINK_NOT_FOUND.with().prefixed("Failed loading cluster link: "));
        if (fingerprint.equals(ours.fingerprint())) {
            throw Problem.LINK_SELF_ACTIVATION.with();
        }
        requireUsable(certificate);
        List<String> proved = limit.withinToken(holder.id(), () -> proved(fingerprint, command.addresses()));
        try {
            transactions.run(() -> commit(caller, holder, link, secret, certificate, proved));
            return fingerprint;
        } catch (ProblemException e) {
            if (e.is(Problem.TOKEN_UNKNOWN)) {
                return repeated(holder(secret), fingerprint);
            }
            if (!e.is(Problem.CERTIFICATE_EXISTS)) {
                throw e;
            }
            if (fingerprint.equals(holder(secret).fingerprint())) {
                return fingerprint;
            }
            throw Problem.LINK_EXISTS_BETWEEN.with();
        }
    }

    private TokenHolder holder(String secret) {
        TokenHolder holder = identities
                .findBySecret(secret)
                .orElseThrow(() -> Problem.TOKEN_UNKNOWN.with().prefixed(SEARCH));
        if (holder.expired()) {
            throw (holder.pending() ? Problem.TOKEN_EXPIRED : Problem.TOKEN_UNKNOWN)
                    .with()
                    .prefixed(SEARCH);
        }
        return holder;
    }

    private static String repeated(TokenHolder holder, String fingerprint) {
        if (!fingerprint.equals(holder.fingerprint())) {
            throw Problem.TOKEN_UNKNOWN.with().prefixed(SEARCH);
        }
        return fingerprint;
    }

    private void requireUsable(X509Certificate certificate) {
        try {
            Certificates.requireUsable(certificate, clock.instant());
        } catch (ProblemException e) {
            throw Problem.LINK_CERTIFICATE_INVALID.with(e.getMessage());
        }
    }

    private List<String> proved(String fingerprint, String value) {
        List<String> addresses;
        try {
            addresses = LinkConfig.addresses(value);
        } catch (ProblemException e) {
            throw e.prefixed(400, "");
        }
        if (addresses.size() > MOST_ADDRESSES) {
            throw Problem.TOO_MANY_ITEMS.with(ClusterLink.ADDRESSES_KEY, MOST_ADDRESSES);
        }
        try (PeerConnection connection = peers.connect(fingerprint, false)) {
            List<Probe.Result> results = Probe.all(connection, addresses, PROBE_LIMIT, PROBE_GRACE);
            return ProvedAddresses.of(results);
        }
    }

    private void commit(
            Caller caller,
            TokenHolder holder,
            LinkRow link,
            String secret,
            X509Certificate certificate,
            List<String> proved) {
        LinkHistory.record(
                events,
                caller,
                "cluster-link-created",
                link.name(),
                Map.of(LinkHistory.ACTIVATED, caller.origin().host()));
        if (!identities.activate(caller, holder, secret, certificate)) {
            throw Problem.TOKEN_UNKNOWN.with();
        }
        repository.activatePending(holder.id(), String.join(",", proved));
        changes.changed(Kind.LINK, link.id());
    }
}
