package dev.linkspan.bench;

import dev.linkspan.testing.LinkspanProcess;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** Creates pending links as administrator. */
final class PendingLinksBench implements Benchmark {

    @Override
    public void run(Options options) throws InterruptedException {
        try (LinkspanProcess server = Servers.fresh("pending-links").start()) {
            SSLContext context = LoadConnection.context(server.admin().certificate());
            AtomicInteger count = new AtomicInteger();
            int clients = options.clients(16);
            Figures figures =
                    Load.run(clients, options.warm(30), options.measured(10), number -> create(server, context, count));
            figures.print(clients + " clients");
        }
    }

    static Load.Action create(LinkspanProcess server, SSLContext context, AtomicInteger count) throws IOException {
        LoadConnection connection = new LoadConnection(server.address(), context);
        return () -> {
            String body = "{\"name\":\"link-" + count.incrementAndGet() + "\",\"type\":\"bidirectional\"}";
            return connection.exchange(LoadConnection.request("POST", "/1.0/cluster/links", body, false)) == 201;
        };
    }
}
