package dev.linkspan.link;

import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.OpenByProtocol;
import dev.linkspan.access.TrustChanges;
import dev.linkspan.access.TrustChanges.Kind;
import dev.linkspan.event.EventFilter;
import dev.linkspan.event.Events;
import dev.linkspan.identity.CertificateStore;
import dev.linkspan.identity.Identities;
import dev.linkspan.identity.IdentityDeleted;
import dev.linkspan.identity.IssuedToken;
import dev.linkspan.peer.PeerConnection;
import dev.linkspan.peer.Probe;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.problem.Quoted;
import dev.linkspan.store.Transactions;
import dev.linkspan.tls.Certificates;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/** Cluster links (cluster-links.md chapter 1). */
@Service
public class LinkService {
    /** Link events belong to this project. */
    static final String PROJECT = "default";

    private static final Duration STATE_LIMIT = Duration.ofMillis(4_500);

    private final LinkRepository repository;
    private final LinkCache cache;
    private final LinkCatalog catalog;
    private final LinkFacts facts;
    private final LinkDetails details;
    private final PendingLinks pending;
    private final Consumption consumption;
    private final BothWays bothWays;
    private final OneWay oneWay;
    private final Activation activation;
    private final PublicLinks publicLinks;
    private final Confirmation confirmation;
    private final PublicLinkAsked asked;
    private final LinkPins pins;
    private final Farewell farewell;
    private final FetchLimit limit;
    private final Identities identities;
    private final CertificateStore certificates;
    private final Access access;
    private final TrustChanges changes;
    private final Events events;
    private final Transactions transactions;

    LinkService(
            LinkRepository repository,
            LinkCache cache,
            LinkCatalog catalog,
            LinkFacts facts,
            LinkDetails details,
            PendingLinks pending,
            Consumption consumption,
            BothWays bothWays,
            OneWay oneWay,
            Activation activation,
            PublicLinks publicLinks,
            Confirmation confirmation,
            PublicLinkAsked asked,
            LinkPins pins,
            Farewell farewell,
            FetchLimit limit,
            Identities identities,
            CertificateStore certificates,
            Access access,
            TrustChanges changes,
            Events events,
            Transactions transactions) {
        this.repository = repository;
        this.cache = cache;
        this.catalog = catalog;
        this.facts = facts;
        this.details = details;
        this.pending = pending;
        this.consumption = consumption;
        this.bothWays = bothWays;
        this.oneWay = oneWay;
        this.activation = activation;
        this.publicLinks = publicLinks;
        this.confirmation = confirmation;
        this.asked = asked;
        this.pins = pins;
        this.farewell = farewell;
        this.limit = limit;
        this.identities = identities;
        this.certificates = certificates;
        this.access = access;
        this.changes = changes;
        this.events = events;
        this.transactions = transactions;
    }

    static byte[] key(String name) {
        return Certificates.sha256(name.getBytes(StandardCharsets.UTF_8));
    }

    /** The links that the caller may see, by name. */
    public List<ClusterLink> list(Caller caller) {
        access.requireTrusted(caller);
        List<ClusterLink> links = access.visible(caller, repository.all(), ClusterLink::reference);
        links.sort(Comparator.comparing(ClusterLink::name));
        return links;
    }

    /** The links that the caller may see, by name, with what the console shows beside them. */
    public List<LinkOverview> overview(Caller caller) {
        access.requireTrusted(caller);
        return seenBy(caller, access.visible(caller, catalog.entries(), entry -> entry.link()
                .reference()));
    }

    /**
     * One link with what the console shows beside it.
     *
     * @throws ProblemException 404
     */
    public LinkOverview overview(Caller caller, String name) {
        ClusterLink link = get(caller, name);
        return seenBy(caller, facts.some(List.of(link.id()), List.of())).stream()
                .findFirst()
                .orElseThrow(() -> Problem.LINK_NOT_FOUND.with().prefixed("Failed loading cluster link: "));
    }

    private List<LinkOverview> seenBy(Caller caller, List<LinkCatalog.Entry> entries) {
        LongPredicate groups = access.visibleGroups(caller);
        return entries.stream().map(entry -> entry.seenBy(groups)).toList();
    }

