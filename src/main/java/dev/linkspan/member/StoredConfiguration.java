package dev.linkspan.member;

import dev.linkspan.access.TrustChanges.Kind;
import dev.linkspan.access.TrustListener;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The cluster's configuration as it is stored, kept in memory until a member changes it. */
@Component
class StoredConfiguration implements TrustListener {
    private final JdbcClient jdbc;
    private final AtomicLong changes = new AtomicLong();
    private volatile Map<String, String> known;

    StoredConfiguration(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All stored keys, as of the last change that is in force here. */
    Map<String, String> current() {
        Map<String, String> config = known;
        if (config == null) {
            long before = changes.get();
            config = read();
            known = config;
            if (changes.get() != before) {
                known = null;
            }
        }
        return config;
    }

    /** All stored keys, as the running transaction sees them. */
    Map<String, String> read() {
        Map<String, String> config = new TreeMap<>();
        jdbc.sql("SELECT name, value FROM cluster_config").query(row -> {
            config.put(row.getString(1), row.getString(2));
        });
        return config;
    }

    /** Stores exactly these keys. */
    void replace(Map<String, String> config) {
        jdbc.sql("DELETE FROM cluster_config").update();
        config.forEach((key, value) -> jdbc.sql("INSERT INTO cluster_config (name, value) VALUES (:name, :value)")
                .param("name", key)
                .param("value", value)
                .update());
    }

    @Override
    public void changed(Kind kind, long id) {
        if (kind == Kind.CONFIGURATION) {
            allChanged();
        }
    }

    @Override
    public void allChanged() {
        changes.incrementAndGet();
        known = null;
    }
}
