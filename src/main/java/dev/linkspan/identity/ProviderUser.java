package dev.linkspan.identity;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * A user as the identity provider describes it.
 *
 * @param subject the provider's own name for the user, which never changes
 * @param email by which we know the user
 * @param name for people; the e-mail address when the provider tells none
 * @param groups by the provider's word
 */
record ProviderUser(String issuer, String subject, String email, String name, Set<String> groups) {
    /** Why a user can't be known here, for people. */
    static final class Unusable extends Exception {
        private final String reason;

        Unusable(String reason, String why) {
            super(why, null, false, false);
            this.reason = reason;
        }

        /** One word, by which the sign-in page knows it. */
        String reason() {
            return reason;
        }
    }

    private static final int LONGEST_EMAIL = 255;
    private static final int LONGEST_NAME = 1_000;
    private static final int MOST_GROUPS = 1_000;

    /**
     * Reads a user's claims.
     *
     * @param claims verified ones
     * @param groupsClaim empty when groups are not told
     */
    static ProviderUser of(String issuer, Map<String, Object> claims, String groupsClaim) throws Unusable {
        String subject = text(claims.get("sub"));
        String email = text(claims.get("email"));
        if (subject.isEmpty() || email.isEmpty()) {
            throw new Unusable(
                    "oidc-email",
                    "the identity provider tells no e-mail address; \"email\" must be among oidc.scopes, and the provider"
                            + " must give that claim");
        }
        if (email.length() > LONGEST_EMAIL || email.chars().anyMatch(Character::isISOControl)) {
            throw new Unusable("oidc-email", "the e-mail address cannot be used");
        }
        if (Boolean.FALSE.equals(claims.get("email_verified"))) {
            throw new Unusable("oidc-email", "the identity provider has not verified the e-mail address " + email);
        }
        String name = text(claims.get("name"));
        return new ProviderUser(
                issuer,
                subject,
                email,
                name.isEmpty() || name.length() > LONGEST_NAME ? email : name,
                groups(groupsClaim.isEmpty() ? null : claims.get(groupsClaim)));
    }

    private static String text(Object claim) {
        return claim instanceof String text ? text : "";
    }

    private static Set<String> groups(Object claim) throws Unusable {
        Collection<?> values = claim instanceof Collection<?> list ? list : claim == null ? Set.of() : Set.of(claim);
        Set<String> groups = new LinkedHashSet<>();
        for (Object value : values) {
            if (value instanceof String group && !group.isEmpty()) {
                groups.add(group);
            }
        }
        if (groups.size() > MOST_GROUPS) {
            throw new Unusable(
                    "oidc-provider", "the identity provider tells more than " + MOST_GROUPS + " groups of the user");
        }
        return groups;
    }

    /** Whether these claims tell all that we want to know. */
    static boolean complete(JWTClaimsSet claims, String groupsClaim) {
        return claims.getClaim("email") != null && (groupsClaim.isEmpty() || claims.getClaim(groupsClaim) != null);
    }
}
