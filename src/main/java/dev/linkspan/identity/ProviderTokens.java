package dev.linkspan.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.JWTClaimsSetVerifier;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.validators.IDTokenClaimsVerifier;
import dev.linkspan.identity.OidcProvider.Known;
import dev.linkspan.identity.ProviderUser.Unusable;
import dev.linkspan.member.OidcSettings;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Verifies what the identity provider signed (OpenID Connect Core 1.0, 3.1.3.7; RFC 9068) and asks it for the rest. */
@Component
class ProviderTokens {
    private static final int CLOCK_SKEW_SECONDS = 30;
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);
    /** Only ID tokens have these: whoever got hold of one can't use it as an access token. */
    private static final List<String> OF_ID_TOKENS = List.of("nonce", "at_hash", "c_hash");

    private final ProviderHttp http;

    ProviderTokens(ProviderHttp http) {
        this.http = http;
    }

    /** The claims of an ID token that is good for this sign-in. */
    JWTClaimsSet idToken(Known provider, JWT token, Nonce nonce) throws BadJOSEException, JOSEException {
        return verified(
                provider,
                token,
                new IDTokenClaimsVerifier(
                        provider.metadata().getIssuer(),
                        new ClientID(provider.settings().clientId()),
                        nonce,
                        CLOCK_SKEW_SECONDS));
    }

    /** The claims of an access token that is good for this server. */
    JWTClaimsSet accessToken(Known provider, JWT token) throws BadJOSEException, JOSEException {
        var verifier = new DefaultJWTClaimsVerifier<SecurityContext>(
                new JWTClaimsSet.Builder()
                        .issuer(provider.metadata().getIssuer().getValue())
                        .build(),
                Set.of("sub", "exp"));
        verifier.setMaxClockSkew(0);
        JWTClaimsSet claims = verified(provider, token, verifier);
        if (OF_ID_TOKENS.stream().anyMatch(claim -> claims.getClaim(claim) != null)) {
            throw new BadJWTException("it is an ID token");
        }
        requireAudience(provider.settings(), claims);
        return claims;
    }

    private static void requireAudience(OidcSettings settings, JWTClaimsSet claims) throws BadJWTException {
        List<String> audience = claims.getAudience();
        boolean ours = settings.audience().isEmpty()
                ? audience.contains(settings.clientId()) || audience.contains(settings.apiClientId())
                : audience.contains(settings.audience());
        if (!ours) {
            throw new BadJWTException("it is for another audience");
        }
    }

    private static JWTClaimsSet verified(Known provider, JWT token, JWTClaimsSetVerifier<SecurityContext> claims)
            throws BadJOSEException, JOSEException {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, provider.keys()));
        processor.setJWTClaimsSetVerifier(claims);
        return processor.process(token, null);
    }

    /**
     * The user behind verified claims; what they don't tell is asked of the provider.
     *
     * @param accessToken good at the provider; null when there is none
     */
    ProviderUser user(Known provider, JWTClaimsSet claims, String accessToken)
            throws Unusable, IOException, ParseException {
        OidcSettings settings = provider.settings();
        Map<String, Object> all = new HashMap<>(claims.getClaims());
        boolean ask = !ProviderUser.complete(claims, settings.groupsClaim())
                && accessToken != null
                && provider.metadata().getUserInfoEndpointURI() != null;
        if (ask) {
            UserInfoResponse answer = UserInfoResponse.parse(http.answer(new UserInfoRequest(
                            provider.metadata().getUserInfoEndpointURI(), new BearerAccessToken(accessToken))
                    .toHTTPRequest()));
            if (!answer.indicatesSuccess()) {
                throw new IOException("the identity provider does not tell who the user is: "
                        + answer.toErrorResponse().getErrorObject().getHTTPStatusCode());
            }
            UserInfo told = answer.toSuccessResponse().getUserInfo();
            if (told == null || !told.getSubject().getValue().equals(claims.getSubject())) {
                throw new IOException("the identity provider answered with another user");
            }
            told.toJSONObject().forEach(all::putIfAbsent);
        }
        return ProviderUser.of(settings.issuer(), all, settings.groupsClaim());
    }
}
