package dev.linkspan.peer;

import dev.linkspan.tls.ClusterCertificate;
import dev.linkspan.tls.KeyAndCertificate;
import dev.linkspan.tls.PinnedCertificate;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/** Opens pinned connections to other clusters. */
@Component
public class Peers {
    private static final int MOST_AT_ONCE = 256;

    private final ClusterCertificate ours;
    private final ReachableNetworks networks;
    private final Semaphore slots = new Semaphore(MOST_AT_ONCE, true);

    Peers(ClusterCertificate ours, ReachableNetworks networks) {
        this.ours = ours;
        this.networks = networks;
    }

    /**
     * The same with a number of calls at once of its own: a peer with many silent addresses, or somebody who asks for its
     * state again and again, keeps nobody else waiting.
     */
    public Peers apart() {
        return new Peers(ours, networks);
    }

    /**
     * A connection to the cluster that serves one certificate.
     *
     * @param fingerprint of that certificate, 64 hex characters
     * @param presentOurs whether our own certificate is presented when the peer asks for one
     */
    public PeerConnection connect(String fingerprint, boolean presentOurs) {
        return connect(List.of(fingerprint), presentOurs);
    }

    /** A connection to the cluster that serves one of these certificates: while it changes its own, both are good. */
    public PeerConnection connect(List<String> fingerprints, boolean presentOurs) {
        PinnedCertificate pin = new PinnedCertificate(fingerprints);
        return new PeerConnection(
                presentOurs ? ours.context(pin) : ClusterCertificate.anonymousContext(pin),
                pin,
                networks.current(),
                slots);
    }

    /** A connection, without our certificate, to somebody who is only known by address; it keeps to whom it met first. */
    public PeerConnection meet() {
        PinnedCertificate pin = PinnedCertificate.first();
        return new PeerConnection(ClusterCertificate.anonymousContext(pin), pin, networks.current(), slots);
    }

    /** As {@link #connect(List, boolean)}, presenting a former or a coming certificate of ours. */
    public PeerConnection connectAs(KeyAndCertificate presented, List<String> fingerprints) {
        PinnedCertificate pin = new PinnedCertificate(fingerprints);
        return new PeerConnection(ClusterCertificate.context(presented, pin), pin, networks.current(), slots);
    }

    /** {@code host:port} list with duplicates removed, in order. */
    public static List<String> distinct(List<String> addresses) {
        return addresses.stream().distinct().toList();
    }
}
