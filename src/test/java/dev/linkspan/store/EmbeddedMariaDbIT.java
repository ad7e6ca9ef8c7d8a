package dev.linkspan.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMariaDbIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path scratch;

    @Test
    void startWhenStoppedBeforeThenFindsTheDataAgain() throws Exception {
        try (DataDirectory directory = open("data with spaces & an 'apostrophe'")) {
            try (EmbeddedMariaDb database = EmbeddedMariaDb.start(directory)) {
                execute(database, "CREATE TABLE kept (name VARCHAR(20)) ");
                execute(database, "INSERT INTO kept VALUES ('grüße 😀')");
            }
            assertThat(servers(directory)).isEmpty();
            try (EmbeddedMariaDb database = EmbeddedMariaDb.start(directory)) {
                assertThat(text(database, "SELECT name FROM kept")).isEqualTo("grüße 😀");
            }
        }
    }

    @Test
    void startWhenDefaultThenIsDurableAndHasNoPort() throws Exception {
        try (DataDirectory directory = open("data");
                EmbeddedMariaDb database = EmbeddedMariaDb.start(directory)) {
            assertThat(text(database, "SELECT @@innodb_flush_log_at_trx_commit"))
                    .isEqualTo("1");
            assertThat(text(database, "SELECT @@skip_networking")).isEqualTo("1");
            assertThat(text(database, "SELECT @@character_set_database")).isEqualTo("utf8mb4");
            assertThat(text(database, "SELECT @@collation_database")).isEqualTo("utf8mb4_bin");
            assertThat(text(database, "SELECT @@version")).startsWith(MariaDbBinaries.VERSION);
        }
    }

    @Test
    void signInWhenTheUserIsAnotherOneThenIsRefused() throws Exception {
        try (DataDirectory directory = open("data");
                EmbeddedMariaDb database = EmbeddedMariaDb.start(directory)) {
            var properties = database.properties();
            properties.setProperty("user", "somebody");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> DriverManager.getConnection(database.url(), properties));
        }
    }

    @Test
    void startWhenTheProcessBeforeWasKilledThenStopsItsServerAndRecovers() throws Exception {
        Path path = scratch.resolve("data");
        for (int kill = 1; kill <= 2; kill++) {
            Process process = storeProcess(path);
            process.destroyForcibly().waitFor();
        }
        try (DataDirectory directory = DataDirectory.open(path)) {
            List<ProcessHandle> orphans = servers(directory);
            assertThat(orphans).hasSize(1);
            try (EmbeddedMariaDb database = EmbeddedMariaDb.start(directory)) {
                assertThat(text(database, "SELECT COUNT(*) FROM written")).isEqualTo("2");
                assertThat(orphans).noneMatch(ProcessHandle::isAlive);
            }
        }
    }

    @Test
    void startWhenBothProcessesWereKilledThenRecovers() throws Exception {
        Path path = scratch.resolve("data");
        Process process = storeProcess(path);
        process.destroyForcibly().waitFor();
        try (DataDirectory directory = DataDirectory.open(path)) {
            for (ProcessHandle server : servers(directory)) {
                server.destroyForcibly();
                server.onExit().join();
            }
            try (EmbeddedMariaDb database = EmbeddedMariaDb.start(directory)) {
                assertThat(text(database, "SELECT COUNT(*) FROM written")).isEqualTo("1");
            }
        }
    }

    @Test
    void whenTheServerDiesThenItIsStartedAgain() throws Exception {
        try (DataDirectory directory = open("data");
                EmbeddedMariaDb database = EmbeddedMariaDb.start(directory)) {
            execute(database, "CREATE TABLE kept (id INT)");
            ProcessHandle server = servers(directory).getFirst();
            server.destroyForcibly();
            server.onExit().join();
            await().atMost(PATIENCE).ignoreExceptions().until(() -> text(database, "SELECT COUNT(*) FROM kept")
                    .equals("0"));
        }
    }

    @Test
    void startWhenTheDataAreDamagedThenSaysWhyAndLeavesNoProcess() throws Exception {
        try (DataDirectory directory = open("data")) {
            EmbeddedMariaDb.start(directory).close();
            Files.write(directory.path().resolve("mariadb/data/ibdata1"), new byte[1 << 20]);
            assertThatExceptionOfType(StartupProblem.class)
                    .isThrownBy(() -> EmbeddedMariaDb.start(directory))
                    .withMessageStartingWith("The embedded database does not start: ")
                    .withMessageContaining("error.log");
            assertThat(servers(directory)).isEmpty();
        }
    }

    @Test
    void connectWhenTheSignInIsWrongThenSaysWhat() throws Exception {
        try (DataDirectory directory = open("data");
                EmbeddedMariaDb database = EmbeddedMariaDb.start(directory)) {
            String socket = "?localSocket=" + directory.path().resolve("db.socket") + "&sslMode=disable";
            execute(database, "CREATE USER 'stranger'@'localhost' IDENTIFIED BY 'right'");
            assertThat(refusal("jdbc:mariadb://localhost/linkspan" + socket, "stranger", "wrong"))
                    .contains("refuses user \"stranger\"");
            assertThat(refusal("jdbc:mariadb://localhost/linkspan" + socket, "stranger", "right"))
                    .contains("has no rights on database \"linkspan\"");
            assertThat(refusal("jdbc:mariadb://localhost/nothing" + socket, System.getProperty("user.name"), null))
                    .contains("has no database \"nothing\"");
        }
    }

    private static String refusal(String url, String user, String password) {
        var settings = new LinkspanProperties.Database(url, user, password);
        return assertThatExceptionOfType(StartupProblem.class)
                .isThrownBy(() -> ExternalMariaDb.connect(settings))
                .actual()
                .getMessage();
    }

    private DataDirectory open(String name) {
        return DataDirectory.open(scratch.resolve(name));
    }

    private static Process storeProcess(Path path) throws IOException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreProcess.class.getName(),
                        path.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.lines().anyMatch(StoreProcess.READY::equals)).isTrue();
        }
        return process;
    }

    private static List<ProcessHandle> servers(DataDirectory directory) {
        Path server = directory
                .path()
                .resolve("mariadb")
                .resolve(MariaDbBinaries.VERSION)
                .resolve("mariadbd");
        return ProcessHandle.allProcesses()
                .filter(process ->
                        process.info().command().map(server.toString()::equals).orElse(false))
                .toList();
    }

    private static void execute(Database database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.properties());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String text(Database database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.properties());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
