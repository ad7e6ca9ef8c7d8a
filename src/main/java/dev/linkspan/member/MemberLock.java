package dev.linkspan.member;

import dev.linkspan.store.StartupProblem;
import jakarta.annotation.PreDestroy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps a second process off the place of this one: off a database that isn't a cluster's, or off one member of a
 * cluster. The lock lives in a database connection of its own, so it ends with the process, however that ends.
 */
@Component
class MemberLock {
    private static final Logger log = LoggerFactory.getLogger(MemberLock.class);
    private static final int SECONDS_TO_WAIT_AT_START = 3;

    private final DataSource dataSource;
    private Connection connection;
    private String place;

    MemberLock(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The place of the only process on a database that isn't a cluster's. */
    static String only() {
        return "only";
    }

    /** The place of one member of a cluster. */
    static String member(long id) {
        return "member " + id;
    }

    /**
     * Takes a place and keeps it.
     *
     * @throws StartupProblem with {@code refusal} when another process has it
     */
    void take(String wanted, String refusal) {
        place = wanted;
        try {
            if (!tryTake(SECONDS_TO_WAIT_AT_START)) {
                throw new StartupProblem(refusal);
            }
        } catch (SQLException e) {
            throw new StartupProblem("Cannot take the lock on the database: " + e.getMessage());
        }
    }

    /** The running process takes its place as a member: clustering was enabled, or disabled. */
    synchronized void move(String wanted) {
        place = wanted;
        close();
        keep();
    }

    private synchronized boolean tryTake(int seconds) throws SQLException {
        if (connection == null || !connection.isValid(1)) {
            connection = dataSource.getConnection();
        }
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT GET_LOCK(CONCAT('linkspan ', DATABASE(), ' ', ?), ?)")) {
            statement.setString(1, place);
            statement.setInt(2, seconds);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() && result.getInt(1) == 1;
            }
        }
    }

    /** Takes the lock again when its connection was lost. Who has taken the place meanwhile has said so in its row. */
    synchronized void keep() {
        try {
            if (connection != null && connection.isValid(1)) {
                return;
            }
            close();
            if (!tryTake(0)) {
                close();
            }
        } catch (SQLException e) {
            log.debug("The lock's connection is lost: {}", e.getMessage());
        }
    }

    @PreDestroy
    synchronized void close() {
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
