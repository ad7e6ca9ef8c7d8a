package dev.linkspan.link;

import dev.linkspan.peer.PeerAnswer;
import dev.linkspan.peer.PeerConnection;
import dev.linkspan.peer.PeerException;
import dev.linkspan.peer.Probe;
import dev.linkspan.tls.ClusterCertificate;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Takes the identity back that we have at a peer, with the link that it belongs to there. Every identity may delete
 * itself, at a stock server too.
 */
@Component
class Farewell {
    private static final Duration PROBE = Duration.ofSeconds(4);
    private static final Duration GRACE = Duration.ofMillis(500);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final int MOST_TRIED = 3;

    private final ClusterCertificate ours;

    Farewell(ClusterCertificate ours) {
        this.ours = ours;
    }

    /** What came of it; takes 25 s at most. */
    LinkEnd tell(PeerConnection connection, List<String> addresses) {
        List<Probe.Result> results = Probe.all(connection, addresses, PROBE, GRACE);
        List<String> trusting = results.stream()
                .filter(result -> result.answer() != null && result.answer().trusted())
                .map(Probe.Result::address)
                .limit(MOST_TRIED)
                .toList();
        if (trusting.isEmpty()) {
            return results.stream().anyMatch(Probe.Result::proved)
                    ? LinkEnd.of(LinkEnd.Peer.GONE, "")
                    : LinkEnd.of(LinkEnd.Peer.UNREACHABLE, why(results));
        }
        LinkEnd end = null;
        for (String address : trusting) {
            end = tell(connection, address);
            if (end.peer() == LinkEnd.Peer.TOLD) {
                return end;
            }
        }
        boolean goneAfterAll = Probe.all(connection, trusting, PROBE, GRACE).stream()
                .anyMatch(result -> result.proved() && !result.answer().trusted());
        return goneAfterAll ? LinkEnd.of(LinkEnd.Peer.TOLD, "") : end;
    }

    private LinkEnd tell(PeerConnection connection, String address) {
        try {
            PeerAnswer answer = connection.delete(address, "/1.0/auth/identities/tls/" + ours.fingerprint(), ANSWER);
            return answer.success()
                    ? LinkEnd.of(LinkEnd.Peer.TOLD, "")
                    : LinkEnd.of(LinkEnd.Peer.REFUSED, answer.error());
        } catch (PeerException e) {
            return LinkEnd.of(LinkEnd.Peer.UNREACHABLE, e.getMessage());
        }
    }

    private static String why(List<Probe.Result> results) {
        return results.stream()
                .findFirst()
                .map(result -> result.problem() == null
                        ? result.answer().error()
                        : result.problem().getMessage())
                .orElse("no address is known");
    }
}
