package dev.linkspan.link;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

interface LinkRepository extends Repository<LinkRow, Long> {
    LinkRow save(LinkRow row);

    Optional<LinkRow> findById(long id);

    @Query("SELECT * FROM cluster_link WHERE name_key = :key")
    Optional<LinkRow> find(byte[] key);

    @Query("SELECT * FROM cluster_link WHERE name_key = :key FOR UPDATE")
    Optional<LinkRow> lock(byte[] key);

    @Query("SELECT * FROM cluster_link WHERE identity_id = :identityId")
    Optional<LinkRow> findByIdentity(long identityId);

    @Query("SELECT identity_id FROM cluster_link WHERE identity_id IS NOT NULL")
    List<Long> identities();

    @Query("SELECT * FROM cluster_link WHERE name_key IN (:keys)")
    List<LinkRow> findAll(Collection<byte[]> keys);

    @Query("SELECT * FROM cluster_link WHERE id IN (:ids)")
    List<LinkRow> findByIds(Collection<Long> ids);

    @Query("SELECT * FROM cluster_link WHERE id IN (:ids) OR identity_id IN (:identityIds)")
    List<LinkRow> findEither(Collection<Long> ids, Collection<Long> identityIds);

    @Query("SELECT * FROM cluster_link ORDER BY name LIMIT :max")
    List<LinkRow> first(int max);

    @Query(value = """
                    SELECT id, name, description, type, phase, config, addresses, COALESCE(identity_id, 0),
                      pending_certificate, pending_address
                    FROM cluster_link
                    """, rowMapperClass = LinkRows.class)
    List<ClusterLink> all();

    @Modifying
    @Query("UPDATE cluster_link SET description = :description, config = :config WHERE id = :id")
    int configure(long id, String description, String config);

    @Modifying
    @Query("UPDATE cluster_link SET addresses = :addresses WHERE id = :id AND phase = 'ACTIVE' AND addresses = :before")
    int replaceAddresses(long id, String before, String addresses);

    @Modifying
    @Query("UPDATE cluster_link SET name = :name, name_key = :key WHERE id = :id")
    int rename(long id, String name, byte[] key);

    @Modifying
    @Query("DELETE FROM cluster_link WHERE id = :id")
    int delete(long id);

    /** Our token was used: the pending link becomes active; 0 when it isn't pending any more. */
    @Modifying
    @Query("""
            UPDATE cluster_link SET phase = 'ACTIVE', addresses = :addresses, token_expires_at = NULL
            WHERE identity_id = :identityId AND phase = 'PENDING'
            """)
    int activatePending(long identityId, String addresses);

    /** The peer accepted us: the link becomes active; 0 when it was deleted meanwhile. */
    @Modifying
    @Query("""
            UPDATE cluster_link SET phase = 'ACTIVE', consumed_token = NULL, token_expires_at = NULL,
              activation_sent_at = NULL, next_attempt_at = NULL, attempts = 0
            WHERE id = :id AND phase = 'ACTIVATING'
            """)
    int activateConsumed(long id);

    /** What the address of an unconfirmed public link shows now. */
    @Modifying
    @Query("""
            UPDATE cluster_link SET pending_address = :address, pending_certificate = :certificate
            WHERE id = :id AND phase = 'PENDING'
            """)
    int offered(long id, String address, String certificate);

    /** A public link becomes active; 0 when it was confirmed or deleted meanwhile. */
    @Modifying
    @Query("""
            UPDATE cluster_link SET phase = 'ACTIVE', addresses = :address, certificate_id = :certificateId,
              pending_address = NULL, pending_certificate = NULL
            WHERE id = :id AND phase = 'PENDING'
            """)
    int confirm(long id, long certificateId, String address);

    @Modifying
    @Query("UPDATE cluster_link SET token_expires_at = NULL WHERE id = :id AND phase = 'PENDING'")
    int revoked(long id);

    @Modifying
    @Query("DELETE FROM cluster_link WHERE id = :id AND phase = 'ACTIVATING'")
    int deleteActivating(long id);

    @Modifying
    @Query("UPDATE cluster_link SET token_expires_at = :expiresAt WHERE id = :id AND phase = 'PENDING'")
    int reissued(long id, Instant expiresAt);

    /** Says that our activation is about to be sent; 0 when the link isn't activating any more. */
    @Modifying
    @Query("""
            UPDATE cluster_link SET activation_sent_at = :sentAt, next_attempt_at = :leaseEnd
            WHERE id = :id AND phase = 'ACTIVATING'
            """)
    int sending(long id, Instant sentAt, Instant leaseEnd);

    /** Leaves the link to the reconciler from {@code at} on; {@code unanswered} is null when nothing was delivered. */
    @Modifying
    @Query("""
            UPDATE cluster_link SET attempts = attempts + 1, next_attempt_at = :at, activation_sent_at = :unanswered
            WHERE id = :id AND phase = 'ACTIVATING'
            """)
    int postpone(long id, Instant at, Instant unanswered);

    /** What an earlier process was at work on is due at once. */
    @Modifying
    @Query("UPDATE cluster_link SET next_attempt_at = :now WHERE phase = 'ACTIVATING' AND next_attempt_at > :now")
    int endLeases(Instant now);

    @Query("SELECT id FROM cluster_link WHERE phase = 'ACTIVATING' AND next_attempt_at <= :now LIMIT 100")
    List<Long> due(Instant now);

    /** Takes a due link up; 0 when somebody else did. */
    @Modifying
    @Query("""
            UPDATE cluster_link SET next_attempt_at = :leaseEnd
            WHERE id = :id AND phase = 'ACTIVATING' AND next_attempt_at <= :now
            """)
    int takeUp(long id, Instant now, Instant leaseEnd);
}
