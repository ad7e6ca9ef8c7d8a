package dev.linkspan.member;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The members as they are registered in the database. For services, which check rights. */
@Component
public class Members {
    private static final String ALL = """
            SELECT id, name, cluster_address, addresses,
                   TIMESTAMPDIFF(MICROSECOND, heartbeat_at, UTC_TIMESTAMP(6)) DIV 1000 AS silent
            FROM member ORDER BY id
            """;

    private final JdbcClient jdbc;
    private final ClusterStart start;

    Members(JdbcClient jdbc, ClusterStart start) {
        this.jdbc = jdbc;
        this.start = start;
    }

    /** All, by their rows; the first that lives leads. */
    public List<ClusterMember> all() {
        List<ClusterMember> members =
                new ArrayList<>(jdbc.sql(ALL).query(Members::member).list());
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).online()) {
                members.set(i, members.get(i).asLeader());
                break;
            }
        }
        return members;
    }

    private static ClusterMember member(ResultSet row, int number) throws SQLException {
        String addresses = row.getString("addresses");
        return new ClusterMember(
                row.getLong("id"),
                row.getString("name"),
                row.getString("cluster_address"),
                addresses.isEmpty() ? List.of() : List.of(addresses.split(",")),
                Duration.ofMillis(Math.max(0, row.getLong("silent"))),
                false);
    }

    /** The member of this name. */
    public Optional<ClusterMember> named(String name) {
        return all().stream().filter(member -> member.name().equals(name)).findFirst();
    }

    /** Whether {@code member} is this process. */
    public boolean here(ClusterMember member) {
        return member.id() == start.memberId();
    }

    /** Whether other members live: what looks abandoned may be theirs. */
    public boolean othersLive() {
        return all().stream().anyMatch(member -> !here(member) && member.online());
    }
}
