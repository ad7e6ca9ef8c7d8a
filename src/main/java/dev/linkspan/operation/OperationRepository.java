package dev.linkspan.operation;

import dev.linkspan.store.Vault;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Operations in the database. */
@Component
class OperationRepository {
    private static final TypeReference<Map<String, List<String>>> RESOURCES = new TypeReference<>() {};
    private static final TypeReference<TreeMap<String, Object>> METADATA = new TypeReference<>() {};

    private static final String SECRET = "secret";
    private static final String SEALED = "sealed:";

    private final JdbcClient jdbc;
    private final Vault vault;

    OperationRepository(JdbcClient jdbc, Vault vault) {
        this.jdbc = jdbc;
        this.vault = vault;
    }

    void insert(Operation operation, long memberId) {
        jdbc.sql("""
                INSERT INTO operation (id, class, description, status, project_id, project, resources, metadata, error,
                  error_code, requestor_username, requestor_protocol, requestor_address, member_id, created_at, updated_at)
                VALUES (:id, :class, :description, :status, :projectId, :project, :resources, :metadata, '', 0,
                  :username, :protocol, :address, :member, :created, :created)
                """)
                .param("id", operation.id())
                .param("class", operation.kind())
                .param("description", operation.description())
                .param("status", operation.status().code())
                .param("projectId", operation.projectId())
                .param("project", operation.project())
                .param("resources", JsonMapper.shared().writeValueAsString(operation.resources()))
                .param("metadata", JsonMapper.shared().writeValueAsString(sealed(operation.metadata())))
                .param("username", operation.username())
                .param("protocol", operation.protocol())
                .param("address", operation.address())
                .param("member", memberId)
                .param("created", Timestamp.from(operation.createdAt()))
                .update();
    }

    /** A token's secret must be shown again, so it can't be hashed. */
    private Map<String, Object> sealed(Map<String, Object> metadata) {
        if (!(metadata.get(SECRET) instanceof String secret)) {
            return metadata;
        }
        Map<String, Object> sealed = new TreeMap<>(metadata);
        byte[] bytes = vault.encrypt(secret.getBytes(StandardCharsets.UTF_8));
        sealed.put(SECRET, SEALED + Base64.getEncoder().encodeToString(bytes));
        return sealed;
    }

    private Map<String, Object> opened(TreeMap<String, Object> metadata) {
        if (metadata.get(SECRET) instanceof String secret && secret.startsWith(SEALED)) {
            byte[] bytes = vault.decrypt(Base64.getDecoder().decode(secret.substring(SEALED.length())));
            metadata.put(SECRET, new String(bytes, StandardCharsets.UTF_8));
        }
        return metadata;
    }

    /** The tokens that can still be used, oldest first. */
    List<Operation> runningTokens() {
        return jdbc.sql("SELECT * FROM operation WHERE status = 103 AND class = 'token' ORDER BY created_at, id")
                .query(this::operation)
                .list();
    }

    Optional<Operation> find(String id) {
        return jdbc.sql("SELECT * FROM operation WHERE id = :id")
                .param("id", id)
                .query(this::operation)
                .optional();
    }

    /** All operations of a project and those of none, oldest first. */
    List<Operation> ofProject(long projectId) {
        return jdbc.sql("SELECT * FROM operation WHERE project_id IN (:ids) ORDER BY created_at, id")
                .param("ids", List.of(0L, projectId))
                .query(this::operation)
                .list();
    }

    List<Operation> all() {
        return jdbc.sql("SELECT * FROM operation ORDER BY created_at, id")
                .query(this::operation)
                .list();
    }

    OperationStatus status(String id) {
        return OperationStatus.ofCode(jdbc.sql("SELECT status FROM operation WHERE id = :id")
                .param("id", id)
                .query(Integer.class)
                .single());
    }

    int end(Operation ended) {
        return jdbc.sql("""
                UPDATE operation SET status = :status, error = :error, error_code = :code, updated_at = :at
                WHERE id = :id AND status < 200
                """)
                .param("status", ended.status().code())
                .param("error", ended.error())
                .param("code", ended.errorCode())
                .param("at", Timestamp.from(ended.updatedAt()))
                .param("id", ended.id())
                .update();
    }

    int cancel(String id, Instant now) {
        return jdbc.sql("UPDATE operation SET status = 104, updated_at = :now WHERE id = :id AND status = 103")
                .param("now", Timestamp.from(now))
                .param("id", id)
                .update();
    }

    /** Tasks of an earlier process of this member, which nobody is at work on any more. */
    int endLeftOver(long memberId, String why, Instant now) {
        return jdbc.sql("""
                UPDATE operation SET status = 400, error = :why, error_code = 500, updated_at = :now
                WHERE status < 200 AND class = 'task' AND member_id = :member
                """)
                .param("why", why)
                .param("now", Timestamp.from(now))
                .param("member", memberId)
                .update();
    }

    int forgetEndedBefore(Instant time, int most) {
        return jdbc.sql("DELETE FROM operation WHERE status >= 200 AND updated_at < :time LIMIT :most")
                .param("time", Timestamp.from(time))
                .param("most", most)
                .update();
    }

    private Operation operation(ResultSet row, int number) throws SQLException {
        return new Operation(
                row.getString("id"),
                row.getString("class"),
                row.getString("description"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant(),
                OperationStatus.ofCode(row.getInt("status")),
                row.getString("project"),
                row.getLong("project_id"),
                JsonMapper.shared().readValue(row.getString("resources"), RESOURCES),
                opened(JsonMapper.shared().readValue(row.getString("metadata"), METADATA)),
                row.getString("error"),
                row.getInt("error_code"),
                row.getString("requestor_username"),
                row.getString("requestor_protocol"),
                row.getString("requestor_address"));
    }
}
