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
import java.util.function.BiConsumer;
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

    /**
     * An identity that is in a group.
     *
     * @param method how it signs in
     * @param identifier as in its URL
     * @param pending whether its token was not used yet
     */
    record Member(long id, String method, String identifier, boolean pending) {}

    /** For each of these groups: the members that the caller may see, pending ones among them. One query. */
    Map<Long, List<Member>> seenBy(Caller caller, Collection<Long> groupIds) {
        if (groupIds.isEmpty()) {
            return Map.of();
        }
        Map<Long, List<Member>> members = new HashMap<>();
        read("m.auth_group_id IN (:ids) ORDER BY i.identifier", Map.of("ids", groupIds), (group, member) -> {
            if (visible(caller, member)) {
                members.computeIfAbsent(group, id -> new ArrayList<>()).add(member);
            }
        });
        return members;
    }

    /** For each of these groups: method to identifiers of the members that the caller may see. One query. */
    Map<Long, Map<String, List<String>>> visibleTo(Caller caller, Collection<Long> groupIds) {
        Map<Long, Map<String, List<String>>> visible = new HashMap<>();
        seenBy(caller, groupIds).forEach((group, members) -> visible.put(group, byMethod(members)));
        return visible;
    }

    /** Method to identifiers of those of these members that the caller may see. */
    Map<String, List<String>> visibleTo(Caller caller, List<Member> members) {
        return byMethod(
                members.stream().filter(member -> visible(caller, member)).toList());
    }

    private boolean visible(Caller caller, Member member) {
        return access.allowed(caller, EntityReference.of(EntityType.IDENTITY, member.id()), "can_view");
    }

    private static Map<String, List<String>> byMethod(List<Member> members) {
        Map<String, List<String>> identifiers = new TreeMap<>();
        members.forEach(member -> identifiers
                .computeIfAbsent(member.method(), method -> new ArrayList<>())
                .add(member.identifier()));
        return identifiers;
    }

    /** All members of a group by their identifiers; null when there are more than this many. */
    List<Member> upTo(int most, long groupId) {
        List<Member> members = new ArrayList<>();
        read(
                "m.auth_group_id = :id ORDER BY i.identifier LIMIT :limit",
                Map.of("id", groupId, "limit", most + 1),
                (group, member) -> members.add(member));
        return members.size() > most ? null : members;
    }

    private void read(String which, Map<String, ?> parameters, BiConsumer<Long, Member> reader) {
        jdbc.query("""
                SELECT m.auth_group_id, i.id, i.method, i.identifier, i.type LIKE '%(pending)'
                FROM identity_auth_group m JOIN identity i ON i.id = m.identity_id
                WHERE\s""" + which, parameters, row -> {
            reader.accept(
                    row.getLong(1), new Member(row.getLong(2), row.getString(3), row.getString(4), row.getBoolean(5)));
        });
    }
}
