package dev.linkspan.event;

import jakarta.annotation.PreDestroy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells open pages and other listeners of events, in order and after they were committed. */
@Component
public class LiveFeed {
    private static final Logger log = LoggerFactory.getLogger(LiveFeed.class);

    /** Ends a subscription. */
    public interface Subscription {
        void cancel();
    }

    private final List<Consumer<LifecycleEvent>> listeners = new CopyOnWriteArrayList<>();
    private final ExecutorService dispatcher = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("live-feed").daemon().factory());

    /** Calls {@code listener} for each event from now on, on a thread of its own; it must be quick and never throw. */
    public Subscription subscribe(Consumer<LifecycleEvent> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void publish(LifecycleEvent event) {
        dispatcher.execute(() -> listeners.forEach(listener -> tell(listener, event)));
    }

    private static void tell(Consumer<LifecycleEvent> listener, LifecycleEvent event) {
        try {
            listener.accept(event);
        } catch (RuntimeException e) {
            log.warn("A listener failed on {}", event.action(), e);
        }
    }

    @PreDestroy
    void stop() {
        dispatcher.shutdownNow();
    }
}
