package dev.linkspan.ui.shared;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.event.LiveFeed;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/** Keeps what a page shows up to date while it is open. */
public final class Live {
    private Live() {}

    /**
     * Refreshes the component after each event that concerns it. Events that come while a refresh waits for its turn
     * make no further one.
     */
    public static void refresh(
            Component component, LiveFeed feed, Predicate<LifecycleEvent> concerns, Runnable refresh) {
        component.addAttachListener(attach -> {
            UI page = attach.getUI();
            AtomicBoolean waiting = new AtomicBoolean();
            var subscription = feed.subscribe(event -> {
                if (concerns.test(event) && waiting.compareAndSet(false, true)) {
                    tell(page, () -> {
                        waiting.set(false);
                        refresh.run();
                    });
                }
            });
            component.addDetachListener(detach -> {
                detach.unregisterListener();
                subscription.cancel();
            });
        });
    }

    /** The feed goes on when a page has gone. */
    private static void tell(UI page, Runnable task) {
        try {
            page.access(task::run);
        } catch (UIDetachedException e) {
            return;
        }
    }
}
