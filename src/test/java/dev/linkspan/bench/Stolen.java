package dev.linkspan.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Time that the hypervisor took away since this was made: a figure with much of it says little. */
final class Stolen {

    private final long[] begin = times();

    /** Share of all processors' time, 0 to 1. */
    double share() {
        long[] now = times();
        long total = now[0] - begin[0];
        return total == 0 ? 0 : (double) (now[1] - begin[1]) / total;
    }

    private static long[] times() {
        try {
            String[] fields =
                    Files.readAllLines(Path.of("/proc/stat")).getFirst().trim().split("\\s+");
            long total = 0;
            for (int i = 1; i <= 8; i++) {
                total += Long.parseLong(fields[i]);
            }
            return new long[] {total, Long.parseLong(fields[8])};
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
