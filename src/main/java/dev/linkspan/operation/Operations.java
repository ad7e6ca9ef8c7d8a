package dev.linkspan.operation;

import dev.linkspan.access.Caller;
import dev.linkspan.event.LiveFeed;
import dev.linkspan.member.ClusterStart;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.store.Transactions;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Carries tasks out after their request was answered, and keeps the record of them. For rooms, which check rights. */
@Component
public class Operations {
    private static final Logger log = LoggerFactory.getLogger(Operations.class);
    private static final int AT_A_TIME = 4;
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final int FORGOTTEN_AT_ONCE = 10_000;
    private static final Duration OTHER_MEMBERS_POLL = Duration.ofMillis(200);
    private static final String STOPPED = "The server was stopped while the operation was running";

    private final OperationRepository repository;
    private final Transactions transactions;
    private final LiveFeed feed;
    private final Clock clock;
    private final long memberId;
    private final Map<String, CompletableFuture<Void>> running = new ConcurrentHashMap<>();
    private final Queue<Operation> unrecorded = new ConcurrentLinkedQueue<>();
    private final ExecutorService workers = Executors.newFixedThreadPool(
            AT_A_TIME, Thread.ofPlatform().name("operation-", 0).daemon().factory());

    Operations(
            OperationRepository repository,
            Transactions transactions,
            LiveFeed feed,
            ClusterStart member,
            Clock clock) {
        this.repository = repository;
        this.transactions = transactions;
        this.feed = feed;
        this.memberId = member.memberId();
        this.clock = clock;
    }

    /** Begins a task. */
    public Operation start(Caller caller, NewOperation wanted, Consumer<Progress> work) {
        return start(caller, wanted, id -> {}, work);
    }

    /**
     * Begins a task.
     *
     * @param reserve what has to be there when the request is answered; runs in the transaction that records the
     *     operation and gets the operation's id
     */
    public Operation start(Caller caller, NewOperation wanted, Consumer<String> reserve, Consumer<Progress> work) {
        Instant now = now();
        Operation begun = new Operation(
                OperationIds.next(now),
                "task",
                wanted.description(),
                now,
                now,
                OperationStatus.RUNNING,
                wanted.project(),
                wanted.projectId(),
                wanted.resources(),
                wanted.metadata(),
                "",
                0,
                caller.username(),
                caller.protocol(),
                caller.origin().address());
        transactions.run(() -> {
            repository.insert(begun, memberId);
            reserve.accept(begun.id());
        });
        running.put(begun.id(), new CompletableFuture<>());
        feed.publish(begun);
        try {
            workers.execute(() -> carryOut(begun, work));
        } catch (RejectedExecutionException e) {
            end(begun.ended(OperationStatus.FAILURE, STOPPED, Problem.INTERNAL.status(), now()));
        }
        return begun;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private void carryOut(Operation begun, Consumer<Progress> work) {
        Operation ended;
        try {
            Progress progress = new Checkpoints(begun.id());
            progress.checkpoint();
            work.accept(progress);
            ended = begun.ended(OperationStatus.SUCCESS, "", 0, now());
        } catch (Cancelled e) {
            ended = begun.ended(
                    OperationStatus.CANCELLED,
                    OperationStatus.CANCELLED.text(),
                    OperationStatus.CANCELLED.code(),
                    now());
        } catch (ProblemException e) {
            ended = begun.ended(OperationStatus.FAILURE, e.getMessage(), e.status(), now());
        } catch (RuntimeException e) {
            log.error("{} failed", begun.description(), e);
            ended = begun.ended(
                    OperationStatus.FAILURE, Problem.INTERNAL.with().getMessage(), Problem.INTERNAL.status(), now());
        }
        end(ended);
    }

    private void end(Operation ended) {
        try {
            transactions.run(() -> repository.end(ended));
        } catch (RuntimeException e) {
            log.warn("The end of operation {} is recorded later: {}", ended.id(), e.getMessage());
            unrecorded.add(ended);
        }
        CompletableFuture<Void> waiting = running.remove(ended.id());
        if (waiting != null) {
            waiting.complete(null);
        }
        feed.publish(ended);
    }

    /** Waits until an operation has ended, or the time is over; false when it doesn't exist any more. */
    boolean await(String id, Duration longest) {
        Instant deadline = clock.instant().plus(longest);
        while (true) {
            OperationStatus status = repository.find(id).map(Operation::status).orElse(null);
            Duration left = Duration.between(clock.instant(), deadline);
            if (status == null || status.isFinal() || left.isNegative() || left.isZero()) {
                return status != null;
            }
            pause(id, left);
        }
    }

    /** Of this member's operations the end is known at once, those of others are looked at again soon. */
    private void pause(String id, Duration left) {
        CompletableFuture<Void> here = running.get(id);
        Duration pause = here != null || left.compareTo(OTHER_MEMBERS_POLL) < 0 ? left : OTHER_MEMBERS_POLL;
        try {
            if (here == null) {
                Thread.sleep(pause);
            } else {
                here.get(pause.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (TimeoutException e) {
            // The caller looks whether its time is over.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.INTERNAL.with();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @EventListener(ApplicationReadyEvent.class)
    void endLeftOver() {
        repository.endLeftOver(memberId, STOPPED, now());
    }

    @Scheduled(fixedDelayString = "PT2S")
    void recordLate() {
        try {
            for (Operation ended = unrecorded.peek(); ended != null; ended = unrecorded.peek()) {
                repository.end(ended);
                unrecorded.remove();
            }
        } catch (DataAccessException e) {
            log.debug("Ended operations are recorded later: {}", e.getMessage());
        }
    }

    @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT1M")
    void forgetOld() {
        try {
            repository.forgetEndedBefore(now().minus(KEPT), FORGOTTEN_AT_ONCE);
        } catch (DataAccessException e) {
            log.debug("Old operations are forgotten later: {}", e.getMessage());
        }
    }

    @PreDestroy
    void stop() {
        workers.shutdownNow();
    }

    private static final class Cancelled extends RuntimeException {
        private Cancelled() {
            super("cancelled", null, false, false);
        }
    }

    private final class Checkpoints implements Progress {
        private final String id;

        Checkpoints(String id) {
            this.id = id;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public void checkpoint() {
            if (repository.status(id) == OperationStatus.CANCELLING) {
                throw new Cancelled();
            }
        }
    }
}
