package dev.linkspan.link;

import dev.linkspan.peer.PeerConnection;
import dev.linkspan.peer.Peers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The certificate that each link pins: that of the peer's identity here, or one of its own. */
@Component
class LinkPins {
    private final JdbcClient jdbc;
    private final PresentedCertificate presented;
    private final Peers peers;

    LinkPins(JdbcClient jdbc, PresentedCertificate presented, Peers peers) {
        this.jdbc = jdbc;
        this.presented = presented;
        this.peers = peers.apart();
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

    /** The name of the link that pins that certificate. */
    Optional<String> linkTo(String fingerprint) {
        return jdbc.sql("""
                        SELECT l.name FROM certificate c JOIN cluster_link l ON l.certificate_id = c.id
                        WHERE c.fingerprint = :fingerprint
                        UNION
                        SELECT l.name FROM certificate c
                          JOIN identity i ON i.certificate_id = c.id
                          JOIN cluster_link l ON l.identity_id = i.id
                        WHERE c.fingerprint = :fingerprint
                        """)
                .param("fingerprint", fingerprint)
                .query(String.class)
                .optional();
    }

    /**
     * A connection to the peer of a link, with our certificate unless the link is a public one. While the peer changes its
     * certificate, both are good.
     */
    PeerConnection connect(ClusterLink link, String fingerprint) {
        List<String> accepted = new ArrayList<>(List.of(fingerprint));
        accepted.addAll(jdbc.sql("""
                        SELECT fingerprint FROM link_other_certificate WHERE link_id = :id AND until > UTC_TIMESTAMP(6)
                        """).param("id", link.id()).query(String.class).list());
        if (link.type() == LinkType.PUBLIC) {
            return peers.connect(accepted, false);
        }
        return presented
                .to(link.id())
                .map(ours -> peers.connectAs(ours, accepted))
                .orElseGet(() -> peers.connect(accepted, true));
    }
}
