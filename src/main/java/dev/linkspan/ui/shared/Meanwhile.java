package dev.linkspan.ui.shared;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.event.LifecycleEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import tools.jackson.core.type.TypeReference;

/**
 * Says at the top of a form what others have changed of the same thing since it was opened: who, what and when. One's own
 * input stays, and one chooses whether it or theirs is to count.
 */
public class Meanwhile extends Div {
    private static final Duration TICK = Duration.ofSeconds(5);
    private static final int MOST = 3;

    private record Deed(String key, String who, String what, Instant at) {
        boolean follows(Deed earlier) {
            return key.equals(earlier.key) && who.equals(earlier.who) && what.equals(earlier.what);
        }
    }

    /**
     * What one goes from, and since when.
     *
     * @param ground in a form that can be written as JSON
     */
    public record Since<T>(T ground, Instant at) {}

    /** Keeps what one goes from in the browser, and looks what differs when it comes back. */
    private final class Ground<T> {
        private final KeptChoice<Since<T>> kept;
        private final Supplier<T> current;
        private T last;

        Ground(
                TypeReference<Since<T>> form,
                Supplier<T> current,
                Function<T, List<EntityUrl>> things,
                Consumer<T> look) {
            this.current = current;
            kept = new KeptChoice<>(Meanwhile.this, form, since -> {
                last = since.ground();
                kept().keep(since);
                List<LifecycleEvent> events = colleagues.since(since.at(), things.apply(last));
                cause = events.isEmpty() ? null : events.getFirst();
                causers = Names.of(
                        events.stream().map(colleagues::name).distinct().toList(), name -> name);
                look.accept(last);
                causers = "";
                settle();
            });
        }

        private KeptChoice<Since<T>> kept() {
            return kept;
        }

        void move() {
            T now = current.get();
            if (!now.equals(last)) {
                last = now;
                kept.keep(new Since<>(now, Instant.now()));
            }
        }
    }

    private final Colleagues colleagues;
    private final List<Deed> deeds = new ArrayList<>();
    private final Div choice;
    private LifecycleEvent cause;
    private Ground<?> ground;
    private String causers = "";
    private boolean mine;
    private boolean gone;

    Meanwhile(Colleagues colleagues, Runnable takeTheirs) {
        this.colleagues = colleagues;
        ActionButton theirs = new ActionButton(Texts.of("meanwhile.take-theirs"), () -> {
                    clear();
                    takeTheirs.run();
                })
                .look("small");
        ActionButton own = new ActionButton(Texts.of("meanwhile.keep-mine"), this::clear).look("small");
        choice = new Div(theirs, own);
        choice.addClassNames("ls-row", "ls-wrap");
        addClassNames("ls-stack", "ls-tight", "ls-meanwhile", "ls-when-any");
        colleagues.live().repeat(this, TICK, this::tick);
    }

    /** Looks after each event that concerns the thing, which is then known to be the cause of what is seen. */
    public Meanwhile follow(Component form, Predicate<LifecycleEvent> concerns, Runnable look) {
        colleagues.live().follow(form, concerns, event -> {
            cause = event;
            look.run();
        });
        return this;
    }

    /**
     * Has the browser keep what one goes from: when the page was loaded anew, what others have changed since is said again, and
     * what they changed while it was loaded is said, too.
     *
     * @param current what one goes from by now
     * @param things whose events tell who has changed what one went from
     * @param look compares what one went from with what there is by now, and says what differs
     */
    public <T> Meanwhile goesFrom(
            TypeReference<Since<T>> form, Supplier<T> current, Function<T, List<EntityUrl>> things, Consumer<T> look) {
        ground = new Ground<>(form, current, things, look);
        settle();
        return this;
    }

    /** What there is by now is what one goes from, unless something is said that one hasn't answered. */
    public void settle() {
        if (ground != null && deeds.isEmpty()) {
            ground.move();
        }
    }

    /** Says so when somebody takes the name that one is about to give. */
    public Meanwhile followNames(Component form, Predicate<LifecycleEvent> takesIt) {
        colleagues.live().follow(form, takesIt, this::taken);
        return this;
    }

    /** Says that whoever caused that event took the name, unless one did so oneself. */
    public void taken(LifecycleEvent event) {
        if (!colleagues.mine(event)) {
            cause = event;
            add("meanwhile.taken", "");
        }
    }

    /**
     * Says that whoever caused the last event has changed these.
     *
     * @param what verbs with their objects, in the past tense; when there are none, nothing is said
     * @param ownInput whether the form has input that isn't saved
     */
    public void changed(List<String> what, boolean ownInput) {
        mine = ownInput;
        if (!what.isEmpty()) {
            add("meanwhile.changed", Names.of(what, part -> part));
        }
        settle();
    }

    /** Says that whoever caused the last event has deleted the thing. */
    public void gone() {
        gone = true;
        add("meanwhile.gone", "");
    }

    /** What was added and what was removed, by what such things are called. */
    public static List<String> difference(String words, Set<String> before, Set<String> now) {
        List<String> what = new ArrayList<>();
        Set<String> added = new TreeSet<>(now);
        added.removeAll(before);
        Set<String> removed = new TreeSet<>(before);
        removed.removeAll(now);
        if (!added.isEmpty()) {
            what.add(Texts.of(words + ".added", added.size(), Names.of(List.copyOf(added), name -> name)));
        }
        if (!removed.isEmpty()) {
            what.add(Texts.of(words + ".removed", removed.size(), Names.of(List.copyOf(removed), name -> name)));
        }
        return what;
    }

    /** Forgets what was said. */
    public void clear() {
        deeds.clear();
        show();
        settle();
    }

    private void add(String key, String what) {
        Instant at = cause == null ? Instant.now() : cause.at();
        String who = causers.isEmpty() ? colleagues.name(cause) : causers;
        Deed deed = new Deed(key, who, what, at);
        deeds.removeIf(deed::follows);
        deeds.add(deed);
        if (deeds.size() > MOST) {
            deeds.removeFirst();
        }
        getElement().setAttribute("aria-live", "polite");
        show();
    }

    /** The times go on, which is no news. */
    private void tick() {
        if (!deeds.isEmpty()) {
            getElement().setAttribute("aria-live", "off");
            show();
        }
    }

    private void show() {
        removeAll();
        if (deeds.isEmpty()) {
            return;
        }
        Times times = Times.of(UI.getCurrent());
        List<Component> lines = new ArrayList<>();
        deeds.forEach(deed -> lines.add(new Div(new Sentence(deed.key(), deed.who(), deed.what(), ago(deed, times)))));
        if (gone) {
            lines.add(new Div(Texts.of("meanwhile.gone.kept")));
        } else if (mine) {
            lines.add(new Div(Texts.of("meanwhile.kept")));
            lines.add(choice);
        }
        Notice notice = new Notice(gone ? Tone.NEGATIVE : Tone.CAUTION, "users-round", lines.toArray(new Component[0]));
        notice.getElement().setAttribute("role", "note");
        add(notice);
    }

    private static String ago(Deed deed, Times times) {
        return Duration.between(deed.at(), times.now()).compareTo(TICK) < 0
                ? Texts.of("meanwhile.now")
                : times.ago(deed.at());
    }
}
