package dev.linkspan.inventory;

import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityResolver;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

@Component
class ProjectResolver implements EntityResolver {
    private final ProjectRepository repository;

    ProjectResolver(ProjectRepository repository) {
        this.repository = repository;
    }

    @Override
    public EntityType type() {
        return EntityType.PROJECT;
    }

    @Override
    public Map<EntityUrl, EntityReference> find(Collection<EntityUrl> urls) {
        List<String> names =
                urls.stream().map(url -> url.arguments().getFirst()).distinct().toList();
        Map<EntityUrl, EntityReference> found = new HashMap<>();
        Parts.of(names).forEach(part -> repository
                .findAll(part)
                .forEach(row -> found.put(Project.url(row.name()), EntityReference.of(EntityType.PROJECT, row.id()))));
        return found;
    }

    @Override
    public Map<Long, EntityUrl> urls(Collection<Long> ids) {
        Map<Long, EntityUrl> urls = new HashMap<>();
        Parts.of(ids)
                .forEach(
                        part -> repository.findByIds(part).forEach(row -> urls.put(row.id(), Project.url(row.name()))));
        return urls;
    }

    @Override
    public List<EntityUrl> all(int limit) {
        return repository.first(limit).stream()
                .map(row -> Project.url(row.name()))
                .toList();
    }
}
