package dev.linkspan.group;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

interface IdentityProviderGroupRepository extends Repository<IdentityProviderGroupRow, Long> {
    IdentityProviderGroupRow save(IdentityProviderGroupRow row);

    @Query("SELECT * FROM identity_provider_group ORDER BY id")
    List<IdentityProviderGroupRow> all();

    @Query("SELECT * FROM identity_provider_group ORDER BY name LIMIT :max")
    List<IdentityProviderGroupRow> first(int max);

    @Query("SELECT * FROM identity_provider_group WHERE name_key = :key")
    Optional<IdentityProviderGroupRow> find(byte[] key);

    @Query("SELECT * FROM identity_provider_group WHERE name_key IN (:keys)")
    List<IdentityProviderGroupRow> findAll(Collection<byte[]> keys);

    @Query("SELECT * FROM identity_provider_group WHERE id IN (:ids)")
    List<IdentityProviderGroupRow> findByIds(Collection<Long> ids);

    @Query("SELECT * FROM identity_provider_group WHERE id = :id FOR UPDATE")
    Optional<IdentityProviderGroupRow> lock(long id);

    @Modifying
    @Query("UPDATE identity_provider_group SET name = :name, name_key = :key WHERE id = :id")
    int rename(long id, String name, byte[] key);

    @Modifying
    @Query("DELETE FROM identity_provider_group WHERE id = :id")
    int delete(long id);

    @Modifying
    @Query("DELETE FROM permission WHERE entity_type = 'identity_provider_group' AND entity_id = :id")
    int forgetPermissionsOn(long id);
}
