package dev.linkspan.rest;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** The machine that this server runs on, as {@code GET /1.0} tells of it. */
final class Host {
    static final String KERNEL = System.getProperty("os.name");
    static final String KERNEL_VERSION = System.getProperty("os.version");
    static final String ARCHITECTURE = architecture(System.getProperty("os.arch"));
    static final long PID = ProcessHandle.current().pid();
    static final String OS_NAME;
    static final String OS_VERSION;

    static {
        Properties release = release();
        OS_NAME = release.getProperty("NAME", KERNEL).replace("\"", "");
        OS_VERSION = release.getProperty("VERSION_ID", "").replace("\"", "");
    }

    private Host() {}

    private static String architecture(String java) {
        return switch (java) {
            case "amd64" -> "x86_64";
            case "arm64" -> "aarch64";
            default -> java;
        };
    }

    private static Properties release() {
        Properties release = new Properties();
        try (Reader reader =
                new InputStreamReader(Files.newInputStream(Path.of("/etc/os-release")), StandardCharsets.UTF_8)) {
            release.load(reader);
        } catch (IOException e) {
            release.clear();
        }
        return release;
    }
}
