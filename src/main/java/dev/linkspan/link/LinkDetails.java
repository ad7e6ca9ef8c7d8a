package dev.linkspan.link;

import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.event.EventFilter;
import dev.linkspan.event.EventFilter.Source;
import dev.linkspan.event.EventLog;
import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.identity.Identities;
import dev.linkspan.identity.IdentityHistory;
import dev.linkspan.inventory.ProjectService;
import dev.linkspan.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The history of a link in events, and whose certificate its peer calls us with. */
@Component
class LinkDetails {
    private static final int MOST_EVENTS = 200;
    private static final int MOST_NAMES = 20;
    private static final String RENAMED = "cluster-link-renamed";
    /** A link's first event is recorded a moment before the link itself. */
    private static final Duration MOMENT = Duration.ofSeconds(5);

    private final LinkRepository repository;
    private final Identities identities;
    private final ProjectService projects;
    private final EventLog log;
    private final Access access;

    LinkDetails(
            LinkRepository repository, Identities identities, ProjectService projects, EventLog log, Access access) {
        this.repository = repository;
        this.identities = identities;
        this.projects = projects;
        this.log = log;
        this.access = access;
    }

    LinkDetail of(Caller caller, ClusterLink link) {
        Instant createdAt = createdAt(link).orElseThrow(Problem.LINK_NOT_FOUND::with);
        EntityUrl identity = identity(caller, link);
        Instant from = createdAt.minus(MOMENT);
        boolean allowed = projects.mayViewEvents(caller, LinkService.PROJECT);
        return new LinkDetail(
                createdAt,
                identity,
                allowed
                        ? events(
                                caller, sources(link, identity, names(link.url().brief(), from, null)), from)
                        : List.of(),
                !allowed);
    }

    private Optional<Instant> createdAt(ClusterLink link) {
        return repository.findById(link.id()).map(LinkRow::createdAt);
    }

    /** Auth groups are named only to those who may see all of them. */
    private List<LifecycleEvent> events(Caller caller, List<Source> sources, Instant from) {
        boolean groups = access.allowed(caller, "can_view_groups");
        List<String> urls = sources.stream().map(Source::url).distinct().toList();
        return log.of(urls, from, MOST_EVENTS).stream()
                .filter(event -> sources.stream()
                        .anyMatch(source -> source.url().equals(event.source()) && source.at(event.at())))
                .map(event -> groups ? event : event.without(IdentityHistory.INTO, IdentityHistory.OUT_OF))
                .toList();
    }

    /** What happened to a link and to its peer's identity here, and what the peer did. */
    EventFilter.Concern concern(Caller caller, ClusterLink link) {
        EntityUrl identity = identity(caller, link);
        List<Source> sources = sources(link, identity, names(link));
        List<String> usernames = new ArrayList<>();
        if (identity != null) {
            usernames.add(identity.arguments().getLast());
            usernames.addAll(identities.formerIdentifiers(link.identityId()));
        }
        return new EventFilter.Concern(
                sources,
                identity == null ? "" : Identities.TLS,
                usernames,
                sources.getLast().from());
    }

    /** What happened to links of that name, of which there is none any more, and to the identities that they had. */
    EventFilter.Concern concern(String name) {
        List<Source> sources = names(ClusterLink.url(name).brief(), null, null);
        List<String> urls = sources.stream().map(Source::url).toList();
        List<String> usernames = log.of(urls, "cluster-link-deleted").stream()
                .filter(event -> sources.stream()
                        .anyMatch(source -> source.url().equals(event.source()) && source.at(event.at())))
                .map(event -> event.detail().get(LinkHistory.IDENTIFIERS))
                .filter(Objects::nonNull)
                .flatMap(identifiers -> Stream.of(identifiers.split(",")))
                .toList();
        List<Source> all = new ArrayList<>(sources);
        usernames.forEach(identifier -> all.add(Source.always(
                EntityUrl.of(EntityType.IDENTITY, Identities.TLS, identifier).brief())));
        return new EventFilter.Concern(all, usernames.isEmpty() ? "" : Identities.TLS, usernames);
    }

