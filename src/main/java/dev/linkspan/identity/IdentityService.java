package dev.linkspan.identity;

import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.access.Entities;
import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.access.OpenByProtocol;
import dev.linkspan.access.Rights;
import dev.linkspan.access.TrustedIdentity;
import dev.linkspan.event.EventFilter;
import dev.linkspan.event.EventLog;
import dev.linkspan.event.Events;
import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.event.SecurityWatch;
import dev.linkspan.group.Permissions;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.store.Transactions;
import dev.linkspan.tls.Certificates;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** Identities: who can call us (auth.md chapter 4). */
@Service
public class IdentityService {
    private static final int FEW = 1_000;

    private final IdentityRepository repository;
    private final IdentityReader reader;
    private final IdentityCatalog catalog;
    private final Identities identities;
    private final TokenIssuer tokens;
    private final LinkedIdentities links;
    private final LastCalls calls;
    private final Permissions permissions;
    private final Rights rights;
    private final Entities entities;
    private final Access access;
    private final Events events;
    private final EventLog log;
    private final SecurityWatch watch;
    private final Transactions transactions;
    private final Clock clock;

    IdentityService(
            IdentityRepository repository,
            IdentityReader reader,
            IdentityCatalog catalog,
            Identities identities,
            TokenIssuer tokens,
            LinkedIdentities links,
            LastCalls calls,
            Permissions permissions,
            Rights rights,
            Entities entities,
            Access access,
            Events events,
            EventLog log,
            SecurityWatch watch,
            Transactions transactions,
            Clock clock) {
        this.repository = repository;
        this.reader = reader;
        this.catalog = catalog;
        this.identities = identities;
        this.tokens = tokens;
        this.links = links;
        this.calls = calls;
        this.permissions = permissions;
        this.rights = rights;
        this.entities = entities;
        this.access = access;
        this.events = events;
        this.log = log;
        this.watch = watch;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * The identities that the caller may see, ordered by method and identifier.
     *
     * @param method {@code tls}, {@code oidc} or {@code bearer}; null for all
     */
    public List<Identity> list(Caller caller, String method) {
        access.requireTrusted(caller);
        return access.visible(caller, candidates(caller, method), Identity::reference).stream()
                .map(identity -> asSeenBy(caller, identity))
                .toList();
    }

    /** Whoever may see a few identities only is spared the reading of all. */
    private List<Identity> candidates(Caller caller, String method) {
        Set<Long> few = access.visibleRows(caller, EntityType.IDENTITY).orElse(null);
        Set<Long> certificates =
                access.visibleRows(caller, EntityType.CERTIFICATE).orElse(null);
        if (few != null && certificates != null && few.size() + certificates.size() <= FEW) {
            Set<Long> rows = new HashSet<>(few);
            rows.addAll(certificates);
            return reader.someInOrder(rows).stream()
                    .filter(identity -> method == null || identity.method().equals(method))
                    .toList();
        }
        return method == null ? reader.all() : reader.ofMethod(method);
    }

    /** The identities that the caller may see, as a list shows them, by name. */
    public List<IdentityOverview> overview(Caller caller) {
        access.requireTrusted(caller);
        LongPredicate groups = access.visibleGroups(caller);
        return access
                .visible(caller, catalog.entries(), entry -> entry.overview().reference())
                .stream()
                .map(entry -> entry.seenBy(groups))
                .toList();
    }

    /**
     * One that had a URL before.
     *
     * @param now its URL by now; null when it was deleted
     * @param name what it is called, or was at last
     * @param until when it was deleted; null when it is there
     */
    public record Former(EntityUrl now, String name, Instant until) {}

    /**
     * The identities that had these URLs before: they have changed their certificates, were pending then, or are deleted
     * since. Two queries.
     *
     * @return in the order of time, who is there last; nothing for callers who may not see all identities
     */
    public Map<EntityUrl, List<Former>> former(Caller caller, Collection<EntityUrl> urls) {
        access.requireTrusted(caller);
        if (urls.isEmpty() || !access.allowed(caller, "can_view_identities")) {
            return Map.of();
        }
        Map<String, EntityUrl> sources =
                urls.stream().collect(Collectors.toMap(EntityUrl::brief, Function.identity(), (a, b) -> a));
        Map<EntityUrl, List<Former>> known = new HashMap<>();
        log.of(sources.keySet(), "identity-deleted").stream()
                .filter(event -> event.detail().containsKey(IdentityHistory.NAME))
                .sorted(Comparator.comparing(LifecycleEvent::at))
                .forEach(event -> known.computeIfAbsent(sources.get(event.source()), url -> new ArrayList<>())
                        .add(new Former(null, event.detail().get(IdentityHistory.NAME), event.at())));
        reader.renamed(urls.stream().map(url -> url.arguments().getLast()).toList())
                .forEach(identity -> known.computeIfAbsent(
                                Identity.url(identity.method(), identity.former()), url -> new ArrayList<>())
                        .add(new Former(
                                Identity.url(identity.method(), identity.identifier()), identity.name(), null)));
        return known;
    }

    /**
     * Which events belong to an identity: those of its earlier identifiers too, when it is there and the caller may see it.
     *
     * @throws ProblemException 403 for untrusted callers
     */
    public EventFilter.Concern concern(Caller caller, String method, String identifier) {
        access.requireTrusted(caller);
        List<String> all = new ArrayList<>(List.of(identifier));
        repository
                .findByIdentifier(method, identifier)
                .filter(row -> access.allowed(caller, Identity.reference(row.type(), row.id()), "can_view"))
                .ifPresent(row -> all.addAll(repository.formerIdentifiers(row.id())));
        return new EventFilter.Concern(
                all.stream()
                        .map(one -> EventFilter.Source.always(
                                Identity.url(method, one).brief()))
                        .toList(),
                method,
                all);
    }

    /** When each of these identities last called, as far as it did and the caller may see it, by their rows; one query. */
    public Map<Long, Instant> lastCalls(Caller caller, Collection<IdentityOverview> asked) {
        access.requireTrusted(caller);
        Map<Long, Instant> all = calls.all();
        return access.visible(caller, asked, IdentityOverview::reference).stream()
                .filter(identity -> all.containsKey(identity.id()))
                .collect(Collectors.toMap(IdentityOverview::id, identity -> all.get(identity.id())));
    }

    /**
     * The identities of an auth group that the caller may see, ordered by method and identifier.
     *
     * @throws ProblemException 404 when the caller may not see the group
     */
    public List<Identity> members(Caller caller, long groupId) {
        access.require(caller, EntityReference.of(EntityType.GROUP, groupId), "can_view");
        return access.visible(caller, reader.inGroup(groupId), Identity::reference).stream()
                .map(identity -> asSeenBy(caller, identity))
                .toList();
    }

    /**
     * One identity, by its identifier or else by its name.
     *
     * @throws ProblemException 404
     */
    public Identity get(Caller caller, String method, String nameOrIdentifier) {
        access.requireTrusted(caller);
        Identity identity = reader.find(method, nameOrIdentifier);
        access.require(caller, identity.reference(), "can_view");
        return asSeenBy(caller, identity);
    }

    private Identity asSeenBy(Caller caller, Identity identity) {
        List<Identity.Membership> visible = access.visible(
                caller, identity.groups(), group -> EntityReference.of(EntityType.GROUP, group.groupId()));
        return new Identity(
                identity.id(),
                identity.method(),
                identity.type(),
                identity.identifier(),
                identity.name(),
                identity.certificate(),
                identity.expiresAt(),
                visible);
    }

    /**
     * The caller's own identity.
     *
     * @throws ProblemException 403 for untrusted callers, 400 over the local socket
     */
    public CurrentIdentity current(Caller caller) {
        access.requireTrusted(caller);
        TrustedIdentity own = caller.identity().orElseThrow(Problem.CURRENT_NEEDS_HTTPS::with);
        Identity identity = reader.one(own.id());
        if (identity == null) {
            throw Problem.FORBIDDEN.with();
        }
        Map<Long, String> groups = new LinkedHashMap<>();
        identity.groups().forEach(group -> groups.put(group.groupId(), group.name()));
        Set<Long> mapped = rights.mappedGroups(identity.id());
        if (!mapped.isEmpty()) {
            entities.urls(EntityType.GROUP, mapped)
                    .forEach((id, url) -> groups.put(id, url.arguments().getFirst()));
        }
        List<String> names = groups.values().stream().sorted().toList();
        return new CurrentIdentity(
                identity, identity.fineGrained() ? names : null, permissions.ofGroups(groups.keySet()));
    }

    /** Names of the auth groups that the caller's own identity is in, by its provider's word as well, in their order. */
    public List<String> groups(Caller caller) {
        access.requireTrusted(caller);
        return caller.identity()
                .map(own -> {
                    Set<Long> rows = new HashSet<>(own.groupIds());
                    rows.addAll(rights.mappedGroups(own.id()));
                    return rows.isEmpty()
                            ? List.<String>of()
                            : entities.urls(EntityType.GROUP, rows).values().stream()
                                    .map(url -> url.arguments().getFirst())
                                    .sorted()
                                    .toList();
                })
                .orElse(List.of());
    }

    /**
     * Makes a client identity that is trusted at once.
     *
     * @return its fingerprint
     * @throws ProblemException 403 without {@code can_create_identities} on the server; 400, 404, 409 as in auth.md 4.3
     */
    public String create(Caller caller, CreateIdentity command) {
        requireCreate(caller, command);
        if (command.certificate().isEmpty()) {
            throw Problem.CERTIFICATE_MISSING.with();
        }
        X509Certificate certificate = parse(command.certificate());
        requireUsable(certificate);
        transactions.run(
                () -> identities.add(caller, command.name(), command.groups(), certificate, command.certificate()));
        return Certificates.fingerprint(certificate);
    }

    private void requireCreate(Caller caller, CreateIdentity command) {
        access.require(caller, "can_create_identities");
        if (command.name().isEmpty()) {
            throw Problem.IDENTITY_NAME_MISSING.with();
        }
        if (!command.trustToken().isEmpty()) {
            throw Problem.CLIENT_TRUSTED.with();
        }
        if (command.token() && !command.certificate().isEmpty()) {
            throw Problem.TOKEN_AND_CERTIFICATE.with();
        }
    }

    private static X509Certificate parse(String pem) {
        try {
            return Certificates.parse(pem);
        } catch (ProblemException e) {
            throw e.prefixed(400, "Failed parsing certificate: ");
        }
    }

    /**
     * Reads a certificate that somebody thinks about trusting.
     *
     * @throws ProblemException 400 when it can't be read
     */
    public CertificateFacts read(Caller caller, String pem) {
        access.requireTrusted(caller);
        X509Certificate certificate = parse(pem);
        return new CertificateFacts(
                Certificates.fingerprint(certificate),
                certificate.getSubjectX500Principal().getName(),
                certificate.getNotAfter().toInstant(),
                refusal(certificate));
    }

    private String refusal(X509Certificate certificate) {
        try {
            Certificates.requireUsable(certificate, clock.instant());
            return null;
        } catch (ProblemException e) {
            return e.getMessage();
        }
    }

    private void requireUsable(X509Certificate certificate) {
        try {
            Certificates.requireUsable(certificate, clock.instant());
        } catch (ProblemException e) {
            throw e.prefixed("Invalid certificate: ");
        }
    }

    /**
     * Makes a pending client identity with a trust token.
     *
     * @throws ProblemException as {@link #create}; 400 when the server has no address to offer
     */
    public IssuedToken createPending(Caller caller, CreateIdentity command) {
        requireCreate(caller, command);
        TrustToken token;
        try {
            token = tokens.issue(command.name(), IdentityType.CLIENT);
        } catch (ProblemException e) {
            throw e.prefixed(400, "Failed creating certificate add token: ");
        }
        try {
            Identities.Created created = transactions.call(() -> identities.addPending(
                    caller,
                    IdentityType.CLIENT_PENDING,
                    command.name(),
                    command.groups(),
                    token.secret(),
                    token.expiresAt()));
            return new IssuedToken(token, Identity.url(Identities.TLS, created.identifier()));
        } catch (ProblemException e) {
            throw e.is(Problem.IDENTITY_EXISTS)
                    ? Problem.IDENTITY_NAME_EXISTS.with(command.name())
                    : e.prefixed("Failed creating pending TLS identity: ");
        }
    }

    /**
     * Makes a new trust token for a pending identity that belongs to no link; the old one dies.
     *
     * @throws ProblemException 404, 403 without {@code can_edit} on the identity or when it is in groups that the caller may
     *     not see, 400 when it isn't pending or belongs to a link
     */
    public IssuedToken reissueToken(Caller caller, String nameOrIdentifier) {
        access.requireTrusted(caller);
        Identity identity = reader.find(Identities.TLS, nameOrIdentifier);
        access.require(caller, identity.reference(), "can_edit");
        HiddenGroups.refuse(access, caller, identity);
        if (links.linked(identity.id())) {
            throw Problem.TOKEN_OF_LINK.with(identity.name());
        }
        TrustToken token = tokens.issue(identity.name(), IdentityType.active(identity.type()));
        boolean replaced = identity.pending()
                && transactions.call(
                        () -> identities.replaceSecret(caller, identity.id(), token.secret(), token.expiresAt()));
        if (!replaced) {
            throw Problem.IDENTITY_NOT_PENDING.with(identity.name());
        }
        return new IssuedToken(token, identity.url());
    }

    /**
     * Uses a trust token: its pending identity, of a client or of a peer that links to us one way, becomes active with the
     * certificate of the caller's handshake. The same certificate may repeat it for as long as the token would have lived,
     * by then as a trusted caller.
     *
     * @return the certificate's fingerprint
     * @throws ProblemException as in auth.md 4.3, second table
     */
    @OpenByProtocol("activation: the token's secret proves the right")
    public String activate(Caller caller, CreateIdentity command) {
        if (repeated(caller, command)) {
            return caller.username();
        }
        if (caller.trusted()) {
            requireCreate(caller, command);
        }
        if (command.trustToken().isEmpty()) {
            throw Problem.TOKEN_REQUIRED.with();
        }
        if (!command.onlyTrustToken()) {
            throw Problem.ONLY_TRUST_TOKEN.with();
        }
        X509Certificate certificate = caller.certificate().orElseThrow(Problem.NO_CLIENT_CERTIFICATE::with);
        Certificates.requireUsable(certificate, clock.instant());
        TrustToken token;
        try {
            token = TrustToken.decode(command.trustToken());
        } catch (ProblemException e) {
            throw Problem.FORBIDDEN.with();
        }
        String fingerprint = Certificates.fingerprint(certificate);
        Identities.TokenHolder holder = usable(caller, token.secret(), fingerprint);
        if (holder.pending()) {
            boolean activated = transactions.call(() -> {
                boolean done = identities.activate(caller, holder, token.secret(), certificate);
                if (done) {
                    calls.now(holder.id());
                }
                return done;
            });
            if (!activated) {
                usable(caller, token.secret(), fingerprint);
            }
        }
        return fingerprint;
    }

    /** The holder of a secret that this certificate may use, or has used already. */
    private Identities.TokenHolder usable(Caller caller, String secret, String fingerprint) {
        String prefix = "Failed during search for pending TLS identity: ";
        Optional<Identities.TokenHolder> known = identities.findBySecret(secret);
        if (known.isPresent()
                && !known.get().pending()
                && !fingerprint.equals(known.get().fingerprint())) {
            watch.tokenReused(caller);
        }
        Identities.TokenHolder holder = known.filter(
                        found -> found.pending() || fingerprint.equals(found.fingerprint()))
                .filter(found -> !links.linked(found.id()))
                .orElseThrow(() -> Problem.TOKEN_UNKNOWN.with().prefixed(prefix));
        if (holder.expired()) {
            throw Problem.TOKEN_EXPIRED.with().prefixed(prefix);
        }
        return holder;
    }

    /** Whether a trusted caller presents the token that made it trusted, and nothing else: its activation repeated. */
    private boolean repeated(Caller caller, CreateIdentity command) {
        if (caller.identity().isEmpty() || !command.onlyTrustToken()) {
            return false;
        }
        try {
            return identities
                    .findBySecret(TrustToken.decode(command.trustToken()).secret())
                    .filter(holder -> caller.is(holder.id()) && !holder.expired() && !links.linked(holder.id()))
                    .isPresent();
        } catch (ProblemException e) {
            return false;
        }
    }

    /**
     * Changes groups or certificate. An identity may replace its own certificate without any right.
     *
     * @param guard gets the identity as the caller sees it, under the lock that the change is made in, and refuses by
     *     throwing
     * @throws ProblemException as in auth.md 4.6
     */
    public void update(
            Caller caller, String method, String nameOrIdentifier, UpdateIdentity command, Consumer<Identity> guard) {
        access.requireTrusted(caller);
        Identity found = reader.find(method, nameOrIdentifier);
        if (!found.fineGrained()) {
            throw Problem.NOT_MODIFIABLE.with(found.type());
        }
        boolean mayEdit = access.allowed(caller, found.reference(), "can_edit");
        boolean tls = method.equals(Identities.TLS);
        if (!mayEdit && !tls) {
            access.require(caller, found.reference(), "can_edit");
        }
        if (!mayEdit && !caller.is(found.id())) {
            throw Problem.FORBIDDEN.with();
        }
        if (!command.certificate().isEmpty() && (found.pending() || !tls)) {
            throw Problem.CERTIFICATE_NOT_UPDATABLE.with(found.type());
        }
        X509Certificate certificate = command.certificate().isEmpty() ? null : parse(command.certificate());
        if (certificate != null) {
            requireUsable(certificate);
        }
        transactions.run(() -> {
            repository.lock(found.id()).orElseThrow(Problem.NOT_FOUND::with);
            Identity identity = reader.one(found.id());
            if (mayEdit) {
                HiddenGroups.refuse(access, caller, identity);
            } else {
                requireOnlyCertificate(identity, command);
            }
            guard.accept(asSeenBy(caller, identity));
            boolean newCertificate = certificate != null
                    && !Certificates.fingerprint(certificate).equals(identity.identifier());
            boolean newGroups =
                    mayEdit && (command.replace() || !command.groups().isEmpty());
            if (newCertificate) {
                identities.replaceCertificate(caller, identity, certificate, command.certificate());
            }
            if (newGroups) {
                identities.replaceGroups(identity.id(), command.groups());
            }
            if (newCertificate || newGroups) {
                Map<String, String> detail =
                        new LinkedHashMap<>(newGroups ? groupsDetail(identity, command.groups()) : Map.of());
                if (newCertificate) {
                    detail.put(IdentityHistory.CERTIFICATE, Certificates.fingerprint(certificate));
                }
                events.publish(caller, "identity-updated", identity.url(), null, Map.of(), detail);
            }
        });
    }

    /**
     * Puts an identity into some groups and takes it out of others; its other groups stay, whoever changes them meanwhile.
     *
     * @throws ProblemException 404 also for unknown groups, 403 without {@code can_edit} on the identity or when it is in
     *     groups that the caller may not see
     */
    public void changeGroups(
            Caller caller, String method, String nameOrIdentifier, Collection<String> into, Collection<String> outOf) {
        access.requireTrusted(caller);
        Identity found = reader.find(method, nameOrIdentifier);
        access.require(caller, found.reference(), "can_edit");
        if (!found.fineGrained()) {
            throw Problem.NOT_MODIFIABLE.with(found.type());
        }
        transactions.run(() -> {
            repository.lock(found.id()).orElseThrow(Problem.NOT_FOUND::with);
            Identity identity = reader.one(found.id());
            HiddenGroups.refuse(access, caller, identity);
            Set<String> groups = new LinkedHashSet<>();
            identity.groups().forEach(group -> groups.add(group.name()));
            boolean left = groups.removeAll(outOf);
            if (groups.addAll(into) || left) {
                identities.replaceGroups(identity.id(), List.copyOf(groups));
                events.publish(
                        caller, "identity-updated", identity.url(), null, Map.of(), groupsDetail(identity, groups));
            }
        });
    }

    private static Map<String, String> groupsDetail(Identity before, Collection<String> after) {
        return IdentityHistory.groups(
                before.groups().stream().map(Identity.Membership::name).toList(), after);
    }

    private static void requireOnlyCertificate(Identity identity, UpdateIdentity command) {
        if (command.replace() && command.certificate().isEmpty()) {
            throw Problem.CERTIFICATE_MISSING.with();
        }
        List<String> own =
                identity.groups().stream().map(Identity.Membership::name).toList();
        boolean groupsGiven = !command.replace() && !command.groups().isEmpty();
        boolean groupsChanged = command.replace()
                && !own.equals(command.groups().stream().sorted().toList());
        if (groupsGiven || groupsChanged) {
            throw Problem.ONLY_CERTIFICATE.with();
        }
    }

    /**
     * Deletes an identity; its certificate is unknown at once. A bidirectional link goes along with its identity.
     *
     * @throws ProblemException 404, 403
     */
    public void delete(Caller caller, String method, String nameOrIdentifier) {
        access.requireTrusted(caller);
        Identity identity = reader.find(method, nameOrIdentifier);
        access.require(caller, identity.reference(), "can_delete");
        if (identity.type().equals(IdentityType.CLIENT_UNRESTRICTED)) {
            throw Problem.NOT_MODIFIABLE.with(identity.type());
        }
        transactions.run(() -> {
            repository.lock(identity.id()).orElseThrow(Problem.NOT_FOUND::with);
            identities.delete(caller, identity.id());
        });
    }
}
