package dev.linkspan.link;

import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.LinkspanProcess;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One server for all test classes that ask for it and touch only links of their own. It stops after the last one. */
final class SharedServer implements BeforeAllCallback {

    private static volatile Running running;

    /** Closed by JUnit at the end of the run. */
    private record Running(LinkspanProcess server, ApiClient admin) implements AutoCloseable {
        @Override
        public void close() {
            server.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running = context.getRoot()
                .getStore(Namespace.create(SharedServer.class))
                .computeIfAbsent(Running.class, key -> start(), Running.class);
    }

    private static Running start() {
        LinkspanProcess server = LinkspanProcess.start("shared");
        return new Running(server, server.admin());
    }

    static LinkspanProcess server() {
        return running.server();
    }

    /** A client certificate in group {@code admins}. */
    static ApiClient admin() {
        return running.admin();
    }

    /** A link of this name, which no other test class may use. */
    static BothSides link(String name) {
        return link(name, BothSides.Way.BOTH);
    }

    static BothSides link(String name, BothSides.Way way) {
        return new BothSides(server(), admin(), name, way);
    }
}
