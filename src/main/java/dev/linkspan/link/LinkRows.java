package dev.linkspan.link;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.RowMapper;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Makes links of rows; quick, since lists have tens of thousands of them. */
final class LinkRows implements RowMapper<ClusterLink> {
    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

    @Override
    public ClusterLink mapRow(ResultSet row, int number) throws SQLException {
        return link(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getLong(8),
                row.getString(9),
                row.getString(10));
    }

    static ClusterLink link(
            long id,
            String name,
            String description,
            String type,
            String phase,
            String config,
            String addresses,
            long identityId,
            String pendingCertificate,
            String pendingAddress) {
        LinkPhase linkPhase = LinkPhase.valueOf(phase);
        boolean shown = linkPhase == LinkPhase.ACTIVE && !addresses.isEmpty();
        return new ClusterLink(
                id,
                name,
                description,
                LinkType.valueOf(type),
                linkPhase,
                config.equals("{}") ? Map.of() : JsonMapper.shared().readValue(config, TEXTS),
                shown ? List.of(addresses.split(",")) : List.of(),
                identityId,
                pendingAddress == null ? null : new ClusterLink.Unconfirmed(pendingAddress, pendingCertificate));
    }

    static String config(Map<String, String> config) {
        return JsonMapper.shared().writeValueAsString(config);
    }
}
