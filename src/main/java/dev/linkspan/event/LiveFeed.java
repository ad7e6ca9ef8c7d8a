package dev.linkspan.event;

import jakarta.annotation.PreDestroy;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Tells open pages and other listeners what happens, in order and after it was committed. */
@Component
public class LiveFeed {
    private static final Logger log = LoggerFactory.getLogger(LiveFeed.class);

    /** Ends a subscription. */
    public interface Subscription {
        void cancel();
    }

    private static final int ANNOUNCED = 5_000;

    private final Set<Object> announced =
            Collections.synchronizedSet(Collections.newSetFromMap(new Latest<>(ANNOUNCED)));
    private final List<Consumer<Object>> listeners = new CopyOnWriteArrayList<>();
    private final ExecutorService dispatcher = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("live-feed").daemon().factory());

    /** Calls {@code listener} for each event from now on, on a thread of its own; it must be quick and never throw. */
    public Subscription subscribe(Consumer<LifecycleEvent> listener) {
        return subscribeAll(happening -> {
            if (happening instanceof LifecycleEvent event) {
                listener.accept(event);
            }
        });
    }

    /** As {@link #subscribe}, for everything that rooms publish. */
    public Subscription subscribeAll(Consumer<Object> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Notes that this member will publish that, as soon as it is committed. */
    void announce(Object happening) {
        announced.add(happening);
    }

    /** Whether this member itself publishes that, so that it needn't be told of it by what is stored. */
    public boolean announced(Object happening) {
        return announced.contains(happening);
    }

    /** Tells all listeners of something that has happened, after what was published before. */
    public void publish(Object happening) {
        if (!dispatcher.isShutdown()) {
            dispatcher.execute(() -> listeners.forEach(listener -> tell(listener, happening)));
        }
    }

    private static void tell(Consumer<Object> listener, Object happening) {
        try {
            listener.accept(happening);
        } catch (RuntimeException e) {
            log.warn("A listener failed on {}", happening, e);
        }
    }

    @PreDestroy
    void stop() {
        dispatcher.shutdownNow();
    }
}
