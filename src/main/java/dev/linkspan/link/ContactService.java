package dev.linkspan.link;

import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.TrustChanges;
import dev.linkspan.access.TrustChanges.Kind;
import dev.linkspan.event.Events;
import dev.linkspan.peer.PeerConnection;
import dev.linkspan.peer.Peers;
import dev.linkspan.peer.Probe;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.problem.Quoted;
import dev.linkspan.store.Transactions;
import dev.linkspan.tls.Certificates;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** The contact to linked clusters: what probes showed, asking again, and pinning the certificate that a peer has changed to. */
@Service
public class ContactService {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /**
     * Everything that is kept of one link.
     *
     * @param hours of the last 30 days in which it was asked, oldest first
     * @param changes of its status in the last year, latest first
     * @param shownCertificate PEM of the certificate that the peer shows instead of the pinned one; null for none
     * @param pinnedCertificate PEM of the pinned certificate
     */
    public record History(
            LinkContact contact,
            List<ContactHour> hours,
            List<ContactChange> changes,
            String pinnedCertificate,
            String shownCertificate) {}

    private final LinkCache links;
    private final Contacts contacts;
    private final LinkProbe probe;
    private final PinnedCertificates pinned;
    private final OtherCertificates certificates;
    private final Peers peers;
    private final FetchLimit limit;
    private final Access access;
    private final TrustChanges changes;
    private final Events events;
    private final Transactions transactions;
    private final Clock clock;

    ContactService(
            LinkCache links,
            Contacts contacts,
            LinkProbe probe,
            PinnedCertificates pinned,
            OtherCertificates certificates,
            Peers peers,
            FetchLimit limit,
            Access access,
            TrustChanges changes,
            Events events,
            Transactions transactions,
            Clock clock) {
        this.links = links;
        this.contacts = contacts;
        this.probe = probe;
        this.pinned = pinned;
        this.certificates = certificates;
        this.peers = peers;
        this.limit = limit;
        this.access = access;
        this.changes = changes;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * The contact to each of these links that is active, by the links' rows; one query.
     *
     * @throws ProblemException 403 for untrusted callers
     */
    public Map<Long, LinkContact> current(Caller caller, Collection<ClusterLink> asked) {
        access.requireTrusted(caller);
        Map<Long, LinkContact> all = contacts.all();
        return visible(caller, asked).stream()
                .map(all::get)
                .filter(contact -> contact != null)
                .collect(Collectors.toMap(LinkContact::linkId, contact -> contact));
    }

    /**
     * The last {@code hours} hours of these links, by the links' rows; one query.
     *
     * @throws ProblemException 403 for untrusted callers
     */
    public Map<Long, List<ContactHour>> strips(Caller caller, Collection<ClusterLink> asked, int hours) {
        access.requireTrusted(caller);
        Instant from = clock.instant().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(hours - 1L));
        return contacts.hours(visible(caller, asked), from);
    }

    private List<Long> visible(Caller caller, Collection<ClusterLink> asked) {
        return access.visible(caller, asked == null ? List.of() : asked, ClusterLink::reference).stream()
                .map(ClusterLink::id)
                .toList();
    }

    /**
     * Everything that is kept of the contact to one link.
     *
     * @throws ProblemException 404; 400 when the link isn't active
     */
    public History history(Caller caller, String name) {
        ClusterLink link = active(caller, name, "can_view");
        LinkContact contact = contacts.of(List.of(link.id())).get(link.id());
        return new History(
                contact == null ? unknown(link) : contact,
                contacts.hours(List.of(link.id()), clock.instant().minus(Prober.HOURS_KEPT))
                        .getOrDefault(link.id(), List.of()),
                contacts.changes(link.id()),
                Certificates.pem(pinned.of(link.id())),
                contacts.shownPem(link.id()).orElse(null));
    }

    /**
     * The certificate that each link pins, and the one that its peer shows instead.
     *
     * @param shown null when it shows the pinned one, or none
     */
    public record Compared(PeerCertificate pinned, PeerCertificate shown) {}

    /**
     * What the pinned certificate of a link says, beside the one that its peer shows instead.
     *
     * @throws ProblemException 404; 400 when the link isn't active
     */
    public Compared certificates(Caller caller, String name) {
        ClusterLink link = active(caller, name, "can_view");
        return new Compared(
                PeerCertificate.of(pinned.of(link.id())),
                contacts.shownPem(link.id())
                        .map(Certificates::parse)
                        .map(PeerCertificate::of)
                        .orElse(null));
    }

    private LinkContact unknown(ClusterLink link) {
        return new LinkContact(
                link.id(),
                ContactStatus.UNKNOWN,
                "",
                clock.instant(),
                0,
                link.addresses().size(),
                null,
                null,
                null,
                null,
                0);
    }