    /**
     * One link.
     *
     * @throws ProblemException 404
     */
    public ClusterLink get(Caller caller, String name) {
        return find(caller, name, "can_view", "Failed loading cluster link: ");
    }

    /**
     * Whether the caller sees a link of this name. Unlike {@link #get}, asking in vain is not a refusal.
     *
     * @throws ProblemException 403 for untrusted callers
     */
    public boolean sees(Caller caller, String name) {
        return visible(caller, name).isPresent();
    }

    /**
     * The name of the link to the cluster with that certificate; empty also when the caller may not see it.
     *
     * @param fingerprint SHA-256 in hexadecimal digits
     * @throws ProblemException 403 for untrusted callers
     */
    public Optional<String> linkTo(Caller caller, String fingerprint) {
        access.requireTrusted(caller);
        return pins.linkTo(fingerprint.toLowerCase(Locale.ROOT)).filter(name -> sees(caller, name));
    }

    private Optional<ClusterLink> visible(Caller caller, String name) {
        access.requireTrusted(caller);
        return cache.find(name).filter(link -> access.allowed(caller, link.reference(), "can_view"));
    }

    /**
     * A link with what the console shows beside it, whatever its name is by now.
     *
     * @throws ProblemException 404
     */
    public LinkOverview overview(Caller caller, long id) {
        access.requireTrusted(caller);
        String name = repository.findById(id).map(LinkRow::name).orElseThrow(Problem.LINK_NOT_FOUND::with);
        return overview(caller, name);
    }

    /**
     * Which events belong to a link, also by a name that it had and no other has now: by its names alone when it is gone or
     * the caller may not see it.
     *
     * @throws ProblemException 403 for untrusted callers
     */
    public EventFilter.Concern concern(Caller caller, String name) {
        return called(caller, name).map(link -> details.concern(caller, link)).orElseGet(() -> details.concern(name));
    }

    /**
     * The present name of the link that has that name, or had it and no other has it now; empty for none that the caller sees.
     *
     * @throws ProblemException 403 for untrusted callers
     */
    public Optional<String> nameNow(Caller caller, String name) {
        return called(caller, name).map(ClusterLink::name);
    }

    private Optional<ClusterLink> called(Caller caller, String name) {
        return visible(caller, name).or(() -> details.renamed(list(caller), name));
    }

    /**
     * What the page of one link shows besides.
     *
     * @throws ProblemException 404
     */
    public LinkDetail detail(Caller caller, String name) {
        return details.of(caller, get(caller, name));
    }

    /**
     * Refuses callers who may not change a link.
     *
     * @throws ProblemException 404, 403 without {@code can_edit} on the link
     */
    public void requireEditable(Caller caller, String name) {
        find(caller, name, "can_edit", "Failed loading cluster link: ");
    }

    private ClusterLink find(Caller caller, String name, String entitlement, String prefix) {
        access.requireTrusted(caller);
        ClusterLink link = cache.find(name)
                .orElseThrow(() -> access.missing(
                        caller,
                        EntityType.CLUSTER_LINK,
                        entitlement,
                        Problem.LINK_NOT_FOUND.with().prefixed(prefix)));
        access.require(caller, link.reference(), entitlement);
        return link;
    }

    private ClusterLink find(Caller caller, long id, String entitlement) {
        access.requireTrusted(caller);
        String name = repository.findById(id).map(LinkRow::name).orElseThrow(Problem.LINK_NOT_FOUND::with);
        ClusterLink link = find(caller, name, entitlement, "");
        if (link.id() != id) {
            throw Problem.LINK_NOT_FOUND.with();
        }
        return link;
    }

    /**
     * Makes a pending link and its trust token.
     *
     * @throws ProblemException 403 without {@code can_create_identities} and {@code can_create_cluster_links} on the
     *     server; else as cluster-links.md 1.11
     */
    public IssuedToken createPending(Caller caller, CreatePendingLink command) {
        requireCreate(caller);
        return pending.create(caller, command);
    }

