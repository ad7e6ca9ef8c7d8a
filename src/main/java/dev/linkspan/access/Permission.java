package dev.linkspan.access;

/**
 * An entitlement on one entity, as the API shows it.
 *
 * @param entityType wire name of the type, for example {@code cluster_link}
 * @param url the entity's URL, canonical in what we return
 * @param entitlement for example {@code can_view}
 */
public record Permission(String entityType, String url, String entitlement) {
    public Permission {
        entityType = entityType == null ? "" : entityType;
        url = url == null ? "" : url;
        entitlement = entitlement == null ? "" : entitlement;
    }
}
