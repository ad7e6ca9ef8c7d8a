package dev.linkspan.group;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

interface GroupRepository extends Repository<GroupRow, Long> {
    GroupRow save(GroupRow row);

    @Query("SELECT * FROM auth_group ORDER BY name")
    List<GroupRow> all();

    @Query("SELECT * FROM auth_group ORDER BY name LIMIT :max")
    List<GroupRow> first(int max);

    @Query("SELECT * FROM auth_group WHERE name_key = :key")
    Optional<GroupRow> find(byte[] key);

    @Query("SELECT * FROM auth_group WHERE name_key IN (:keys)")
    List<GroupRow> findAll(Collection<byte[]> keys);

    @Query("SELECT * FROM auth_group WHERE id IN (:ids)")
    List<GroupRow> findByIds(Collection<Long> ids);

    @Query("SELECT * FROM auth_group WHERE id = :id FOR UPDATE")
    Optional<GroupRow> lock(long id);

    @Modifying
    @Query("UPDATE auth_group SET description = :description WHERE id = :id")
    int describe(long id, String description);

    @Modifying
    @Query("UPDATE auth_group SET name = :name, name_key = :key WHERE id = :id")
    int rename(long id, String name, byte[] key);

    @Modifying
    @Query("DELETE FROM auth_group WHERE id = :id")
    int delete(long id);

    @Modifying
    @Query("DELETE FROM permission WHERE entity_type = 'group' AND entity_id = :id")
    int forgetPermissionsOn(long id);
}
