package dev.linkspan.member;

import dev.linkspan.event.Latest;
import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.event.LiveFeed;
import jakarta.annotation.PreDestroy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
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
 * Tells the listeners of this member what happens at the others: reads the events that they recorded, and what else they had
 * to tell their open pages. Most of it arrives within half a second.
 */
@Component
class MemberEvents {
    private static final Logger log = LoggerFactory.getLogger(MemberEvents.class);
    private static final long PAUSE_MILLIS = 200;
    /** Ids become visible out of order, by as many as there are transactions under way. */
    private static final int WINDOW = 1_000;

    private static final int REMEMBERED = 20_000;
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final Clustering clustering;
    private final LiveFeed feed;
    private final MemberSignals signals;
    private final Set<Long> told = Collections.newSetFromMap(new Latest<>(REMEMBERED));
    private final ScheduledExecutorService reader = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("member-events").daemon().factory());
    private long first = -1;
    private long last;

    MemberEvents(JdbcClient jdbc, Clustering clustering, LiveFeed feed, MemberSignals signals) {
        this.jdbc = jdbc;
        this.clustering = clustering;
        this.feed = feed;
        this.signals = signals;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        feed.subscribe(signals::pass);
        reader.scheduleWithFixedDelay(this::read, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void read() {
        try {
            if (!clustering.current().enabled()) {
                first = -1;
                signals.rest();
                return;
            }
            if (first < 0) {
                first = jdbc.sql("SELECT COALESCE(MAX(id), 0) FROM event")
                        .query(Long.class)
                        .single();
                last = first;
            }
            tell(untold());
            signals.exchange().forEach(feed::publish);
        } catch (DataAccessException e) {
            log.debug("The other members' events are read later: {}", e.getMessage());
        } catch (RuntimeException e) {
            log.warn("The other members' events can't be read", e);
        }
    }

    private List<Long> untold() {
        return jdbc
                .sql("SELECT id FROM event WHERE id > :from AND kind = 'lifecycle' ORDER BY id LIMIT :most")
                .param("from", Math.max(first, last - WINDOW))
                .param("most", 2 * WINDOW)
                .query(Long.class)
                .list()
                .stream()
                .filter(id -> !told.contains(id))
                .toList();
    }

    private void tell(List<Long> ids) {
        if (ids.isEmpty()) {
            return;
        }
        jdbc
                .sql("""
                        SELECT at, action, source, project, context, requestor_username, requestor_protocol,
                               requestor_address
                        FROM event WHERE id IN (:ids) AND (detail IS NULL OR detail NOT LIKE :unsent) ORDER BY id
                        """)
                .param("ids", ids)
                .param("unsent", "%\"" + LifecycleEvent.UNSENT + "\":%")
                .query((row, number) -> event(row, true))
                .list()
                .stream()
                .filter(event -> !feed.announced(event))
                .forEach(feed::publish);
        told.addAll(ids);
        last = Math.max(last, ids.getLast());
    }

    /** The event that a row of events or of signals stands for. */
    static LifecycleEvent event(ResultSet row, boolean kept) throws SQLException {
        String context = row.getString("context");
        return new LifecycleEvent(
                row.getTimestamp("at").toInstant(),
                row.getString("action"),
                row.getString("source"),
                row.getString("project"),
                context == null ? Map.of() : JsonMapper.shared().readValue(context, TEXTS),
                Map.of(),
                row.getString("requestor_username"),
                row.getString("requestor_protocol"),
                row.getString("requestor_address"),
                kept);
    }

    @PreDestroy
    void stop() {
        reader.shutdownNow();
    }
}
