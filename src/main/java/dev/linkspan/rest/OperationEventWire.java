package dev.linkspan.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.linkspan.operation.Operation;

/** An event of an operation on the wire (auth.md 1.9). */
record OperationEventWire(
        String type,
        String timestamp,
        Object metadata,
        String location,
        @JsonInclude(JsonInclude.Include.NON_NULL) String project) {
    static OperationEventWire of(Operation operation) {
        return new OperationEventWire(
                "operation",
                operation.updatedAt().toString(),
                OperationWire.withAddress(operation),
                "none",
                operation.project());
    }
}
