package dev.linkspan.link;

import dev.linkspan.access.Caller;
import dev.linkspan.identity.CertificateStore;
import dev.linkspan.identity.Identities;
import dev.linkspan.problem.Problem;
import dev.linkspan.tls.Certificates;
import java.security.cert.X509Certificate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The certificates that active links are pinned to: those of the peers' identities here, or of the links themselves. */
@Component
class PinnedCertificates {
    /** Joins the pinned certificate, as {@code p}, to a link {@code l}. */
    static final String JOIN = """
            LEFT JOIN identity i ON i.id = l.identity_id
            JOIN certificate p ON p.id = COALESCE(i.certificate_id, l.certificate_id)
            """;

    private final JdbcClient jdbc;
    private final Identities identities;
    private final CertificateStore certificates;

    PinnedCertificates(JdbcClient jdbc, Identities identities, CertificateStore certificates) {
        this.jdbc = jdbc;
        this.identities = identities;
        this.certificates = certificates;
    }

    /** The identity that the peer of a link has here; 0 for none. */
    long identityOf(long linkId) {
        return jdbc.sql("SELECT COALESCE(identity_id, 0) FROM cluster_link WHERE id = :id")
                .param("id", linkId)
                .query(Long.class)
                .optional()
                .orElseThrow(Problem.LINK_NOT_FOUND::with);
    }

    X509Certificate of(long linkId) {
        return jdbc.sql("SELECT p.pem FROM cluster_link l " + JOIN + " WHERE l.id = :id")
                .param("id", linkId)
                .query(String.class)
                .optional()
                .map(Certificates::parse)
                .orElseThrow(Problem.LINK_NOT_FOUND::with);
    }

    /** Whether a certificate is stored, whatever its use. */
    boolean known(String fingerprint) {
        return identities.knows(fingerprint);
    }

    /**
     * Pins another certificate.
     *
     * @throws dev.linkspan.problem.ProblemException 409 when it is stored already
     */
    void replace(Caller caller, long linkId, X509Certificate certificate) {
        long identityId = identityOf(linkId);
        if (identityId != 0) {
            identities.renewCertificate(caller, identityId, certificate);
            return;
        }
        Long old = jdbc.sql("SELECT certificate_id FROM cluster_link WHERE id = :id FOR UPDATE")
                .param("id", linkId)
                .query(Long.class)
                .single();
        jdbc.sql("UPDATE cluster_link SET certificate_id = :certificate WHERE id = :id")
                .param("certificate", certificates.add(certificate, Certificates.pem(certificate)))
                .param("id", linkId)
                .update();
        certificates.remove(old);
    }
}
