package dev.linkspan.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs work in one database transaction and repeats it when the database gave it up for a passing reason (a deadlock,
 * a lock that took too long). The work must therefore have no effect outside the database; what is to happen outside is
 * handed to {@link #afterwards}.
 */
@Component
public class Transactions {
    /** When something that was handed to {@link #afterwards} happens; in this order. */
    public enum Phase {
        /** Makes the change in force on this member. */
        IN_FORCE,
        /** Tells others of the change. */
        TELL
    }

    private record Afterwards(Phase phase, Runnable work) {}

    private static final int ATTEMPTS = 5;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);

    private final TransactionTemplate template;
    private final ThreadLocal<List<Afterwards>> afterwards = ThreadLocal.withInitial(ArrayList::new);

    Transactions(PlatformTransactionManager manager) {
        this.template = new TransactionTemplate(manager);
    }

    /** The result of {@code work}, committed. Within a transaction it is a part of that one. */
    public <T> T call(Supplier<T> work) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return work.get();
        }
        try {
            T result = repeated(work);
            afterwards.get().stream()
                    .sorted(Comparator.comparing(Afterwards::phase))
                    .forEach(next -> next.work().run());
            return result;
        } finally {
            afterwards.remove();
        }
    }

    private <T> T repeated(Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return template.execute(status -> work.get());
            } catch (TransientDataAccessException e) {
                afterwards.remove();
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                pause(attempt);
            }
        }
    }

    /** So that those who stood in each other's way don't do it again. */
    private static void pause(int attempt) {
        long most = FIRST_PAUSE.toNanos() << (attempt - 1);
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most));
    }

    /** Carries {@code work} out and commits it. */
    public void run(Runnable work) {
        call(() -> {
            work.run();
            return null;
        });
    }

    /**
     * Does something when the running transaction is committed and its connection is given back: whoever still held one
     * while waiting for another could wait for ever.
     */
    public void afterwards(Phase phase, Runnable work) {
        afterwards.get().add(new Afterwards(phase, work));
    }
}
