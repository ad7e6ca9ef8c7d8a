package dev.linkspan.rest;

import dev.linkspan.identity.ConsoleSession;
import dev.linkspan.identity.SignIn;
import dev.linkspan.identity.SignInLink;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;

/** {@code /1.0/linkspan/sign-in-links} and {@code sessions}: one-time links to the console and who is signed in. */
@Component
class SignInLinksResource implements Resource {
    private static final String SESSIONS = "/1.0/linkspan/sessions";

    private final SignIn signIn;

    SignInLinksResource(SignIn signIn) {
        this.signIn = signIn;
    }

    private record Post(String identity) {}

    private record Wire(String url, String expiresAt) {}

    private record Session(
            String uuid,
            String identity,
            String name,
            String way,
            String address,
            String userAgent,
            String createdAt,
            String expiresAt) {
        static Session of(SignIn.SessionOf of) {
            ConsoleSession session = of.session();
            return new Session(
                    session.uuid(),
                    of.identity().url().toString(),
                    of.identity().name(),
                    session.way().wireName(),
                    session.address(),
                    session.userAgent(),
                    session.createdAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                    session.expiresAt().truncatedTo(ChronoUnit.SECONDS).toString());
        }
    }

    @Override
    public void register(Routes routes) {
        routes.on("POST", "/1.0/linkspan/sign-in-links", this::create)
                .on("GET", SESSIONS, this::sessions)
                .on("DELETE", SESSIONS + "/{}", this::end);
    }

    private Answer sessions(ApiRequest request) {
        return Answer.of(
                signIn.sessions(request.caller()).stream().map(Session::of).toList());
    }

    private Answer end(ApiRequest request) {
        signIn.endSession(request.caller(), request.argument(0));
        return Answer.done();
    }

    private Answer create(ApiRequest request) {
        String identity = request.optionalBody(Post.class).identity();
        SignInLink link = identity == null || identity.isEmpty()
                ? signIn.createLink(request.caller())
                : signIn.createLink(request.caller(), identity);
        return new Answer(
                201,
                null,
                null,
                new Wire(
                        link.url(),
                        link.expiresAt().truncatedTo(ChronoUnit.SECONDS).toString()));
    }
}
