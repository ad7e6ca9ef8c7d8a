package dev.linkspan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts that cannot succeed: one sentence on stderr, nothing else, and an exit code. */
class StartIT {
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    Path scratch;

    @Test
    void whenAnOptionIsUnknownThenShowsTheUsage() throws Exception {
        Ended ended = start(Map.of(), "run", "--port", "1");
        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.errors())
                .singleElement()
                .asString()
                .startsWith("linkspan: there is no option \"--port\"; usage:");
    }

    @Test
    void whenASettingIsUnknownThenNamesIt() throws Exception {
        Ended ended = start(Map.of("LINKSPAN_DATABSE_URL", "x"), "run", "--data", data());
        assertRefused(ended, "linkspan: There is no setting LINKSPAN_DATABSE_URL;");
    }

    @Test
    void whenTheDataDirectoryIsInUseThenSaysSo() throws Exception {
        Path directory = Files.createDirectory(Path.of(data()));
        Path lock = directory.resolve("linkspan.lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.lock();
            Ended ended = start(Map.of(), "run", "--data", data());
            assertRefused(ended, "linkspan: The data directory " + directory.toRealPath() + " is in use");
        }
    }

    @Test
    void whenTheDataDirectoryCannotBeWrittenThenSaysSo() throws Exception {
        assertRefused(start(Map.of(), "run", "--data", "/proc/linkspan"), "linkspan: ");
    }

    @Test
    void whenTheDatabaseIsDownThenSaysSo() throws Exception {
        Ended ended =
                start(Map.of("LINKSPAN_DATABASE_URL", "jdbc:mariadb://127.0.0.1:1/linkspan"), "run", "--data", data());
        assertRefused(ended, "linkspan: The database at 127.0.0.1:1 is down or unreachable: connection refused.");
    }

    @Test
    void whenTheInstallationKeyIsMalformedThenSaysSo() throws Exception {
        Ended ended = start(Map.of("LINKSPAN_KEY", "short"), "run", "--data", data());
        assertRefused(ended, "linkspan: linkspan.key (LINKSPAN_KEY) isn't an installation key");
    }

    private String data() {
        return scratch.resolve("data").toString();
    }

    private static void assertRefused(Ended ended, String sentence) {
        assertThat(ended.errors()).singleElement().asString().startsWith(sentence);
        assertThat(ended.output()).isEmpty();
        assertThat(ended.exitCode()).isEqualTo(1);
    }

    private Ended start(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Linkspan.class.getName()));
        command.addAll(List.of(arguments));
        Path output = scratch.resolve("output");
        Path errors = scratch.resolve("errors");
        var builder =
                new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
            return new Ended(process.exitValue(), Files.readAllLines(output), Files.readAllLines(errors));
        } finally {
            process.destroyForcibly();
        }
    }

    private record Ended(int exitCode, List<String> output, List<String> errors) {}
}
