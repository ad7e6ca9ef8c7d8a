package dev.linkspan.event;

import java.time.Instant;
import java.util.Map;

/**
 * An event that was kept.
 *
 * @param id later events have higher ones
 * @param kind {@code lifecycle} or {@code security}
 * @param action what happened; of security events their name
 * @param source URL of what it happened to; empty for security events
 * @param project the project; empty for none
 * @param context further facts; often empty
 * @param level {@code info} or {@code warning} for security events, else empty
 * @param description of security events, else empty
 * @param requestMethod of the request behind a security event; empty when there was none
 * @param userAgent what the caller's program called itself; known of security events only
 */
public record RecordedEvent(
        long id,
        Instant at,
        String kind,
        String action,
        String source,
        String project,
        Map<String, String> context,
        String level,
        String description,
        String requestMethod,
        String requestPath,
        String username,
        String protocol,
        String address,
        String userAgent) {
    public boolean security() {
        return kind.equals(EventFilter.SECURITY);
    }

    /** Whether somebody should look at it. */
    public boolean warning() {
        return level.equals("warning");
    }

    /** A lifecycle event as it was when it happened. */
    public LifecycleEvent lifecycleEvent() {
        return new LifecycleEvent(
                at,
                action,
                source,
                project.isEmpty() ? null : project,
                context,
                Map.of(),
                username,
                protocol,
                address,
                true);
    }

    SecurityEvent securityEvent() {
        return new SecurityEvent(
                at,
                action,
                warning() ? SecurityEvent.Level.WARNING : SecurityEvent.Level.INFO,
                description,
                requestMethod,
                requestPath,
                project,
                username,
                protocol,
                address,
                userAgent);
    }
}