    private ClusterLink active(Caller caller, String name, String entitlement) {
        access.requireTrusted(caller);
        ClusterLink link = links.find(name)
                .orElseThrow(() ->
                        access.missing(caller, EntityType.CLUSTER_LINK, entitlement, Problem.LINK_NOT_FOUND.with()));
        access.require(caller, link.reference(), entitlement);
        if (link.phase() != LinkPhase.ACTIVE) {
            throw Problem.LINK_NOT_ACTIVE.with(Quoted.of(name));
        }
        return link;
    }

    /**
     * Asks the peer of a link now, and for its addresses as well. Takes up to 20 s.
     *
     * @throws ProblemException 404, 403 without {@code can_edit} on the link; 400 when it isn't active
     */
    public LinkContact refresh(Caller caller, String name) {
        ClusterLink link = active(caller, name, "can_edit");
        Instant now = clock.instant();
        contacts.addMissing(now, now.plus(LIMIT));
        contacts.askSoon(List.of(link.id()), now.plus(LIMIT.multipliedBy(4)), true);
        ProbeTarget target = contacts.target(link.id()).orElseThrow(Problem.LINK_NOT_FOUND::with);
        ProbeOutcome outcome = limit.within(caller, () -> probe.ask(target));
        transactions.run(() -> {
            contacts.record(List.of(outcome), Map.of(link.id(), now.plus(LIMIT.multipliedBy(4))));
            events.signal(caller, "cluster-link-contact", link.url());
        });
        return contacts.of(List.of(link.id())).get(link.id());
    }

    /**
     * Has those of these links that the caller may edit asked soon, and for their addresses as well.
     *
     * @return how many
     * @throws ProblemException 403 for untrusted callers
     */
    public int refreshSoon(Caller caller, Collection<ClusterLink> asked) {
        access.requireTrusted(caller);
        Instant now = clock.instant();
        contacts.addMissing(now, now);
        List<Long> editable = (asked == null ? List.<ClusterLink>of() : asked)
                .stream()
                        .filter(link -> link.phase() == LinkPhase.ACTIVE
                                && access.allowed(caller, link.reference(), "can_edit"))
                        .map(ClusterLink::id)
                        .toList();
        contacts.askSoon(editable, now, true);
        return editable.size();
    }

    /**
     * Has all links that the caller may edit asked soon, and for their addresses as well.
     *
     * @return how many
     * @throws ProblemException 403 for untrusted callers
     */
    public int refreshAll(Caller caller) {
        access.requireTrusted(caller);
        Instant now = clock.instant();
        contacts.addMissing(now, now);
        List<Long> editable = contacts.targets().stream()
                .map(ProbeTarget::linkId)
                .filter(id -> access.allowed(caller, EntityReference.of(EntityType.CLUSTER_LINK, id), "can_edit"))
                .toList();
        contacts.askSoon(editable, now, true);
        return editable.size();
    }

    /**
     * Pins the certificate that the peer shows now, which a person has compared. The old one isn't accepted any more. The
     * peer must prove it at one of its addresses.
     *
     * @param fingerprint of the certificate that was compared
     * @throws ProblemException 404; 403 without {@code can_edit} on the link; 400 when the peer shows no other
     *     certificate, 409 when it shows yet another one or that one is stored already
     */
    public void repin(Caller caller, String name, String fingerprint) {
        ClusterLink link = active(caller, name, "can_edit");
        if (fingerprint.equals(Certificates.fingerprint(pinned.of(link.id())))) {
            throw Problem.LINK_CERTIFICATE_SAME.with(Quoted.of(name));
        }
        X509Certificate certificate = limit.within(caller, () -> proved(link, fingerprint))
                .orElseThrow(() -> Problem.LINK_CERTIFICATE_OTHER.with(Quoted.of(name), fingerprint));
        Certificates.requireUsable(certificate, clock.instant());
        transactions.run(() -> {
            access.require(caller, link.reference(), "can_edit");
            certificates.repin(caller, link.id(), certificate);
            changes.changed(Kind.LINK, link.id());
            LinkHistory.record(
                    events, caller, "cluster-link-updated", link.name(), Map.of(LinkHistory.PINNED, fingerprint));
            contacts.askSoon(List.of(link.id()), clock.instant(), true);
        });
    }

    private Optional<X509Certificate> proved(ClusterLink link, String fingerprint) {
        if (!fingerprint.matches("[0-9a-f]{64}")) {
            return Optional.empty();
        }
        try (PeerConnection connection = peers.connect(fingerprint, link.type() != LinkType.PUBLIC)) {
            boolean proved = Probe.all(connection, link.addresses(), LIMIT, Duration.ZERO).stream()
                    .anyMatch(Probe.Result::proved);
            return proved ? connection.shown(fingerprint) : Optional.empty();
        }
    }
}
