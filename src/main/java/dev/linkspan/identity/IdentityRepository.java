package dev.linkspan.identity;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

interface IdentityRepository extends Repository<IdentityRow, Long> {
    IdentityRow save(IdentityRow row);

    Optional<IdentityRow> findById(long id);

    @Query("SELECT * FROM identity WHERE method = :method AND identifier = :identifier")
    Optional<IdentityRow> findByIdentifier(String method, String identifier);

    @Query("SELECT * FROM identity WHERE method = :method AND name_key = :nameKey")
    Optional<IdentityRow> findByNameKey(String method, byte[] nameKey);

    @Query("SELECT * FROM identity WHERE method = :method AND name = :name LIMIT 2")
    List<IdentityRow> findByName(String method, String name);

    @Query("SELECT * FROM identity WHERE secret_hash = :secretHash")
    Optional<IdentityRow> findBySecret(byte[] secretHash);

    @Query("SELECT id FROM identity WHERE id = :id FOR UPDATE")
    Optional<Long> lock(long id);

    @Query("SELECT * FROM identity WHERE (method, identifier) IN (:keys)")
    List<IdentityRow> findByKeys(Collection<Object[]> keys);

    @Query("SELECT * FROM identity WHERE id IN (:ids)")
    List<IdentityRow> findByIds(Collection<Long> ids);

    @Query("SELECT * FROM identity WHERE type <> :other ORDER BY method, identifier LIMIT :max")
    List<IdentityRow> allBut(String other, int max);

    @Query("SELECT * FROM identity WHERE type = :type ORDER BY identifier LIMIT :max")
    List<IdentityRow> ofType(String type, int max);

    /** Keeps what an identity is called by, which is about to change: it is locked for that at once. */
    @Modifying
    @Query("""
            INSERT IGNORE INTO identity_former_identifier SELECT id, identifier FROM identity WHERE id = :id FOR UPDATE
            """)
    int rememberIdentifier(long id);

    @Query("SELECT identifier FROM identity_former_identifier WHERE identity_id = :id")
    List<String> formerIdentifiers(long id);

    /** The pending identity becomes active; 0 when its token was used, revoked or re-issued meanwhile. */
    @Modifying
    @Query("""
            UPDATE identity SET type = :type, identifier = :fingerprint, certificate_id = :certificateId
            WHERE id = :id AND type = :pendingType AND secret_hash = :secretHash
            """)
    int activate(long id, String pendingType, byte[] secretHash, String type, String fingerprint, long certificateId);

    /** The identity of a link that we made by a token becomes active; 0 when it was deleted meanwhile. */
    @Modifying
    @Query("UPDATE identity SET type = :type, identifier = :fingerprint WHERE id = :id AND type = :pendingType")
    int trust(long id, String pendingType, String type, String fingerprint);

    /** A pending identity gets another token; 0 when it isn't pending any more. */
    @Modifying
    @Query("""
            UPDATE identity SET secret_hash = :secretHash, secret_expires_at = :expiresAt
            WHERE id = :id AND type = :pendingType
            """)
    int replaceSecret(long id, String pendingType, byte[] secretHash, Instant expiresAt);

    /** The token of a pending identity dies; 0 when none is out. */
    @Modifying
    @Query("""
            UPDATE identity SET secret_hash = NULL, secret_expires_at = NULL
            WHERE id = :id AND type = :pendingType AND secret_hash IS NOT NULL
            """)
    int revokeSecret(long id, String pendingType);

    @Query("""
            SELECT * FROM identity
            WHERE secret_hash IS NOT NULL AND type LIKE '%(pending)' AND COALESCE(secret_expires_at > :now, TRUE)
            FOR UPDATE
            """)
    List<IdentityRow> withToken(Instant now);

    @Modifying
    @Query("UPDATE identity SET secret_expires_at = :now WHERE id IN (:ids) AND secret_hash IS NOT NULL")
    int expireSecrets(Collection<Long> ids, Instant now);

    @Modifying
    @Query("UPDATE identity SET identifier = :fingerprint, certificate_id = :certificateId WHERE id = :id")
    int replaceCertificate(long id, String fingerprint, long certificateId);

    @Modifying
    @Query("UPDATE identity SET name = :name, name_key = :nameKey WHERE id = :id")
    int rename(long id, String name, byte[] nameKey);

    @Modifying
    @Query("UPDATE identity SET identifier = :identifier, name = :name WHERE id = :id")
    int describe(long id, String identifier, String name);

    @Modifying
    @Query("DELETE FROM identity WHERE id = :id")
    int delete(long id);

    @Modifying
    @Query("UPDATE identity SET secret_hash = NULL WHERE secret_expires_at < :now AND type NOT LIKE '%(pending)'")
    int forgetUsedSecrets(Instant now);
}
