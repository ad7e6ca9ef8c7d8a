package dev.linkspan.peer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Asks several addresses of one cluster at the same time for {@code GET /1.0}: which of them show the pinned certificate
 * and speak the API (cluster-links.md 1.18).
 */
public final class Probe {
    /** How many addresses of one cluster are asked at once. */
    private static final int AT_ONCE = 192;

    private static final String VERSION = "/1.0";

    /**
     * What one address answered.
     *
     * @param answer null when {@code problem} says why there is none
     * @param took until the answer or the problem was there; null when we didn't wait for it
     */
    public record Result(String address, PeerAnswer answer, PeerException problem, Duration took) {
        public boolean proved() {
            return answer != null && answer.success() && answer.metadata().isObject();
        }
    }

    private Probe() {}

    /**
     * The results in the order of the addresses.
     *
     * @param limit when the last answer must be there
     * @param grace how long the others may take after each good answer
     */
    public static List<Result> all(PeerConnection connection, List<String> addresses, Duration limit, Duration grace) {
        long last = System.nanoTime() + limit.toNanos();
        BlockingQueue<Result> queue = new LinkedBlockingQueue<>();
        List<String> distinct = Peers.distinct(addresses);
        if (distinct.size() == 1) {
            Result only = one(connection, distinct.getFirst(), limit);
            return addresses.stream().map(address -> only).toList();
        }
        Queue<String> waiting = new ConcurrentLinkedQueue<>(distinct);
        for (int i = 0; i < Math.min(AT_ONCE, distinct.size()); i++) {
            CallThreads.POOL.execute(() -> {
                for (String address = waiting.poll(); address != null; address = waiting.poll()) {
                    queue.add(one(connection, address, limit));
                }
            });
        }
        List<Result> results = new ArrayList<>();
        long end = last;
        while (results.size() < distinct.size()) {
            Optional<Result> next = next(queue, end - System.nanoTime());
            if (next.isEmpty()) {
                break;
            }
            if (next.get().proved()) {
                end = Math.min(last, System.nanoTime() + grace.toNanos());
            }
            results.add(next.get());
        }
        Map<String, Result> known = new HashMap<>();
        for (String address = waiting.poll(); address != null; address = waiting.poll()) {
            known.put(address, without(address, PeerException.Reason.NO_TIME));
        }
        results.forEach(result -> known.put(result.address(), result));
        return addresses.stream()
                .map(address -> known.getOrDefault(address, without(address, PeerException.Reason.TIMED_OUT)))
                .toList();
    }

    private static Result without(String address, PeerException.Reason why) {
        boolean sent = why == PeerException.Reason.TIMED_OUT;
        return new Result(address, null, new PeerException(why, sent, null), null);
    }

    private static Optional<Result> next(BlockingQueue<Result> queue, long nanos) {
        try {
            return Optional.ofNullable(queue.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Result one(PeerConnection connection, String address, Duration limit) {
        long begin = System.nanoTime();
        try {
            PeerAnswer answer = connection.get(address, VERSION, limit).brief();
            return new Result(address, answer, null, Duration.ofNanos(System.nanoTime() - begin));
        } catch (PeerException e) {
            return new Result(address, null, e, Duration.ofNanos(System.nanoTime() - begin));
        }
    }
}
