package dev.linkspan.event;

import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.access.Origin;
import dev.linkspan.event.SecurityEvent.Level;
import dev.linkspan.store.Transactions;
import dev.linkspan.store.Transactions.Phase;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
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
            INSERT INTO event (at, kind, action, source, project, context, requestor_username, requestor_protocol,
                               requestor_address, level, description, request_method, request_path, requestor_agent, detail) VALUES
            """;
    private static final int COLUMNS = 15;
    private static final int LONGEST_PROJECT = 64;

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

    /**
     * Records, in the running transaction, that {@code caller} caused {@code action} on {@code source}; when that is an
     * identity or a group, also for those who watch over security.
     */
    public void publish(Caller caller, String action, EntityUrl source, String project, Map<String, String> context) {
        publish(caller, action, source, project, context, Map.of());
    }

    /** The same with what changed, for our own pages. */
    public void publish(
            Caller caller,
            String action,
            EntityUrl source,
            String project,
            Map<String, String> context,
            Map<String, String> detail) {
        LifecycleEvent event = lifecycle(caller, action, source, project, context, detail, true);
        feed.announce(event);
        batch().rows.add(row(event));
        transactions.afterwards(Phase.TELL, () -> feed.publish(event));
        administration(caller, action, source, context);
    }

    /** An event without project and context. */
    public void publish(Caller caller, String action, EntityUrl source) {
        publish(caller, action, source, null, Map.of());
    }

    /**
     * Tells open pages, after the commit, that something changed that is no lifecycle event of the API. It is kept only as
     * far as it matters to security.
     */
    public void signal(Caller caller, String action, EntityUrl source, Map<String, String> context) {
        LifecycleEvent event = lifecycle(caller, action, source, null, context, Map.of(), false);
        transactions.afterwards(Phase.TELL, () -> feed.publish(event));
        administration(caller, action, source, context);
    }

    /** As {@link #signal}, and kept among the lifecycle events for our own pages. */
    public void record(Caller caller, String action, EntityUrl source, String project, Map<String, String> detail) {
        Map<String, String> all = new HashMap<>(detail);
        all.put(LifecycleEvent.UNSENT, "");
        LifecycleEvent event = lifecycle(caller, action, source, project, Map.of(), all, false);
        batch().rows.add(row(event));
        transactions.afterwards(Phase.TELL, () -> feed.publish(event));
        administration(caller, action, source, Map.of());
    }

    /** As {@link #signal}, without context. */
    public void signal(Caller caller, String action, EntityUrl source) {
        signal(caller, action, source, Map.of());
    }

    /** Records a security event in the running transaction. */
    public void secure(Caller caller, String name, Level level, String description) {
        SecurityEvent event = security(caller, name, level, description);
        batch().rows.add(row(event));
        transactions.afterwards(Phase.TELL, () -> feed.publish(event));
    }

    /** Records a security event that belongs to no change. */
    void keep(SecurityEvent event) {
        insert(row(event), 1);
    }

    private void administration(Caller caller, String action, EntityUrl source, Map<String, String> context) {
        AdministrationWords.of(action, source, context)
                .forEach(words -> secure(caller, words.name(), Level.INFO, words.description()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private LifecycleEvent lifecycle(
            Caller caller,
            String action,
            EntityUrl source,
            String project,
            Map<String, String> context,
            Map<String, String> detail,
            boolean kept) {
        return new LifecycleEvent(
                now(),
                action,
                source.brief(),
                project,
                context,
                detail,
                caller.username(),
                caller.protocol(),
                caller.origin().address(),
                kept);
    }

    SecurityEvent security(Caller caller, String name, Level level, String description) {
        Origin origin = caller.origin();
        int space = origin.request().indexOf(' ');
        return new SecurityEvent(
                now(),
                name,
                level,
                description,
                space < 0 ? "" : origin.request().substring(0, space),
                origin.request().substring(space + 1),
                origin.project(),
                caller.username(),
                caller.protocol(),
                origin.address(),
                origin.userAgent());
    }

    private static List<Object> row(LifecycleEvent event) {
        return Arrays.asList(
                Timestamp.from(event.at()),
                "lifecycle",
                event.action(),
                event.source(),
                event.project(),
                json(event.context()),
                event.username(),
                event.protocol(),
                event.address(),
                null,
                null,
                null,
                null,
                null,
                json(event.detail()));
    }

    private static String json(Map<String, String> facts) {
        return facts.isEmpty() ? null : JsonMapper.shared().writeValueAsString(facts);
    }

    private static List<Object> row(SecurityEvent event) {
        boolean project = !event.project().isEmpty() && event.project().length() <= LONGEST_PROJECT;
        return Arrays.asList(
                Timestamp.from(event.at()),
                "security",
                event.name(),
                "",
                project ? event.project() : null,
                null,
                event.username(),
                event.protocol(),
                event.address(),
                event.level().name().toLowerCase(Locale.ROOT),
                event.description(),
                event.requestMethod(),
                event.requestPath(),
                event.userAgent(),
                null);
    }

    private void insert(List<Object> values, int rows) {
        String row = "(" + String.join(", ", Collections.nCopies(COLUMNS, "?")) + ")";
        jdbc.update(INSERT + String.join(", ", Collections.nCopies(rows, row)), values.toArray());
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
        private final List<List<Object>> rows = new ArrayList<>();

        /** Before the version of trust is raised, whose row is locked from then until the commit. */
        @Override
        public int getOrder() {
            return -1;
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            List<Object> values = new ArrayList<>();
            rows.forEach(values::addAll);
            insert(values, rows.size());
        }
    }
}
