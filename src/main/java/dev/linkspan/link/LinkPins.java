package dev.linkspan.link;

import dev.linkspan.peer.PeerConnection;
import dev.linkspan.peer.Peers;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The certificate that each link pins: that of the peer's identity here, or one of its own. */
@Component
class LinkPins {
    private final JdbcClient jdbc;
    private final Peers peers;

    LinkPins(JdbcClient jdbc, Peers peers) {
        this.jdbc = jdbc;
        this.peers = peers;
    }

    /** Its fingerprint; empty while there is none. */
    Optional<String> fingerprint(long linkId) {
        return jdbc.sql("""
                        SELECT c.fingerprint
                        FROM cluster_link l
                        LEFT JOIN identity i ON i.id = l.identity_id
                        JOIN certificate c ON c.id = COALESCE(i.certificate_id, l.certificate_id)
                        WHERE l.id = :id
                        """).param("id", linkId).query(String.class).optional();
    }

    /** A connection to the peer of a link, with our certificate unless the link is a public one. */
    PeerConnection connect(ClusterLink link, String fingerprint) {
        return peers.connect(fingerprint, link.type() != LinkType.PUBLIC);
    }
}
