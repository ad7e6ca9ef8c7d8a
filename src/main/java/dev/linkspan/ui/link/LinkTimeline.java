package dev.linkspan.ui.link;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.link.ContactChange;
import dev.linkspan.link.ContactHour;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Symbol;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;
import dev.linkspan.ui.shared.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What happened to a link, latest first: contact that was lost and found, and what people did. */
class LinkTimeline extends PageSection {
    private static final int FIRST = 12;
    private static final int MOST = 200;

    private record Entry(Instant at, String symbol, Tone tone, Sentence what, String besides) {}

    LinkTimeline() {
        super(Texts.of("link.timeline"));
    }

    /**
     * Shows the history of a link.
     *
     * @param who the name of whoever caused an event
     */
    void show(LinkPage page, Function<LifecycleEvent, String> who, Times times) {
        List<Entry> entries = new ArrayList<>();
        if (page.history() != null) {
            page.history().changes().forEach(change -> entries.add(entry(change)));
            day(page.history().hours(), times).ifPresent(this::beside);
        }
        page.detail().events().forEach(event -> entries.add(entry(event, who.apply(event))));
        entries.sort(Comparator.comparing(Entry::at).reversed());
        if (page.detail().eventsRefused()) {
            Paragraph refused = new Paragraph(Texts.of("link.timeline.refused"));
            refused.addClassName("ls-muted");
            show(list(entries, FIRST, times), refused);
        } else if (entries.isEmpty()) {
            Paragraph none = new Paragraph(Texts.of("link.timeline.none"));
            none.addClassName("ls-muted");
            show(none);
        } else if (entries.size() <= FIRST) {
            show(list(entries, FIRST, times));
        } else {
            ActionButton more = new ActionButton(
                            Texts.of("link.timeline.more", Math.min(entries.size(), MOST) - FIRST),
                            () -> show(list(entries, MOST, times)))
                    .look("small");
            show(list(entries, FIRST, times), more);
        }
    }

    private static Optional<String> day(List<ContactHour> hours, Times times) {
        Instant from = times.now().minus(Duration.ofHours(ContactStrip.HOURS));
        List<ContactHour> last =
                hours.stream().filter(hour -> hour.hour().isAfter(from)).toList();
        int contacts = last.stream().mapToInt(ContactHour::contacts).sum();
        int failures = last.stream().mapToInt(ContactHour::failures).sum();
        return contacts + failures == 0
                ? Optional.empty()
                : Optional.of(Texts.of("link.timeline.day", contacts, failures));
    }

    private static Entry entry(ContactChange change) {
        String key = "link.change." + change.status().wireName();
        return switch (change.status()) {
            case ACTIVE -> new Entry(change.at(), "circle-check", Tone.POSITIVE, new Sentence(key), "");
            case UNKNOWN -> new Entry(change.at(), "circle-dashed", Tone.NEUTRAL, new Sentence(key), "");
            case NOT_TRUSTED -> new Entry(change.at(), "user-round-x", Tone.NEGATIVE, new Sentence(key), "");
            case CERTIFICATE_CHANGED ->
                new Entry(change.at(), "shield-alert", Tone.NEGATIVE, new Sentence(key), change.reason());
            case UNREACHABLE ->
                new Entry(change.at(), "triangle-alert", Tone.CAUTION, new Sentence(key), change.reason());
        };
    }

    private static Entry entry(LifecycleEvent event, String who) {
        String key = "link.event." + event.action();
        String symbol =
                switch (event.action()) {
                    case "cluster-link-created" -> "handshake";
                    case "cluster-link-renamed" -> "id-card";
                    case "cluster-link-deleted" -> "trash-2";
                    case "identity-created", "identity-updated" -> "users-round";
                    default -> "pencil";
                };
        Sentence what = Texts.ofOr(key, "").isEmpty()
                ? new Sentence("link.event.other", who, event.action())
                : new Sentence(key, who, event.context().getOrDefault("old_name", ""));
        return new Entry(event.at(), symbol, Tone.NEUTRAL, what, "");
    }

    private static OrderedList list(List<Entry> entries, int most, Times times) {
        OrderedList list = new OrderedList();
        list.addClassName("ls-times");
        entries.stream().limit(most).forEach(entry -> {
            Span time = new Span(times.moment(entry.at()));
            time.addClassNames("ls-time", "ls-number");
            time.setTitle(times.exactly(entry.at()));
            Symbol symbol = new Symbol(entry.symbol());
            symbol.addClassName(entry.tone().styleName());
            Div text = new Div(new Paragraph(entry.what()));
            if (!entry.besides().isEmpty()) {
                Paragraph besides = new Paragraph(entry.besides());
                besides.addClassNames("ls-small", "ls-muted");
                text.add(besides);
            }
            list.add(new ListItem(time, symbol, text));
        });
        return list;
    }
}
