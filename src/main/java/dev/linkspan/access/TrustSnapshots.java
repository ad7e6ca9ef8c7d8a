package dev.linkspan.access;

import dev.linkspan.problem.Problem;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * Keeps this member's snapshot of trust current: asks for the version every 50 ms and reads what changed. A snapshot
 * that could not be confirmed for a second is confirmed by one read first, and only when that fails the caller gets 503.
 */
@Component
public class TrustSnapshots {
    private static final Logger log = LoggerFactory.getLogger(TrustSnapshots.class);
    private static final long POLL_MILLIS = 50;
    private static final long CONFIRMED_NANOS = Duration.ofSeconds(1).toNanos();

    private final TrustReader reader;
    private final Supplier<List<TrustListener>> listeners;
    private final ScheduledExecutorService poller = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("trust-poller").daemon().factory());
    private volatile TrustSnapshot snapshot = TrustSnapshot.EMPTY;
    private volatile long confirmedAt;
    private volatile boolean lost;

    TrustSnapshots(TrustReader reader, ObjectProvider<TrustListener> listeners) {
        this.reader = reader;
        this.listeners = SingletonSupplier.of(() -> listeners.stream().toList());
        refresh();
        poller.scheduleWithFixedDelay(this::poll, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * The snapshot in force.
     *
     * @throws dev.linkspan.problem.ProblemException 503 when the database doesn't answer
     */
    TrustSnapshot current() {
        if (System.nanoTime() - confirmedAt > CONFIRMED_NANOS) {
            try {
                refresh();
            } catch (RuntimeException e) {
                throw Problem.DATABASE_UNAVAILABLE.with();
            }
        }
        return snapshot;
    }

    private void poll() {
        try {
            refresh();
            if (lost) {
                lost = false;
                log.info("The database answers again");
            }
        } catch (RuntimeException e) {
            if (!lost && !poller.isShutdown()) {
                lost = true;
                log.warn("The database does not answer: {}", e.getMessage());
            }
        }
    }

    /** Takes up a change that this member has just committed. A lost database must not undo the answer. */
    void refreshAfterCommit() {
        try {
            refresh();
        } catch (RuntimeException e) {
            confirmedAt = System.nanoTime() - CONFIRMED_NANOS - 1;
        }
    }

    /** Waiting callers share one read: who comes second finds the version that the first one read, or a later one. */
    private void refresh() {
        long asked = System.nanoTime();
        long known = snapshot.version();
        long wanted = reader.version();
        if (wanted != known) {
            synchronized (this) {
                if (snapshot.version() == known || snapshot.version() < wanted) {
                    readChanges(wanted);
                }
            }
        }
        confirmedAt = asked;
    }

    private void readChanges(long version) {
        TrustSnapshot old = snapshot;
        List<TrustReader.Row> rows = old.version() < 0 ? List.of() : reader.changes(old.version());
        long steps = rows.stream().map(TrustReader.Row::version).distinct().count();
        long last = rows.isEmpty() ? version : rows.getLast().version();
        if (old.version() < 0 || version < old.version() || steps != last - old.version()) {
            snapshot = reader.readAll(version);
            listeners.get().forEach(TrustListener::allChanged);
            return;
        }
        Set<TrustChanges.Change> changes = new HashSet<>();
        rows.forEach(row -> changes.add(row.change()));
        snapshot = reader.readChanged(old, changes).at(last);
        changes.forEach(change -> listeners.get().forEach(listener -> listener.changed(change.kind(), change.id())));
    }

    @PreDestroy
    void stop() {
        poller.shutdownNow();
    }
}
