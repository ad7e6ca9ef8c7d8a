package dev.linkspan.identity;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

@Table("identity")
record IdentityRow(
        @Id Long id,
        String method,
        String type,
        String identifier,
        String name,
        byte[] nameKey,
        Long certificateId,
        byte[] secretHash,
        Instant secretExpiresAt,
        Instant createdAt) {
    /** Whether it is a client of the older certificates API. */
    boolean unrestricted() {
        return type.equals(IdentityType.CLIENT_UNRESTRICTED);
    }
}
