package dev.linkspan.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import dev.linkspan.access.OpenByProtocol;
import dev.linkspan.access.Origin;
import dev.linkspan.identity.OidcProvider.Known;
import dev.linkspan.identity.ProviderUser.Unusable;
import dev.linkspan.member.OidcSettings;
import dev.linkspan.problem.Problem;
import dev.linkspan.store.Vault;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sign-in to the console at the identity provider: the authorization code flow with PKCE, state and nonce (OpenID Connect
 * Core 1.0, RFC 7636, RFC 9207). What has to be remembered meanwhile lies sealed in a cookie of the browser that began, so
 * any member can finish.
 */
@Service
public class OidcSignIn {
    /**
     * A sign-in that has begun.
     *
     * @param location of the provider's page
     * @param memory to be kept by this browser and given back to {@link #finish}
     */
    public record Begun(String location, String memory) {}

    /**
     * A sign-in that has come back from the provider.
     *
     * @param wanted the page of the console that the person wanted
     */
    public record Finished(SignIn.Redeemed redeemed, String wanted) {}

    /** How long a person may take at the provider. */
    public static final Duration PATIENCE = Duration.ofMinutes(15);

    private static final Logger log = LoggerFactory.getLogger(OidcSignIn.class);
    private static final int LONGEST_MEMORY = 4_000;
    /** Refresh tokens are for clients that call the API; the console needs none. */
    private static final String OFFLINE = "offline_access";

    private record Memory(String issuer, String state, String nonce, String verifier, String wanted, long until) {}

    private final OidcProvider provider;
    private final ProviderHttp http;
    private final ProviderTokens tokens;
    private final OidcUsers users;
    private final ConsoleSessions sessions;
    private final SignInAttempts attempts;
    private final Vault vault;
    private final Clock clock;

    OidcSignIn(
            OidcProvider provider,
            ProviderHttp http,
            ProviderTokens tokens,
            OidcUsers users,
            ConsoleSessions sessions,
            SignInAttempts attempts,
            Vault vault,
            Clock clock) {
        this.provider = provider;
        this.http = http;
        this.tokens = tokens;
        this.users = users;
        this.sessions = sessions;
        this.attempts = attempts;
        this.vault = vault;
        this.clock = clock;
    }

    /** Whether there is an identity provider. */
    @OpenByProtocol("the sign-in page says whether one can sign in at a provider")
    public boolean configured() {
        return provider.settings().isPresent();
    }

    /** Whether there is an identity provider that answers. */
    @OpenByProtocol("GET /1.0 tells everybody how to authenticate")
    public boolean offered() {
        return provider.reachable();
    }

    /** The headers that tell clients of the API where to sign in (auth.md 2.6); none without a provider. */
    @OpenByProtocol("a client must know them before it can authenticate")
    public Map<String, String> challenge() {
        Map<String, String> headers = new LinkedHashMap<>();
        provider.settings().ifPresent(settings -> {
            headers.put("X-LXD-OIDC-issuer", settings.issuer());
            headers.put("X-LXD-OIDC-clientid", settings.apiClientId());
            headers.put("X-LXD-OIDC-audience", settings.audience());
            headers.put("X-LXD-OIDC-groups-claim", settings.groupsClaim());
            headers.put("X-LXD-OIDC-scopes", JsonMapper.shared().writeValueAsString(settings.scopes()));
        });
        return headers;
    }

