package dev.linkspan.identity;

import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.access.Callers;
import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.access.OpenByProtocol;
import dev.linkspan.access.Origin;
import dev.linkspan.access.TrustedIdentity;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.tls.Certificates;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** The ways into the console, and the sessions that follow. */
@Service
public class SignIn {
    /** What became of an attempt to sign in. */
    public sealed interface Redeemed {
        /** A session began; {@code secret} goes into the cookie and nowhere else. */
        record Begun(String secret, Instant expiresAt) implements Redeemed {
            @Override
            public String toString() {
                return "session until " + expiresAt;
            }
        }

        /**
         * No session began: a link is {@code unknown}, {@code used} or {@code expired}, a bearer token is bad
         * ({@code token}), a certificate was not presented ({@code no-certificate}) or isn't trusted
         * ({@code certificate}).
         */
        record Refused(String reason) implements Redeemed {}
    }

    private static final Set<String> WITH_LINKS = Set.of(IdentityType.CLIENT, IdentityType.CLIENT_BEARER);
    private static final Pattern LINK = Pattern.compile("(?:.*[?&]token=)?([^&#\\s]+).*");

    private final SignInLinks links;
    private final ConsoleSessions sessions;
    private final SignInAttempts attempts;
    private final IdentityReader reader;
    private final BearerTokens tokens;
    private final OidcProvider provider;
    private final Callers callers;
    private final Access access;
    private final Clock clock;

    SignIn(
            SignInLinks links,
            ConsoleSessions sessions,
            SignInAttempts attempts,
            IdentityReader reader,
            BearerTokens tokens,
            OidcProvider provider,
            Callers callers,
            Access access,
            Clock clock) {
        this.links = links;
        this.sessions = sessions;
        this.attempts = attempts;
        this.reader = reader;
        this.tokens = tokens;
        this.provider = provider;
        this.callers = callers;
        this.access = access;
        this.clock = clock;
    }

    /**
     * Makes a link that signs in once, as the initial console identity, within 24 hours.
     *
     * @throws ProblemException 403 for all but the local socket, 500 when the server doesn't listen on the network
     */
    public SignInLink createLink(Caller caller) {
        access.requireTrusted(caller);
        if (caller.identity().isPresent()) {
            throw Problem.INITIAL_UI_ONLY_LOCAL.with();
        }
        return links.forInitialIdentity(caller);
    }

    /**
     * Makes a link that signs in once, as a client or bearer identity, within 24 hours.
     *
     * @param identityUrl the identity's URL
     * @throws ProblemException 404, 403 without {@code can_edit} on the identity or when it is in groups that the caller may
     *     not see, 400 for other types of identities
     */
    public SignInLink createLink(Caller caller, String identityUrl) {
        access.requireTrusted(caller);
        EntityUrl url = EntityUrl.parse(identityUrl == null ? "" : identityUrl)
                .filter(parsed -> parsed.type() == EntityType.IDENTITY)
                .orElseThrow(() -> Problem.NO_IDENTITY_AT_URL.with(identityUrl));
        Identity identity =
                reader.find(url.arguments().getFirst(), url.arguments().getLast());
        access.require(caller, identity.reference(), "can_edit");
        HiddenGroups.refuse(access, caller, identity);
        if (!WITH_LINKS.contains(identity.type())) {
            throw Problem.NO_SIGN_IN_LINK.with(identity.type());
        }
        return links.forIdentity(identity.id());
    }

    /**
     * Signs in by what somebody pasted or opened: a sign-in link, its secret, or a bearer token. Of any number of
     * simultaneous attempts with one link one succeeds.
     *
     * @throws ProblemException 429 after too many failed attempts from one address
     */
    @OpenByProtocol("the secret of the link or the token's signature proves the right")
    public Redeemed redeem(String pasted, Origin origin) {
        Matcher found = LINK.matcher(pasted.strip());
        String secret = found.matches() ? found.group(1) : "";
        return attempt(origin, () -> {
            if (tokens.secret(secret)) {
                return byToken(secret, origin);
            }
            return looksLikeToken(secret) ? new Redeemed.Refused("token") : links.redeem(secret, origin);
        });
    }

    /** Of whatever server, and however it is signed. */
    private static boolean looksLikeToken(String text) {
        return text.startsWith("ey")
                && text.chars().filter(character -> character == '.').count() == 2;
    }

    /**
     * Signs in by a sign-in link that was opened. A bearer token isn't taken from an address, which browsers and others
     * keep.
     *
     * @throws ProblemException 429 after too many failed attempts from one address
     */
    @OpenByProtocol("the secret of the link proves the right")
    public Redeemed open(String secret, Origin origin) {
        return attempt(
                origin,
                () -> tokens.secret(secret) ? new Redeemed.Refused("token-in-address") : links.redeem(secret, origin));
    }