    /** Which of these links was the last one of all that was called so, before it was renamed. */
    Optional<ClusterLink> renamed(List<ClusterLink> links, String name) {
        if (links.isEmpty()) {
            return Optional.empty();
        }
        String former = ClusterLink.url(name).brief();
        Instant gone = log.of(List.of(former), "cluster-link-deleted").stream()
                .map(LifecycleEvent::at)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        Set<String> renamed = log
                .of(links.stream().map(link -> link.url().brief()).toList(), RENAMED)
                .stream()
                .map(LifecycleEvent::source)
                .collect(Collectors.toSet());
        Map<Instant, ClusterLink> byEnd = new TreeMap<>(Comparator.reverseOrder());
        links.stream().filter(link -> renamed.contains(link.url().brief())).forEach(link -> names(link).stream()
                .filter(source -> source.url().equals(former))
                .filter(source -> source.until() != null && source.until().isAfter(gone))
                .forEach(source -> byEnd.put(source.until(), link)));
        return byEnd.values().stream().findFirst();
    }

    /** What the event of a link's deletion says of its identity, which still exists; nothing when it has none. */
    Map<String, String> left(long identityId) {
        if (identityId == 0) {
            return Map.of();
        }
        List<String> identifiers = new ArrayList<>(List.of(identities.identifier(identityId)));
        identifiers.addAll(identities.formerIdentifiers(identityId));
        return Map.of(LinkHistory.IDENTIFIERS, String.join(",", identifiers));
    }

    private EntityUrl identity(Caller caller, ClusterLink link) {
        boolean visible = link.identityId() != 0
                && access.allowed(caller, EntityReference.of(EntityType.IDENTITY, link.identityId()), "can_view");
        return visible
                ? EntityUrl.of(EntityType.IDENTITY, Identities.TLS, identities.identifier(link.identityId()))
                : null;
    }

    /** The URLs of the link and of its identity, by what they are called now and what they were called by before. */
    private List<Source> sources(ClusterLink link, EntityUrl identity, List<Source> names) {
        List<Source> sources = new ArrayList<>(names);
        if (identity != null) {
            Instant from = names.getLast().from();
            sources.add(new Source(identity.brief(), from, null));
            identities.formerIdentifiers(link.identityId()).stream()
                    .map(former -> EntityUrl.of(EntityType.IDENTITY, Identities.TLS, former)
                            .brief())
                    .map(url -> new Source(url, from, null))
                    .forEach(sources::add);
        }
        return sources;
    }

    /** Those of a link alone, also when it was made the moment another one of its name was deleted. */
    private List<Source> names(ClusterLink link) {
        Instant createdAt = createdAt(link).orElse(null);
        return names(link.url().brief(), createdAt == null ? null : createdAt.minus(MOMENT), createdAt);
    }

    /**
     * The URL of a link, and those that it had before it was renamed, each for its time: another link may have had it too.
     *
     * @param from the earliest event that matters; null for all
     * @param createdAt when the link came to be, to begin at its own first event; null to begin at {@code from}
     */
    private List<Source> names(String url, Instant from, Instant createdAt) {
        List<Source> names = new ArrayList<>();
        String name = url;
        Instant until = null;
        for (int i = 0; i < MOST_NAMES && name != null; i++) {
            Source soFar = new Source(name, from, until);
            LifecycleEvent beginning = Stream.concat(
                            log.of(List.of(name), RENAMED).stream(),
                            log.of(List.of(name), "cluster-link-created").stream()
                                    .filter(event ->
                                            createdAt != null && !event.at().isAfter(createdAt)))
                    .filter(event -> soFar.at(event.at()))
                    .max(Comparator.comparing(LifecycleEvent::at))
                    .orElse(null);
            until = beginning == null ? from : beginning.at();
            names.add(new Source(name, until, soFar.until()));
            name = beginning == null || !beginning.action().equals(RENAMED)
                    ? null
                    : ClusterLink.url(beginning.context().getOrDefault("old_name", ""))
                            .brief();
        }
        return names;
    }
}
