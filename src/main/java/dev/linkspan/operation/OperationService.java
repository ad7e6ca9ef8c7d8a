package dev.linkspan.operation;

import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.access.OpenByProtocol;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Operations, as far as callers may know them: their own, and those of projects whose operations they may view. */
@Service
public class OperationService {
    private static final String VIEW = "can_view_operations";

    private final OperationRepository repository;
    private final Operations operations;
    private final TokenOperations tokens;
    private final Access access;
    private final Clock clock;

    OperationService(
            OperationRepository repository, Operations operations, TokenOperations tokens, Access access, Clock clock) {
        this.repository = repository;
        this.operations = operations;
        this.tokens = tokens;
        this.access = access;
        this.clock = clock;
    }

    /** The operations of all projects that the caller may see, oldest first. */
    public List<Operation> list(Caller caller) {
        access.requireTrusted(caller);
        return visible(caller, repository.all());
    }

    /** The operations of one project and of none that the caller may see, oldest first. */
    public List<Operation> list(Caller caller, long projectId) {
        access.requireTrusted(caller);
        return visible(caller, repository.ofProject(projectId));
    }

    private List<Operation> visible(Caller caller, List<Operation> all) {
        return all.stream()
                .filter(operation -> visible(caller, operation))
                .map(operation -> shown(caller, operation))
                .toList();
    }

    /** The secret of a trust token is for those who could have made one. */
    private Operation shown(Caller caller, Operation operation) {
        boolean hidden = operation.kind().equals(Operation.TOKEN)
                && !operation.startedBy(caller)
                && !access.allowed(caller, "can_create_identities");
        return hidden ? operation.withoutSecret() : operation;
    }

    private boolean visible(Caller caller, Operation operation) {
        return operation.startedBy(caller) || access.allowed(caller, operation.scope(), VIEW);
    }

    /** An operation as the caller may see it; empty when he may not. */
    public Optional<Operation> seenBy(Caller caller, Operation operation) {
        access.requireTrusted(caller);
        return Optional.ofNullable(operation)
                .filter(found -> visible(caller, found))
                .map(found -> shown(caller, found));
    }

    /**
     * One operation.
     *
     * @throws ProblemException 404, also for those that the caller may not see
     */
    public Operation get(Caller caller, String id) {
        access.requireTrusted(caller);
        return repository
                .find(id)
                .filter(operation -> visible(caller, operation))
                .map(operation -> shown(caller, operation))
                .orElseThrow(Problem.OPERATION_NOT_FOUND::with);
    }

    /**
     * An operation for somebody who knows its secret.
     *
     * @throws ProblemException 403 when there is no operation with this id and secret
     */
    @OpenByProtocol("the operation's secret proves the right")
    public Operation withSecret(String id, String secret) {
        return repository
                .find(id)
                .filter(operation -> operation.metadata().get("secret") instanceof String known
                        && MessageDigest.isEqual(
                                known.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8)))
                .orElseThrow(Problem.FORBIDDEN::with);
    }

    /**
     * The operation at its end, or as it is when the time is over.
     *
     * @param found the operation, from {@link #get} or {@link #withSecret}
     * @throws ProblemException 404 when it doesn't exist any more
     */
    @OpenByProtocol("takes an operation that the caller was given before")
    public Operation await(Operation found, Duration longest) {
        operations.await(found.id(), longest);
        return repository.find(found.id()).orElseThrow(Problem.OPERATION_NOT_FOUND::with);
    }

    /**
     * Asks to cancel an operation; it ends at its next checkpoint.
     *
     * @throws ProblemException 404; 403 for those who neither began it nor may edit the server; 400 when it isn't running
     */
    public void cancel(Caller caller, String id) {
        Operation operation = get(caller, id);
        if (!operation.startedBy(caller)) {
            access.require(caller, "can_edit");
        }
        if (operation.kind().equals(Operation.TOKEN) && !operation.status().isFinal()) {
            tokens.cancel(operation);
            return;
        }
        if (repository.cancel(id, clock.instant()) == 0) {
            throw Problem.OPERATION_NOT_RUNNING.with();
        }
    }
}
