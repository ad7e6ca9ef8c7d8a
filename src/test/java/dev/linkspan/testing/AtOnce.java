package dev.linkspan.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls side by side, on threads of their own, whose results come within two minutes or not at all. */
public final class AtOnce {

    private static final long PATIENCE_SECONDS = 120;

    private AtOnce() {}

    /** Begins a call. */
    public static <T> Future<T> begin(Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    /** Makes all calls at the same moment; the results in their order. */
    public static <T> List<T> all(List<? extends Callable<T>> calls) {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<T>> begun = new ArrayList<>();
        for (Callable<T> call : calls) {
            begun.add(begin(() -> {
                start.await();
                return call.call();
            }));
        }
        start.countDown();
        return begun.stream().map(AtOnce::result).toList();
    }

    /** Waits for the result of a call; its exception comes wrapped. */
    public static <T> T result(Future<T> call) {
        try {
            return call.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
