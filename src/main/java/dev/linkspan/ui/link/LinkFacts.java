package dev.linkspan.ui.link;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Svg;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.link.LinkHistory;
import dev.linkspan.link.LinkState;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.access.EffectiveAccessView;
import dev.linkspan.ui.group.AccessWords;
import dev.linkspan.ui.group.GroupChoices;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.CopyField;
import dev.linkspan.ui.shared.Facts;
import dev.linkspan.ui.shared.Names;
import dev.linkspan.ui.shared.Symbol;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;
import dev.linkspan.ui.shared.Tone;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;

/** What stands beside the addresses and events of a link. */
final class LinkFacts {
    private static final Map<String, String> HOW_PINNED = Map.of(
            LinkHistory.PINNED, "compared", LinkHistory.FOLLOWED, "announced", LinkHistory.ACTIVATED, "by-token");

    private LinkFacts() {}

    /**
     * The pinned certificate, since when it is pinned and why, and whether the addresses show it.
     *
     * @param who the name of whoever caused an event
     */
    static Component certificate(LinkPage page, LinkState state, Function<LifecycleEvent, String> who, Times times) {
        String fingerprint = page.certificates().pinned().fingerprint();
        Div card = card(new CertificateCard(page.certificates().pinned(), pinned(page, who, times), times));
        if (state != null) {
            card.add(shownBy(state));
        }
        PageSection section = new PageSection(
                Texts.of("link.certificate"), CopyField.icon(Texts.of("copy.fingerprint"), fingerprint));
        section.show(card);
        return section;
    }

    private static String pinned(LinkPage page, Function<LifecycleEvent, String> who, Times times) {
        return page.detail().events().stream()
                .filter(event -> HOW_PINNED.keySet().stream().anyMatch(event.detail()::containsKey))
                .max(Comparator.comparing(LifecycleEvent::at))
                .map(event -> {
                    String how = HOW_PINNED.entrySet().stream()
                            .filter(way -> event.detail().containsKey(way.getKey()))
                            .findFirst()
                            .map(Map.Entry::getValue)
                            .orElseThrow();
                    return Texts.of("link.certificate." + how, times.at(event.at()), who.apply(event));
                })
                .orElse(null);
    }

    private static Component shownBy(LinkState state) {
        long wrong = state.addresses().stream()
                .filter(address -> address.cause() == LinkState.Cause.WRONG_CERTIFICATE)
                .count();
        long right = state.addresses().stream()
                .filter(address -> address.status() != LinkState.Status.UNREACHABLE)
                .count();
        Tone tone = wrong > 0 ? Tone.NEGATIVE : right > 0 ? Tone.POSITIVE : Tone.NEUTRAL;
        String key =
                wrong > 0 ? "link.certificate.wrong" : right > 0 ? "link.certificate.right" : "link.certificate.silent";
        Div verdict = new Div(
                new Symbol(wrong > 0 ? "shield-alert" : right > 0 ? "shield-check" : "unplug"),
                new Span(Texts.of(key, wrong)));
        verdict.addClassNames("ls-verdict", tone.styleName());
        return new Div(verdict);
    }

    /**
     * What the peer may do here, in plain words.
     *
     * @param seesAll whether the caller sees all auth groups
     */
    static Component rights(LinkPage page, GroupChoices choices, boolean seesAll, ActionButton change) {
        LinkLine line = page.line();
        PageSection section = new PageSection(Texts.of(line.pending() ? "link.rights.pending" : "link.rights"));
        if (!line.grants()) {
            section.show(card(
                    new Paragraph(Texts.of("link.rights.none." + line.type().wireName()))));
            return section;
        }
        Div groups = new Div();
        groups.addClassNames("ls-row", "ls-wrap");
        line.groups().forEach(group -> {
            Span chip = new Span(group);
            chip.addClassName("ls-chip");
            chip.setTitle(group);
            groups.add(chip);
        });
        Span room = new Span();
        room.addClassName("ls-grow");
        groups.add(room, change);
        Div words = new Div(groups);
        words.addClassNames("ls-stack", "ls-tight");
        words.add(phrases(line, choices, seesAll));
        Div card = card(words);
        if (page.detail().identity() != null) {
            card.add(new Div(EffectiveAccessView.linkTo(page.detail().identity(), Texts.of("link.rights.effective"))));
        }
        section.show(card);
        return section;
    }

    private static Component phrases(LinkLine line, GroupChoices choices, boolean seesAll) {
        if (line.groups().isEmpty()) {
            return new Paragraph(Texts.of(seesAll ? "link.rights.no-groups" : "link.rights.no-groups.partly"));
        }
        try {
            GroupChoices.Allowed allowed = choices.allowed(line.groups());
            if (allowed.phrases().isEmpty()) {
                return new Paragraph(Texts.of("link.rights.nothing"));
            }
            UnorderedList list = new UnorderedList();
            list.addClassName("ls-rights");
            allowed.rights().forEach(right -> list.add(new ListItem(new Symbol("check"), right(right))));
            if (allowed.implied() > 0) {
                Span implied = new Span(Texts.of("link.rights.implied", allowed.implied()));
                implied.addClassNames("ls-small", "ls-muted");
                list.add(new ListItem(implied));
            }
            return list;
        } catch (ProblemException e) {
            return new Paragraph(e.getMessage());
        }
    }

    private static Div right(AccessWords.Right right) {
        Span below = new Span(new Code(right.entitlement()), new Text(Texts.of("access.on", right.on())));
        below.addClassName("ls-under");
        return new Div(new Span(capital(right.phrase())), below);
    }

    private static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** The same, as short as it stands at the drawing. */
    static String mayHere(LinkLine line, GroupChoices choices, boolean seesAll) {
        if (line.groups().isEmpty()) {
            return Texts.of(seesAll ? "link.span.nothing" : "link.span.nothing.partly");
        }
        try {
            return Texts.of(
                    "link.span.permissions",
                    choices.allowed(line.groups()).permissions(),
                    Names.of(line.groups(), group -> group));
        } catch (ProblemException e) {
            return Names.of(line.groups(), group -> group);
        }
    }

    /**
     * Everything else.
     *
     * @param who the name of whoever caused an event
     */
    static Component details(LinkPage page, Function<LifecycleEvent, String> who, Times times) {
        LinkLine line = page.line();
        Div type = new Div(
                new Span(new Svg(TypeGlyph.of(line.type()))),
                new Span(Texts.of("link.type." + line.type().wireName())));
        type.addClassName("ls-row");
        Facts facts = new Facts().with("links.column.type", type);
        String description = line.link().description();
        facts.with("link.details.description", description.isEmpty() ? Texts.of("links.none-by-nature") : description);
        line.link().config().forEach(facts::withOwn);
        facts.with("link.details.created", times.exactly(page.detail().createdAt()));
        page.detail().events().stream()
                .filter(event -> event.action().equals("cluster-link-created"))
                .min(Comparator.comparing(event ->
                        Duration.between(page.detail().createdAt(), event.at()).abs()))
                .ifPresent(event -> facts.with("link.details.creator", who.apply(event)));
        if (line.contact() != null && line.contact().refreshedAt() != null) {
            facts.with("link.details.refreshed", times.ago(line.contact().refreshedAt()));
        }
        PageSection section = new PageSection(Texts.of("link.details"));
        section.show(facts);
        return section;
    }

    private static Div card(Component... parts) {
        Div card = new Div(parts);
        card.addClassName("ls-plain-card");
        return card;
    }
}
