package dev.linkspan.event;

import dev.linkspan.access.EntityUrl;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What an event must meet to be shown, in SQL. Everything that a caller gave is a parameter. */
final class EventConditions {
    /** All security events that are no warnings have a lifecycle event beside them, except these of IDP groups. */
    static final String ONCE = """
            (kind = 'lifecycle' OR level = 'warning' OR action LIKE 'authz\\_admin:idp\\_group\\_edit:%'
              OR action LIKE 'authz\\_admin:idp\\_group\\_delete:%')""";

    private static final Set<String> NO_PROJECT_OF_THAT_NAME = Set.of("");

    private final StringBuilder sql = new StringBuilder("TRUE");
    private final Map<String, Object> parameters = new HashMap<>();

    EventConditions(Sight sight, EventFilter filter) {
        if (!sight.everything()) {
            see(sight);
        }
        equal("kind", filter.kind());
        equal("level", filter.level());
        if (filter.once()) {
            sql.append(" AND ").append(ONCE);
        }
        for (int i = 0; i < filter.concerns().size(); i++) {
            concern(i, filter.concerns().get(i));
        }
        if (!filter.words().isBlank()) {
            contain(filter.words().strip());
        }
    }

    private void see(Sight sight) {
        sql.append("""
                 AND (:server AND (kind = 'security' OR project IS NULL)
                   OR kind = 'lifecycle' AND project IS NOT NULL AND (:all_projects OR project IN (:projects)
                     OR :username <> '' AND requestor_username = :username AND requestor_protocol = :protocol))
                """);
        parameters.put("server", sight.server());
        parameters.put("all_projects", sight.allProjects());
        parameters.put("projects", sight.projects().isEmpty() ? NO_PROJECT_OF_THAT_NAME : sight.projects());
        parameters.put("username", sight.username());
        parameters.put("protocol", sight.protocol());
    }

    private void equal(String column, String value) {
        if (!value.isEmpty()) {
            sql.append(" AND ").append(column).append(" = :").append(column);
            parameters.put(column, value);
        }
    }

    private void concern(int number, EventFilter.Concern concern) {
        String did = concern.usernames().isEmpty()
                ? ""
                : " OR requestor_username IN (:users%1$d) AND requestor_protocol = :by%1$d".formatted(number);
        if (concern.since() != null && !did.isEmpty()) {
            did += " AND at >= :since" + number;
            parameters.put("since" + number, Timestamp.from(concern.since()));
        }
        String about = IntStream.range(0, concern.sources().size())
                .mapToObj(i ->
                        source("source" + number + '_' + i, concern.sources().get(i)))
                .collect(Collectors.joining(" OR "));
        sql.append(" AND (%s%s) ".formatted(about, did));
        parameters.put("users" + number, concern.usernames());
        parameters.put("by" + number, concern.protocol());
    }

    private String source(String name, EventFilter.Source source) {
        String condition = "source = :" + name;
        parameters.put(name, source.url());
        if (source.from() != null) {
            condition += " AND at >= :" + name + "_from";
            parameters.put(name + "_from", Timestamp.from(source.from()));
        }
        if (source.until() != null) {
            condition += " AND at < :" + name + "_until";
            parameters.put(name + "_until", Timestamp.from(source.until()));
        }
        return '(' + condition + ')';
    }

    /** Whatever the case; URLs hold names percent-encoded. */
    private void contain(String words) {
        sql.append("""
                 AND (action COLLATE utf8mb4_general_ci LIKE :words OR source COLLATE utf8mb4_general_ci LIKE :encoded
                   OR action COLLATE utf8mb4_general_ci LIKE :encoded
                   OR description COLLATE utf8mb4_general_ci LIKE :words
                   OR context COLLATE utf8mb4_general_ci LIKE :words
                   OR requestor_address COLLATE utf8mb4_general_ci LIKE :words)
                """);
        parameters.put("words", pattern(words));
        parameters.put("encoded", pattern(EntityUrl.encode(words).replace("%2F", "/")));
    }

    private static String pattern(String words) {
        return '%' + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + '%';
    }

    String sql() {
        return sql.toString();
    }

    Map<String, Object> parameters() {
        return parameters;
    }
}
