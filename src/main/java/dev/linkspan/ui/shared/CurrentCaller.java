package dev.linkspan.ui.shared;

import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinSession;
import dev.linkspan.access.Caller;
import dev.linkspan.access.Callers;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Who uses the console. Each request is authenticated before it reaches the console and brings its caller along; what
 * a page does outside of a request it does as the caller of the last one, with the rights that one has by now.
 */
@Component
public class CurrentCaller {
    /** Request attribute that holds the authenticated {@link Caller}. */
    public static final String ATTRIBUTE = "dev.linkspan.caller";

    private final Callers callers;

    CurrentCaller(Callers callers) {
        this.callers = callers;
    }

    /** The caller of that request, if somebody is signed in. */
    public static Optional<Caller> of(VaadinRequest request) {
        return Optional.ofNullable(request)
                .map(present -> (Caller) present.getAttribute(ATTRIBUTE))
                .filter(Caller::trusted);
    }

    /** The caller of the last request of that session, if somebody was signed in. */
    static Optional<Caller> of(VaadinSession session) {
        return Optional.ofNullable(session.getAttribute(Caller.class));
    }

    static void remember(VaadinSession session, Caller caller) {
        session.setAttribute(Caller.class, caller);
    }

    /**
     * The caller on whose behalf the current page acts.
     *
     * @throws SignedOut when that identity doesn't exist any more
     */
    public Caller get() {
        return of(VaadinRequest.getCurrent())
                .or(() -> of(VaadinSession.getCurrent()).flatMap(this::asOfNow))
                .orElseThrow(SignedOut::new);
    }

    private Optional<Caller> asOfNow(Caller last) {
        return last.identity().flatMap(identity -> callers.ofIdentity(identity.id(), last.origin()));
    }

    /** Nobody is signed in any more. */
    public static class SignedOut extends RuntimeException {}
}
