package dev.linkspan.event;

import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Events as the API tells them (auth.md 1.9), by the names of their fields. */
public final class EventWire {
    private static final String NOWHERE = "none";

    private EventWire() {}

    /** An event that was kept, as it was told when it happened. */
    public static Map<String, Object> of(RecordedEvent event) {
        return event.security() ? of(event.securityEvent()) : of(event.lifecycleEvent());
    }

    public static Map<String, Object> of(LifecycleEvent event) {
        Optional<String> instance = EntityUrl.parse(event.source())
                .filter(url -> url.type() == EntityType.INSTANCE)
                .map(url -> url.arguments().getFirst());
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("action", event.action());
        metadata.put("source", event.source());
        if (!event.context().isEmpty()) {
            metadata.put("context", event.context());
        }
        metadata.put("requestor", requestor(event.username(), event.protocol(), event.address()));
        instance.ifPresent(name -> {
            metadata.put("name", name);
            metadata.put("project", event.project());
        });
        return event("lifecycle", event.at().toString(), metadata, event.project());
    }

    public static Map<String, Object> of(SecurityEvent event) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", event.name());
        metadata.put("level", event.level().name().toLowerCase(Locale.ROOT));
        metadata.put("description", event.description());
        putKnown(metadata, "request_path", event.requestPath());
        putKnown(metadata, "request_method", event.requestMethod());
        putKnown(metadata, "project", event.project());
        if (!event.address().isEmpty()) {
            Map<String, Object> requestor = requestor(event.username(), event.protocol(), event.address());
            requestor.put("user_agent", event.userAgent());
            metadata.put("requestor", requestor);
        }
        String project = event.project().isEmpty() ? null : event.project();
        return event("security", event.at().toString(), metadata, project);
    }

    private static Map<String, Object> event(String type, String at, Map<String, Object> metadata, String project) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("type", type);
        event.put("timestamp", at);
        event.put("metadata", metadata);
        event.put("location", NOWHERE);
        if (project != null) {
            event.put("project", project);
        }
        return event;
    }

    private static Map<String, Object> requestor(String username, String protocol, String address) {
        Map<String, Object> requestor = new LinkedHashMap<>();
        requestor.put("username", username);
        requestor.put("protocol", protocol);
        requestor.put("address", address);
        return requestor;
    }

    private static void putKnown(Map<String, Object> metadata, String field, String value) {
        if (!value.isEmpty()) {
            metadata.put(field, value);
        }
    }
}
