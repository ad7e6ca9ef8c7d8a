package dev.linkspan.rest;

import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import java.io.UncheckedIOException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.transaction.CannotCreateTransactionException;

/** The one place where whatever went wrong becomes an answer. */
public final class Problems {
    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    /** What to tell the caller. What no caller should see is logged and answered with 500. */
    public static ProblemException of(Throwable thrown) {
        if (thrown instanceof ProblemException problem) {
            return problem;
        }
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof ProblemException problem) {
                return problem;
            }
            boolean databaseLost = t instanceof DataAccessResourceFailureException
                    || t instanceof TransientDataAccessResourceException
                    || t instanceof CannotCreateTransactionException
                    || t instanceof SQLTransientConnectionException
                    || t instanceof SQLNonTransientConnectionException;
            if (databaseLost) {
                return Problem.DATABASE_UNAVAILABLE.with();
            }
        }
        if (thrown instanceof UncheckedIOException) {
            return new ProblemException(400, "The request body could not be read");
        }
        log.error("A request failed", thrown);
        return Problem.INTERNAL.with();
    }
}
