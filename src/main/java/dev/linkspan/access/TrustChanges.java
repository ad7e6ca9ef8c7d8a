package dev.linkspan.access;

import dev.linkspan.store.Transactions;
import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Records, within the transaction that changes trust, what the members have to read again. The version is raised as the
 * transaction's last statement, so that its row lock is held for no longer than the commit takes; it makes versions
 * become visible in order. After the commit this member has the new snapshot before the transaction's caller goes on.
 */
@Component
public class TrustChanges {
    /** What a change is about. */
    public enum Kind {
        IDENTITY,
        GROUP,
        PROVIDER_GROUP,
        LINK,
        CONFIGURATION
    }

    /** An entity that was changed, made or deleted. */
    public record Change(Kind kind, long id) {}

    private static final Logger log = LoggerFactory.getLogger(TrustChanges.class);
    private static final int KEPT = 10_000;

    private final NamedParameterJdbcTemplate jdbc;
    private final TrustSnapshots snapshots;
    private final ObjectProvider<TrustListener> listeners;
    private final Transactions transactions;
    private final Queue<Change> made = new ConcurrentLinkedQueue<>();

    TrustChanges(
            NamedParameterJdbcTemplate jdbc,
            TrustSnapshots snapshots,
            ObjectProvider<TrustListener> listeners,
            Transactions transactions) {
        this.jdbc = jdbc;
        this.snapshots = snapshots;
        this.listeners = listeners;
        this.transactions = transactions;
    }

    /** Says, in a transaction, that an entity was changed or deleted. */
    public void changed(Kind kind, long id) {
        for (TransactionSynchronization open : TransactionSynchronizationManager.getSynchronizations()) {
            if (open instanceof Recorder recorder) {
                recorder.changes.add(new Change(kind, id));
                return;
            }
        }
        Recorder recorder = new Recorder();
        recorder.changes.add(new Change(kind, id));
        TransactionSynchronizationManager.registerSynchronization(recorder);
        transactions.afterwards(Transactions.Phase.IN_FORCE, () -> {
            made.removeAll(recorder.changes);
            snapshots.refreshAfterCommit();
        });
    }

    /**
     * Says, in a transaction, that an entity was made that has no rights yet. This member knows it when the transaction's
     * caller goes on, the others a moment later: many at once are told of together, and none waits for the version's lock.
     * Who is changed before that is told of with that change.
     */
    public void made(Kind kind, long id) {
        transactions.afterwards(Transactions.Phase.IN_FORCE, () -> {
            listeners.forEach(listener -> listener.made(kind, id));
            made.add(new Change(kind, id));
        });
    }

    @PreDestroy
    @Scheduled(fixedDelay = 50)
    void tellWhatWasMade() {
        List<Change> told = new ArrayList<>();
        for (Change next = made.poll(); next != null; next = made.poll()) {
            told.add(next);
        }
        try {
            if (!told.isEmpty()) {
                transactions.run(() -> told.forEach(change -> changed(change.kind(), change.id())));
            }
        } catch (DataAccessException | TransactionException e) {
            made.addAll(told);
            log.debug("What was made is told later: {}", e.getMessage());
        }
    }

    /** Members that were away for longer read everything again. */
    @Scheduled(initialDelayString = "PT10M", fixedDelayString = "PT1H")
    void forgetOld() {
        try {
            jdbc.update(
                    "DELETE FROM trust_change WHERE version < (SELECT version FROM trust_version WHERE id = 1) - :kept",
                    Map.of("kept", KEPT));
        } catch (DataAccessException e) {
            log.debug("Old changes of trust are forgotten later: {}", e.getMessage());
        }
    }

    private final class Recorder implements TransactionSynchronization {
        private final Set<Change> changes = new LinkedHashSet<>();

        @Override
        public void beforeCommit(boolean readOnly) {
            jdbc.update("UPDATE trust_version SET version = LAST_INSERT_ID(version + 1) WHERE id = 1", Map.of());
            String rows = String.join(", ", Collections.nCopies(changes.size(), "(LAST_INSERT_ID(), ?, ?)"));
            jdbc.getJdbcOperations()
                    .update(
                            "INSERT INTO trust_change (version, kind, entity_id) VALUES " + rows,
                            changes.stream()
                                    .flatMap(change -> Stream.of(change.kind().name(), change.id()))
                                    .toArray());
        }
    }
}
