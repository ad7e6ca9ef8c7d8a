package dev.linkspan.link;

import dev.linkspan.member.ClusterKeys;
import dev.linkspan.peer.PeerAnswer;
import dev.linkspan.peer.PeerConnection;
import dev.linkspan.peer.PeerException;
import dev.linkspan.peer.Peers;
import dev.linkspan.peer.Probe;
import dev.linkspan.tls.Certificates;
import dev.linkspan.tls.ClusterCertificate;
import dev.linkspan.tls.KeyAndCertificate;
import java.security.cert.X509Certificate;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Tells a peer of our new certificate: replaces that of our own identity there, by the certificate that the peer knows us
 * by. An identity without any right may do that (auth.md 4.6).
 */
@Component
class PeerNotice {
    private static final Logger log = LoggerFactory.getLogger(PeerNotice.class);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String IDENTITIES = "/1.0/auth/identities/";

    private final JdbcClient jdbc;
    private final Peers peers;
    private final ClusterKeys keys;
    private final ClusterCertificate ours;
    private final Clock clock;

    PeerNotice(JdbcClient jdbc, Peers peers, ClusterKeys keys, ClusterCertificate ours, Clock clock) {
        this.jdbc = jdbc;
        this.peers = peers;
        this.keys = keys;
        this.ours = ours;
        this.clock = clock;
    }

    /** The first address that trusts this certificate of ours, with its answer. */
    Optional<Probe.Result> trusting(ProbeTarget target, KeyAndCertificate presented) {
        return answers(target, presented).stream()
                .filter(result -> result.answer() != null && result.answer().trusted())
                .findFirst();
    }

    /** Whether the peer knows us by the certificate that was in force before. */
    boolean knowsPrevious(ProbeTarget target) {
        return keys.previous()
                .flatMap(previous -> trusting(target, previous.pair()))
                .isPresent();
    }

    /** The certificate that the peer knows us by: the one in force, or the previous one when it missed the change. */
    KeyAndCertificate known(ProbeTarget target) {
        return trusting(target, ours.pair()).isEmpty() && knowsPrevious(target)
                ? keys.previous().orElseThrow().pair()
                : ours.pair();
    }

    /** What all addresses say to this certificate of ours. */
    List<Probe.Result> answers(ProbeTarget target, KeyAndCertificate presented) {
        try (PeerConnection connection = peers.connectAs(presented, target.pins())) {
            return Probe.all(connection, target.addresses(), LIMIT, Duration.ofMillis(500));
        }
    }

    /**
     * Tells the peer, and notes what came of it.
     *
     * @param known the certificate that the peer knows us by
     * @return why it could not be told; empty when it was
     */
    Optional<String> tell(ProbeTarget target, KeyAndCertificate known, KeyAndCertificate next) {
        Optional<String> problem = replace(target, known, next.certificate());
        if (problem.isPresent() && trusting(target, next).isPresent()) {
            problem = Optional.empty();
        }
        note(target.linkId(), Certificates.fingerprint(next.certificate()), problem.orElse(""));
        return problem;
    }

    private Optional<String> replace(ProbeTarget target, KeyAndCertificate known, X509Certificate next) {
        String problem = "no address is known";
        try (PeerConnection connection = peers.connectAs(known, target.pins())) {
            for (String address : target.addresses()) {
                try {
                    PeerAnswer answer = replace(connection, address, known, next);
                    if (answer.success()) {
                        return Optional.empty();
                    }
                    return Optional.of(answer.error());
                } catch (PeerException e) {
                    problem = e.getMessage();
                }
            }
        }
        return Optional.of(problem);
    }

    private static PeerAnswer replace(
            PeerConnection connection, String address, KeyAndCertificate known, X509Certificate next)
            throws PeerException {
        PeerAnswer own = connection.get(address, IDENTITIES + "current", LIMIT);
        if (!own.success()) {
            return own;
        }
        JsonNode groups = own.metadata().path("groups");
        return connection.put(
                address,
                IDENTITIES + "tls/" + Certificates.fingerprint(known.certificate()),
                Map.of(
                        "groups",
                        AddressRefresh.texts(groups).stream().sorted().toList(),
                        "tls_certificate",
                        Certificates.pem(next)),
                LIMIT);
    }

    private void note(long linkId, String fingerprint, String problem) {
        jdbc.sql("""
                INSERT INTO rotation_link (link_id, fingerprint, told_at, problem)
                SELECT id, :fingerprint, :toldAt, :problem FROM cluster_link WHERE id = :id
                ON DUPLICATE KEY UPDATE fingerprint = VALUE(fingerprint), told_at = VALUE(told_at), problem = VALUE(problem)
                """)
                .param("fingerprint", fingerprint)
                .param("toldAt", problem.isEmpty() ? Timestamp.from(clock.instant()) : null)
                .param("problem", problem)
                .param("id", linkId)
                .update();
    }

    /**
     * For a peer that doesn't trust us: if it still knows us by the previous certificate it is told of the one in force.
     *
     * @return whether it trusts us now
     */
    boolean tellLate(ProbeTarget target) {
        if (!knowsPrevious(target)) {
            return false;
        }
        Optional<String> problem = tell(target, known(target), ours.pair());
        log.info(
                "Cluster link {} was told late of this cluster's certificate{}",
                target.name(),
                problem.map(why -> ", in vain: " + why).orElse(""));
        return problem.isEmpty();
    }
}
