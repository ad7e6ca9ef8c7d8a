package dev.linkspan.rest;

import dev.linkspan.access.Caller;
import dev.linkspan.access.Callers;
import dev.linkspan.access.Origin;
import dev.linkspan.event.SecurityWatch;
import dev.linkspan.identity.LastCalls;
import dev.linkspan.identity.OidcSignIn;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.tls.Ports;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Finds the endpoint of a request and checks what is the same for all of them, in the order of auth.md 1.3. */
class ApiServlet extends HttpServlet {
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
    private static final Set<String> KNOWN_METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "CONNECT");
    private static final Set<String> MEMBER_AGENTS =
            Set.of("lxd-cluster-notifier", "lxd-operation-notifier", "lxd-cluster-joiner");
    private static final List<String> FORWARDED =
            List.of("X-LXD-forwarded-address", "X-LXD-forwarded-username", "X-LXD-forwarded-protocol");

    private final transient Routes routes = new Routes();
    private final transient Callers callers;
    private final transient LastCalls calls;
    private final transient OidcSignIn provider;
    private final transient SecurityWatch watch;

    ApiServlet(List<Resource> resources, Callers callers, LastCalls calls, OidcSignIn provider, SecurityWatch watch) {
        this.callers = callers;
        this.calls = calls;
        this.provider = provider;
        this.watch = watch;
        resources.forEach(resource -> resource.register(routes));
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!ArrivingBody.awaited(request, ApiRequest.MOST_BYTES)) {
            respond(request, response);
            return;
        }
        try {
            admit(request);
        } catch (RuntimeException e) {
            refuse(response, e);
            return;
        }
        ArrivingBody.await(
                request, ApiRequest.MOST_BYTES, () -> respond(request, response), why -> refuse(response, why));
    }

    private void respond(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            Answer answer = admit(request).answer();
            if (answer.metadata() instanceof Answer.Direct direct) {
                direct.write(request, response);
            } else {
                write(response, answer);
            }
        } catch (RuntimeException e) {
            refuse(response, e);
        }
    }

    private void refuse(HttpServletResponse response, RuntimeException e) throws IOException {
        if (response.isCommitted()) {
            throw e;
        }
        ProblemException problem = Problems.of(e);
        if (problem.status() == HttpServletResponse.SC_UNAUTHORIZED) {
            provider.challenge().forEach(response::setHeader);
        }
        writeProblem(response, problem);
    }

    /** A request that may go to its endpoint. */
    private record Admitted(Endpoint endpoint, ApiRequest request) {
        Answer answer() {
            return endpoint.answer(request);
        }
    }

    private Admitted admit(HttpServletRequest request) {
        Routes.Match match = routes.match(request.getRequestURI());
        if (match == null) {
            throw Problem.NOT_FOUND.with();
        }
        String method = request.getMethod();
        if (!KNOWN_METHODS.contains(method)) {
            throw new ProblemException(404, "Method \"" + method + "\" not found");
        }
        Routes.Route route = match.methods().get(method);
        if (route == null) {
            throw Problem.NOT_IMPLEMENTED.with();
        }
        Supplier<Caller> credentials = credentials(request);
        Caller caller = credentials.get();
        calls.note(caller);
        refuseMemberTalk(request, caller);
        boolean openHere = route.open() && request.getHeader("X-LXD-authenticated") == null;
        if (!caller.trusted() && !openHere) {
            if (caller.certificate().isPresent()) {
                watch.certificateUnknown(caller);
            }
            throw Problem.FORBIDDEN.with();
        }
        refuseCrossSite(request);
        return new Admitted(route.endpoint(), new ApiRequest(request, caller, credentials, match.arguments()));
    }

    /** Whom the request's credentials prove; can be asked again when the request is over. */
    private Supplier<Caller> credentials(HttpServletRequest request) {
        if (Ports.throughSocket(request)) {
            Origin socket = origin(request, Origin.SOCKET.address());
            return () -> callers.ofSocket(socket);
        }
        String query = request.getQueryString();
        String token = query == null || !query.contains("token") ? "" : new Query(query).get("token");
        Origin origin = origin(request);
        String authorization = request.getHeader("Authorization");
        return () -> callers.ofRequest(origin, authorization, token);
    }

    /** Where a request that came over the network came from. */
    static Origin origin(HttpServletRequest request) {
        return origin(request, address(request));
    }

    private static Origin origin(HttpServletRequest request, String address) {
        var chain = (X509Certificate[]) request.getAttribute(CERTIFICATES);
        X509Certificate leaf = chain == null || chain.length == 0 ? null : chain[0];
        String agent = request.getHeader("User-Agent");
        String query = request.getQueryString();
        return new Origin(
                address,
                leaf,
                agent == null ? "" : agent,
                request.getMethod() + " " + request.getRequestURI(),
                query == null || !query.contains("project") ? "" : new Query(query).get("project"));
    }

    static String address(HttpServletRequest request) {
        String host = request.getRemoteAddr();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + request.getRemotePort();
    }

    private static void refuseMemberTalk(HttpServletRequest request, Caller caller) {
        String agent = request.getHeader("User-Agent");
        if (agent != null && MEMBER_AGENTS.contains(agent) && !caller.local()) {
            throw Problem.NOT_A_MEMBER.with();
        }
        for (String header : FORWARDED) {
            if (request.getHeader(header) != null) {
                throw Problem.FORWARDED_BY_NON_MEMBER.with();
            }
        }
    }

    private static void refuseCrossSite(HttpServletRequest request) {
        if (request.getMethod().equals("GET") || request.getMethod().equals("HEAD")) {
            return;
        }
        if (CrossSite.suspected(request)) {
            throw Problem.CROSS_SITE.with();
        }
        String agent = request.getHeader("User-Agent");
        String type = request.getContentType();
        boolean browser = agent != null && agent.startsWith("Mozilla");
        if (browser && request.getContentLengthLong() != 0 && (type == null || !type.startsWith("application/json"))) {
            throw Problem.CONTENT_TYPE.with();
        }
    }

    private static void write(HttpServletResponse response, Answer answer) throws IOException {
        response.setStatus(answer.status());
        if (answer.location() != null) {
            response.setHeader("Location", answer.location());
        }
        if (answer.etag() != null) {
            response.setHeader("ETag", "\"" + answer.etag() + "\"");
        }
        boolean begun = answer.status() == HttpServletResponse.SC_ACCEPTED;
        writeBody(
                response,
                begun ? Envelope.async(answer.location(), answer.metadata()) : Envelope.sync(answer.metadata()));
    }

    static void writeProblem(HttpServletResponse response, ProblemException problem) throws IOException {
        response.setStatus(problem.status());
        response.setHeader("X-Content-Type-Options", "nosniff");
        writeBody(response, Envelope.error(problem.status(), problem.getMessage()));
    }

    private static void writeBody(HttpServletResponse response, Envelope envelope) throws IOException {
        byte[] body = Json.bytes(envelope);
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
