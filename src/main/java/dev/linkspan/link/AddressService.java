package dev.linkspan.link;

import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.identity.TrustToken;
import dev.linkspan.link.DialedAddress.Reach;
import dev.linkspan.member.Listening;
import dev.linkspan.peer.PeerConnection;
import dev.linkspan.peer.Peers;
import dev.linkspan.peer.Probe;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.tls.Addresses;
import dev.linkspan.tls.ClusterCertificate;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.springframework.stereotype.Service;

/** Tells, before a trust token is made, which of our addresses it will carry and what these are good for. */
@Service
public class AddressService {
    private static final int MOST_OF_A_TOKEN = 20;
    private static final Duration LIMIT = Duration.ofSeconds(4);
    /** 100.64.0.0/10, which providers use between themselves and their customers (RFC 6598). */
    private static final int SHARED_FIRST = 100;

    private static final int SHARED_SECOND = 0x40;
    private static final int SHARED_BITS = 0xc0;
    private static final int UNIQUE_LOCAL = 0xfc;
    private static final int UNIQUE_LOCAL_BITS = 0xfe;

    private final Listening listening;
    private final Peers peers;
    private final ClusterCertificate ours;
    private final FetchLimit limit;
    private final Access access;

    AddressService(Listening listening, Peers peers, ClusterCertificate ours, FetchLimit limit, Access access) {
        this.listening = listening;
        this.peers = peers;
        this.ours = ours;
        this.limit = limit;
        this.access = access;
    }

    /**
     * Dials every address that a trust token made now would carry, as another cluster would. Takes 4 s at most, and as long
     * as the resolver needs for host names.
     *
     * @throws ProblemException 403 without {@code can_create_cluster_links} on the server; 500 when there is no address to
     *     offer
     */
    public List<DialedAddress> test(Caller caller) {
        access.require(caller, "can_create_cluster_links");
        return dialed(caller, ours.fingerprint(), listening.offered());
    }

    /**
     * Dials the first addresses of another cluster's trust token, before the token is used: whether there is somebody with
     * the certificate that it names. Our own certificate isn't presented. Takes as long as {@link #test(Caller)}.
     *
     * @throws ProblemException 403 without {@code can_create_cluster_links} on the server
     */
    public List<DialedAddress> test(Caller caller, TrustToken token) {
        access.require(caller, "can_create_cluster_links");
        List<String> first = token.addresses().stream().limit(MOST_OF_A_TOKEN).toList();
        return dialed(caller, token.fingerprint(), first);
    }

    private List<DialedAddress> dialed(Caller caller, String fingerprint, List<String> addresses) {
        return limit.within(caller, () -> {
            try (PeerConnection connection = peers.connect(fingerprint, false)) {
                return Probe.all(connection, addresses, LIMIT, LIMIT).stream()
                        .map(AddressService::dialed)
                        .toList();
            }
        });
    }

    private static DialedAddress dialed(Probe.Result result) {
        return new DialedAddress(
                result.address(),
                reach(Addresses.host(result.address())),
                result.problem() == null ? "" : result.problem().getMessage());
    }

    /** A host with several addresses is as good as the best of them. */
    static Reach reach(String host) {
        try {
            return Arrays.stream(InetAddress.getAllByName(host))
                    .map(AddressService::reach)
                    .max(Reach::compareTo)
                    .orElse(Reach.UNKNOWN);
        } catch (UnknownHostException e) {
            return Reach.UNKNOWN;
        }
    }

    private static Reach reach(InetAddress address) {
        if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
            return Reach.LOOPBACK;
        }
        byte[] bytes = address.getAddress();
        boolean shared = bytes.length == 4 && bytes[0] == SHARED_FIRST && (bytes[1] & SHARED_BITS) == SHARED_SECOND;
        boolean uniqueLocal = bytes.length > 4 && (bytes[0] & UNIQUE_LOCAL_BITS) == UNIQUE_LOCAL;
        return address.isSiteLocalAddress() || address.isLinkLocalAddress() || shared || uniqueLocal
                ? Reach.PRIVATE
                : Reach.PUBLIC;
    }
}
