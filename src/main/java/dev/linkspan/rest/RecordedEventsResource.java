package dev.linkspan.rest;

import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.event.EventFilter;
import dev.linkspan.event.EventFilter.Concern;
import dev.linkspan.event.EventService;
import dev.linkspan.event.EventWire;
import dev.linkspan.event.RecordedEvent;
import dev.linkspan.identity.IdentityService;
import dev.linkspan.link.LinkService;
import dev.linkspan.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What has happened, as far back as it is kept. */
@Component
class RecordedEventsResource implements Resource {
    private static final String EVENTS = "/1.0/linkspan/events";
    private static final int LONGEST_PAGE = 1_000;
    private static final int USUAL_PAGE = 100;

    private final EventService events;
    private final LinkService links;
    private final IdentityService identities;

    RecordedEventsResource(EventService events, LinkService links, IdentityService identities) {
        this.events = events;
        this.links = links;
        this.identities = identities;
    }

    private record Page(List<Map<String, Object>> events, Long next) {}

    @Override
    public void register(Routes routes) {
        routes.on("GET", EVENTS, this::list).on("GET", EVENTS + "/{}", this::get);
    }

    private Answer list(ApiRequest request) {
        Query query = request.query();
        int most = (int) number(query, "limit", USUAL_PAGE, LONGEST_PAGE);
        long before = number(query, "before", EventService.NEWEST, EventService.NEWEST);
        List<RecordedEvent> page = events.page(request.caller(), filter(request), before, 0, most + 1);
        boolean more = page.size() > most;
        List<RecordedEvent> shown = more ? page.subList(0, most) : page;
        return Answer.of(new Page(
                shown.stream().map(RecordedEventsResource::wire).toList(),
                more ? shown.getLast().id() : null));
    }

    private Answer get(ApiRequest request) {
        long id;
        try {
            id = Long.parseLong(request.argument(0));
        } catch (NumberFormatException e) {
            throw Problem.NOT_FOUND.with();
        }
        return Answer.of(wire(events.get(request.caller(), id)));
    }

    private static Map<String, Object> wire(RecordedEvent event) {
        Map<String, Object> wire = new LinkedHashMap<>();
        wire.put("id", event.id());
        wire.putAll(EventWire.of(event));
        return wire;
    }

    private EventFilter filter(ApiRequest request) {
        Query query = request.query();
        List<Concern> concerns = new ArrayList<>();
        if (!query.get("link").isEmpty()) {
            concerns.add(links.concern(request.caller(), query.get("link")));
        }
        if (!query.get("identity").isEmpty()) {
            EntityUrl identity = entity(query.get("identity"));
            if (identity.type() != EntityType.IDENTITY) {
                throw Problem.ENTITY_URL.with(query.get("identity"));
            }
            concerns.add(identities.concern(
                    request.caller(),
                    identity.arguments().getFirst(),
                    identity.arguments().getLast()));
        }
        if (!query.get("entity").isEmpty()) {
            concerns.add(Concern.about(entity(query.get("entity"))));
        }
        return new EventFilter(query.get("type"), query.get("level"), concerns, query.get("query"));
    }

    private static EntityUrl entity(String url) {
        return EntityUrl.parse(url).orElseThrow(() -> Problem.ENTITY_URL.with(url));
    }

    private static long number(Query query, String name, long absent, long most) {
        String value = query.get(name);
        if (value.isEmpty()) {
            return absent;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below.
        }
        throw Problem.EVENT_PAGE.with(name, 1, most);
    }
}
