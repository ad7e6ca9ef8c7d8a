package dev.linkspan;

import dev.linkspan.access.Caller;
import dev.linkspan.access.Rights;
import dev.linkspan.access.Rights.After;
import dev.linkspan.identity.OidcSignIn;
import dev.linkspan.identity.SignIn;
import dev.linkspan.identity.SignInLink;
import dev.linkspan.member.Listening;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells the person who started the server how to get in, until another administrator exists. */
@Component
class FirstSignIn {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH).withZone(ZoneId.systemDefault());

    private final SignIn signIn;
    private final Rights rights;
    private final OidcSignIn provider;
    private final Listening listening;

    FirstSignIn(SignIn signIn, Rights rights, OidcSignIn provider, Listening listening) {
        this.signIn = signIn;
        this.rights = rights;
        this.provider = provider;
        this.listening = listening;
    }

    @EventListener(ApplicationReadyEvent.class)
    void tell() {
        if (listening.address().isEmpty()) {
            System.out.println("Linkspan runs; it listens on no network address (core.https_address is empty)");
            return;
        }
        System.out.println("Linkspan listens on " + listening.address());
        if (!rights.anyAdministrator(After.UNCHANGED, provider.configured())) {
            SignInLink link = signIn.createLink(Caller.system());
            System.out.println("Sign in (works once, until " + TIME.format(link.expiresAt()) + "): " + link.url());
        }
    }
}
