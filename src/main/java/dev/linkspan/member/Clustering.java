package dev.linkspan.member;

import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whether clustering is enabled, and as what this member is known; kept in memory until a member changes it. */
@Component
class Clustering {
    /**
     * As it is now.
     *
     * @param name this member's name
     * @param address {@code cluster.https_address} of this member; empty when it has none
     */
    record State(boolean enabled, String name, String address) {}

    private final JdbcClient jdbc;
    private final long memberId;
    private final AtomicLong changes = new AtomicLong();
    private volatile State known;

    Clustering(JdbcClient jdbc, ClusterStart start, ConfigurationChanges configuration) {
        this.jdbc = jdbc;
        this.memberId = start.memberId();
        configuration.listen(this::changed);
    }

    State current() {
        State state = known;
        if (state == null) {
            long before = changes.get();
            state = read();
            known = state;
            if (changes.get() != before) {
                known = null;
            }
        }
        return state;
    }

    /** As the running transaction sees it. */
    State read() {
        return jdbc.sql("SELECT c.clustered, m.name, m.cluster_address FROM cluster c JOIN member m ON m.id = :id")
                .param("id", memberId)
                .query((row, n) -> new State(row.getBoolean(1), row.getString(2), row.getString(3)))
                .single();
    }

    private void changed() {
        changes.incrementAndGet();
        known = null;
    }
}
