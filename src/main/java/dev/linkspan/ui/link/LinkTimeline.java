package dev.linkspan.ui.link;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.identity.IdentityHistory;
import dev.linkspan.link.ContactChange;
import dev.linkspan.link.ContactHour;
import dev.linkspan.link.LinkHistory;
import dev.linkspan.ui.event.EventsView;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Fingerprints;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What happened to a link, latest first: contact that was lost and found, and what people did. */
class LinkTimeline extends PageSection {
    private static final int FIRST = 12;
    private static final int MOST = 200;

    private record Entry(Instant at, String symbol, Tone tone, Sentence what, String besides) {}

    LinkTimeline(String link) {
        super(Texts.of("link.timeline"), new Anchor(EventsView.addressOfLink(link), Texts.of("link.timeline.all")));
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
        List<LifecycleEvent> events = page.detail().events();
        Set<String> pinned = events.stream()
                .flatMap(event -> Stream.of(LinkHistory.PINNED, LinkHistory.FOLLOWED)
                        .map(way -> event.detail().getOrDefault(way, "")))
                .collect(Collectors.toSet());
        events.stream().filter(event -> !follows(event, pinned)).forEach(event -> {
            String name = who.apply(event);
            entries.add(detailed(event, name, times).orElseGet(() -> entry(event, name)));
        });
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

    /** Whether it is what another event of the link brings with it for the peer's identity here. */
    private static boolean follows(LifecycleEvent event, Set<String> pinned) {
        return event.action().equals("identity-created")
                || event.detail().containsKey(IdentityHistory.ACTIVATED)
                || event.detail().containsKey(IdentityHistory.RENAMED)
                || pinned.contains(event.detail().getOrDefault(IdentityHistory.CERTIFICATE, "none"));
    }

    private static Optional<String> day(List<ContactHour> hours, Times times) {
        Instant from = times.now().minus(Duration.ofHours(ContactStrip.HOURS));
        List<ContactHour> last =
                hours.stream().filter(hour -> hour.hour().isAfter(from)).toList();
        int answered = last.stream().mapToInt(ContactHour::contacts).sum();
        int checks = answered + last.stream().mapToInt(ContactHour::failures).sum();
        return checks == 0 ? Optional.empty() : Optional.of(Texts.of("link.timeline.day", checks, answered));
    }

    private static Entry entry(ContactChange change) {
        String key = "link.change." + change.status().wireName();
        return switch (change.status()) {
            case ACTIVE -> new Entry(change.at(), "circle-check", Tone.POSITIVE, contact(key, change), "");
            case UNKNOWN -> new Entry(change.at(), "circle-dashed", Tone.NEUTRAL, new Sentence(key), "");
            case NOT_TRUSTED -> new Entry(change.at(), "user-round-x", Tone.NEGATIVE, new Sentence(key), "");
            case CERTIFICATE_CHANGED ->
                new Entry(
                        change.at(),
                        "shield-alert",
                        Tone.NEGATIVE,
                        new Sentence(key),
                        Fingerprints.briefWithin(change.reason()));
            case UNREACHABLE ->
                new Entry(
                        change.at(),
                        "triangle-alert",
                        Tone.CAUTION,
                        new Sentence(key),
                        Fingerprints.briefWithin(change.reason()));
        };
    }

    private static Sentence contact(String key, ContactChange change) {
        return change.allAddresses() == null
                ? new Sentence(key)
                : new Sentence(key + ".addresses", change.goodAddresses(), change.allAddresses());
    }

    private static Entry entry(LifecycleEvent event, String who) {
        String key = "link.event." + event.action();
        String symbol =
                switch (event.action()) {
                    case "cluster-link-created" -> "handshake";
                    case "cluster-link-renamed" -> "id-card";
                    case "cluster-link-deleted" -> "trash-2";
                    case "identity-updated" -> "users-round";
                    default -> "pencil";
                };
        Sentence what = Texts.ofOr(key, "").isEmpty()
                ? new Sentence("link.event.other", who, event.action())
                : new Sentence(key, who, event.context().getOrDefault("old_name", ""));
        return neutral(event, symbol, what, "");
    }

    private static Entry neutral(LifecycleEvent event, String symbol, Sentence what, String besides) {
        return new Entry(event.at(), symbol, Tone.NEUTRAL, what, besides);
    }

    /** What an event says besides tells more than its kind. */
    private static Optional<Entry> detailed(LifecycleEvent event, String who, Times times) {
        Map<String, String> detail = event.detail();
        String until = detail.get(LinkHistory.TOKEN_UNTIL);
        String user = detail.get(LinkHistory.ACTIVATED);
        if (until != null) {
            return Optional.of(neutral(event, "ticket", new Sentence("link.event.token", who), until(until, times)));
        }
        if (event.action().equals("cluster-link-created") && user != null) {
            return Optional.of(new Entry(
                    event.at(),
                    "handshake",
                    Tone.POSITIVE,
                    user.isEmpty() ? new Sentence("link.event.linked", who) : new Sentence("link.event.activated"),
                    user.isEmpty()
                            ? Texts.of("link.event.linked.pinned")
                            : Texts.of("link.event.activated.from", user)));
        }
        if (detail.containsKey(IdentityHistory.TOKEN_ISSUED)) {
            return Optional.of(neutral(
                    event,
                    "ticket",
                    new Sentence("link.event.token.issued", who),
                    until(detail.get(IdentityHistory.TOKEN_ISSUED), times)));
        }
        if (detail.containsKey(IdentityHistory.TOKEN_REVOKED)) {
            return Optional.of(neutral(event, "ban", new Sentence("link.event.token.revoked", who), ""));
        }
        if (detail.containsKey(IdentityHistory.TOKEN_ENDED)) {
            String why = Texts.of("link.event.token.ended.why");
            return Optional.of(neutral(event, "timer-off", new Sentence("link.event.token.ended", who), why));
        }
        if (detail.containsKey(LinkHistory.PINNED)) {
            String besides = Fingerprints.brief(detail.get(LinkHistory.PINNED));
            return Optional.of(neutral(event, "shield-check", new Sentence("link.event.pinned", who), besides));
        }
        if (detail.containsKey(LinkHistory.FOLLOWED)) {
            String besides = Fingerprints.brief(detail.get(LinkHistory.FOLLOWED));
            return Optional.of(neutral(event, "shield-check", new Sentence("link.event.followed"), besides));
        }
        if (detail.containsKey(IdentityHistory.CERTIFICATE)) {
            String besides = Fingerprints.brief(detail.get(IdentityHistory.CERTIFICATE));
            return Optional.of(neutral(event, "shield-check", new Sentence("link.event.certificate", who), besides));
        }
        return changed(event, LinkHistory.ADDED, LinkHistory.REMOVED, "network", "link.event.addresses", who)
                .or(() -> changed(
                        event, IdentityHistory.INTO, IdentityHistory.OUT_OF, "users-round", "link.event.groups", who));
    }

    private static String until(String end, Times times) {
        return end.isEmpty() ? "" : Texts.of("link.event.token.until", times.at(Instant.parse(end)));
    }

    /** Something came, something went, or both. */
    private static Optional<Entry> changed(
            LifecycleEvent event, String came, String went, String symbol, String key, String who) {
        String added = event.detail().get(came);
        String removed = event.detail().get(went);
        if (added == null && removed == null) {
            return Optional.empty();
        }
        Sentence what =
                added == null ? new Sentence(key + ".removed", who, removed) : new Sentence(key + ".added", who, added);
        String besides = added == null || removed == null ? "" : Texts.of(key + ".also-removed", removed);
        return Optional.of(neutral(event, symbol, what, besides));
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
