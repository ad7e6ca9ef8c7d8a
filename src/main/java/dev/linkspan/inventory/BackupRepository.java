package dev.linkspan.inventory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Backups in the database, their archives in chunks. */
@Component
class BackupRepository {
    private static final String BACKUPS = """
            SELECT b.id, b.name, b.instance_only, b.optimized_storage, b.size, b.created_at, b.expires_at,
              i.id AS instance_id, i.project_id, p.name AS project, i.name AS instance
            FROM instance_backup b JOIN instance i ON i.id = b.instance_id JOIN project p ON p.id = i.project_id
            """;
    private static final String MADE = "WHERE b.operation_id IS NULL ";

    private final JdbcClient jdbc;

    BackupRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Backup> ofInstances(Collection<Long> instanceIds) {
        List<Backup> found = new ArrayList<>();
        Parts.of(instanceIds)
                .forEach(part -> found.addAll(
                        jdbc.sql(BACKUPS + MADE + "AND b.instance_id IN (:ids) ORDER BY b.created_at, b.id")
                                .param("ids", part)
                                .query(BackupRepository::backup)
                                .list()));
        return found;
    }

    Optional<Backup> find(long instanceId, String name) {
        return jdbc.sql(BACKUPS + MADE + "AND b.instance_id = :instance AND b.name = :name")
                .param("instance", instanceId)
                .param("name", name)
                .query(BackupRepository::backup)
                .optional();
    }

    List<Backup> byIds(Collection<Long> ids) {
        List<Backup> found = new ArrayList<>();
        Parts.of(ids)
                .forEach(part -> found.addAll(jdbc.sql(BACKUPS + MADE + "AND b.id IN (:ids)")
                        .param("ids", part)
                        .query(BackupRepository::backup)
                        .list()));
        return found;
    }

    List<Backup> first(int most) {
        return jdbc.sql(BACKUPS + MADE + "ORDER BY p.name, i.name, b.name LIMIT :most")
                .param("most", most)
                .query(BackupRepository::backup)
                .list();
    }

    List<Backup> expired(Instant now, int most) {
        return jdbc.sql(BACKUPS + MADE + "AND b.expires_at < :now LIMIT :most")
                .param("now", Timestamp.from(now))
                .param("most", most)
                .query(BackupRepository::backup)
                .list();
    }

    /** The names of an instance's backups, also of those that are being made. */
    List<String> names(long instanceId) {
        return jdbc.sql("SELECT name FROM instance_backup WHERE instance_id = :instance")
                .param("instance", instanceId)
                .query(String.class)
                .list();
    }

    void reserve(long instanceId, String name, CreateBackup command, String operationId, Instant now) {
        jdbc.sql("""
                INSERT INTO instance_backup
                  (instance_id, name, instance_only, optimized_storage, size, operation_id, created_at, expires_at)
                VALUES (:instance, :name, :only, :optimized, 0, :operation, :now, :expires)
                """)
                .param("instance", instanceId)
                .param("name", name)
                .param("only", command.instanceOnly())
                .param("optimized", command.optimizedStorage())
                .param("operation", operationId)
                .param("now", Timestamp.from(now))
                .param("expires", command.expiresAt() == null ? null : Timestamp.from(command.expiresAt()))
                .update();
    }

    Optional<Long> lockReserved(String operationId) {
        return jdbc.sql("SELECT id FROM instance_backup WHERE operation_id = :operation FOR UPDATE")
                .param("operation", operationId)
                .query(Long.class)
                .optional();
    }

    void insertChunk(long id, int number, byte[] data) {
        jdbc.sql("INSERT INTO instance_backup_chunk (backup_id, number, data) VALUES (:id, :number, :data)")
                .param("id", id)
                .param("number", number)
                .param("data", data)
                .update();
    }

    void complete(long id, long size) {
        jdbc.sql("UPDATE instance_backup SET size = :size, operation_id = NULL WHERE id = :id")
                .param("size", size)
                .param("id", id)
                .update();
    }

    void giveUp(String operationId) {
        jdbc.sql("DELETE FROM instance_backup WHERE operation_id = :operation")
                .param("operation", operationId)
                .update();
    }

    /** Those whose operation ended without making them, or is forgotten. */
    int giveUpAbandoned() {
        return jdbc.sql("""
                DELETE b FROM instance_backup b LEFT JOIN operation o ON o.id = b.operation_id
                WHERE b.operation_id IS NOT NULL AND (o.id IS NULL OR o.status >= 200)
                """).update();
    }

    Optional<byte[]> chunk(long id, int number) {
        return jdbc.sql("SELECT data FROM instance_backup_chunk WHERE backup_id = :id AND number = :number")
                .param("id", id)
                .param("number", number)
                .query((row, n) -> row.getBytes(1))
                .optional();
    }

    int rename(long id, String name) {
        return jdbc.sql("UPDATE instance_backup SET name = :name WHERE id = :id")
                .param("name", name)
                .param("id", id)
                .update();
    }

    int delete(long id) {
        return jdbc.sql("DELETE FROM instance_backup WHERE id = :id")
                .param("id", id)
                .update();
    }

    private static Backup backup(ResultSet row, int number) throws SQLException {
        Timestamp expires = row.getTimestamp("expires_at");
        return new Backup(
                row.getLong("id"),
                new InstanceName(
                        row.getLong("instance_id"),
                        row.getLong("project_id"),
                        row.getString("project"),
                        row.getString("instance")),
                row.getString("name"),
                row.getBoolean("instance_only"),
                row.getBoolean("optimized_storage"),
                row.getLong("size"),
                row.getTimestamp("created_at").toInstant(),
                expires == null ? null : expires.toInstant());
    }
}
