package dev.linkspan.operation;

import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An operation at one moment (auth.md 1.8).
 *
 * @param kind the API's class: {@code task} or {@code token}
 * @param project the project's name when the operation began; null for none
 * @param projectId the project's row; 0 for none
 * @param resources entity type to URLs
 * @param error what went wrong; empty otherwise
 * @param errorCode HTTP status of what went wrong; 0 otherwise
 * @param username of the caller that began it
 * @param protocol how that caller authenticated
 * @param address {@code host:port} of that caller
 */
public record Operation(
        String id,
        String kind,
        String description,
        Instant createdAt,
        Instant updatedAt,
        OperationStatus status,
        String project,
        long projectId,
        Map<String, List<String>> resources,
        Map<String, Object> metadata,
        String error,
        int errorCode,
        String username,
        String protocol,
        String address) {

    /** Class of the operations that are trust tokens. */
    static final String TOKEN = "token";

    private static final String SECRET = "secret";

    /** Without the secret that a trust token has. */
    Operation withoutSecret() {
        Map<String, Object> open = new TreeMap<>(metadata);
        open.remove(SECRET);
        return new Operation(
                id,
                kind,
                description,
                createdAt,
                updatedAt,
                status,
                project,
                projectId,
                resources,
                open,
                error,
                errorCode,
                username,
                protocol,
                address);
    }

    /** What the right to see it is on: its project, or the server. */
    public EntityReference scope() {
        return projectId == 0 ? EntityReference.server() : EntityReference.of(EntityType.PROJECT, projectId);
    }

    /** Whether the caller began it. */
    public boolean startedBy(Caller caller) {
        return caller.trusted()
                && !username.isEmpty()
                && username.equals(caller.username())
                && protocol.equals(caller.protocol());
    }

    Operation ended(OperationStatus end, String why, int code, Instant at) {
        return new Operation(
                id,
                kind,
                description,
                createdAt,
                at,
                end,
                project,
                projectId,
                resources,
                metadata,
                why,
                code,
                username,
                protocol,
                address);
    }
}
