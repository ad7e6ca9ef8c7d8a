package dev.linkspan.inventory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Instances in the database. */
@Component
class InstanceRepository {
    private static final String NAMES =
            "SELECT i.id, i.project_id, p.name AS project, i.name FROM instance i JOIN project p ON p.id = i.project_id ";
    private static final String ALL = """
            SELECT i.id, i.project_id, p.name AS project, i.name, i.type, i.architecture, i.description, i.config,
              i.devices, i.profiles, i.ephemeral, i.stateful, i.created_at
            FROM instance i JOIN project p ON p.id = i.project_id
            """;
    private static final String BY_URL = " ORDER BY p.name, i.name";

    private final JdbcClient jdbc;

    InstanceRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<InstanceName> names(long projectId) {
        return jdbc.sql(NAMES + "WHERE i.project_id = :project ORDER BY i.name")
                .param("project", projectId)
                .query(InstanceRepository::name)
                .list();
    }

    List<InstanceName> names(int most) {
        return jdbc.sql(NAMES + BY_URL + " LIMIT :most")
                .param("most", most)
                .query(InstanceRepository::name)
                .list();
    }

    List<InstanceName> names(Collection<Long> ids) {
        List<InstanceName> found = new ArrayList<>();
        Parts.of(ids)
                .forEach(part -> found.addAll(jdbc.sql(NAMES + "WHERE i.id IN (:ids)")
                        .param("ids", part)
                        .query(InstanceRepository::name)
                        .list()));
        return found;
    }

    List<InstanceName> names(String project, Collection<String> names) {
        List<InstanceName> found = new ArrayList<>();
        Parts.of(names)
                .forEach(part -> found.addAll(jdbc.sql(NAMES + "WHERE p.name = :project AND i.name IN (:names)")
                        .param("project", project)
                        .param("names", part)
                        .query(InstanceRepository::name)
                        .list()));
        return found;
    }

    List<Instance> ofProject(long projectId) {
        return jdbc.sql(ALL + "WHERE i.project_id = :project ORDER BY i.name")
                .param("project", projectId)
                .query(InstanceRepository::instance)
                .list();
    }

    List<Instance> all() {
        return jdbc.sql(ALL + BY_URL).query(InstanceRepository::instance).list();
    }

    List<Instance> byIds(Collection<Long> ids) {
        List<Instance> found = new ArrayList<>();
        Parts.of(ids)
                .forEach(part -> found.addAll(jdbc.sql(ALL + "WHERE i.id IN (:ids)" + BY_URL)
                        .param("ids", part)
                        .query(InstanceRepository::instance)
                        .list()));
        return found;
    }

    Optional<InstanceName> findName(long projectId, String name) {
        return jdbc.sql(NAMES + "WHERE i.project_id = :project AND i.name = :name")
                .param("project", projectId)
                .param("name", name)
                .query(InstanceRepository::name)
                .optional();
    }

    Optional<Instance> find(long id) {
        return jdbc.sql(ALL + "WHERE i.id = :id")
                .param("id", id)
                .query(InstanceRepository::instance)
                .optional();
    }

    Optional<Instance> lock(long id) {
        return jdbc.sql("SELECT id FROM instance WHERE id = :id FOR UPDATE")
                .param("id", id)
                .query(Long.class)
                .optional()
                .flatMap(this::find);
    }

    void insert(Instance instance) {
        jdbc.sql("""
                INSERT INTO instance (project_id, name, type, architecture, description, config, devices, profiles,
                  ephemeral, stateful, created_at)
                VALUES (:project, :name, :type, :architecture, :description, :config, :devices, :profiles,
                  :ephemeral, :stateful, :created)
                """)
                .param("project", instance.identity().projectId())
                .param("name", instance.name())
                .param("type", instance.type().name())
                .param("created", Timestamp.from(instance.createdAt()))
                .params(settings(instance))
                .update();
    }

    void update(Instance instance) {
        jdbc.sql("""
                UPDATE instance SET architecture = :architecture, description = :description, config = :config,
                  devices = :devices, profiles = :profiles, ephemeral = :ephemeral, stateful = :stateful
                WHERE id = :id
                """)
                .param("id", instance.identity().id())
                .params(settings(instance))
                .update();
    }

    private static Map<String, Object> settings(Instance instance) {
        return Map.of(
                "architecture", instance.architecture(),
                "description", instance.description(),
                "config", Stored.json(instance.config()),
                "devices", Stored.json(instance.devices()),
                "profiles", Stored.json(instance.profiles()),
                "ephemeral", instance.ephemeral(),
                "stateful", instance.stateful());
    }

    void rename(long id, String name) {
        jdbc.sql("UPDATE instance SET name = :name WHERE id = :id")
                .param("name", name)
                .param("id", id)
                .update();
    }

    int delete(long id) {
        return jdbc.sql("DELETE FROM instance WHERE id = :id").param("id", id).update();
    }

    void forgetPermissionsOn(long id) {
        jdbc.sql("DELETE FROM permission WHERE entity_type = 'instance' AND entity_id = :id")
                .param("id", id)
                .update();
    }

    private static InstanceName name(ResultSet row, int number) throws SQLException {
        return new InstanceName(row.getLong(1), row.getLong(2), row.getString(3), row.getString(4));
    }

    private static Instance instance(ResultSet row, int number) throws SQLException {
        return new Instance(
                name(row, number),
                InstanceType.valueOf(row.getString(5)),
                row.getString(6),
                row.getString(7),
                Stored.texts(row.getString(8)),
                Stored.devices(row.getString(9)),
                Stored.list(row.getString(10)),
                row.getBoolean(11),
                row.getBoolean(12),
                row.getTimestamp(13).toInstant());
    }
}
