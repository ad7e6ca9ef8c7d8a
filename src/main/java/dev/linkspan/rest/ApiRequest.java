package dev.linkspan.rest;

import dev.linkspan.access.Caller;
import dev.linkspan.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** A request that passed the checks that are the same for all endpoints. */
final class ApiRequest {
    private static final int MOST_BYTES = 4 << 20;
    private static final byte[] EMPTY_OBJECT = {'{', '}'};

    private final HttpServletRequest servlet;
    private final Caller caller;
    private final List<String> arguments;
    private final Query query;

    ApiRequest(HttpServletRequest servlet, Caller caller, List<String> arguments) {
        this.servlet = servlet;
        this.caller = caller;
        this.arguments = arguments;
        this.query = new Query(servlet.getQueryString());
    }

    Caller caller() {
        return caller;
    }

    /** A decoded argument of the path, from 0. */
    String argument(int index) {
        return arguments.get(index);
    }

    Query query() {
        return query;
    }

    /** The entitlements that are to be reported with what is returned. */
    List<String> requestedEntitlements() {
        String requested = query.get("with-access-entitlements");
        return requested.isEmpty() ? List.of() : List.of(requested.split(",", -1));
    }

    /**
     * Refuses to report entitlements with a list of URLs.
     *
     * @throws dev.linkspan.problem.ProblemException 500
     */
    void requireRecursionForEntitlements() {
        if (!query.recursive() && !requestedEntitlements().isEmpty()) {
            throw Problem.ENTITLEMENTS_NEED_RECURSION.with();
        }
    }

    String header(String name) {
        return servlet.getHeader(name);
    }

    String ifMatch() {
        return servlet.getHeader("If-Match");
    }

    /**
     * The body, as JSON.
     *
     * @throws dev.linkspan.problem.ProblemException 400, or 413 when it is too large
     */
    <T> T body(Class<T> type) {
        return body(type, "");
    }

    /** The body, with a prefix before the reason when it can't be read. */
    <T> T body(Class<T> type, String prefix) {
        return Json.read(bytes(), type, prefix);
    }

    /** The body, or that of an empty object when there is none. */
    <T> T optionalBody(Class<T> type) {
        byte[] bytes = bytes();
        return Json.read(bytes.length == 0 ? EMPTY_OBJECT : bytes, type, "");
    }

    private byte[] bytes() {
        if (servlet.getContentLengthLong() > MOST_BYTES) {
            throw Problem.BODY_TOO_LARGE.with(MOST_BYTES);
        }
        try (InputStream in = servlet.getInputStream()) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw Problem.BODY_TOO_LARGE.with(MOST_BYTES);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
