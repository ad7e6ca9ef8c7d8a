package dev.linkspan.ui.shared;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.shared.Registration;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Work that a page must not wait for. Its result comes back to the page, if that is still open. */
@org.springframework.stereotype.Component
public class Background {
    private static final int AT_ONCE = 32;

    private final ExecutorService threads = Executors.newFixedThreadPool(
            AT_ONCE, Thread.ofPlatform().name("console-", 0).daemon().factory());
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("console-clock").daemon().factory());

    /** Does the work on a thread of its own, then tells the page its result or what went wrong. */
    public <T> void run(UI page, Supplier<T> work, Consumer<T> done, Consumer<RuntimeException> failed) {
        threads.execute(() -> {
            try {
                T result = work.get();
                tell(page, () -> done.accept(result));
            } catch (RuntimeException e) {
                tell(page, () -> failed.accept(e));
            }
        });
    }

    /** Repeats something on the page of that component until the registration is removed. */
    public Registration every(Duration pause, Component component, Runnable task) {
        UI page = component.getUI().orElseThrow();
        ScheduledFuture<?> ticking = clock.scheduleWithFixedDelay(
                () -> tell(page, task), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
        return () -> ticking.cancel(false);
    }

    /** Does something on that page later, if it is still open then. */
    public void after(Duration pause, UI page, Runnable task) {
        clock.schedule(() -> tell(page, task), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        clock.shutdownNow();
        threads.shutdownNow();
    }

    /** A page that was closed meanwhile needs nothing. */
    private static void tell(UI page, Runnable task) {
        try {
            page.access(task::run);
        } catch (UIDetachedException e) {
            return;
        }
    }
}
