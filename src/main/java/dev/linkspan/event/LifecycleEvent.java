package dev.linkspan.event;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Something was made, changed, renamed or deleted (auth.md 1.9).
 *
 * @param action for example {@code cluster-link-created}
 * @param source URL of what it happened to
 * @param project the project, or null for what lives outside of projects
 * @param context further facts, for example {@code old_name}; often empty
 * @param username of the caller that caused it; empty for the system
 * @param protocol how that caller authenticated
 * @param address {@code host:port} of that caller
 * @param detail what changed, for pages that tell what happened: the API's events don't say it; often empty
 * @param kept whether it is an event of the API; others only tell open pages to look again
 */
public record LifecycleEvent(
        Instant at,
        String action,
        String source,
        String project,
        Map<String, String> context,
        Map<String, String> detail,
        String username,
        String protocol,
        String address,
        boolean kept) {
    /** In the detail of what is kept for our own pages, but is no event of the API. */
    public static final String UNSENT = "unsent";

    /** By the time alone: few happen in the same microsecond, and all parts of it together take long. */
    @Override
    public int hashCode() {
        return at.hashCode();
    }

    /** The same without these details. */
    public LifecycleEvent without(String... details) {
        Map<String, String> less = new TreeMap<>(detail);
        List.of(details).forEach(less::remove);
        return new LifecycleEvent(at, action, source, project, context, less, username, protocol, address, kept);
    }
}
