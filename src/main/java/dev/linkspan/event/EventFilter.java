package dev.linkspan.event;

import dev.linkspan.access.EntityUrl;
import dev.linkspan.problem.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Which of the recorded events somebody wants to see.
 *
 * @param kind {@code lifecycle} or {@code security}; empty for both
 * @param level {@code info} or {@code warning}, which only security events have; empty for all
 * @param concerns each of these must be met
 * @param words what the action, the entity, the description, the context or the caller's address must contain; empty for
 *     anything
 * @param once leaves out the security events that were recorded along with a lifecycle event, which says the same
 */
public record EventFilter(String kind, String level, List<Concern> concerns, String words, boolean once) {
    static final String LIFECYCLE = "lifecycle";
    static final String SECURITY = "security";

    private static final Set<String> KINDS = Set.of("", LIFECYCLE, SECURITY);
    private static final Set<String> LEVELS = Set.of("", "info", "warning");
    private static final int LONGEST = 256;

    public static final EventFilter ALL = new EventFilter("", "", List.of(), "");

    public EventFilter(String kind, String level, List<Concern> concerns, String words) {
        this(kind, level, concerns, words, false);
    }

    /**
     * A URL and when an entity had it: before and after that it may have been another's.
     *
     * @param url as events have it
     * @param from null for since ever
     * @param until null for until now
     */
    public record Source(String url, Instant from, Instant until) {
        public static Source always(String url) {
            return new Source(url, null, null);
        }

        /** Whether an event that has the URL is about the entity. */
        public boolean at(Instant time) {
            return (from == null || !time.isBefore(from)) && (until == null || time.isBefore(until));
        }
    }

    /**
     * Met by what happened to one of these entities, and by what this caller did.
     *
     * @param sources what they are and were called
     * @param protocol how the caller authenticates; empty for no caller
     * @param usernames what the caller is and was called by
     * @param since when they began to be that caller; null for ever
     */
    public record Concern(List<Source> sources, String protocol, List<String> usernames, Instant since) {
        public Concern {
            sources = List.copyOf(sources);
            usernames = List.copyOf(usernames);
        }

        public Concern(List<Source> sources, String protocol, List<String> usernames) {
            this(sources, protocol, usernames, null);
        }

        /** What happened to an entity. */
        public static Concern about(EntityUrl entity) {
            return new Concern(List.of(Source.always(entity.brief())), "", List.of());
        }
    }

    /**
     * Checks what was asked for.
     *
     * @throws dev.linkspan.problem.ProblemException 400 for an unknown kind or level, or a text that is too long
     */
    public EventFilter {
        if (!KINDS.contains(kind)) {
            throw Problem.EVENT_TYPE.with(kind);
        }
        if (!LEVELS.contains(level)) {
            throw Problem.EVENT_LEVEL.with(level);
        }
        if (words.length() > LONGEST) {
            throw Problem.SEARCH_TOO_LONG.with(LONGEST);
        }
        concerns = List.copyOf(concerns);
    }
}
