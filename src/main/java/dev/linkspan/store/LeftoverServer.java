package dev.linkspan.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the database process of a Linkspan that was killed. We hold the lock of the data directory when we look, so
 * whatever still runs our server on our data belongs to nobody any more.
 */
final class LeftoverServer {
    private static final Logger LOG = LoggerFactory.getLogger(LeftoverServer.class);
    private static final Path PROCESSES = Path.of("/proc");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private LeftoverServer() {}

    /** Stops it cleanly; by force when it does not obey. */
    static void stop(Path installations, Path data) {
        List<ProcessHandle> leftovers = ProcessHandle.allProcesses()
                .filter(process -> isOurs(process, installations, data))
                .toList();
        for (ProcessHandle leftover : leftovers) {
            LOG.info("Stopping the database process {} that a killed server left behind", leftover.pid());
            leftover.destroy();
            if (!ended(leftover)) {
                leftover.destroyForcibly();
                ended(leftover);
            }
        }
    }

    private static boolean isOurs(ProcessHandle process, Path installations, Path data) {
        Path entry = PROCESSES.resolve(Long.toString(process.pid()));
        try {
            return Files.readSymbolicLink(entry.resolve("exe")).startsWith(installations)
                    && Files.readString(entry.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                            .contains("\0--datadir=" + latin1(data) + "\0");
        } catch (IOException e) {
            return false;
        }
    }

    private static String latin1(Path path) {
        return new String(path.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static boolean ended(ProcessHandle process) {
        try {
            process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
