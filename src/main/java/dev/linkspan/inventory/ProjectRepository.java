package dev.linkspan.inventory;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jdbc.repository.query.Modifying;
import org.springframework.data.jdbc.repository.query.Query;
import org.springframework.data.repository.Repository;

interface ProjectRepository extends Repository<ProjectRow, Long> {
    ProjectRow save(ProjectRow row);

    @Query("SELECT * FROM project ORDER BY name")
    List<ProjectRow> all();

    @Query("SELECT * FROM project ORDER BY name LIMIT :max")
    List<ProjectRow> first(int max);

    @Query("SELECT * FROM project WHERE name = :name")
    Optional<ProjectRow> find(String name);

    @Query("SELECT * FROM project WHERE name IN (:names)")
    List<ProjectRow> findAll(Collection<String> names);

    @Query("SELECT * FROM project WHERE id IN (:ids)")
    List<ProjectRow> findByIds(Collection<Long> ids);

    @Query("SELECT * FROM project WHERE id = :id FOR UPDATE")
    Optional<ProjectRow> lock(long id);

    @Modifying
    @Query("UPDATE project SET description = :description, config = :config WHERE id = :id")
    int configure(long id, String description, String config);

    @Modifying
    @Query("UPDATE project SET name = :name WHERE id = :id")
    int rename(long id, String name);

    @Modifying
    @Query("DELETE FROM project WHERE id = :id")
    int delete(long id);

    @Query("SELECT COUNT(*) FROM instance WHERE project_id = :id")
    int instances(long id);

    @Modifying
    @Query("DELETE FROM permission WHERE entity_type = 'project' AND entity_id = :id")
    int forgetPermissionsOn(long id);
}
