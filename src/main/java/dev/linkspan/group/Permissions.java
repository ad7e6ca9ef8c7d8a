package dev.linkspan.group;

import dev.linkspan.access.Entities;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.access.Permission;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** The permissions of groups, with the present URLs of their entities. */
@Component
public class Permissions {
    /** A permission of a group as it is stored. */
    record Row(long groupId, EntityType type, long entityId, String entitlement) {}

    private final NamedParameterJdbcTemplate jdbc;
    private final Entities entities;

    Permissions(NamedParameterJdbcTemplate jdbc, Entities entities) {
        this.jdbc = jdbc;
        this.entities = entities;
    }

    /** The distinct permissions of these groups. */
    public List<Permission> ofGroups(Collection<Long> groupIds) {
        Set<Permission> distinct = new LinkedHashSet<>();
        byGroup(groupIds).values().forEach(distinct::addAll);
        return List.copyOf(distinct);
    }

    /** The permissions of each of these groups; one query for them and one for each type of entity. */
    Map<Long, List<Permission>> byGroup(Collection<Long> groupIds) {
        return groupIds.isEmpty() ? Map.of() : resolved(rows(groupIds));
    }

    /** The permissions of these groups, ordered by entity type, entity and entitlement. */
    List<Row> rows(Collection<Long> groupIds) {
        return jdbc.query(
                """
                SELECT auth_group_id, entity_type, entity_id, entitlement FROM permission
                WHERE auth_group_id IN (:ids) ORDER BY entity_type, entity_id, entitlement
                """,
                Map.of("ids", groupIds),
                (row, n) -> new Row(
                        row.getLong(1),
                        EntityType.ofWireName(row.getString(2)).orElseThrow(),
                        row.getLong(3),
                        row.getString(4)));
    }

    /** How many permissions each of these groups has. */
    Map<Long, Integer> counts(Collection<Long> groupIds) {
        Map<Long, Integer> counts = new HashMap<>();
        if (!groupIds.isEmpty()) {
            jdbc.query(
                    "SELECT auth_group_id, COUNT(*) FROM permission WHERE auth_group_id IN (:ids) GROUP BY auth_group_id",
                    Map.of("ids", groupIds),
                    row -> {
                        counts.put(row.getLong(1), row.getInt(2));
                    });
        }
        return counts;
    }

    /** Permissions with their entities' URLs, by group; those of vanished entities are absent. */
    Map<Long, List<Permission>> resolved(List<Row> rows) {
        Map<EntityType, Set<Long>> wanted = new EnumMap<>(EntityType.class);
        rows.forEach(row ->
                wanted.computeIfAbsent(row.type(), type -> new HashSet<>()).add(row.entityId()));
        Map<EntityType, Map<Long, EntityUrl>> urls = new EnumMap<>(EntityType.class);
        wanted.forEach((type, ids) -> urls.put(type, entities.urls(type, ids)));
        Map<Long, List<Permission>> byGroup = new HashMap<>();
        for (Row row : rows) {
            EntityUrl url = urls.get(row.type()).get(row.entityId());
            if (url != null) {
                byGroup.computeIfAbsent(row.groupId(), id -> new ArrayList<>())
                        .add(new Permission(row.type().wireName(), url.toString(), row.entitlement()));
            }
        }
        return byGroup;
    }

    /** The groups that hold each permission on entities of one type directly, in order of their creation. Two queries. */
    Map<Permission, List<String>> holders(EntityType type) {
        record Held(long entityId, String entitlement, String group) {}
        List<Held> held = jdbc.query(
                """
                SELECT p.entity_id, p.entitlement, g.name
                FROM permission p JOIN auth_group g ON g.id = p.auth_group_id
                WHERE p.entity_type = :type ORDER BY g.id
                """,
                Map.of("type", type.wireName()),
                (row, n) -> new Held(row.getLong(1), row.getString(2), row.getString(3)));
        Set<Long> ids = new HashSet<>();
        held.forEach(row -> ids.add(row.entityId()));
        Map<Long, EntityUrl> urls = ids.isEmpty() ? Map.of() : entities.urls(type, ids);
        Map<Permission, List<String>> holders = new HashMap<>();
        for (Held row : held) {
            EntityUrl url = urls.get(row.entityId());
            if (url != null) {
                holders.computeIfAbsent(
                                new Permission(type.wireName(), url.toString(), row.entitlement()),
                                permission -> new ArrayList<>())
                        .add(row.group());
            }
        }
        return holders;
    }

    /** Gives a group exactly these permissions, or adds them. */
    void store(long groupId, Set<PermissionRow> rows, boolean replace) {
        if (replace) {
            jdbc.update("DELETE FROM permission WHERE auth_group_id = :id", Map.of("id", groupId));
        }
        jdbc.batchUpdate(
                """
                INSERT IGNORE INTO permission (auth_group_id, entity_type, entity_id, entitlement)
                VALUES (:group, :type, :entity, :entitlement)
                """,
                rows.stream()
                        .map(row -> new MapSqlParameterSource("group", groupId)
                                .addValue("type", row.type().wireName())
                                .addValue("entity", row.entityId())
                                .addValue("entitlement", row.entitlement()))
                        .toArray(MapSqlParameterSource[]::new));
    }
}
