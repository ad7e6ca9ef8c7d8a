package dev.linkspan.event;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The events that were kept. */
@Component
public class EventLog {
    private final JdbcClient jdbc;

    EventLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What happened to these since {@code from}, latest first.
     *
     * @param sources URLs as events have them
     */
    public List<LifecycleEvent> of(Collection<String> sources, Instant from, int most) {
        return jdbc.sql("""
                        SELECT at, action, source, project, context, requestor_username, requestor_protocol,
                          requestor_address
                        FROM event
                        WHERE kind = 'lifecycle' AND source IN (:sources) AND at >= :from
                        ORDER BY id DESC LIMIT :most
                        """)
                .param("sources", sources)
                .param("from", Timestamp.from(from))
                .param("most", most)
                .query((row, number) -> event(row))
                .list();
    }

    private static LifecycleEvent event(ResultSet row) throws SQLException {
        return new LifecycleEvent(
                row.getTimestamp("at").toInstant(),
                row.getString("action"),
                row.getString("source"),
                row.getString("project"),
                context(row.getString("context")),
                row.getString("requestor_username"),
                row.getString("requestor_protocol"),
                row.getString("requestor_address"),
                true);
    }

    private static Map<String, String> context(String json) {
        Map<String, String> context = new TreeMap<>();
        if (json != null) {
            JsonMapper.shared()
                    .readTree(json)
                    .properties()
                    .forEach(entry ->
                            context.put(entry.getKey(), entry.getValue().asString("")));
        }
        return context;
    }
}
