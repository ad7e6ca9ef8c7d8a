package dev.linkspan.testing;

import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Of the integration tests, as many classes run side by side as keep two cores busy: two, and one of those with a browser,
 * which are many and begin at once. Those that run their own tests side by side, because they wait for slow peers, come on
 * top.
 */
public final class FewAtATime implements BeforeAllCallback {

    private static final Semaphore TURNS = new Semaphore(2, true);

    /** Closed by JUnit after the class. */
    private record Turn() implements AutoCloseable {
        @Override
        public void close() {
            TURNS.release();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) throws InterruptedException {
        Class<?> test = context.getRequiredTestClass();
        boolean unlimited = AnnotationSupport.isAnnotated(test, Execution.class) || withBrowser(test);
        if (test.getEnclosingClass() == null && !unlimited) {
            TURNS.acquire();
            context.getStore(Namespace.create(FewAtATime.class)).put(Turn.class, new Turn());
        }
    }

    private static boolean withBrowser(Class<?> test) {
        return AnnotationSupport.findRepeatableAnnotations(test, ResourceLock.class).stream()
                .anyMatch(lock -> lock.value().equals("browser"));
    }
}
