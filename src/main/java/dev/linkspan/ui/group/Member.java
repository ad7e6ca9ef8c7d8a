package dev.linkspan.ui.group;

import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.identity.Identity;
import dev.linkspan.identity.IdentityOverview;
import dev.linkspan.identity.IdentityType;
import java.util.List;
import java.util.Locale;

/**
 * An identity that is or may be in a group. Two of them are the same when their rows are.
 *
 * @param name for people
 * @param groups names of the auth groups that it is in
 */
public record Member(
        long id, String method, String identifier, String name, String type, boolean fineGrained, List<String> groups) {
    public static Member of(Identity identity) {
        return new Member(
                identity.id(),
                identity.method(),
                identity.identifier(),
                identity.name().isEmpty() ? identity.identifier() : identity.name(),
                identity.type(),
                identity.fineGrained(),
                identity.groups().stream().map(Identity.Membership::name).toList());
    }

    static Member of(IdentityOverview identity) {
        return new Member(
                identity.id(),
                identity.method(),
                identity.identifier(),
                nameOf(identity),
                identity.type(),
                identity.fineGrained(),
                identity.groups());
    }

    /** What an identity is called: those without a name by their identifier. */
    static String nameOf(IdentityOverview identity) {
        return identity.name().isEmpty() ? identity.identifier() : identity.name();
    }

    public EntityUrl url() {
        return EntityUrl.of(EntityType.IDENTITY, method, identifier);
    }

    EntityReference reference() {
        return EntityReference.of(EntityType.IDENTITY, id);
    }

    /** Whether its token was not used yet. */
    boolean pending() {
        return type.endsWith(IdentityType.PENDING);
    }

    /** The icon of its type. */
    public String symbol() {
        if (type.startsWith(IdentityType.CLUSTER_LINK)) {
            return "link";
        }
        return switch (method) {
            case "bearer" -> "key-round";
            case "oidc" -> "user-round";
            default -> "shield-check";
        };
    }

    /** Whether its name or identifier contains these words, which are in lower case. */
    boolean matches(String words) {
        return name.toLowerCase(Locale.ROOT).contains(words)
                || identifier.toLowerCase(Locale.ROOT).contains(words);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Member member && member.id == id;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id);
    }
}
