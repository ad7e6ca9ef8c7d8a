package dev.linkspan.ui.shared;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import dev.linkspan.event.LifecycleEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What an open dialog asks about. Says in the dialog who has renamed or deleted something of it, and has the dialog ask
 * anew about what is left.
 */
public class AskedAbout<T> extends Div {
    private static final String DELETED = "-deleted";
    private static final int MOST = 3;

    private final Colleagues colleagues;
    private final Function<T, Object> id;
    private final Function<T, String> name;
    private final Supplier<List<T>> all;
    private final List<Sentence> said = new ArrayList<>();
    private Consumer<List<T>> question = left -> {};
    private List<T> things;
    private boolean settled;

    /**
     * These things of one kind.
     *
     * @param id by which one is the same after it has changed
     * @param all reads all of that kind as they are now
     */
    public AskedAbout(
            Colleagues colleagues,
            List<T> things,
            Function<T, Object> id,
            Function<T, String> name,
            Supplier<List<T>> all) {
        this.colleagues = colleagues;
        this.things = things;
        this.id = id;
        this.name = name;
        this.all = all;
        getElement().setAttribute("aria-live", "polite");
        setVisible(false);
        colleagues.live().follow(this, Live::trust, this::look);
    }

    /** Asks about these things, and anew whenever some are called otherwise or are gone. */
    public void ask(Consumer<List<T>> asking) {
        question = asking;
        asking.accept(things);
    }

    /** Whether nothing is left to ask about. */
    public boolean gone() {
        return things.isEmpty();
    }

    /** What is to be done now: the things as they are at this moment. What becomes of them from here on is not said. */
    public List<T> settle() {
        settled = true;
        Map<Object, T> current = current();
        things = things.stream()
                .map(thing -> current.getOrDefault(id.apply(thing), thing))
                .toList();
        return things;
    }

    private Map<Object, T> current() {
        return all.get().stream().collect(Collectors.toMap(id, Function.identity()));
    }

    private void look(LifecycleEvent event) {
        if (settled) {
            return;
        }
        Map<Object, T> current = current();
        List<T> before = things;
        things = before.stream()
                .map(thing -> current.get(id.apply(thing)))
                .filter(Objects::nonNull)
                .toList();
        List<Sentence> news = new ArrayList<>();
        List<T> gone = new ArrayList<>();
        for (T thing : before) {
            T now = current.get(id.apply(thing));
            if (now == null) {
                gone.add(thing);
            } else if (!name.apply(now).equals(name.apply(thing))) {
                news.add(new Sentence("asked.renamed", colleagues.name(event), name.apply(thing), name.apply(now)));
            }
        }
        if (!gone.isEmpty()) {
            String key = event.action().endsWith(DELETED) ? "asked.deleted" : "asked.unseen";
            news.add(new Sentence(key, colleagues.name(event), Names.of(gone, name)));
        }
        if (!news.isEmpty()) {
            say(news);
            question.accept(things);
        }
    }

    private void say(List<Sentence> news) {
        said.addAll(news);
        while (said.size() > MOST) {
            said.removeFirst();
        }
        removeAll();
        setVisible(true);
        List<Component> lines = new ArrayList<>();
        said.forEach(line -> lines.add(new Div(line)));
        if (gone()) {
            lines.add(new Div(Texts.of("asked.none")));
        }
        Notice notice =
                new Notice(gone() ? Tone.NEGATIVE : Tone.CAUTION, "users-round", lines.toArray(Component[]::new));
        notice.getElement().setAttribute("role", "note");
        add(notice);
    }
}