    /**
     * Makes the pending identity of a peer that is to link to us one way, and its trust token. There is no link on our
     * side.
     *
     * @throws ProblemException as {@link #createPending}
     */
    public IssuedToken createPendingUnidirectional(Caller caller, CreatePendingLink command) {
        requireCreate(caller);
        return pending.createUnidirectional(caller, command);
    }

    /**
     * Links to the cluster that issued a token. Talks to that cluster and returns, within 60 s, when the link is active.
     *
     * @return the peer's fingerprint
     * @throws ProblemException 403 as {@link #createPending}; else as cluster-links.md 1.12; 504 when the link is finished
     *     in the background
     */
    public String createFromToken(Caller caller, CreateLinkFromToken command) {
        requireCreate(caller);
        return limit.within(caller, () -> consumption.consume(caller, command, bothWays));
    }

    /**
     * Links one way to the cluster that issued a token: it trusts us, we only pin its certificate. Talks to that cluster
     * and returns, within 60 s, when the link is active. Groups are ignored.
     *
     * @throws ProblemException 403 without {@code can_create_cluster_links} on the server; else as cluster-links.md 1.14;
     *     504 when the link is finished in the background
     */
    public void createUnidirectional(Caller caller, CreateLinkFromToken command) {
        access.require(caller, "can_create_cluster_links");
        limit.within(caller, () -> consumption.consume(caller, command, oneWay));
    }

    /**
     * Looks which certificate an address shows, and makes a public link that waits for a person to confirm it. The same
     * again looks again.
     *
     * @throws ProblemException 403 without {@code can_create_cluster_links} on the server; else as cluster-links.md 1.15
     */
    public OfferedCertificate createPublic(Caller caller, CreatePublicLink command) {
        access.require(caller, "can_create_cluster_links");
        return limit.within(caller, () -> publicLinks.begin(caller, command));
    }

    /**
     * Confirms a public link.
     *
     * @param pem the certificate that {@link #createPublic} showed
     * @throws ProblemException 403 without {@code can_create_cluster_links} on the server; else as cluster-links.md 1.15
     */
    public void confirmPublic(Caller caller, String name, String pem) {
        access.require(caller, "can_create_cluster_links");
        limit.within(caller, () -> {
            confirmation.confirm(caller, name, pem);
            return null;
        });
    }

    private void requireCreate(Caller caller) {
        access.requireAll(caller, "can_create_identities", "can_create_cluster_links");
    }

    /**
     * Accepts a peer that consumes our token.
     *
     * @return the peer's fingerprint
     * @throws ProblemException as cluster-links.md 1.13
     */
    @OpenByProtocol("activation: the token's secret proves the right")
    public String activate(Caller caller, ActivateLink command) {
        return activation.activate(caller, command);
    }

    /**
     * Makes a new trust token for a pending link; the old one dies.
     *
     * @throws ProblemException 404, 403 without {@code can_edit} on the link, 400 when it isn't pending
     */
    public IssuedToken reissueToken(Caller caller, String name) {
        return reissue(caller, find(caller, name, "can_edit", ""));
    }

    /** The same for the link with that row, whatever it is called by now: another one may have taken its name. */
    public IssuedToken reissueToken(Caller caller, long id) {
        return reissue(caller, find(caller, id, "can_edit"));
    }

    private IssuedToken reissue(Caller caller, ClusterLink link) {
        access.require(caller, "can_create_identities");
        return pending.reissue(caller, link);
    }

    /**
     * Revokes the trust token of a pending link, which stays and can get another one.
     *
     * @throws ProblemException 404, 403 without {@code can_edit} on the link, 400 when no token is out
     */
    public void revokeToken(Caller caller, String name) {
        pending.revoke(caller, find(caller, name, "can_edit", ""));
    }

    /** The same for the link with that row. */
    public void revokeToken(Caller caller, long id) {
        pending.revoke(caller, find(caller, id, "can_edit"));
    }

    /**
     * Puts a pending link of the same name, with the same description, configuration and auth groups, in the place of a
     * link, all or nothing: its peer has removed its side.
     *
     * @throws ProblemException as {@link #delete} and {@link #createPending}
     */
    public IssuedToken linkAgain(Caller caller, long id) {
        requireCreate(caller);
        ClusterLink link = find(caller, id, "can_delete");
        List<String> groups = overview(caller, link.name()).groups();
        return transactions.call(() -> {
            remove(caller, link, "");
            return pending.create(
                    caller, new CreatePendingLink(link.name(), link.description(), link.config(), groups));
        });
    }

