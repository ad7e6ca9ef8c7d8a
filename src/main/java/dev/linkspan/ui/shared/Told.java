package dev.linkspan.ui.shared;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.notification.Notification;
import com.vaadin.flow.shared.Registration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** What the toasts of a page have said since it was opened. Of very many the oldest are forgotten. */
final class Told {
    private static final int MOST = 50;

    private static final int AT_ONCE = 3;

    private final Map<String, Notification> open = new LinkedHashMap<>();
    private final Deque<Entry> entries = new ArrayDeque<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    private Told() {}

    /**
     * One toast, in plain words.
     *
     * @param times how many times it was said, the last time then
     */
    record Entry(Instant at, String symbol, Tone tone, String text, int times) {
        private boolean repeats(Entry other) {
            return text.equals(other.text) && tone == other.tone;
        }

        private Entry again(Entry latest) {
            return new Entry(latest.at, symbol, tone, text, times + 1);
        }
    }

    static Told on(UI page) {
        Told told = ComponentUtil.getData(page, Told.class);
        if (told == null) {
            told = new Told();
            ComponentUtil.setData(page, Told.class, told);
        }
        return told;
    }

    void add(Entry entry) {
        boolean repeated = !entries.isEmpty() && entry.repeats(entries.getFirst());
        entries.addFirst(repeated ? entries.removeFirst().again(entry) : entry);
        if (entries.size() > MOST) {
            entries.removeLast();
        }
        listeners.forEach(Runnable::run);
    }

    /** Takes note of the toast that says it. One that says the same goes, and of many the oldest. */
    void show(String text, Notification toast) {
        close(text);
        while (open.size() >= AT_ONCE) {
            close(open.keySet().iterator().next());
        }
        open.put(text, toast);
        toast.addOpenedChangeListener(change -> {
            if (!change.isOpened()) {
                open.remove(text, toast);
            }
        });
    }

    private void close(String text) {
        Notification toast = open.remove(text);
        if (toast != null) {
            toast.close();
        }
    }

    void remove(Entry entry) {
        entries.remove(entry);
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
