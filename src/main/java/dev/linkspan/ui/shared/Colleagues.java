package dev.linkspan.ui.shared;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.event.EventFilter;
import dev.linkspan.event.EventService;
import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.event.RecordedEvent;
import dev.linkspan.identity.IdentityService;
import dev.linkspan.problem.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.springframework.stereotype.Component;

/** What others have done, and what they are called as far as the reader may know. */
@Component
public class Colleagues {
    private static final String SOCKET = "unix";
    private static final String DELETED = "-deleted";
    private static final String RENAMED = "-renamed";
    private static final int LONGEST_SEARCH = 256;
    private static final int MOST_FOUND = 50;
    private static final int MOST_NAMES = 10;

    private final IdentityService identities;
    private final EventService events;
    private final CurrentCaller me;
    private final Live live;

    Colleagues(IdentityService identities, EventService events, CurrentCaller me, Live live) {
        this.identities = identities;
        this.events = events;
        this.me = me;
        this.live = live;
    }

    Live live() {
        return live;
    }

    /**
     * What a form says of the others.
     *
     * @param takeTheirs gives up one's own input for what there is by now
     */
    public Meanwhile meanwhile(Runnable takeTheirs) {
        return new Meanwhile(this, takeTheirs);
    }

    /**
     * Who renamed or deleted something that is gone, and when; nothing when no event that the reader may see tells.
     *
     * @param address where the page of something of that name is
     */
    public Div[] gone(EntityUrl thing, UnaryOperator<String> address, Times times) {
        Optional<RecordedEvent> deletion = deletion(thing);
        Optional<RecordedEvent> renaming = renaming(thing)
                .filter(latest ->
                        deletion.isEmpty() || latest.id() > deletion.get().id());
        if (renaming.isPresent()) {
            RecordedEvent latest = renaming.get();
            String name =
                    EntityUrl.parse(latest.source()).orElseThrow().arguments().getLast();
            Anchor there = new Anchor(address.apply(name), name);
            there.getElement().setAttribute("router-link", true);
            return new Div[] {
                new Div(
                        new Sentence(
                                "gone.renamed",
                                name(latest.username(), latest.protocol()),
                                times.exactly(latest.at()),
                                times.ago(latest.at())),
                        new Text(" "),
                        there)
            };
        }
        return deletion.stream()
                .map(latest -> new Div(new Sentence(
                        "gone.deleted",
                        name(latest.username(), latest.protocol()),
                        times.exactly(latest.at()),
                        times.ago(latest.at()))))
                .toArray(Div[]::new);
    }

    /** Who deleted something that is gone; nobody when no event that the reader may see tells. */
    public Optional<String> deleter(EntityUrl thing) {
        return deletion(thing).map(latest -> name(latest.username(), latest.protocol()));
    }

    private Optional<RecordedEvent> renaming(EntityUrl thing) {
        String name = thing.arguments().getLast();
        if (name.length() > LONGEST_SEARCH) {
            return Optional.empty();
        }
        EventFilter about = new EventFilter("lifecycle", "", List.of(), name);
        return events.page(me.get(), about, EventService.NEWEST, 0, MOST_FOUND).stream()
                .filter(latest -> latest.action().endsWith(RENAMED)
                        && name.equals(latest.context().get("old_name"))
                        && EntityUrl.parse(latest.source())
                                .filter(now -> now.type() == thing.type())
                                .isPresent())
                .findFirst();
    }

    private Optional<RecordedEvent> deletion(EntityUrl thing) {
        EventFilter about = new EventFilter("lifecycle", "", List.of(EventFilter.Concern.about(thing)), "");
        return events.page(me.get(), about, EventService.NEWEST, 0, 1).stream()
                .filter(latest -> latest.action().endsWith(DELETED))
                .findFirst();
    }

    /** What was done to these since then, latest first; by others, if there were any. */
    List<LifecycleEvent> since(Instant since, List<EntityUrl> things) {
        List<EventFilter.Source> sources = things.stream()
                .map(thing -> EventFilter.Source.always(thing.brief()))
                .toList();
        EventFilter about =
                new EventFilter("lifecycle", "", List.of(new EventFilter.Concern(sources, "", List.of())), "");
        List<LifecycleEvent> found = events.page(me.get(), about, EventService.NEWEST, 0, MOST_FOUND).stream()
                .map(RecordedEvent::lifecycleEvent)
                .filter(event -> !event.at().isBefore(since))
                .toList();
        List<LifecycleEvent> ofOthers =
                found.stream().filter(event -> !mine(event)).toList();
        return ofOthers.isEmpty() ? found : ofOthers;
    }

    /** What something that is gone is called now; empty when no event that the reader may see tells that it was renamed. */
    public Optional<String> nowCalled(EntityUrl thing) {
        EntityUrl now = thing;
        long since = deletion(thing).map(RecordedEvent::id).orElse(0L);
        for (int i = 0; i < MOST_NAMES; i++) {
            long earlier = since;
            Optional<RecordedEvent> renaming = renaming(now).filter(latest -> latest.id() > earlier);
            if (renaming.isEmpty()) {
                break;
            }
            since = renaming.get().id();
            now = EntityUrl.parse(renaming.get().source()).orElseThrow();
        }
        return now == thing ? Optional.empty() : Optional.of(now.arguments().getLast());
    }

    /** Whether the reader caused an event. */
    boolean mine(LifecycleEvent event) {
        return me.get()
                .identity()
                .filter(own -> own.identifier().equals(event.username())
                        && own.method().equals(event.protocol()))
                .isPresent();
    }

    /** Who caused an event; you when it was the reader, somebody when there is none or one may not know. */
    String name(LifecycleEvent event) {
        if (event == null) {
            return Texts.of("actor.somebody");
        }
        if (mine(event)) {
            return Texts.of("actor.you");
        }
        return name(event.username(), event.protocol());
    }

    private String name(String username, String protocol) {
        if (username.isEmpty()) {
            return Texts.of("actor.system");
        }
        if (protocol.equals(SOCKET)) {
            return Texts.of("actor.socket");
        }
        try {
            String name = identities.get(me.get(), protocol, username).name();
            return name.isEmpty() ? Texts.of("actor.somebody") : name;
        } catch (ProblemException e) {
            return Texts.of("actor.somebody");
        }
    }
}
