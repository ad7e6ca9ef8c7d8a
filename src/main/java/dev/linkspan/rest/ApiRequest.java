package dev.linkspan.rest;

import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;

/** A request that passed the checks that are the same for all endpoints. */
final class ApiRequest {
    static final int MOST_BYTES = 4 << 20;
    private static final byte[] EMPTY_OBJECT = {'{', '}'};

    private final HttpServletRequest servlet;
    private final Caller caller;
    private final Supplier<Caller> credentials;
    private final List<String> arguments;
    private final Query query;

    ApiRequest(HttpServletRequest servlet, Caller caller, Supplier<Caller> credentials, List<String> arguments) {
        this.servlet = servlet;
        this.caller = caller;
        this.credentials = credentials;
        this.arguments = arguments;
        this.query = new Query(servlet.getQueryString());
    }

    Caller caller() {
        return caller;
    }

    /** Whom the request's credentials prove, now and later. */
    Supplier<Caller> credentials() {
        return credentials;
    }

    /** A decoded argument of the path, from 0. */
    String argument(int index) {
        return arguments.get(index);
    }

    Query query() {
        return query;
    }

    /** The project that the request is about. */
    String project() {
        String project = query.get("project");
        return project.isEmpty() ? EntityUrl.DEFAULT_PROJECT : project;
    }

    /**
     * Whether it is about all projects.
     *
     * @throws dev.linkspan.problem.ProblemException 400 when it names one as well
     */
    boolean allProjects() {
        boolean all = query.get("all-projects").equals("true")
                || query.get("all-projects").equals("1");
        if (all && !query.get("project").isEmpty()) {
            throw Problem.PROJECT_AND_ALL.with();
        }
        return all;
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

    /**
     * The body as it was sent.
     *
     * @throws dev.linkspan.problem.ProblemException 413 when it is too large
     */
    byte[] bytes() {
        if (servlet.getContentLengthLong() > MOST_BYTES) {
            throw Problem.BODY_TOO_LARGE.with(MOST_BYTES);
        }
        try {
            byte[] bytes = read();
            if (bytes.length > MOST_BYTES) {
                throw Problem.BODY_TOO_LARGE.with(MOST_BYTES);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] read() throws IOException {
        byte[] arrived = ArrivingBody.of(servlet);
        if (arrived != null) {
            return arrived;
        }
        try (InputStream in = servlet.getInputStream()) {
            return in.readNBytes(MOST_BYTES + 1);
        }
    }
}
