package dev.linkspan.bench;

import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.LinkspanProcess;
import dev.linkspan.testing.ScriptedPeer;
import dev.linkspan.testing.TrustTokenText;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** Reads one active link as a fine-grained caller who may view it through a group. */
final class GetLinkBench implements Benchmark {

    private static final String PATH = "/1.0/cluster/links/bench";

    private final boolean newConnections;

    GetLinkBench(boolean newConnections) {
        this.newConnections = newConnections;
    }

    @Override
    public void run(Options options) throws InterruptedException {
        try (LinkspanProcess server = Servers.fresh("get-link").start();
                ScriptedPeer peer = ScriptedPeer.start("peer")) {
            SSLContext context = LoadConnection.context(caller(server, peer).certificate());
            int clients = options.clients(16);
            Figures figures = Load.run(
                    clients,
                    options.warm(60),
                    options.measured(10),
                    newConnections ? number -> fresh(server, context) : number -> kept(server, context));
            figures.print(clients + (newConnections ? " clients, new connections" : " kept connections"));
            System.out.printf("  resident memory of the JVM   %d MiB%n", Servers.residentMemory(server));
        }
    }

    private static ApiClient caller(LinkspanProcess server, ScriptedPeer peer) {
        ApiClient owner = server.unix();
        TrustTokenText token = TrustTokenText.of(
                Servers.expect(owner.post("/1.0/cluster/links", Map.of("name", "bench", "type", "bidirectional")))
                        .metadata());
        Servers.expect(peer.consume("bench", token));
        Servers.expect(owner.post(
                "/1.0/auth/groups",
                Map.of(
                        "name",
                        "viewers",
                        "permissions",
                        List.of(Map.of("entity_type", "cluster_link", "url", PATH, "entitlement", "can_view")))));
        return server.client("viewers");
    }

    private static Load.Action kept(LinkspanProcess server, SSLContext context) throws java.io.IOException {
        LoadConnection connection = new LoadConnection(server.address(), context);
        byte[] request = LoadConnection.request("GET", PATH, null, false);
        return () -> connection.exchange(request) == 200;
    }

    private static Load.Action fresh(LinkspanProcess server, SSLContext context) {
        byte[] request = LoadConnection.request("GET", PATH, null, true);
        return () -> {
            try (LoadConnection connection = new LoadConnection(server.address(), context)) {
                return connection.exchange(request) == 200;
            }
        };
    }
}
