package dev.linkspan.store;

import java.util.function.Supplier;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs work in one database transaction and repeats it when the database gave it up for a passing reason (a deadlock,
 * a lock that took too long). The work must therefore have no effect outside the database.
 */
@Component
public class Transactions {
    private static final int ATTEMPTS = 5;

    private final TransactionTemplate template;

    Transactions(PlatformTransactionManager manager) {
        this.template = new TransactionTemplate(manager);
    }

    /** The result of {@code work}, committed. */
    public <T> T call(Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return template.execute(status -> work.get());
            } catch (TransientDataAccessException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** Carries {@code work} out and commits it. */
    public void run(Runnable work) {
        call(() -> {
            work.run();
            return null;
        });
    }
}
