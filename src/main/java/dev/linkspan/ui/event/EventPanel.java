package dev.linkspan.ui.event;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.function.ValueProvider;
import dev.linkspan.event.EventWire;
import dev.linkspan.event.RecordedEvent;
import dev.linkspan.ui.identity.IdentitiesView;
import dev.linkspan.ui.identity.KnownIdentities;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.CopyField;
import dev.linkspan.ui.shared.Facts;
import dev.linkspan.ui.shared.SidePanel;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** One event with everything that is known of it, in words and as the API tells it. */
class EventPanel extends SidePanel {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final ActionButton done;

    /**
     * The panel of an event.
     *
     * @param along the security events that were recorded along with it
     * @param address where the panel of each of these is
     */
    EventPanel(
            RecordedEvent event,
            List<RecordedEvent> along,
            ValueProvider<RecordedEvent, String> address,
            KnownIdentities known,
            Runnable onClose) {
        super(EventWords.what(event), onClose);
        done = new ActionButton(Texts.of("panel.close"), this::close);
        String json = JSON.writeValueAsString(EventWire.of(event));
        CopyField raw = new CopyField(Texts.of("copy.json")).wrapped().value(json, json);
        raw.addClassName("ls-json");
        addToBody(facts(event, known));
        if (!along.isEmpty()) {
            addToBody(section("event.along", list(along, address)));
        }
        addToBody(section("event.json", raw));
        addToFoot(done);
    }

    @Override
    protected Focusable<?> firstField() {
        return done;
    }

    private static Div section(String title, Component content) {
        Div section = new Div(new H3(Texts.of(title)), content);
        section.addClassName("ls-section");
        return section;
    }

    private static UnorderedList list(List<RecordedEvent> events, ValueProvider<RecordedEvent, String> address) {
        UnorderedList list = new UnorderedList();
        list.addClassName("ls-may");
        events.forEach(event -> {
            Anchor panel = new Anchor(address.apply(event), EventWords.what(event));
            panel.getElement().setAttribute("router-link", true);
            list.add(new ListItem(panel));
        });
        return list;
    }

    private static Facts facts(RecordedEvent event, KnownIdentities known) {
        Times times = Times.of(UI.getCurrent());
        Facts facts = new Facts();
        facts.with("event.when", Texts.of("event.when.both", times.exactly(event.at()), times.ago(event.at())));
        facts.with("event.kind", Texts.of(event.security() ? "events.part.security" : "events.part.lifecycle"));
        facts.with("event.action", code(event.action()));
        if (event.security()) {
            facts.with("event.level", Texts.of("event.level." + event.level()));
            facts.with("event.description", event.description());
        }
        String subject = EventWords.subject(event, known);
        if (!subject.isEmpty()) {
            facts.with("event.subject", linked(EventWords.address(event, known), subject));
        }
        if (!event.source().isEmpty()) {
            facts.with("event.source", code(event.source()));
        }
        if (!event.project().isEmpty()) {
            facts.with("event.project", event.project());
        }
        event.context().forEach(facts::withOwn);
        addRequestor(facts, event, known);
        return facts;
    }

    private static void addRequestor(Facts facts, RecordedEvent event, KnownIdentities known) {
        String page = known.at(event.at())
                .find(KnownIdentities.key(event.protocol(), event.username()))
                .map(identity -> IdentitiesView.addressOf(identity.method(), identity.identifier()))
                .orElse("");
        facts.with("event.who", linked(page, EventWords.who(event, known)));
        if (!event.username().isEmpty()) {
            facts.with("event.username", code(event.username()));
        }
        if (!event.protocol().isEmpty()) {
            facts.with("event.way", EventWords.way(event));
        }
        if (!event.address().isEmpty()) {
            facts.with("event.address", EventWords.from(event));
        }
        if (!event.userAgent().isEmpty()) {
            facts.with("event.agent", event.userAgent());
        }
        String request = (event.requestMethod() + ' ' + event.requestPath()).strip();
        if (!request.isEmpty()) {
            facts.with("event.request", code(request));
        }
        if (!event.security()) {
            facts.with("event.agent", Texts.of("event.not-recorded"));
        }
    }

    private static Component linked(String address, String text) {
        return address.isEmpty() ? new Span(text) : new Anchor(address, text);
    }

    private static Div code(String text) {
        Code code = new Code();
        code.setText(text);
        return new Div(code);
    }
}