    /**
     * Changes description and configuration.
     *
     * @param guard gets the link under the lock that the change is made in, and refuses by throwing
     * @throws ProblemException 404, 403; 400 for volatile keys, 500 for other bad keys and values
     */
    public void update(Caller caller, String name, UpdateLink command, Consumer<ClusterLink> guard) {
        find(caller, name, "can_edit", "Failed loading cluster link: ");
        transactions.run(() -> {
            LinkRow row = repository
                    .lock(key(name))
                    .orElseThrow(() -> Problem.LINK_NOT_FOUND.with().prefixed("Failed loading cluster link: "));
            ClusterLink link = row.toLink();
            access.require(caller, link.reference(), "can_edit");
            guard.accept(link);
            requireVolatileKept(link, command);
            LinkConfig.check(command.config());
            Map<String, String> config = new TreeMap<>(command.replace() ? Map.of() : link.config());
            command.config().forEach((key, value) -> {
                if (key.startsWith("user.")) {
                    config.put(key, value);
                }
            });
            boolean keepDescription =
                    !command.replace() && command.description().isEmpty();
            repository.configure(
                    row.id(),
                    keepDescription ? row.description() : command.description(),
                    LinkRows.config(LinkConfig.userKeys(config)));
            changes.changed(Kind.LINK, row.id());
            events.publish(caller, "cluster-link-updated", link.url(), PROJECT, Map.of());
        });
    }

    private static void requireVolatileKept(ClusterLink link, UpdateLink command) {
        Map<String, String> current = link.volatileConfig();
        Map<String, String> given = new TreeMap<>(command.config());
        given.keySet().removeIf(key -> !key.startsWith("volatile."));
        boolean kept = command.replace()
                ? given.equals(current)
                : given.entrySet().stream().allMatch(entry -> entry.getValue().equals(current.get(entry.getKey())));
        if (!kept) {
            throw Problem.LINK_VOLATILE.with();
        }
    }

    /**
     * Renames a link, and the identity that it has.
     *
     * @throws ProblemException 404, 403, 400 for a bad name, 409 when the name is taken
     */
    public void rename(Caller caller, String name, String newName) {
        ClusterLink link = find(caller, name, "can_edit", "Failed loading cluster link: ");
        LinkName.checked(newName);
        if (newName.equals(name)) {
            return;
        }
        transactions.run(() -> {
            events.publish(caller, "cluster-link-renamed", ClusterLink.url(newName), PROJECT, Map.of("old_name", name));
            if (link.identityId() != 0) {
                identities.rename(caller, link.identityId(), newName);
            }
            try {
                if (repository.rename(link.id(), newName, key(newName)) == 0) {
                    throw Problem.LINK_NOT_FOUND.with().prefixed("Failed loading cluster link: ");
                }
            } catch (DuplicateKeyException e) {
                throw Problem.LINK_EXISTS.with();
            }
            changes.changed(Kind.LINK, link.id());
        });
    }

    /**
     * Deletes a link with the identity that the peer has here: from then on the peer is unknown. The peer's own side
     * stays until it is deleted there.
     *
     * @throws ProblemException 404, 403
     */
    public void delete(Caller caller, String name) {
        String prefix = "Error deleting %s from database: ".formatted(Quoted.of(name));
        remove(caller, find(caller, name, "can_delete", prefix), prefix);
    }

    /** The same for the link with that row, whatever it is called by now: another one may have taken its name. */
    public void delete(Caller caller, long id) {
        remove(caller, find(caller, id, "can_delete"), "");
    }

    /**
     * Deletes a link as {@link #delete} does, then asks the peer to remove its side. Takes 25 s at most.
     *
     * @throws ProblemException 404, 403
     */
    public LinkEnd deleteAndTell(Caller caller, String name) {
        return deleteAndTell(caller, find(caller, name, "can_delete", ""));
    }

