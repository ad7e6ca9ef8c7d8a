package dev.linkspan.rest;

import dev.linkspan.identity.ConsoleSession;
import dev.linkspan.identity.SignIn;
import dev.linkspan.identity.SignIn.SessionOf;
import dev.linkspan.identity.SignInWay;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** {@code /1.0/auth/oidc-sessions}: console sessions that began at an identity provider (auth.md 6.3). */
@Component
class OidcSessionsResource implements Resource {
    private static final String SESSIONS = "/1.0/auth/oidc-sessions";
    private static final String SESSION = SESSIONS + "/{}";
    private static final int UUID_LENGTH = 36;
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final SignIn signIn;

    OidcSessionsResource(SignIn signIn) {
        this.signIn = signIn;
    }

    private record Wire(
            String uuid,
            String email,
            String username,
            String ip,
            String userAgent,
            String expiresAt,
            String createdAt) {
        static Wire of(SessionOf of) {
            ConsoleSession session = of.session();
            return new Wire(
                    session.uuid(),
                    of.identity().identifier(),
                    of.identity().name(),
                    host(session.address()),
                    session.userAgent(),
                    session.expiresAt().toString(),
                    session.createdAt().toString());
        }
    }

    /** The host of {@code host:port}. */
    private static String host(String address) {
        int colon = address.lastIndexOf(':');
        return colon < 0 ? address : address.substring(0, colon).replaceAll("[\\[\\]]", "");
    }

    @Override
    public void register(Routes routes) {
        routes.on("GET", SESSIONS, this::list).on("GET", SESSION, this::get).on("DELETE", SESSION, this::delete);
    }

    private List<SessionOf> sessions(ApiRequest request) {
        String email = request.query().get("email");
        return signIn.sessions(request.caller()).stream()
                .filter(session -> session.session().way() == SignInWay.OIDC)
                .filter(session ->
                        email.isEmpty() || session.identity().identifier().equals(email))
                .toList();
    }

    private Answer list(ApiRequest request) {
        List<SessionOf> sessions = sessions(request);
        return Answer.of(
                request.query().recursive()
                        ? sessions.stream().map(Wire::of).toList()
                        : sessions.stream()
                                .map(session ->
                                        SESSIONS + "/" + session.session().uuid())
                                .toList());
    }

    private SessionOf find(ApiRequest request) {
        String uuid = uuid(request.argument(0));
        return sessions(request).stream()
                .filter(session -> session.session().uuid().equalsIgnoreCase(uuid))
                .findFirst()
                .orElseThrow(Problem.NOT_FOUND::with);
    }

    private static String uuid(String text) {
        if (text.length() != UUID_LENGTH) {
            throw new ProblemException(400, "Bad session ID: invalid UUID length: " + text.length());
        }
        if (!UUID.matcher(text).matches()) {
            throw new ProblemException(400, "Bad session ID: invalid UUID format");
        }
        return text;
    }

    private Answer get(ApiRequest request) {
        return Answer.of(Wire.of(find(request)));
    }

    private Answer delete(ApiRequest request) {
        signIn.endSession(request.caller(), find(request).session().uuid());
        return Answer.done();
    }
}
