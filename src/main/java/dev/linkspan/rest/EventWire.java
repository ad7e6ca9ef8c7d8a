package dev.linkspan.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.event.SecurityEvent;
import dev.linkspan.operation.Operation;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An event on the wire (auth.md 1.9). */
record EventWire(
        String type,
        String timestamp,
        Object metadata,
        String location,
        @JsonInclude(JsonInclude.Include.NON_NULL) String project) {
    private static final String NOWHERE = "none";

    private record Lifecycle(
            String action,
            String source,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> context,
            OperationWire.Requestor requestor,
            @JsonInclude(JsonInclude.Include.NON_NULL) String name,
            @JsonInclude(JsonInclude.Include.NON_NULL) String project) {}

    static EventWire of(LifecycleEvent event) {
        Optional<String> instance = EntityUrl.parse(event.source())
                .filter(url -> url.type() == EntityType.INSTANCE)
                .map(url -> url.arguments().getFirst());
        Lifecycle metadata = new Lifecycle(
                event.action(),
                event.source(),
                event.context(),
                new OperationWire.Requestor(event.username(), event.protocol(), event.address()),
                instance.orElse(null),
                instance.isPresent() ? event.project() : null);
        return new EventWire("lifecycle", event.at().toString(), metadata, NOWHERE, event.project());
    }

    private record Security(
            String name,
            String level,
            String description,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String requestPath,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String requestMethod,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String project,
            @JsonInclude(JsonInclude.Include.NON_NULL) SecurityRequestor requestor) {}

    private record SecurityRequestor(String username, String protocol, String address, String userAgent) {}

    static EventWire of(SecurityEvent event) {
        SecurityRequestor requestor =
                new SecurityRequestor(event.username(), event.protocol(), event.address(), event.userAgent());
        Security metadata = new Security(
                event.name(),
                event.level().name().toLowerCase(Locale.ROOT),
                event.description(),
                event.requestPath(),
                event.requestMethod(),
                event.project(),
                event.address().isEmpty() ? null : requestor);
        String project = event.project().isEmpty() ? null : event.project();
        return new EventWire("security", event.at().toString(), metadata, NOWHERE, project);
    }

    static EventWire of(Operation operation) {
        return new EventWire(
                "operation",
                operation.updatedAt().toString(),
                OperationWire.withAddress(operation),
                NOWHERE,
                operation.project());
    }
}