    /**
     * Begins a sign-in.
     *
     * @param callback our URL to which the provider sends the browser back
     * @return empty when the provider can't be reached
     * @throws dev.linkspan.problem.ProblemException 404 without a provider
     */
    @OpenByProtocol("it only leads to the provider's own sign-in")
    public Optional<Begun> begin(URI callback, String wanted) {
        requireConfigured();
        try {
            Known known = provider.known();
            OidcSettings settings = known.settings();
            State state = new State();
            Nonce nonce = new Nonce();
            CodeVerifier verifier = new CodeVerifier();
            var request = new AuthenticationRequest.Builder(
                            ResponseType.CODE, scope(settings.scopes()), new ClientID(settings.clientId()), callback)
                    .endpointURI(known.metadata().getAuthorizationEndpointURI())
                    .state(state)
                    .nonce(nonce)
                    .codeChallenge(verifier, CodeChallengeMethod.S256);
            if (!settings.audience().isEmpty()) {
                request.customParameter("audience", settings.audience());
            }
            Memory memory = new Memory(
                    settings.issuer(),
                    state.getValue(),
                    nonce.getValue(),
                    verifier.getValue(),
                    wanted,
                    clock.instant().plus(PATIENCE).toEpochMilli());
            return Optional.of(new Begun(request.build().toURI().toString(), sealed(memory)));
        } catch (OidcProvider.Unreachable e) {
            log.warn("A sign-in could not begin: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private void requireConfigured() {
        if (!configured()) {
            throw Problem.NOT_FOUND.with();
        }
    }

    private static Scope scope(List<String> scopes) {
        return new Scope(scopes.stream().filter(scope -> !scope.equals(OFFLINE)).toArray(String[]::new));
    }

    private String sealed(Memory memory) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(vault.encrypt(JsonMapper.shared().writeValueAsBytes(memory)));
    }

    /** What this server sealed not long ago for the provider that is configured now; else null. */
    private Memory opened(String text, String issuer) {
        if (text == null || text.length() > LONGEST_MEMORY) {
            return null;
        }
        try {
            byte[] plain = vault.decrypt(Base64.getUrlDecoder().decode(text.getBytes(StandardCharsets.US_ASCII)));
            Memory memory = JsonMapper.shared().readValue(plain, Memory.class);
            boolean good = memory.state() != null
                    && memory.issuer().equals(issuer)
                    && clock.instant().isBefore(Instant.ofEpochMilli(memory.until()));
            return good ? memory : null;
        } catch (RuntimeException e) {
            return null;
        }
    }

    /**
     * Finishes a sign-in with what the provider sent the browser back with.
     *
     * @param callback the URL that was given to {@link #begin}, with the query that came
     * @param memory from {@link #begin}, as this browser has kept it; null when it has none
     * @throws dev.linkspan.problem.ProblemException 404 without a provider, 429 after too many failed attempts from one
     *     address
     */
    @OpenByProtocol("the provider's signature proves the right")
    public Finished finish(URI callback, String query, String memory, Origin origin) {
        requireConfigured();
        attempts.begin(origin.host());
        Memory begun = opened(memory, provider.settings().orElseThrow().issuer());
        if (begun == null) {
            return new Finished(new SignIn.Redeemed.Refused("oidc-state"), "");
        }
        SignIn.Redeemed redeemed;
        try {
            redeemed = redeem(callback, query, begun, origin);
        } catch (Unusable e) {
            redeemed = refused(origin, e.reason(), e);
        } catch (BadJOSEException | JOSEException | ParseException | IllegalArgumentException e) {
            redeemed = refused(origin, "oidc-answer", e);
        } catch (IOException | OidcProvider.Unreachable e) {
            redeemed = refused(origin, "oidc-provider", e);
        }
        return new Finished(redeemed, begun.wanted());
    }

    private static SignIn.Redeemed refused(Origin origin, String reason, Exception e) {
        log.warn("A sign-in from {} failed: {}", origin.address(), e.getMessage());
        return new SignIn.Redeemed.Refused(reason);
    }

    private SignIn.Redeemed redeem(URI callback, String query, Memory begun, Origin origin)
            throws Unusable, BadJOSEException, JOSEException, ParseException, IOException, OidcProvider.Unreachable {
        Known known = provider.known();
        AuthenticationResponse answer = AuthenticationResponseParser.parse(URI.create(callback + "?" + query));
        if (answer.getState() == null || !answer.getState().equals(new State(begun.state()))) {
            return new SignIn.Redeemed.Refused("oidc-state");
        }
        // Whoever comes so far has been at the provider; what follows can't be guessed.
        attempts.succeeded(origin.host());
        requireFrom(known, answer);
        if (!answer.indicatesSuccess()) {
            log.warn(
                    "The identity provider refused a sign-in: {}",
                    answer.toErrorResponse().getErrorObject().toJSONObject());
            return new SignIn.Redeemed.Refused("oidc-denied");
        }
        AuthorizationCode code = answer.toSuccessResponse().getAuthorizationCode();
        if (code == null) {
            throw new ParseException("the identity provider sent no code");
        }
        OIDCTokens received = exchange(known, code, callback, new CodeVerifier(begun.verifier()));
        JWTClaimsSet claims = tokens.idToken(known, received.getIDToken(), new Nonce(begun.nonce()));
        ProviderUser user = tokens.user(
                known,
                claims,
                received.getAccessToken() == null
                        ? null
                        : received.getAccessToken().getValue());
        return SignIn.begun(sessions.begin(users.row(user), SignInWay.OIDC, origin, null));
    }

    /** The answer of another provider, which an attacker controls, must not be taken for one of ours (RFC 9207). */
    private static void requireFrom(Known known, AuthenticationResponse answer) throws ParseException {
        boolean ours = answer.getIssuer() == null
                ? !known.metadata().supportsAuthorizationResponseIssuerParam()
                : answer.getIssuer().equals(known.metadata().getIssuer());
        if (!ours) {
            throw new ParseException("the answer is from another issuer: " + answer.getIssuer());
        }
    }

    private OIDCTokens exchange(Known known, AuthorizationCode code, URI callback, CodeVerifier verifier)
            throws IOException, ParseException {
        var grant = new AuthorizationCodeGrant(code, callback, verifier);
        URI endpoint = known.metadata().getTokenEndpointURI();
        ClientID client = new ClientID(known.settings().clientId());
        TokenRequest request = known.settings().clientSecret().isEmpty()
                ? new TokenRequest(endpoint, client, grant, null)
                : new TokenRequest(endpoint, authentication(known, client), grant);
        TokenResponse answer = OIDCTokenResponseParser.parse(http.answer(request.toHTTPRequest()));
        if (!answer.indicatesSuccess()) {
            throw new ParseException("the identity provider gave no tokens: "
                    + answer.toErrorResponse().getErrorObject());
        }
        OIDCTokens received = ((OIDCTokenResponse) answer.toSuccessResponse()).getOIDCTokens();
        if (received.getIDToken() == null) {
            throw new ParseException("the identity provider gave no ID token");
        }
        return received;
    }

    private static ClientAuthentication authentication(Known known, ClientID client) {
        Secret secret = new Secret(known.settings().clientSecret());
        List<ClientAuthenticationMethod> methods = known.metadata().getTokenEndpointAuthMethods();
        boolean post = methods != null
                && !methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                && methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_POST);
        return post ? new ClientSecretPost(client, secret) : new ClientSecretBasic(client, secret);
    }
}
