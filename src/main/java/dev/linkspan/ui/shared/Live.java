package dev.linkspan.ui.shared;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.shared.Registration;
import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.event.LiveFeed;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Keeps what a page shows up to date while it is open. */
@org.springframework.stereotype.Component
public class Live {
    /** Many events in a row make one refresh; nobody notices that it is so much late. */
    private static final Duration GATHERING = Duration.ofMillis(100);

    /** The same for what another member says: this one may know a moment later what it is about. */
    private static final Duration GATHERING_FROM_OTHERS = Duration.ofMillis(300);

    private final LiveFeed feed;
    private final Background background;

    Live(LiveFeed feed, Background background) {
        this.feed = feed;
        this.background = background;
    }

    /** Whether an event may change who exists, what they are called and what they may do. */
    public static boolean trust(LifecycleEvent event) {
        return event.source().startsWith("/1.0/auth/")
                || event.source().startsWith("/1.0/certificates/")
                || (event.source().startsWith("/1.0/cluster/links/") && !contact(event));
    }

    /** Whether an event only says that a link was asked how it is. */
    public static boolean contact(LifecycleEvent event) {
        return event.action().equals("cluster-link-contact");
    }

    /** Whether an event changes what permissions can be about. */
    public static boolean resources(LifecycleEvent event) {
        return event.source().startsWith("/1.0/projects") || event.source().startsWith("/1.0/instances");
    }

    /** Repeats something on the component's page while it is open. */
    public void repeat(Component component, Duration pause, Runnable task) {
        component.addAttachListener(attach -> {
            Registration ticking = background.every(pause, component, task);
            component.addDetachListener(detach -> {
                detach.unregisterListener();
                ticking.remove();
            });
        });
    }

    /** Tells of each event that concerns the component, one by one, while it is open. */
    public void follow(Component component, Predicate<LifecycleEvent> concerns, Consumer<LifecycleEvent> listener) {
        component.addAttachListener(attach -> {
            UI page = attach.getUI();
            LiveFeed.Subscription subscription = feed.subscribe(event -> {
                if (concerns.test(event)) {
                    background.after(Duration.ZERO, page, () -> listener.accept(event));
                }
            });
            component.addDetachListener(detach -> {
                detach.unregisterListener();
                subscription.cancel();
            });
        });
    }

    /** Refreshes the component soon after each event that concerns it. */
    public void refresh(Component component, Predicate<LifecycleEvent> concerns, Runnable refresh) {
        refreshByAll(component, event -> event instanceof LifecycleEvent own && concerns.test(own), refresh);
    }

    /** As {@link #refresh}, by whatever rooms publish. */
    public void refreshByAll(Component component, Predicate<Object> concerns, Runnable refresh) {
        component.addAttachListener(attach -> {
            UI page = attach.getUI();
            AtomicBoolean waitingForOwn = new AtomicBoolean();
            AtomicBoolean waitingForOthers = new AtomicBoolean();
            LiveFeed.Subscription subscription = feed.subscribeAll(event -> {
                boolean own = feed.announced(event);
                AtomicBoolean waiting = own ? waitingForOwn : waitingForOthers;
                if (concerns.test(event) && waiting.compareAndSet(false, true)) {
                    background.after(own ? GATHERING : GATHERING_FROM_OTHERS, page, () -> {
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
}
