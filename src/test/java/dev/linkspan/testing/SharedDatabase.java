package dev.linkspan.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A MariaDB of its own for several server processes: the embedded one's programs, kept running by a process. */
public final class SharedDatabase implements AutoCloseable {
    private final Process process;
    private final String url;

    private SharedDatabase(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    /** Starts it on scratch data. */
    public static SharedDatabase start(String name) {
        Path data = Path.of(
                        "target",
                        "servers",
                        name + "-db-" + ProcessHandle.current().pid())
                .toAbsolutePath();
        try {
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-XX:TieredStopAtLevel=1",
                            "-Xmx64m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "dev.linkspan.store.StoreProcess",
                            data.toString()))
                    .redirectErrorStream(true)
                    .start();
            var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            StringBuilder output = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                if (line.equals("written")) {
                    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
                    String url = "jdbc:mariadb://localhost/%s?sslMode=disable&localSocket=" + data.resolve("db.socket")
                            + "&user=" + System.getProperty("user.name");
                    // The one that the process uses isn't empty.
                    new SharedDatabase(process, url.formatted("linkspan"))
                            .execute("CREATE DATABASE shared CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
                    return new SharedDatabase(process, url.formatted("shared"));
                }
            }
            throw new IllegalStateException("the database does not start: " + output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For {@code LINKSPAN_DATABASE_URL}. */
    public String url() {
        return url;
    }

    /** Runs one statement. */
    public void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of the first row of a query. */
    public String text(String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
