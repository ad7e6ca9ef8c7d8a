package dev.linkspan.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path scratch;

    @Test
    void openWhenMissingThenIsCreatedForTheOwnerOnly() throws IOException {
        Path path = scratch.resolve("some/where");
        try (DataDirectory directory = DataDirectory.open(path)) {
            assertThat(mode(path)).isEqualTo("rwx------");
            assertThat(directory.path()).isEqualTo(path.toRealPath());
            assertThat(directory.socket()).isEqualTo(path.toRealPath().resolve("unix.socket"));
        }
    }

    @Test
    void openWhenOthersMayEnterThenIsClosedToThem() throws IOException {
        Path path = Files.createDirectory(scratch.resolve("open"));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (DataDirectory directory = DataDirectory.open(path)) {
            assertThat(mode(directory.path())).isEqualTo("rwx------");
        }
    }

    @Test
    void openWhenInUseThenIsRefused() throws IOException {
        Path path = scratch.resolve("data");
        try (DataDirectory directory = DataDirectory.open(path)) {
            assertThat(refusal(path)).contains(directory.path() + " is in use by another Linkspan server");
        }
        DataDirectory.open(path).close();
    }

    @Test
    void openWhenSomebodyElsesFilesAreThereThenIsRefusedAndLeftAlone() throws IOException {
        Path path = Files.createDirectory(scratch.resolve("photos"));
        Files.writeString(path.resolve("cat.jpg"), "cat");
        String before = mode(path);

        assertThat(refusal(path)).contains("isn't empty and isn't a data directory of Linkspan");
        assertThat(mode(path)).isEqualTo(before);
        assertThat(path.resolve("linkspan.lock")).doesNotExist();
    }

    @Test
    void openWhenItIsAFileThenIsRefused() throws IOException {
        Path path = Files.writeString(scratch.resolve("file"), "x");
        assertThat(refusal(path)).contains("isn't a directory");
        assertThat(refusal(path.resolve("below"))).contains("isn't a directory");
    }

    @Test
    void openWhenItCannotBeWrittenThenIsRefused() {
        assertThat(refusal(Path.of("/proc/linkspan"))).contains("/proc/linkspan");
    }

    @Test
    void openWhenThePathIsTooLongForASocketThenIsRefused() {
        assertThat(refusal(scratch.resolve("x".repeat(100)))).contains("is too long for a Unix socket");
    }

    @Test
    void problemWhenTheDiskIsFullThenSaysSo() {
        var cause = new FileSystemException("/data/x", null, "No space left on device");
        assertThat(DataDirectory.problem(Path.of("/data"), cause)).hasMessage("The disk that holds /data is full.");
    }

    private static String refusal(Path path) {
        var refused = assertThatExceptionOfType(StartupProblem.class).isThrownBy(() -> DataDirectory.open(path));
        return refused.actual().getMessage();
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
