package dev.linkspan.identity;

import dev.linkspan.problem.Problem;
import dev.linkspan.tls.Certificates;
import java.security.cert.X509Certificate;
import java.sql.Timestamp;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Component;

/**
 * The certificates of others: each is stored once only, whatever its use. Every step runs in the transaction of its
 * service.
 */
@Component
public class CertificateStore {
    private final JdbcClient jdbc;

    CertificateStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Stores a certificate.
     *
     * @return its row
     * @throws dev.linkspan.problem.ProblemException 409 when it is stored already
     */
    public long add(X509Certificate certificate, String pem) {
        KeyHolder key = new GeneratedKeyHolder();
        try {
            jdbc.sql("""
                    INSERT INTO certificate (fingerprint, pem, not_before, not_after)
                    VALUES (:fingerprint, :pem, :notBefore, :notAfter)
                    """)
                    .param("fingerprint", Certificates.fingerprint(certificate))
                    .param("pem", pem)
                    .param(
                            "notBefore",
                            Timestamp.from(certificate.getNotBefore().toInstant()))
                    .param("notAfter", Timestamp.from(certificate.getNotAfter().toInstant()))
                    .update(key);
        } catch (DuplicateKeyException e) {
            throw Problem.CERTIFICATE_EXISTS.with();
        }
        return key.getKeyAs(Number.class).longValue();
    }

    /** Removes a certificate that nothing refers to any more. */
    public void remove(Long id) {
        if (id != null) {
            jdbc.sql("DELETE FROM certificate WHERE id = :id").param("id", id).update();
        }
    }

    /** Whether it is stored, whatever its use. */
    public boolean knows(String fingerprint) {
        return jdbc.sql("SELECT COUNT(*) FROM certificate WHERE fingerprint = :fingerprint")
                        .param("fingerprint", fingerprint)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** Fingerprint of a stored certificate. */
    String fingerprint(long id) {
        return jdbc.sql("SELECT fingerprint FROM certificate WHERE id = :id")
                .param("id", id)
                .query(String.class)
                .single();
    }
}
