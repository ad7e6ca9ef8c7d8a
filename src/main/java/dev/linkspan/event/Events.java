package dev.linkspan.event;

import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityUrl;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/** Records events in the transaction that causes them; the live feed gets them after the commit. */
@Component
public class Events {
    private final JdbcClient jdbc;
    private final LiveFeed feed;
    private final Clock clock;

    Events(JdbcClient jdbc, LiveFeed feed, Clock clock) {
        this.jdbc = jdbc;
        this.feed = feed;
        this.clock = clock;
    }

    /** Records, in the running transaction, that {@code caller} caused {@code action} on {@code source}. */
    public void publish(Caller caller, String action, EntityUrl source, String project, Map<String, String> context) {
        LifecycleEvent event = new LifecycleEvent(
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                action,
                source.toString(),
                project,
                context,
                caller.username(),
                caller.protocol(),
                caller.origin().address());
        jdbc.sql("""
                INSERT INTO event (at, kind, action, source, project, context,
                                   requestor_username, requestor_protocol, requestor_address)
                VALUES (:at, 'lifecycle', :action, :source, :project, :context, :username, :protocol, :address)
                """)
                .param("at", Timestamp.from(event.at()))
                .param("action", action)
                .param("source", event.source())
                .param("project", project)
                .param("context", context.isEmpty() ? null : JsonMapper.shared().writeValueAsString(context))
                .param("username", event.username())
                .param("protocol", event.protocol())
                .param("address", event.address())
                .update();
        afterCommit(event);
    }

    private void afterCommit(LifecycleEvent event) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                feed.publish(event);
            }
        });
    }

    /** Tells open pages, after the commit, that something changed that is no event of the API. It is not kept. */
    public void signal(Caller caller, String action, EntityUrl source) {
        LifecycleEvent event = new LifecycleEvent(
                clock.instant(),
                action,
                source.toString(),
                null,
                Map.of(),
                caller.username(),
                caller.protocol(),
                caller.origin().address());
        afterCommit(event);
    }

    /** An event without project and context. */
    public void publish(Caller caller, String action, EntityUrl source) {
        publish(caller, action, source, null, Map.of());
    }
}
