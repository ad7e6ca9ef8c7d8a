package dev.linkspan.rest;

import dev.linkspan.identity.SignIn;
import dev.linkspan.identity.SignInLink;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;

/** {@code /1.0/linkspan/sign-in-links}: one-time links to the console. */
@Component
class SignInLinksResource implements Resource {
    private final SignIn signIn;

    SignInLinksResource(SignIn signIn) {
        this.signIn = signIn;
    }

    private record Wire(String url, String expiresAt) {}

    @Override
    public void register(Routes routes) {
        routes.on("POST", "/1.0/linkspan/sign-in-links", this::create);
    }

    private Answer create(ApiRequest request) {
        SignInLink link = signIn.createLink(request.caller());
        return new Answer(
                201,
                null,
                null,
                new Wire(
                        link.url(),
                        link.expiresAt().truncatedTo(ChronoUnit.SECONDS).toString()));
    }
}
