package dev.linkspan.rest;

import dev.linkspan.operation.Operation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/**
 * A successful answer.
 *
 * @param status 200, 201, or 202 for an operation
 * @param location path for the {@code Location} header, or null
 * @param etag 64 hex digits, or null
 * @param metadata what goes into the envelope; null for JSON's null; a {@link Direct} writes the whole answer itself
 */
record Answer(int status, String location, String etag, Object metadata) {
    /** Writes an answer that is no envelope, or not at once. */
    @FunctionalInterface
    interface Direct {
        void write(HttpServletRequest request, HttpServletResponse response) throws IOException;
    }

    static Answer direct(Direct direct) {
        return of(direct);
    }

    /** An operation has begun. */
    static Answer begun(Operation operation) {
        return new Answer(202, OperationWire.url(operation), null, OperationWire.withAddress(operation));
    }

    static Answer of(Object metadata) {
        return new Answer(200, null, null, metadata);
    }

    static Answer tagged(Object metadata, String etag) {
        return new Answer(200, null, etag, metadata);
    }

    static Answer done() {
        return of(Map.of());
    }

    static Answer created(Object location, Object metadata) {
        return new Answer(201, location.toString(), null, metadata);
    }
}
