package dev.linkspan.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** A number of clients that do the same thing at once, again and again. */
final class Load {

    /** One client's action; returns whether it succeeded. */
    interface Action {
        boolean once() throws IOException;
    }

    /** Makes the action of one client, on its thread. */
    interface Client {
        Action start(int number) throws IOException;
    }

    private Load() {}

    /** Runs all clients for {@code warm} without counting and then counts for {@code measured}. */
    static Figures run(int clients, Duration warm, Duration measured, Client client) throws InterruptedException {
        long begin = System.nanoTime() + warm.toNanos();
        long end = begin + measured.toNanos();
        AtomicReference<String> problem = new AtomicReference<>();
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            Worker worker = new Worker(client, i, begin, end, problem);
            worker.start();
            workers.add(worker);
        }
        Thread.sleep(warm);
        Stolen stolen = new Stolen();
        Thread.sleep(measured);
        double share = stolen.share();
        int total = 0;
        long failures = 0;
        for (Worker worker : workers) {
            worker.join();
            total += worker.count;
            failures += worker.failures;
        }
        long[] all = new long[total];
        int at = 0;
        for (Worker worker : workers) {
            System.arraycopy(worker.nanos, 0, all, at, worker.count);
            at += worker.count;
        }
        if (problem.get() != null) {
            System.out.println("  first failure: " + problem.get());
        }
        return Figures.of(all, measured.toNanos() / 1e9, failures, share);
    }

    private static final class Worker extends Thread {
        private final Client client;
        private final int number;
        private final long begin;
        private final long end;
        private final AtomicReference<String> problem;
        private long[] nanos = new long[1 << 14];
        private int count;
        private long failures;

        private Worker(Client client, int number, long begin, long end, AtomicReference<String> problem) {
            super("load-" + number);
            this.client = client;
            this.number = number;
            this.begin = begin;
            this.end = end;
            this.problem = problem;
        }

        @Override
        public void run() {
            Action action = null;
            long now = System.nanoTime();
            while (now < end) {
                boolean success = false;
                try {
                    if (action == null) {
                        action = client.start(number);
                        now = System.nanoTime();
                    }
                    success = action.once();
                    if (!success) {
                        problem.compareAndSet(null, "an answer with an unexpected status");
                    }
                } catch (IOException e) {
                    problem.compareAndSet(null, e.toString());
                    action = null;
                }
                long done = System.nanoTime();
                if (now >= begin && done <= end) {
                    note(success, done - now);
                }
                now = done;
            }
        }

        private void note(boolean success, long took) {
            if (!success) {
                failures++;
                return;
            }
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = took;
        }
    }
}
