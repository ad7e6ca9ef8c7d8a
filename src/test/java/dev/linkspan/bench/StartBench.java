package dev.linkspan.bench;

import dev.linkspan.testing.LinkspanProcess;
import java.util.Arrays;

/** From the start of the process to the first 200 at the HTTPS port, and the memory that the JVM then holds. */
final class StartBench implements Benchmark {

    @Override
    public void run(Options options) {
        try (LinkspanProcess server = Servers.fresh("start").start()) {
            System.out.printf(
                    "  first start, empty data      %.2f s%n",
                    server.startTime().toMillis() / 1000.0);
            server.stop();
            long[] millis = new long[options.rounds(5)];
            long[] memory = new long[millis.length];
            for (int i = 0; i < millis.length; i++) {
                server.start();
                millis[i] = server.startTime().toMillis();
                memory[i] = Servers.residentMemory(server);
                server.stop();
            }
            Arrays.sort(millis);
            Arrays.sort(memory);
            System.out.printf(
                    "  start                        median %.2f s   worst %.2f s   n %d%n",
                    millis[millis.length / 2] / 1000.0, millis[millis.length - 1] / 1000.0, millis.length);
            System.out.printf(
                    "  resident memory of the JVM   median %d MiB   worst %d MiB%n",
                    memory[memory.length / 2], memory[memory.length - 1]);
        }
    }
}
