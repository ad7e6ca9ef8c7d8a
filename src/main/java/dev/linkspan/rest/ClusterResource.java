package dev.linkspan.rest;

import dev.linkspan.member.ServerService;
import java.util.List;
import org.springframework.stereotype.Component;

/** {@code /1.0/cluster} and its members, as a server that isn't clustered answers them (cluster-links.md 4.2). */
@Component
class ClusterResource implements Resource {
    private final ServerService server;

    ClusterResource(ServerService server) {
        this.server = server;
    }

    private record Cluster(String serverName, boolean enabled, List<String> memberConfig) {}

    @Override
    public void register(Routes routes) {
        routes.on("GET", "/1.0/cluster", this::get)
                .on("GET", "/1.0/cluster/members", this::members)
                .on("GET", "/1.0/cluster/members/{}", this::members);
    }

    private Answer get(ApiRequest request) {
        Cluster cluster = new Cluster("", false, List.of());
        return Answer.tagged(cluster, ETags.of(cluster));
    }

    private Answer members(ApiRequest request) {
        server.requireClustered(request.caller());
        return Answer.of(List.of());
    }
}
