package dev.linkspan.member;

import dev.linkspan.event.Latest;
import dev.linkspan.event.LifecycleEvent;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * What open pages are told besides events, passed from member to member. It is of use for a moment only: when something gets
 * lost, pages see it by their own look a little later.
 */
@Component
class MemberSignals {
    private record Signal(long id, LifecycleEvent event) {}

    private static final int MOST = 500;
    private static final int WINDOW = 200;
    private static final int REMEMBERED = 5_000;
    private static final int COLUMNS = 8;
    private static final Duration TIDY = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final Clustering clustering;
    private final long here;
    private final BlockingQueue<LifecycleEvent> waiting = new LinkedBlockingQueue<>(MOST);
    private final Set<Object> received =
            Collections.synchronizedSet(Collections.newSetFromMap(new Latest<>(REMEMBERED)));
    private long last = -1;
    private Instant tidied = Instant.EPOCH;

    MemberSignals(JdbcClient jdbc, Clustering clustering, ClusterStart start) {
        this.jdbc = jdbc;
        this.clustering = clustering;
        this.here = start.memberId();
    }

    /** Takes what this member told its own pages; events that are kept reach the others anyway. */
    void pass(LifecycleEvent event) {
        if (!event.kept() && clustering.current().enabled() && !received.contains(event)) {
            waiting.offer(event);
        }
    }

    /** There are no other members. */
    void rest() {
        waiting.clear();
        last = -1;
    }

    /** Tells the others, and returns what they have told since. */
    List<LifecycleEvent> exchange() {
        if (last < 0) {
            last = jdbc.sql("SELECT COALESCE(MAX(id), 0) FROM member_signal")
                    .query(Long.class)
                    .single();
        }
        send();
        tidy();
        List<LifecycleEvent> news = new ArrayList<>();
        for (Signal signal : theirs()) {
            last = Math.max(last, signal.id());
            if (received.add(signal.id())) {
                received.add(signal.event());
                news.add(signal.event());
            }
        }
        return news;
    }

    private void send() {
        List<LifecycleEvent> events = new ArrayList<>();
        waiting.drainTo(events);
        if (events.isEmpty()) {
            return;
        }
        String row = "(" + String.join(", ", Collections.nCopies(COLUMNS, "?")) + ")";
        jdbc.sql("""
                        INSERT INTO member_signal (member_id, at, action, source, context, requestor_username,
                          requestor_protocol, requestor_address) VALUES
                        """ + String.join(", ", Collections.nCopies(events.size(), row)))
                .params(events.stream().flatMap(event -> values(event).stream()).toList())
                .update();
    }

    private List<Object> values(LifecycleEvent event) {
        return Arrays.asList(
                here,
                Timestamp.from(event.at()),
                event.action(),
                event.source(),
                event.context().isEmpty() ? null : JsonMapper.shared().writeValueAsString(event.context()),
                event.username(),
                event.protocol(),
                event.address());
    }

    private List<Signal> theirs() {
        return jdbc.sql("""
                        SELECT id, at, action, source, NULL AS project, context, requestor_username, requestor_protocol,
                               requestor_address
                        FROM member_signal WHERE id > :from AND member_id <> :here ORDER BY id LIMIT :most
                        """)
                .param("from", Math.max(0, last - WINDOW))
                .param("here", here)
                .param("most", WINDOW + MOST)
                .query((row, number) -> new Signal(row.getLong("id"), MemberEvents.event(row, false)))
                .list();
    }

    private void tidy() {
        if (tidied.plus(TIDY).isBefore(Instant.now())) {
            tidied = Instant.now();
            jdbc.sql("DELETE FROM member_signal WHERE stored_at < UTC_TIMESTAMP(6) - INTERVAL 1 MINUTE LIMIT 10000")
                    .update();
        }
    }
}
