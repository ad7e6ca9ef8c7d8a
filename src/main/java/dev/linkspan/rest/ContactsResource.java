package dev.linkspan.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.link.ClusterLink;
import dev.linkspan.link.ContactChange;
import dev.linkspan.link.ContactHour;
import dev.linkspan.link.ContactService;
import dev.linkspan.link.LinkContact;
import dev.linkspan.link.LinkService;
import dev.linkspan.problem.Problem;
import dev.linkspan.tls.Certificates;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What is known of the contact to linked clusters, asking again, and re-pinning. */
@Component
class ContactsResource implements Resource {
    private static final String LINKS = "/1.0/linkspan/cluster-links";
    private static final String LINK = LINKS + "/{}";

    private final ContactService contacts;
    private final LinkService links;

    ContactsResource(ContactService contacts, LinkService links) {
        this.contacts = contacts;
        this.links = links;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Contact(
            String name,
            String status,
            String reason,
            String since,
            int goodAddresses,
            int allAddresses,
            String checkedAt,
            String lastContactAt,
            String refreshedAt) {
        static Contact of(String name, LinkContact contact) {
            return new Contact(
                    name,
                    contact.status().wireName(),
                    contact.reason(),
                    time(contact.since()),
                    contact.goodAddresses(),
                    contact.allAddresses(),
                    time(contact.checkedAt()),
                    time(contact.lastContactAt()),
                    time(contact.refreshedAt()));
        }
    }

    private record Hour(String hour, int contacts, int failures) {
        static Hour of(ContactHour hour) {
            return new Hour(time(hour.hour()), hour.contacts(), hour.failures());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Change(String at, String status, String reason, Integer goodAddresses, Integer allAddresses) {
        static Change of(ContactChange change) {
            return new Change(
                    time(change.at()),
                    change.status().wireName(),
                    change.reason(),
                    change.goodAddresses(),
                    change.allAddresses());
        }
    }

    private record Shown(String fingerprint, String certificate) {
        static Shown of(String pem) {
            return pem == null ? null : new Shown(Certificates.fingerprint(Certificates.parse(pem)), pem);
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record History(
            Contact contact, List<Hour> hours, List<Change> changes, Shown pinnedCertificate, Shown shownCertificate) {}

    private record Pin(String fingerprint) {}

    private record Event(
            String at,
            String action,
            String source,
            Map<String, String> context,
            String username,
            String protocol,
            String address) {
        static Event of(LifecycleEvent event) {
            return new Event(
                    time(event.at()),
                    event.action(),
                    event.source(),
                    event.context(),
                    event.username(),
                    event.protocol(),
                    event.address());
        }
    }

    @Override
    public void register(Routes routes) {
        routes.on("GET", "/1.0/linkspan/contacts", this::all)
                .on("GET", LINK + "/contacts", this::history)
                .on("GET", LINK + "/events", this::events)
                .on("POST", LINK + "/refresh", this::refresh)
                .on("POST", "/1.0/linkspan/contacts/refresh", this::refreshAll)
                .on("POST", LINK + "/pin", this::repin);
    }

    private Answer all(ApiRequest request) {
        List<ClusterLink> visible = links.list(request.caller());
        Map<Long, LinkContact> known = contacts.current(request.caller(), visible);
        return Answer.of(visible.stream()
                .filter(link -> known.containsKey(link.id()))
                .map(link -> Contact.of(link.name(), known.get(link.id())))
                .toList());
    }

    private Answer history(ApiRequest request) {
        ContactService.History history = contacts.history(request.caller(), request.argument(0));
        return Answer.of(new History(
                Contact.of(request.argument(0), history.contact()),
                history.hours().stream().map(Hour::of).toList(),
                history.changes().stream().map(Change::of).toList(),
                Shown.of(history.pinnedCertificate()),
                Shown.of(history.shownCertificate())));
    }

    private Answer events(ApiRequest request) {
        return Answer.of(links.detail(request.caller(), request.argument(0)).events().stream()
                .map(Event::of)
                .toList());
    }

    private Answer refresh(ApiRequest request) {
        return Answer.of(Contact.of(request.argument(0), contacts.refresh(request.caller(), request.argument(0))));
    }

    private Answer refreshAll(ApiRequest request) {
        return Answer.of(Map.of("links", contacts.refreshAll(request.caller())));
    }

    private Answer repin(ApiRequest request) {
        Pin pin = request.body(Pin.class);
        if (pin.fingerprint() == null) {
            throw Problem.FINGERPRINT_MISSING.with();
        }
        contacts.repin(request.caller(), request.argument(0), pin.fingerprint());
        return Answer.done();
    }

    static String time(Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
