package dev.linkspan.event;

import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.access.Entities;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** The recorded events as far as a caller may see them, latest first. */
@Service
public class EventService {
    /** Stands for the end of the list. */
    public static final long NEWEST = Long.MAX_VALUE;

    private static final String VIEW = "can_view_events";
    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final int AROUND = 20;

    private final EventLog log;
    private final Entities entities;
    private final Access access;

    EventService(EventLog log, Entities entities, Access access) {
        this.log = log;
        this.entities = entities;
        this.access = access;
    }

    /**
     * A part of the list.
     *
     * @param before only events with lower ids
     * @param skip leaves out so many of them first
     * @throws ProblemException 403 for untrusted callers, and when only security events are wanted without
     *     {@code can_view_events} on the server
     */
    public List<RecordedEvent> page(Caller caller, EventFilter filter, long before, int skip, int most) {
        return log.page(sight(caller, filter), filter, before, skip, most);
    }

    /**
     * How many there are up to an event, by kind.
     *
     * @param until the last one that counts
     * @throws ProblemException as {@link #page}
     */
    public EventCounts count(Caller caller, EventFilter filter, long until) {
        return log.count(sight(caller, filter), filter, until);
    }

    /**
     * How many there are after an event.
     *
     * @throws ProblemException as {@link #page}
     */
    public int newer(Caller caller, EventFilter filter, long after, int most) {
        return log.newer(sight(caller, filter), filter, after, most);
    }

    /**
     * The id of the latest event of all; 0 when there is none.
     *
     * @throws ProblemException 403 for untrusted callers
     */
    public long latest(Caller caller) {
        access.requireTrusted(caller);
        return log.latest();
    }

    /**
     * One event.
     *
     * @throws ProblemException 404 when there is none of that id or the caller may not see it
     */
    public RecordedEvent get(Caller caller, long id) {
        return log.find(sight(caller, EventFilter.ALL), id).orElseThrow(Problem.NOT_FOUND::with);
    }

    /**
     * The security events that were recorded along with a lifecycle event: of the same caller, at the same moment, about the
     * same entity; none for others.
     *
     * @throws ProblemException as {@link #get}
     */
    public List<RecordedEvent> along(Caller caller, long id) {
        RecordedEvent event = get(caller, id);
        Set<String> names = EntityUrl.parse(event.source()).stream()
                .flatMap(source -> AdministrationWords.of(event.action(), source, event.context()).stream())
                .map(AdministrationWords.Words::name)
                .collect(Collectors.toSet());
        return event.security() || names.isEmpty()
                ? List.of()
                : log.around(sight(caller, EventFilter.ALL), event, MOMENT, AROUND).stream()
                        .filter(other -> names.contains(other.action()))
                        .toList();
    }

    /** Whether there may be events that the caller doesn't get to see; for a word about it. */
    public boolean seesAll(Caller caller) {
        return sight(caller, EventFilter.ALL).everything();
    }

    private Sight sight(Caller caller, EventFilter filter) {
        access.requireTrusted(caller);
        if (filter.kind().equals(EventFilter.SECURITY)) {
            access.require(caller, VIEW);
        }
        Optional<Set<Long>> some = access.rows(caller, EntityType.PROJECT, VIEW);
        Set<String> projects = new HashSet<>();
        some.filter(rows -> !rows.isEmpty()).ifPresent(rows -> entities.urls(EntityType.PROJECT, rows).values().stream()
                .map(EntityUrl::arguments)
                .forEach(projects::addAll));
        return new Sight(access.allowed(caller, VIEW), some.isEmpty(), projects, caller.protocol(), caller.username());
    }
}
