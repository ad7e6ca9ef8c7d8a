package dev.linkspan.peer;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The threads on which calls to other clusters wait for their answers. */
final class CallThreads {
    static final ExecutorService POOL = Executors.newCachedThreadPool(
            Thread.ofPlatform().name("peer-", 0).daemon().factory());

    private CallThreads() {}
}
