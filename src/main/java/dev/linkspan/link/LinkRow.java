package dev.linkspan.link;

import java.time.Instant;
import java.util.List;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A link as it is stored.
 *
 * @param addresses comma list; while activating those that proved the certificate and will be tried
 * @param consumedToken the encrypted trust token, while activating
 * @param activationSentAt when the peer may last have received our activation, null when it surely did not
 * @param nextAttemptAt when the reconciler takes the link up; until then somebody is at work on it
 * @param certificateId the pinned certificate of a link without an identity
 * @param pendingCertificate PEM that the address of a public link showed, until it is confirmed
 */
@Table("cluster_link")
record LinkRow(
        @Id Long id,
        String name,
        byte[] nameKey,
        String description,
        String type,
        String phase,
        String config,
        String addresses,
        Long identityId,
        byte[] consumedToken,
        Instant tokenExpiresAt,
        Instant activationSentAt,
        int attempts,
        Instant nextAttemptAt,
        Instant createdAt,
        Long certificateId,
        String pendingCertificate,
        String pendingAddress) {
    /** The addresses that proved the peer's certificate, also while activating. */
    List<String> knownAddresses() {
        return addresses.isEmpty() ? List.of() : List.of(addresses.split(","));
    }

    LinkRow withId(long stored) {
        return new LinkRow(
                stored,
                name,
                nameKey,
                description,
                type,
                phase,
                config,
                addresses,
                identityId,
                consumedToken,
                tokenExpiresAt,
                activationSentAt,
                attempts,
                nextAttemptAt,
                createdAt,
                certificateId,
                pendingCertificate,
                pendingAddress);
    }

    ClusterLink toLink() {
        return LinkRows.link(
                id,
                name,
                description,
                type,
                phase,
                config,
                addresses,
                identityId == null ? 0 : identityId,
                pendingCertificate,
                pendingAddress);
    }
}
