package dev.linkspan.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.linkspan.operation.Operation;
import java.util.List;
import java.util.Map;

/** An operation on the wire (auth.md 1.8). */
record OperationWire(
        String id,
        @JsonProperty("class") String kind,
        String description,
        String createdAt,
        String updatedAt,
        String status,
        int statusCode,
        Map<String, List<String>> resources,
        Map<String, Object> metadata,
        boolean mayCancel,
        String err,
        int errCode,
        int childCount,
        String location,
        @JsonInclude(JsonInclude.Include.NON_NULL) Requestor requestor) {

    /** Who began it; the address is told only where LXD tells it. */
    record Requestor(String username, String protocol, String address) {}

    static String url(Operation operation) {
        return "/1.0/operations/" + operation.id();
    }

    /** As answers that begin an operation, waits and events show it. */
    static OperationWire withAddress(Operation operation) {
        return of(operation, operation.address());
    }

    /** As reads show it. */
    static OperationWire withoutAddress(Operation operation) {
        return of(operation, "");
    }

    private static OperationWire of(Operation operation, String address) {
        boolean known = !operation.protocol().isEmpty();
        return new OperationWire(
                operation.id(),
                operation.kind(),
                operation.description(),
                operation.createdAt().toString(),
                operation.updatedAt().toString(),
                operation.status().text(),
                operation.status().code(),
                operation.resources(),
                operation.metadata(),
                true,
                operation.error(),
                operation.errorCode(),
                0,
                "none",
                known ? new Requestor(operation.username(), operation.protocol(), address) : null);
    }
}
