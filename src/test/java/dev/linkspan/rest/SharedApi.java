package dev.linkspan.rest;

import dev.linkspan.testing.ApiClient;
import dev.linkspan.testing.LinkspanProcess;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One server for the test classes of this package that ask for it and use names of their own. */
final class SharedApi implements BeforeAllCallback {
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
                .getStore(Namespace.create(SharedApi.class))
                .computeIfAbsent(Running.class, key -> start(), Running.class);
    }

    private static Running start() {
        LinkspanProcess server = LinkspanProcess.start("shared-api");
        return new Running(server, server.admin());
    }

    static LinkspanProcess server() {
        return running.server();
    }

    /** A client certificate in group {@code admins}. */
    static ApiClient admin() {
        return running.admin();
    }
}