    /** The same for the link with that row. */
    public LinkEnd deleteAndTell(Caller caller, long id) {
        return deleteAndTell(caller, find(caller, id, "can_delete"));
    }

    private LinkEnd deleteAndTell(Caller caller, ClusterLink link) {
        List<String> addresses =
                repository.findById(link.id()).map(LinkRow::knownAddresses).orElse(List.of());
        Optional<String> fingerprint = link.type() == LinkType.PUBLIC ? Optional.empty() : pins.fingerprint(link.id());
        return limit.within(caller, () -> {
            remove(caller, link, "");
            if (fingerprint.isEmpty() || addresses.isEmpty()) {
                return LinkEnd.of(LinkEnd.Peer.NONE, "");
            }
            try (PeerConnection connection = pins.connect(link, fingerprint.get())) {
                return farewell.tell(connection, addresses).leaving(link.type());
            }
        });
    }

    private void remove(Caller caller, ClusterLink link, String prefix) {
        boolean confirmedByAnother = link.type() == LinkType.PUBLIC
                && link.phase() == LinkPhase.ACTIVE
                && transactions.call(() -> asked.forget(link.id(), caller));
        if (confirmedByAnother) {
            throw Problem.LINK_DECLINED_BUT_CONFIRMED.with(Quoted.of(link.name()));
        }
        transactions.run(() -> {
            LinkRow row = repository
                    .findById(link.id())
                    .orElseThrow(() -> Problem.LINK_NOT_FOUND.with().prefixed(prefix));
            if (repository.delete(link.id()) == 0) {
                throw Problem.LINK_NOT_FOUND.with().prefixed(prefix);
            }
            facts.forgetPermissionsOn(link.id());
            changes.changed(Kind.LINK, link.id());
            events.publish(
                    caller, "cluster-link-deleted", link.url(), PROJECT, Map.of(), details.left(link.identityId()));
            certificates.remove(row.certificateId());
            if (link.identityId() != 0) {
                identities.remove(caller, link.identityId());
            }
        });
    }

    /** A link goes along with the identity that it has (auth.md 4.6). */
    @EventListener
    void identityDeleted(IdentityDeleted deleted) {
        repository.findByIdentity(deleted.id()).ifPresent(row -> {
            repository.delete(row.id());
            facts.forgetPermissionsOn(row.id());
            changes.changed(Kind.LINK, row.id());
            events.record(
                    deleted.caller(),
                    "cluster-link-deleted",
                    ClusterLink.url(row.name()),
                    PROJECT,
                    details.left(deleted.id()));
        });
    }

    /**
     * What each address of the peer answers now. Asks all at the same time and takes 5 s at most.
     *
     * @throws ProblemException 404; 500 while the link is pending
     */
    public LinkState state(Caller caller, String name) {
        String loading = "Failed loading cluster link %s: ".formatted(Quoted.of(name));
        ClusterLink link = requireViewableState(caller, name);
        ProblemException nothingPinned = link.identityId() == 0
                ? Problem.LINK_NOTHING_PINNED.with().prefixed(loading)
                : Problem.LINK_NO_CERTIFICATE.with(Quoted.of(name)).prefixed(loading);
        if (link.phase() != LinkPhase.ACTIVE) {
            throw nothingPinned;
        }
        String fingerprint = pins.fingerprint(link.id()).orElseThrow(() -> nothingPinned);
        return limit.within(caller, () -> {
            try (PeerConnection connection = pins.connect(link, fingerprint)) {
                return new LinkState(Probe.all(connection, asked(link), STATE_LIMIT, STATE_LIMIT).stream()
                        .map(LinkState.Address::of)
                        .toList());
            }
        });
    }

    /** The link whose state is asked for, which the caller may see. */
    ClusterLink requireViewableState(Caller caller, String name) {
        String loading = "Failed loading cluster link %s: ".formatted(Quoted.of(name));
        return find(caller, name, "can_view", loading + loading);
    }

    /** The addresses that a state tells of: a stock server asks an empty one when there is none. */
    static List<String> asked(ClusterLink link) {
        return link.addresses().isEmpty() ? List.of("") : link.addresses();
    }
}
