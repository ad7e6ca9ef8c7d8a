package dev.linkspan.group;

import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** Who is in a group, as far as a caller may see it. */
@Component
class GroupMembers {
    private final NamedParameterJdbcTemplate jdbc;
    private final Access access;

    GroupMembers(NamedParameterJdbcTemplate jdbc, Access access) {
        this.jdbc = jdbc;
        this.access = access;
    }

    /** For each of these groups: method to identifiers of the members that the caller may see. One query. */
    Map<Long, Map<String, List<String>>> visibleTo(Caller caller, Collection<Long> groupIds) {
        Map<Long, Map<String, List<String>>> members = new HashMap<>();
        if (groupIds.isEmpty()) {
            return members;
        }
        jdbc.query("""
                SELECT m.auth_group_id, i.id, i.method, i.identifier
                FROM identity_auth_group m JOIN identity i ON i.id = m.identity_id
                WHERE m.auth_group_id IN (:ids) ORDER BY i.identifier
                """, Map.of("ids", groupIds), row -> {
            if (access.allowed(caller, EntityReference.of(EntityType.IDENTITY, row.getLong(2)), "can_view")) {
                members.computeIfAbsent(row.getLong(1), id -> new TreeMap<>())
                        .computeIfAbsent(row.getString(3), method -> new ArrayList<>())
                        .add(row.getString(4));
            }
        });
        return members;
    }
}
