package dev.linkspan.event;

import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.store.Transactions;
import dev.linkspan.store.Transactions.Phase;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/** Records events in the transaction that causes them; the live feed gets them after the commit. */
@Component
public class Events {
    private static final String INSERT = """
            INSERT INTO event (at, kind, action, source, project, context,
                               requestor_username, requestor_protocol, requestor_address) VALUES
            """;

    private final JdbcOperations jdbc;
    private final Transactions transactions;
    private final LiveFeed feed;
    private final Clock clock;

    Events(JdbcOperations jdbc, Transactions transactions, LiveFeed feed, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.feed = feed;
        this.clock = clock;
    }

    /** Records, in the running transaction, that {@code caller} caused {@code action} on {@code source}. */
    public void publish(Caller caller, String action, EntityUrl source, String project, Map<String, String> context) {
        LifecycleEvent event = new LifecycleEvent(
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                action,
                source.brief(),
                project,
                context,
                caller.username(),
                caller.protocol(),
                caller.origin().address(),
                true);
        batch().kept.add(event);
        transactions.afterwards(Phase.TELL, () -> feed.publish(event));
    }

    private Batch batch() {
        for (TransactionSynchronization open : TransactionSynchronizationManager.getSynchronizations()) {
            if (open instanceof Batch batch) {
                return batch;
            }
        }
        Batch batch = new Batch();
        TransactionSynchronizationManager.registerSynchronization(batch);
        return batch;
    }

    /** The events of one transaction, stored by one statement before the commit. */
    private final class Batch implements TransactionSynchronization {
        private final List<LifecycleEvent> kept = new ArrayList<>();

        /** Before the version of trust is raised, whose row is locked from then until the commit. */
        @Override
        public int getOrder() {
            return -1;
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            List<Object> values = new ArrayList<>();
            kept.forEach(event -> values.addAll(Arrays.asList(
                    Timestamp.from(event.at()),
                    event.action(),
                    event.source(),
                    event.project(),
                    event.context().isEmpty() ? null : JsonMapper.shared().writeValueAsString(event.context()),
                    event.username(),
                    event.protocol(),
                    event.address())));
            String rows = String.join(", ", Collections.nCopies(kept.size(), "(?, 'lifecycle', ?, ?, ?, ?, ?, ?, ?)"));
            jdbc.update(INSERT + rows, values.toArray());
        }
    }

    /** Tells open pages, after the commit, that something changed that is no event of the API. It is not kept. */
    public void signal(Caller caller, String action, EntityUrl source) {
        LifecycleEvent event = new LifecycleEvent(
                clock.instant(),
                action,
                source.brief(),
                null,
                Map.of(),
                caller.username(),
                caller.protocol(),
                caller.origin().address(),
                false);
        transactions.afterwards(Phase.TELL, () -> feed.publish(event));
    }

    /** An event without project and context. */
    public void publish(Caller caller, String action, EntityUrl source) {
        publish(caller, action, source, null, Map.of());
    }
}
