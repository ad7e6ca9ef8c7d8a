package dev.linkspan.member;

import dev.linkspan.store.StartupProblem;
import jakarta.annotation.PreDestroy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps a second process off a database that isn't a cluster's. The lock lives in a database connection of its own, so
 * it ends with the process, however that ends.
 */
@Component
class MemberLock {
    private static final Logger log = LoggerFactory.getLogger(MemberLock.class);
    private static final int SECONDS_BETWEEN_CHECKS = 2;
    private static final int SECONDS_TO_WAIT_AT_START = 3;

    private final DataSource dataSource;
    private final ScheduledExecutorService keeper = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("member-lock").daemon().factory());
    private Connection connection;

    MemberLock(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Takes the lock and keeps it.
     *
     * @throws StartupProblem when another process has it
     */
    void take() {
        try {
            if (!tryTake(SECONDS_TO_WAIT_AT_START)) {
                throw new StartupProblem(
                        "Another Linkspan process runs on this database. Stop it first, or give this one"
                                + " a database of its own by LINKSPAN_DATABASE_URL");
            }
        } catch (SQLException e) {
            throw new StartupProblem("Cannot take the lock on the database: " + e.getMessage());
        }
        keeper.scheduleWithFixedDelay(this::keep, SECONDS_BETWEEN_CHECKS, SECONDS_BETWEEN_CHECKS, TimeUnit.SECONDS);
    }

    private synchronized boolean tryTake(int seconds) throws SQLException {
        if (connection == null || !connection.isValid(1)) {
            connection = dataSource.getConnection();
        }
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT GET_LOCK(CONCAT('linkspan ', DATABASE()), ?)")) {
            statement.setInt(1, seconds);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() && result.getInt(1) == 1;
            }
        }
    }

    private void keep() {
        try {
            synchronized (this) {
                if (connection != null && connection.isValid(1)) {
                    return;
                }
                close();
                if (!tryTake(0)) {
                    log.error("Another process took this database while the connection to it was lost");
                }
            }
        } catch (SQLException e) {
            log.debug("The lock's connection is lost: {}", e.getMessage());
        }
    }

    @PreDestroy
    void stop() {
        keeper.shutdownNow();
        close();
    }

    private synchronized void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                log.debug("Closing the lock's connection failed: {}", e.getMessage());
            }
            connection = null;
        }
    }
}
