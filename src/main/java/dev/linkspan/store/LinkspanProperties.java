package dev.linkspan.store;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings of one process. Each is {@code linkspan.<name>}, or {@code LINKSPAN_<NAME>} in the environment; a name
 * that isn't here stops the start. Settings of the whole cluster are in the database instead ({@code /1.0}).
 *
 * @param data the data directory, by default {@code ~/.local/share/linkspan}
 * @param address the address to listen on, {@code HOST:PORT} or {@code :PORT}; null for the stored one
 * @param name this member's name; null for the stored one
 * @param key the installation key, 32 bytes in base64; null for the one in the data directory
 * @param database the MariaDB to use instead of the embedded one
 * @param probe how often linked clusters are asked
 */
@ConfigurationProperties("linkspan")
public record LinkspanProperties(Path data, String address, String name, String key, Database database, Probe probe) {

    public LinkspanProperties {
        data = data == null ? DataDirectory.defaultPath() : data;
        address = blankToNull(address);
        name = blankToNull(name);
        key = blankToNull(key);
        database = database == null ? new Database(null, null, null) : database;
        probe = probe == null ? new Probe(null, null) : probe;
    }

    @Override
    public String toString() {
        return "LinkspanProperties[data=" + data + ", address=" + address + ", name=" + name + ", key=" + masked(key)
                + ", database=" + database + ", probe=" + probe + "]";
    }

    /**
     * How often the addresses of active links are asked, each time 10 % more or less.
     *
     * @param interval between two probes of a link that answers; at least 100 ms
     * @param longestPause between two probes of a link that doesn't answer: the pause doubles up to this
     */
    public record Probe(Duration interval, Duration longestPause) {
        private static final Duration LEAST = Duration.ofMillis(100);

        public Probe {
            interval = interval == null ? Duration.ofSeconds(60) : interval;
            longestPause = longestPause == null ? Duration.ofMinutes(10) : longestPause;
            if (interval.compareTo(LEAST) < 0 || longestPause.compareTo(interval) < 0) {
                throw new StartupProblem("linkspan.probe.interval must be at least 100ms, and"
                        + " linkspan.probe.longest-pause at least as long as that.");
            }
        }
    }

    /**
     * An external MariaDB.
     *
     * @param url a JDBC URL, {@code jdbc:mariadb://HOST:PORT/DATABASE}; null for the embedded database
     * @param user its user; null when the URL names it
     * @param password its password; null for none
     */
    public record Database(String url, String user, String password) {

        public Database {
            url = blankToNull(url);
            user = blankToNull(user);
            if (url == null && (user != null || password != null && !password.isEmpty())) {
                throw new StartupProblem(
                        "linkspan.database.user or linkspan.database.password is set, but linkspan.database.url isn't.");
            }
        }

        @Override
        public String toString() {
            return "Database[url=" + url + ", user=" + user + ", password=" + masked(password) + "]";
        }
    }

    private static String blankToNull(String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static String masked(String secret) {
        return secret == null ? "none" : "***";
    }
}
