package dev.linkspan.ui.shared;

import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinSession;
import dev.linkspan.access.Caller;
import dev.linkspan.access.Origin;
import dev.linkspan.identity.ConsoleSession;
import dev.linkspan.identity.SignIn;
import dev.linkspan.identity.SignIn.BrowserCertificate;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Who uses the console. Each request is authenticated before it reaches the console and brings its caller along; what
 * a page does outside of a request it does for the session of the last one, with the rights that its identity has by
 * then.
 */
@Component
public class CurrentCaller {
    /** Request attribute that holds the {@link Caller} who is signed in. */
    private static final String CALLER = "dev.linkspan.caller";

    /** Request attribute that holds the {@link ConsoleSession} behind it. */
    private static final String SESSION = "dev.linkspan.console-session";

    /** Request attribute that holds the {@link Origin} of the connection. */
    private static final String ORIGIN = "dev.linkspan.origin";

    private final SignIn signIn;

    CurrentCaller(SignIn signIn) {
        this.signIn = signIn;
    }

    /** The caller of that request, if somebody is signed in. */
    private static Optional<Caller> of(VaadinRequest request) {
        return Optional.ofNullable(request).map(present -> (Caller) present.getAttribute(CALLER));
    }

    /**
     * Keeps who made that request, for what the session's pages do later; says whether somebody left. One that wasn't
     * authenticated, such as the goodbye of a tab's push connection, says nothing of that.
     */
    static boolean signedOut(VaadinSession session, VaadinRequest request) {
        if (request.getAttribute(ORIGIN) == null) {
            return false;
        }
        boolean before = session.getAttribute(Visitor.class) != null;
        Optional<Caller> caller = of(request);
        session.setAttribute(
                Visitor.class,
                caller.map(now -> new Visitor((ConsoleSession) request.getAttribute(SESSION), now.origin()))
                        .orElse(null));
        return before && caller.isEmpty();
    }

    /**
     * The caller on whose behalf the current page acts.
     *
     * @throws SignedOut when the session has ended or the identity doesn't exist any more
     */
    public Caller get() {
        return find().orElseThrow(SignedOut::new);
    }

    /** The same, when somebody is signed in. */
    public Optional<Caller> find() {
        return of(VaadinRequest.getCurrent())
                .or(() -> Optional.ofNullable(VaadinSession.getCurrent().getAttribute(Visitor.class))
                        .flatMap(visitor -> signIn.caller(visitor.session(), visitor.origin())));
    }

    /** The session of the current page, while somebody is signed in. */
    public Optional<ConsoleSession> session() {
        return Optional.ofNullable(VaadinSession.getCurrent().getAttribute(Visitor.class))
                .map(Visitor::session);
    }

    /** Whether the current page may still act: its session is good, and its identity exists. */
    public boolean stillSignedIn() {
        return session().filter(signIn::good).isPresent() && find().isPresent();
    }

    /** The certificate that the browser presented on the connection of the current request. */
    public Optional<BrowserCertificate> browserCertificate() {
        return Optional.ofNullable((Origin) VaadinRequest.getCurrent().getAttribute(ORIGIN))
                .flatMap(signIn::certificate);
    }

    private record Visitor(ConsoleSession session, Origin origin) {}

    /** Nobody is signed in any more. */
    public static class SignedOut extends RuntimeException {}
}
