package dev.linkspan.ui.shared;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.shared.Registration;
import dev.linkspan.access.Caller;
import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.event.LiveFeed;
import java.time.Duration;

/**
 * A number beside an entry of the sidebar: counted in the background once the page itself is there, and again soon after a
 * change, but not for each of many.
 */
public abstract class EntryCount extends Span {
    private static final Duration FIRST = Duration.ofMillis(300);
    private static final Duration SOON = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration TICK = Duration.ofMinutes(1);

    private final Background background;
    private final LiveFeed feed;
    private final CurrentCaller me;
    private final String title;
    private volatile boolean waiting;
    private volatile long counted = System.nanoTime();

    /**
     * Nothing counted yet, so nothing to be seen.
     *
     * @param title key of the text that says what is counted
     */
    protected EntryCount(Background background, LiveFeed feed, CurrentCaller me, String title) {
        this.background = background;
        this.feed = feed;
        this.me = me;
        this.title = title;
        addClassName("ls-number");
        setVisible(false);
    }

    /** Whether the number may be another one after this event. */
    protected abstract boolean concerns(LifecycleEvent event);

    /** Counts what the caller may see. Not on the page's thread. */
    protected abstract int count(Caller caller);

    /** Shows the number. */
    protected void show(int count) {
        setText(Texts.of("count", count));
    }

    @Override
    protected void onAttach(AttachEvent attach) {
        UI page = attach.getUI();
        background.after(FIRST, page, this::count);
        LiveFeed.Subscription subscription = feed.subscribe(event -> {
            if (!waiting && concerns(event)) {
                waiting = true;
                background.after(untilNext(), page, this::count);
            }
        });
        Registration ticking = background.every(TICK, this, this::count);
        addDetachListener(detach -> {
            detach.unregisterListener();
            subscription.cancel();
            ticking.remove();
        });
    }

    private Duration untilNext() {
        Duration left = PAUSE.minusNanos(System.nanoTime() - counted);
        return left.compareTo(SOON) > 0 ? left : SOON;
    }

    private void count() {
        waiting = false;
        counted = System.nanoTime();
        me.find()
                .ifPresent(caller -> background.run(
                        UI.getCurrent(),
                        () -> count(caller),
                        number -> {
                            setVisible(number > 0);
                            setTitle(Texts.of(title, number));
                            show(number);
                        },
                        problem -> setVisible(false)));
    }
}
