package dev.linkspan.ui.shared;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.shared.Registration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the toasts of a page have said since it was opened. Of very many the oldest are forgotten. */
final class Told {
    private static final int MOST = 50;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    private Told() {}

    /** One toast, in plain words. */
    record Entry(Instant at, String symbol, Tone tone, String text) {}

    static Told on(UI page) {
        Told told = ComponentUtil.getData(page, Told.class);
        if (told == null) {
            told = new Told();
            ComponentUtil.setData(page, Told.class, told);
        }
        return told;
    }

    void add(Entry entry) {
        entries.addFirst(entry);
        if (entries.size() > MOST) {
            entries.removeLast();
        }
        listeners.forEach(Runnable::run);
    }

    void clear() {
        entries.clear();
        listeners.forEach(Runnable::run);
    }

    List<Entry> newestFirst() {
        return List.copyOf(entries);
    }

    /** Runs the listener now and after each change. */
    Registration follow(Runnable listener) {
        listeners.add(listener);
        listener.run();
        return () -> listeners.remove(listener);
    }
}
