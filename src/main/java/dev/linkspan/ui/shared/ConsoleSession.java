package dev.linkspan.ui.shared;

import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinSession;
import dev.linkspan.access.Caller;
import java.util.Optional;

/**
 * Who uses the console. Each request is authenticated before it reaches the console and brings its caller along; what
 * a page does outside of a request it does as the caller of the last one.
 */
public final class ConsoleSession {
    /** Request attribute that holds the authenticated {@link Caller}. */
    public static final String CALLER = "dev.linkspan.caller";

    private ConsoleSession() {}

    /** The caller of that request, if somebody is signed in. */
    public static Optional<Caller> of(VaadinRequest request) {
        return Optional.ofNullable((Caller) request.getAttribute(CALLER));
    }

    /** The caller of the last request of that session, if somebody was signed in. */
    public static Optional<Caller> of(VaadinSession session) {
        return Optional.ofNullable(session.getAttribute(Caller.class));
    }

    /** The caller on whose behalf the current page acts. */
    public static Caller caller() {
        return of(VaadinSession.getCurrent()).orElseThrow(() -> new IllegalStateException("Nobody is signed in"));
    }

    static void remember(VaadinSession session, Caller caller) {
        session.setAttribute(Caller.class, caller);
    }
}
