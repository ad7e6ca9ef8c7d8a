package dev.linkspan.member;

import dev.linkspan.access.Caller;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who changed each configuration key last, and when. */
@Component
class ConfigurationHistory {
    private static final Set<String> OF_EACH_MEMBER =
            Set.of(Configuration.HTTPS_ADDRESS, Configuration.CLUSTER_ADDRESS);
    private static final long ALL_MEMBERS = 0;

    /** The last change of a key. */
    record Change(Instant at, String username, String protocol, String address) {}

    private final JdbcClient jdbc;
    private final Clock clock;

    ConfigurationHistory(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    static boolean ofEachMember(String key) {
        return OF_EACH_MEMBER.contains(key);
    }

    /** Records, in the running transaction, that the caller changed these keys, some of them of that member. */
    void record(Caller caller, Collection<String> keys, long memberId) {
        Timestamp now = Timestamp.from(clock.instant().truncatedTo(ChronoUnit.MICROS));
        keys.forEach(key -> jdbc.sql("""
                        REPLACE INTO config_change
                          (name, member_id, at, requestor_username, requestor_protocol, requestor_address)
                        VALUES (:name, :member, :at, :username, :protocol, :address)
                        """)
                .param("name", key)
                .param("member", ofEachMember(key) ? memberId : ALL_MEMBERS)
                .param("at", now)
                .param("username", caller.username())
                .param("protocol", caller.protocol())
                .param("address", caller.origin().address())
                .update());
    }

    /** The last changes by key, of the cluster's keys and of those of that member. */
    Map<String, Change> of(long memberId) {
        Map<String, Change> changes = new TreeMap<>();
        jdbc.sql("""
                        SELECT name, at, requestor_username, requestor_protocol, requestor_address
                        FROM config_change WHERE member_id IN (0, :member)
                        """).param("member", memberId).query(row -> {
            changes.put(
                    row.getString("name"),
                    new Change(
                            row.getTimestamp("at").toInstant(),
                            row.getString("requestor_username"),
                            row.getString("requestor_protocol"),
                            row.getString("requestor_address")));
        });
        return changes;
    }
}
