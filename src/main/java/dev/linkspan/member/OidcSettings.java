package dev.linkspan.member;

import java.util.List;

/**
 * The identity provider at which people sign in.
 *
 * @param issuer URL of the provider
 * @param clientId by which it knows the console
 * @param deviceClientId by which it knows command line clients; empty when that is {@code clientId} too
 * @param clientSecret empty for a public client
 * @param audience that access tokens must be for; empty for that of the clients
 * @param scopes to ask for
 * @param groupsClaim the claim that tells a user's groups; empty for none
 */
public record OidcSettings(
        String issuer,
        String clientId,
        String deviceClientId,
        String clientSecret,
        String audience,
        List<String> scopes,
        String groupsClaim) {
    /** The client that asks for access tokens to call the API with. */
    public String apiClientId() {
        return deviceClientId.isEmpty() ? clientId : deviceClientId;
    }

    /** Says nothing of the secret, so that no log can. */
    @Override
    public String toString() {
        return "identity provider " + issuer;
    }
}
