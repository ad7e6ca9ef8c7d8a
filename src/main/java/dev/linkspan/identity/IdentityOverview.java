package dev.linkspan.identity;

import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityUrl;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * An identity as a list shows it, without its certificate.
 *
 * @param identifier fingerprint or, while pending and for bearer identities, a UUID
 * @param expiresAt end of its certificate's validity or of its bearer token or, while it is pending, of its trust token;
 *     null for none
 * @param linked whether it belongs to a cluster link, which goes with it
 * @param groups names of its auth groups, as far as the caller may see these
 */
public record IdentityOverview(
        long id,
        String method,
        String type,
        String identifier,
        String name,
        Instant expiresAt,
        boolean linked,
        List<String> groups) {
    /** The order in which lists show them first. */
    public static final Comparator<IdentityOverview> BY_NAME = Comparator.comparing(
                    IdentityOverview::name, String.CASE_INSENSITIVE_ORDER)
            .thenComparing(IdentityOverview::id);

    public boolean pending() {
        return IdentityType.pending(type);
    }

    public boolean fineGrained() {
        return IdentityType.fineGrained(type);
    }

    IdentityOverview in(List<String> visible) {
        return visible.size() == groups.size()
                ? this
                : new IdentityOverview(id, method, type, identifier, name, expiresAt, linked, visible);
    }

    public EntityReference reference() {
        return Identity.reference(type, id);
    }

    public EntityUrl url() {
        return Identity.url(method, identifier);
    }
}
