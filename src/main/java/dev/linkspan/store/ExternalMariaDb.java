package dev.linkspan.store;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.HostAddress;

/** The MariaDB that the operator runs. */
final class ExternalMariaDb implements Database {
    static final int LEAST_MAJOR = 10;
    static final int LEAST_MINOR = 6;

    private static final String LEAST_VERSION = LEAST_MAJOR + "." + LEAST_MINOR;
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int ACCESS_DENIED_TO_DATABASE = 1044;
    private static final int ACCESS_DENIED = 1045;
    private static final int UNKNOWN_DATABASE = 1049;
    private static final int ACCESS_DENIED_WITHOUT_PASSWORD = 1698;

    private final LinkspanProperties.Database settings;

    private ExternalMariaDb(LinkspanProperties.Database settings) {
        this.settings = settings;
    }

    /**
     * Makes sure that the database can be used before anything else starts.
     *
     * @throws StartupProblem saying what is wrong with the URL, the server or the sign-in
     */
    static ExternalMariaDb connect(LinkspanProperties.Database settings) {
        Configuration url = parsed(settings.url());
        var database = new ExternalMariaDb(settings);
        if (url.localSocket() == null) {
            refuseUnusable(url.addresses());
        }
        database.signIn(url);
        return database;
    }

    @Override
    public String url() {
        return settings.url();
    }

    @Override
    public Properties properties() {
        var properties = new Properties();
        properties.setProperty("connectTimeout", Long.toString(PATIENCE.toMillis()));
        if (settings.user() != null) {
            properties.setProperty("user", settings.user());
        }
        if (settings.password() != null) {
            properties.setProperty("password", settings.password());
        }
        return properties;
    }

    @Override
    public void close() {}

    private static Configuration parsed(String url) {
        try {
            Configuration parsed = url.startsWith("jdbc:mariadb:") ? Configuration.parse(url) : null;
            if (parsed != null
                    && parsed.database() != null
                    && !parsed.database().isBlank()) {
                return parsed;
            }
        } catch (SQLException e) {
            throw malformed(url, e);
        }
        throw malformed(url, null);
    }

    private static StartupProblem malformed(String url, Exception cause) {
        return new StartupProblem(
                "linkspan.database.url (LINKSPAN_DATABASE_URL) is \"" + withoutParameters(url)
                        + "\", but must look like jdbc:mariadb://HOST:PORT/DATABASE.",
                cause);
    }

    /** A password may stand in them. */
    private static String withoutParameters(String url) {
        return url.replaceFirst("\\?.*", "?…");
    }

    private static void refuseUnusable(List<HostAddress> addresses) {
        StartupProblem problem = null;
        for (HostAddress address : addresses) {
            problem = problemOf(address);
            if (problem == null) {
                return;
            }
        }
        throw problem;
    }

    private static StartupProblem problemOf(HostAddress address) {
        String place = address.host + ":" + address.port;
        try {
            MariaDbGreeting greeting = MariaDbGreeting.read(address.host, address.port, PATIENCE);
            if (greeting.error() != null) {
                return new StartupProblem("The database at " + place + " refuses us: " + greeting.error() + ".");
            }
            if (!greeting.isMariaDb()) {
                return new StartupProblem("The database at " + place + " is not MariaDB (it says " + greeting.version()
                        + "); Linkspan needs MariaDB " + LEAST_VERSION + " or newer.");
            }
            if (!greeting.isAtLeast(LEAST_MAJOR, LEAST_MINOR)) {
                return new StartupProblem("The database at " + place + " is too old (it says " + greeting.version()
                        + "); Linkspan needs MariaDB " + LEAST_VERSION + " or newer.");
            }
            return null;
        } catch (MariaDbGreeting.NotMariaDb e) {
            return new StartupProblem("What answers at " + place + " is not a MariaDB server.", e);
        } catch (UnknownHostException e) {
            return new StartupProblem("The database's host " + address.host + " is unknown.", e);
        } catch (SocketTimeoutException e) {
            return new StartupProblem(
                    "The database at " + place + " did not answer within " + PATIENCE.toSeconds() + " seconds.", e);
        } catch (ConnectException e) {
            return new StartupProblem("The database at " + place + " is down or unreachable: connection refused.", e);
        } catch (IOException e) {
            return new StartupProblem(
                    "The database at " + place + " is down or unreachable: " + e.getMessage() + ".", e);
        }
    }

    private void signIn(Configuration url) {
        try (Connection connection = DriverManager.getConnection(settings.url(), properties())) {
            connection.isValid((int) PATIENCE.toSeconds());
        } catch (SQLException e) {
            throw refused(e, url);
        }
    }

    private StartupProblem refused(SQLException e, Configuration url) {
        String user = settings.user() != null ? settings.user() : url.user();
        return switch (rootCode(e)) {
            case ACCESS_DENIED, ACCESS_DENIED_WITHOUT_PASSWORD ->
                new StartupProblem(
                        "The database refuses user \"" + user + "\": the name or the password (linkspan.database.user,"
                                + " linkspan.database.password) is wrong.",
                        e);
            case ACCESS_DENIED_TO_DATABASE ->
                new StartupProblem(
                        "The database's user \"" + user + "\" has no rights on database \"" + url.database() + "\".",
                        e);
            case UNKNOWN_DATABASE ->
                new StartupProblem(
                        "The database server has no database \"" + url.database() + "\"; create it first.", e);
            default -> new StartupProblem("The database can't be used: " + rootMessage(e) + ".", e);
        };
    }

    private static int rootCode(SQLException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql && sql.getErrorCode() != 0) {
                return sql.getErrorCode();
            }
        }
        return 0;
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).strip().replaceAll("\\.$", "");
    }
}
