package dev.linkspan.bench;

import dev.linkspan.testing.Answer;
import dev.linkspan.testing.LinkspanProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Servers on scratch data, started as people start them. */
final class Servers {

    private static final Path ROOT = root();
    private static final Path SCRATCH = ROOT.resolve("target").resolve("bench");
    private static final Path LAUNCHER = ROOT.resolve("linkspan");

    private Servers() {}

    /** The repository, from where these classes lie: benchmarks may be started in any directory. */
    private static Path root() {
        try {
            Path classes = Path.of(Servers.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return classes.getParent().getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How to start a server on an empty data directory. */
    static LinkspanProcess.Setup fresh(String name) {
        Path data = SCRATCH.resolve(name);
        delete(data);
        LinkspanProcess.Setup setup = LinkspanProcess.named(name).data(data);
        return Files.isExecutable(LAUNCHER)
                ? setup.launcher(LAUNCHER)
                : setup.flags("-XX:-UseSerialGC", "-XX:+UseG1GC", "-XX:TieredStopAtLevel=4");
    }

    private static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Resident memory of the server's JVM in MiB. */
    static long residentMemory(LinkspanProcess server) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(server.javaPid()), "status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("no VmRSS");
    }

    /** The answer, or the end of the benchmark when it isn't a success. */
    static Answer expect(Answer answer) {
        if (answer.status() >= 400) {
            throw new IllegalStateException("unexpected answer: " + answer);
        }
        return answer;
    }
}
