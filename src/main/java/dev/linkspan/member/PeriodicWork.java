package dev.linkspan.member;

import java.time.Duration;
import java.time.Instant;
import net.javacrumbs.shedlock.core.DefaultLockingTaskExecutor;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockingTaskExecutor;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/** Work that the cluster does from time to time, on one member at a time: a lock in the database says which. */
@Component
public class PeriodicWork {
    private final LockingTaskExecutor executor;

    PeriodicWork(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        executor = new DefaultLockingTaskExecutor(
                new JdbcTemplateLockProvider(JdbcTemplateLockProvider.Configuration.builder()
                        .withJdbcTemplate(jdbc)
                        .withTransactionManager(transactions)
                        .usingDbTime()
                        .build()));
    }

    /**
     * Does {@code work}, unless another member is at it.
     *
     * @param atMost after this time the work counts as abandoned: its member died
     */
    public void alone(String name, Duration atMost, Runnable work) {
        executor.executeWithLock(work, new LockConfiguration(Instant.now(), name, atMost, Duration.ZERO));
    }
}
