package dev.linkspan.rest;

import java.util.Map;

/**
 * A successful answer.
 *
 * @param status 200 or 201
 * @param location path for the {@code Location} header, or null
 * @param etag 64 hex digits, or null
 * @param metadata what goes into the envelope; null for JSON's null
 */
record Answer(int status, String location, String etag, Object metadata) {
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
