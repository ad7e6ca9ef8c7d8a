package dev.linkspan.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.operation.Operation;
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

    static EventWire of(Operation operation) {
        return new EventWire(
                "operation",
                operation.updatedAt().toString(),
                OperationWire.withAddress(operation),
                NOWHERE,
                operation.project());
    }
}
