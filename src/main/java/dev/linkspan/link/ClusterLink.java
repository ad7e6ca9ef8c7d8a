package dev.linkspan.link;

import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Our record of another cluster.
 *
 * @param config {@code user.*} keys
 * @param addresses {@code host:port} of the peer that proved its certificate; empty unless active
 * @param identityId row of the identity that the peer has here; 0 for none
 * @param unconfirmed what a public link's address showed; null unless it waits for its confirmation
 */
public record ClusterLink(
        long id,
        String name,
        String description,
        LinkType type,
        LinkPhase phase,
        Map<String, String> config,
        List<String> addresses,
        long identityId,
        Unconfirmed unconfirmed) {
    static final String ADDRESSES_KEY = "volatile.addresses";

    /**
     * What is to be confirmed by a person.
     *
     * @param certificate PEM text
     */
    public record Unconfirmed(String address, String certificate) {}

    public EntityReference reference() {
        return EntityReference.of(EntityType.CLUSTER_LINK, id);
    }

    public EntityUrl url() {
        return url(name);
    }

    static EntityUrl url(String name) {
        return EntityUrl.of(EntityType.CLUSTER_LINK, name);
    }

    /** The configuration as the API shows it, volatile keys included, in the order of the keys. */
    public SortedMap<String, String> wireConfig() {
        SortedMap<String, String> all = new TreeMap<>(config);
        all.putAll(volatileConfig());
        return all;
    }

    Map<String, String> volatileConfig() {
        if (unconfirmed != null) {
            return Map.of(
                    LinkConfig.PENDING_ADDRESS, unconfirmed.address(),
                    LinkConfig.PENDING_CERTIFICATE, unconfirmed.certificate());
        }
        return addresses.isEmpty() ? Map.of() : Map.of(ADDRESSES_KEY, String.join(",", addresses));
    }
}