    /**
     * Signs in by the certificate that a browser presented in its handshake.
     *
     * @throws ProblemException 429 after too many failed attempts from one address
     */
    @OpenByProtocol("the handshake proves the certificate's key")
    public Redeemed byCertificate(Origin origin) {
        return attempt(origin, () -> {
            if (origin.certificate() == null) {
                return new Redeemed.Refused("no-certificate");
            }
            return holder(origin)
                    .map(found -> begun(sessions.begin(
                            found.id(),
                            SignInWay.CERTIFICATE,
                            origin,
                            origin.certificate().getNotAfter().toInstant())))
                    .orElseGet(() -> new Redeemed.Refused("certificate"));
        });
    }

    /**
     * A certificate that a browser presented in its handshake.
     *
     * @param name of the identity that it would sign in as; null when it can't sign in
     */
    public record BrowserCertificate(String fingerprint, String name) {}

    /** What the browser presented, so that the sign-in page can say what would come of it; empty for nothing. */
    @OpenByProtocol("tells a connection about its own certificate")
    public Optional<BrowserCertificate> certificate(Origin origin) {
        return Optional.ofNullable(origin.certificate())
                .map(presented -> new BrowserCertificate(
                        Certificates.fingerprint(presented),
                        holder(origin).map(TrustedIdentity::name).orElse(null)));
    }

    private Optional<TrustedIdentity> holder(Origin origin) {
        return callers.ofConnection(origin).identity().filter(found -> found.type()
                .startsWith(IdentityType.CLIENT));
    }

    private Redeemed byToken(String token, Origin origin) {
        try {
            return callers.ofToken(origin, token)
                    .flatMap(Caller::identity)
                    .map(identity -> begun(sessions.begin(identity.id(), SignInWay.BEARER, origin, tokens.end(token))))
                    .orElseGet(() -> new Redeemed.Refused("token"));
        } catch (ProblemException e) {
            if (e.status() == Problem.DATABASE_UNAVAILABLE.status()) {
                throw e;
            }
            return new Redeemed.Refused("token");
        }
    }

    static Redeemed begun(ConsoleSessions.Begun begun) {
        return new Redeemed.Begun(begun.secret(), begun.expiresAt());
    }

    private Redeemed attempt(Origin origin, java.util.function.Supplier<Redeemed> attempt) {
        attempts.begin(origin.host());
        Redeemed redeemed = attempt.get();
        if (redeemed instanceof Redeemed.Begun) {
            attempts.succeeded(origin.host());
        }
        return redeemed;
    }

    /** The session behind a cookie; empty when it ended. */
    @OpenByProtocol("the cookie's secret proves the right")
    public Optional<ConsoleSession> session(String secret) {
        return sessions.find(secret);
    }

    /**
     * Who a session speaks for now; empty when it ended or its identity was deleted, or began at an identity provider and
     * there is none any more.
     */
    @OpenByProtocol("a session is only obtained by its secret")
    public Optional<Caller> caller(ConsoleSession session, Origin origin) {
        boolean over = clock.instant().isAfter(session.expiresAt())
                || session.way() == SignInWay.OIDC && provider.settings().isEmpty();
        return over ? Optional.empty() : callers.ofIdentity(session.identityId(), origin);
    }

    /** Whether a session is still good: it has not ended, and nobody has ended it. */
    @OpenByProtocol("a session is only obtained by its secret")
    public boolean good(ConsoleSession session) {
        return sessions.findByUuid(session.uuid()).isPresent();
    }

    /** Ends a session. */
    @OpenByProtocol("the cookie's secret proves the right")
    public void signOut(String secret) {
        sessions.end(secret);
    }

    /** A session of somebody whom the caller may see. */
    public record SessionOf(ConsoleSession session, Identity identity) {}

    /** The console sessions of the identities that the caller may see, newest first. */
    public List<SessionOf> sessions(Caller caller) {
        access.requireTrusted(caller);
        List<ConsoleSession> visible = access.visible(
                caller, sessions.all(), session -> EntityReference.of(EntityType.IDENTITY, session.identityId()));
        Map<Long, Identity> known =
                reader.some(visible.stream().map(ConsoleSession::identityId).collect(Collectors.toSet()));
        return visible.stream()
                .filter(session -> known.containsKey(session.identityId()))
                .map(session -> new SessionOf(session, known.get(session.identityId())))
                .toList();
    }

    /**
     * Ends somebody's console session; its pages are out with their next click.
     *
     * @throws ProblemException 404, 403 without {@code can_delete} on the identity; one's own sessions one may end always
     */
    public void endSession(Caller caller, String uuid) {
        access.requireTrusted(caller);
        ConsoleSession session = sessions.findByUuid(uuid).orElseThrow(Problem.NOT_FOUND::with);
        access.require(caller, EntityReference.of(EntityType.IDENTITY, session.identityId()), "can_delete");
        sessions.end(session.id());
    }
}
