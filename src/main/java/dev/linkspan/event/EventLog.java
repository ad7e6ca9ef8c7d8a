package dev.linkspan.event;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The events that were kept. */
@Component
public class EventLog {
    private static final int FORGOTTEN_AT_ONCE = 5_000;

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
                        SELECT at, action, source, project, context, detail, requestor_username,
                          requestor_protocol, requestor_address
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

    /**
     * The events of one kind that these had, in no particular order.
     *
     * @param sources URLs as events have them
     */
    public List<LifecycleEvent> of(Collection<String> sources, String action) {
        return jdbc.sql("""
                        SELECT at, action, source, project, context, detail, requestor_username,
                          requestor_protocol, requestor_address
                        FROM event
                        WHERE kind = 'lifecycle' AND source IN (:sources) AND action = :action
                        """)
                .param("sources", sources)
                .param("action", action)
                .query((row, number) -> event(row))
                .list();
    }

    /** Those that the caller may see and wants to see, with ids below {@code before}, latest first. */
    List<RecordedEvent> page(Sight sight, EventFilter filter, long before, int skip, int most) {
        return asked("""
                        SELECT e.*
                        FROM (SELECT id FROM event WHERE id < :border AND %s ORDER BY id DESC LIMIT :most OFFSET :skip) page
                        JOIN event e ON e.id = page.id
                        ORDER BY e.id DESC
                        """, sight, filter, before)
                .param("skip", skip)
                .param("most", most)
                .query((row, number) -> recorded(row))
                .list();
    }

    EventCounts count(Sight sight, EventFilter filter, long until) {
        return asked("""
                        SELECT COALESCE(SUM(kind = 'lifecycle'), 0), COALESCE(SUM(kind = 'security'), 0),
                          COALESCE(SUM(kind = 'security' AND level = 'warning'), 0), COALESCE(SUM(%s), 0)
                        FROM event WHERE id <= :border AND %%s
                        """.formatted(EventConditions.ONCE.replace("%", "%%")), sight, filter, until)
                .query((row, number) -> new EventCounts(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4)))
                .single();
    }

    int newer(Sight sight, EventFilter filter, long after, int most) {
        return asked("""
                        SELECT COUNT(*) FROM (SELECT id FROM event WHERE id > :border AND %s LIMIT :most) later
                        """, sight, filter, after)
                .param("most", most)
                .query(Integer.class)
                .single();
    }

    Optional<RecordedEvent> find(Sight sight, long id) {
        return asked("SELECT * FROM event WHERE id = :border AND %s", sight, EventFilter.ALL, id)
                .query((row, number) -> recorded(row))
                .optional();
    }

    /** The security events of the caller who caused this one, from the same moment: of {@code most} around it. */
    List<RecordedEvent> around(Sight sight, RecordedEvent event, Duration moment, int most) {
        return asked("""
                        SELECT * FROM event
                        WHERE id > :border AND id <= :border + 2 * :most AND kind = 'security' AND level = 'info'
                          AND requestor_username = :who AND requestor_protocol = :way AND requestor_address = :where
                          AND at BETWEEN :from AND :until AND %s
                        ORDER BY id
                        """, sight, EventFilter.ALL, event.id() - most)
                .param("most", most)
                .param("who", event.username())
                .param("way", event.protocol())
                .param("where", event.address())
                .param("from", Timestamp.from(event.at().minus(moment)))
                .param("until", Timestamp.from(event.at().plus(moment)))
                .query((row, number) -> recorded(row))
                .list();
    }

    long latest() {
        return jdbc.sql("SELECT COALESCE(MAX(id), 0) FROM event")
                .query(Long.class)
                .single();
    }

    /** Forgets those from before that time and all but the latest {@code most}, a few at a time. */
    void forget(Instant before, int most) {
        long border = jdbc.sql("SELECT id FROM event ORDER BY id DESC LIMIT 1 OFFSET :most")
                .param("most", most)
                .query(Long.class)
                .optional()
                .orElse(0L);
        forget("id <= :border", border);
        forget("at < :border", Timestamp.from(before));
    }

    private void forget(String which, Object border) {
        int deleted = FORGOTTEN_AT_ONCE;
        while (deleted == FORGOTTEN_AT_ONCE) {
            deleted = jdbc.sql("DELETE FROM event WHERE " + which + " LIMIT " + FORGOTTEN_AT_ONCE)
                    .param("border", border)
                    .update();
        }
    }

    private JdbcClient.StatementSpec asked(String sql, Sight sight, EventFilter filter, long border) {
        EventConditions conditions = new EventConditions(sight, filter);
        return jdbc.sql(sql.formatted(conditions.sql()))
                .params(conditions.parameters())
                .param("border", border);
    }

    private static RecordedEvent recorded(ResultSet row) throws SQLException {
        return new RecordedEvent(
                row.getLong("id"),
                row.getTimestamp("at").toInstant(),
                row.getString("kind"),
                row.getString("action"),
                row.getString("source"),
                text(row, "project"),
                texts(row.getString("context")),
                text(row, "level"),
                text(row, "description"),
                text(row, "request_method"),
                text(row, "request_path"),
                row.getString("requestor_username"),
                row.getString("requestor_protocol"),
                row.getString("requestor_address"),
                text(row, "requestor_agent"));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }

    private static LifecycleEvent event(ResultSet row) throws SQLException {
        return new LifecycleEvent(
                row.getTimestamp("at").toInstant(),
                row.getString("action"),
                row.getString("source"),
                row.getString("project"),
                texts(row.getString("context")),
                texts(row.getString("detail")),
                row.getString("requestor_username"),
                row.getString("requestor_protocol"),
                row.getString("requestor_address"),
                true);
    }

    private static Map<String, String> texts(String json) {
        Map<String, String> texts = new TreeMap<>();
        if (json != null) {
            JsonMapper.shared()
                    .readTree(json)
                    .properties()
                    .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString("")));
        }
        return texts;
    }
}
