package dev.linkspan.identity;

import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import java.time.Instant;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * Somebody who can call us, or will be able to when their token is used.
 *
 * @param identifier fingerprint or, while pending and for bearer identities, a UUID
 * @param certificate PEM text as it was given, or empty
 * @param expiresAt end of its certificate's validity or of its bearer token, or null
 * @param groups the auth groups, by name
 */
public record Identity(
        long id,
        String method,
        String type,
        String identifier,
        String name,
        String certificate,
        Instant expiresAt,
        List<Membership> groups) {
    /** One auth group of an identity. */
    public record Membership(long groupId, String name) {
        /** The names of those groups that somebody may see. */
        public static List<String> names(List<Membership> groups, LongPredicate visible) {
            return groups.stream()
                    .filter(group -> visible.test(group.groupId()))
                    .map(Membership::name)
                    .toList();
        }
    }

    public boolean pending() {
        return IdentityType.pending(type);
    }

    public boolean fineGrained() {
        return IdentityType.fineGrained(type);
    }

    public EntityReference reference() {
        return reference(type, id);
    }

    /** Permissions on clients of the older certificates API are on their certificates. */
    static EntityReference reference(String type, long id) {
        boolean certificate = type.equals(IdentityType.CLIENT_UNRESTRICTED);
        return EntityReference.of(certificate ? EntityType.CERTIFICATE : EntityType.IDENTITY, id);
    }

    public EntityUrl url() {
        return url(method, identifier);
    }

    static EntityUrl url(String method, String identifier) {
        return EntityUrl.of(EntityType.IDENTITY, method, identifier);
    }
}
