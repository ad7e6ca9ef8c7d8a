package dev.linkspan.access;

import dev.linkspan.access.TrustChanges.Kind;
import dev.linkspan.tls.Certificates;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The second certificates of identities: while a linked cluster changes its certificate, both are good. They are few and
 * kept in memory until an identity changes.
 */
@Component
class SecondCertificates implements TrustListener {
    private record Second(long identityId, byte[] certificate, Instant notBefore, Instant notAfter) {
        boolean proves(byte[] presented, Instant now) {
            return !now.isBefore(notBefore) && !now.isAfter(notAfter) && Arrays.equals(certificate, presented);
        }
    }

    private final JdbcClient jdbc;
    private final Clock clock;
    private final AtomicLong changes = new AtomicLong();
    private volatile Map<String, Second> known;

    SecondCertificates(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The identity whose second certificate this is. */
    Optional<Long> identity(byte[] der) {
        return Optional.ofNullable(all().get(Certificates.fingerprint(der)))
                .filter(second -> second.proves(der, clock.instant()))
                .map(Second::identityId);
    }

    private Map<String, Second> all() {
        Map<String, Second> all = known;
        if (all == null) {
            long before = changes.get();
            all = read();
            known = all;
            if (changes.get() != before) {
                known = null;
            }
        }
        return all;
    }

    private Map<String, Second> read() {
        Map<String, Second> all = new HashMap<>();
        jdbc.sql("""
                SELECT fingerprint, identity_id, pem, not_before, LEAST(not_after, until)
                FROM link_other_certificate WHERE identity_id IS NOT NULL
                """).query(row -> {
            all.put(
                    row.getString(1),
                    new Second(
                            row.getLong(2),
                            Certificates.der(Certificates.parse(row.getString(3))),
                            row.getTimestamp(4).toInstant(),
                            row.getTimestamp(5).toInstant()));
        });
        return all;
    }

    @Override
    public void changed(Kind kind, long id) {
        if (kind == Kind.IDENTITY) {
            allChanged();
        }
    }

    @Override
    public void allChanged() {
        changes.incrementAndGet();
        known = null;
    }
}
