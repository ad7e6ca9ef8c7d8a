package dev.linkspan.link;

import dev.linkspan.member.ClusterKeys;
import dev.linkspan.tls.KeyAndCertificate;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which of our certificates a peer knows us by while ours is being changed: the next one from when the peer was told,
 * even before it is in force.
 */
@Component
class PresentedCertificate {
    private final JdbcClient jdbc;
    private final ClusterKeys keys;

    PresentedCertificate(JdbcClient jdbc, ClusterKeys keys) {
        this.jdbc = jdbc;
        this.keys = keys;
    }

    /** Another certificate than the one in force; empty when that one is right. */
    Optional<KeyAndCertificate> to(long linkId) {
        Optional<ClusterKeys.Kept> next = keys.next();
        if (next.isEmpty()) {
            return Optional.empty();
        }
        boolean told = jdbc.sql("""
                        SELECT COUNT(*) FROM rotation_link
                        WHERE link_id = :id AND fingerprint = :fingerprint AND told_at IS NOT NULL
                        """)
                        .param("id", linkId)
                        .param("fingerprint", next.get().fingerprint())
                        .query(Integer.class)
                        .single()
                > 0;
        return told ? next.map(ClusterKeys.Kept::pair) : Optional.empty();
    }
}
