package dev.linkspan.bench;

import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.LinkspanProcess;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** Reads one auth group as one of its members, who may do nothing else. */
final class GetGroupBench implements Benchmark {
    private static final String PATH = "/1.0/auth/groups/bench";

    @Override
    public void run(Options options) throws InterruptedException {
        try (LinkspanProcess server = Servers.fresh("get-group").start()) {
            SSLContext context = LoadConnection.context(member(server).certificate());
            int clients = options.clients(16);
            Figures figures =
                    Load.run(clients, options.warm(60), options.measured(10), number -> read(server, context));
            figures.print(clients + " kept connections");
            System.out.printf("  resident memory of the JVM   %d MiB%n", Servers.residentMemory(server));
        }
    }

    private static ApiClient member(LinkspanProcess server) {
        Servers.expect(server.unix()
                .post(
                        "/1.0/auth/groups",
                        Map.of(
                                "name",
                                "bench",
                                "description",
                                "People who look after backups",
                                "permissions",
                                List.of(
                                        Map.of(
                                                "entity_type",
                                                "server",
                                                "url",
                                                "/1.0",
                                                "entitlement",
                                                "can_view_events"),
                                        Map.of(
                                                "entity_type",
                                                "group",
                                                "url",
                                                "/1.0/auth/groups/admins",
                                                "entitlement",
                                                "can_view")))));
        return server.client("bench");
    }

    private static Load.Action read(LinkspanProcess server, SSLContext context) throws IOException {
        LoadConnection connection = new LoadConnection(server.address(), context);
        byte[] request = LoadConnection.request("GET", PATH, null, false);
        return () -> connection.exchange(request) == 200;
    }
}
