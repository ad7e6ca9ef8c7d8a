package dev.linkspan.member;

import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.event.LiveFeed;
import jakarta.annotation.PreDestroy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells the listeners of this member what happens at the others: reads the events that they recorded. An event shows up a
 * second late, so that this member's own ones are known by then and not told twice.
 */
@Component
class MemberEvents {
    private record Row(long id, LifecycleEvent event) {}

    private static final Logger log = LoggerFactory.getLogger(MemberEvents.class);
    private static final long PAUSE_MILLIS = 250;
    /** Ids become visible out of order, by as many as there are transactions under way. */
    private static final int WINDOW = 1_000;

    private static final int REMEMBERED = 20_000;
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final Clustering clustering;
    private final LiveFeed feed;
    private final Set<Object> told = Collections.synchronizedSet(Collections.newSetFromMap(new Oldest()));
    private final ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("member-events").daemon().factory());
    private long first = -1;
    private long last;

    /** Forgets the oldest. */
    private static final class Oldest extends LinkedHashMap<Object, Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }

    MemberEvents(JdbcClient jdbc, Clustering clustering, LiveFeed feed) {
        this.jdbc = jdbc;
        this.clustering = clustering;
        this.feed = feed;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        feed.subscribe(event -> {
            if (event.kept()) {
                told.add(event);
            }
        });
        reader.scheduleWithFixedDelay(this::read, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void read() {
        try {
            if (!clustering.current().enabled()) {
                first = -1;
                return;
            }
            if (first < 0) {
                first = jdbc.sql("SELECT COALESCE(MAX(id), 0) FROM event")
                        .query(Long.class)
                        .single();
                last = first;
            }
            recorded().forEach(this::tell);
        } catch (DataAccessException e) {
            log.debug("The other members' events are read later: {}", e.getMessage());
        } catch (RuntimeException e) {
            log.warn("The other members' events can't be read", e);
        }
    }

    private List<Row> recorded() {
        return jdbc.sql("""
                        SELECT id, at, action, source, project, context, requestor_username, requestor_protocol,
                               requestor_address
                        FROM event
                        WHERE id > :from AND kind = 'lifecycle' AND at < UTC_TIMESTAMP(6) - INTERVAL 1 SECOND
                        ORDER BY id LIMIT :most
                        """)
                .param("from", Math.max(first, last - WINDOW))
                .param("most", 2 * WINDOW)
                .query(MemberEvents::row)
                .list();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        String context = row.getString("context");
        return new Row(
                row.getLong("id"),
                new LifecycleEvent(
                        row.getTimestamp("at").toInstant(),
                        row.getString("action"),
                        row.getString("source"),
                        row.getString("project"),
                        context == null ? Map.of() : JsonMapper.shared().readValue(context, TEXTS),
                        row.getString("requestor_username"),
                        row.getString("requestor_protocol"),
                        row.getString("requestor_address"),
                        true));
    }

    private void tell(Row row) {
        last = Math.max(last, row.id());
        if (told.add(row.id()) && told.add(row.event())) {
            feed.publish(row.event());
        }
    }

    @PreDestroy
    void stop() {
        reader.shutdownNow();
    }
}
