package dev.linkspan;

import dev.linkspan.store.StartupProblem;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.web.server.PortInUseException;

/** Finds, in whatever Spring wrapped around it, what the person who started the server has to know. */
final class StartupFailure {

    private StartupFailure() {}

    /** One sentence, or nothing when the failure is a defect whose stack trace is needed. */
    static Optional<String> sentence(Throwable failure) {
        String found = null;
        for (Throwable cause = failure; cause != null; cause = next(cause)) {
            found = switch (cause) {
                case StartupProblem problem -> problem.getMessage();
                case PortInUseException taken -> "Port " + taken.getPort() + " is in use by another program.";
                case SQLNonTransientConnectionException lost -> lostDatabase(lost);
                case SQLTransientConnectionException lost -> lostDatabase(lost);
                case BindException invalid -> invalidSetting(invalid);
                default -> found;
            };
        }
        return Optional.ofNullable(found);
    }

    private static String lostDatabase(SQLException e) {
        return "The database went away during the start: " + e.getMessage() + ".";
    }

    private static String invalidSetting(BindException e) {
        ConfigurationProperty property = e.getProperty();
        String value = property == null ? "" : " \"" + property.getValue() + "\"";
        return "The value" + value + " of " + e.getName() + " is not valid.";
    }

    private static Throwable next(Throwable cause) {
        return cause.getCause() == cause ? null : cause.getCause();
    }
}
