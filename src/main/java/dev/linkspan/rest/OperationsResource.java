package dev.linkspan.rest;

import dev.linkspan.access.Caller;
import dev.linkspan.inventory.ProjectService;
import dev.linkspan.operation.Operation;
import dev.linkspan.operation.OperationService;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** {@code /1.0/operations} (auth.md 1.8). */
@Component
class OperationsResource implements Resource {
    private static final Logger log = LoggerFactory.getLogger(OperationsResource.class);
    private static final String OPERATIONS = "/1.0/operations";
    private static final String OPERATION = OPERATIONS + "/{}";
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private final OperationService operations;
    private final ProjectService projects;

    OperationsResource(OperationService operations, ProjectService projects) {
        this.operations = operations;
        this.projects = projects;
    }

    @Override
    public void register(Routes routes) {
        routes.on("GET", OPERATIONS, this::list)
                .on("GET", OPERATION, this::get)
                .on("DELETE", OPERATION, this::cancel)
                .open("GET", OPERATION + "/wait", this::await)
                .open("GET", OPERATION + "/websocket", this::websocket);
    }

    private Answer list(ApiRequest request) {
        Caller caller = request.caller();
        List<Operation> visible = request.allProjects()
                ? operations.list(caller)
                : operations.list(
                        caller, projects.get(caller, request.project()).id());
        Function<Operation, Object> wire =
                request.query().recursive() ? OperationWire::withoutAddress : OperationWire::url;
        return Answer.of(visible.stream()
                .collect(Collectors.groupingBy(
                        operation -> operation.status().text().toLowerCase(Locale.ROOT),
                        TreeMap::new,
                        Collectors.mapping(wire, Collectors.toList()))));
    }

    private Answer get(ApiRequest request) {
        return Answer.of(OperationWire.withoutAddress(operations.get(request.caller(), request.argument(0))));
    }

    private Answer cancel(ApiRequest request) {
        operations.cancel(request.caller(), request.argument(0));
        return Answer.done();
    }

    private Operation known(ApiRequest request) {
        String secret = request.query().get("secret");
        return secret.isEmpty()
                ? operations.get(request.caller(), request.argument(0))
                : operations.withSecret(request.argument(0), secret);
    }

    private Answer websocket(ApiRequest request) {
        known(request);
        throw Problem.OPERATION_NO_WEBSOCKET.with();
    }

    private Answer await(ApiRequest request) {
        Operation operation = known(request);
        Duration longest = longest(request.query().get("timeout"));
        return Answer.direct((servlet, response) -> await(servlet, response, operation, longest));
    }

    private static Duration longest(String seconds) {
        try {
            long given = seconds.isEmpty() ? -1 : Long.parseLong(seconds);
            return given < 0 || given > LONGEST_WAIT.toSeconds() ? LONGEST_WAIT : Duration.ofSeconds(given);
        } catch (NumberFormatException e) {
            throw new ProblemException(400, "\"" + seconds + "\" is not a number of seconds");
        }
    }

    /** Sends the head of the answer at once and the rest when the operation has ended. No thread of the port waits. */
    private void await(HttpServletRequest request, HttpServletResponse response, Operation operation, Duration longest)
            throws IOException {
        response.setContentType("application/json");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.flushBuffer();
        AsyncContext later = request.startAsync();
        later.setTimeout(0);
        Thread.ofPlatform().name("wait").daemon().start(() -> {
            try {
                byte[] body = Json.bytes(envelope(operation, longest));
                later.getResponse().getOutputStream().write(body);
            } catch (IOException | IllegalStateException e) {
                log.debug("Nobody waits for operation {} any more", operation.id());
            } finally {
                later.complete();
            }
        });
    }

    private Envelope envelope(Operation operation, Duration longest) {
        try {
            Operation now = operations.await(operation, longest);
            boolean failed = now.status().isFinal() && now.errorCode() != 0;
            return failed
                    ? Envelope.error(now.errorCode(), now.error())
                    : Envelope.sync(OperationWire.withAddress(now));
        } catch (RuntimeException e) {
            ProblemException problem = Problems.of(e);
            return Envelope.error(problem.status(), problem.getMessage());
        }
    }
}
