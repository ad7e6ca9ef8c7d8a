package dev.linkspan.inventory;

import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityResolver;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

@Component
class BackupResolver implements EntityResolver {
    private final BackupRepository repository;
    private final InstanceRepository instances;

    BackupResolver(BackupRepository repository, InstanceRepository instances) {
        this.repository = repository;
        this.instances = instances;
    }

    @Override
    public EntityType type() {
        return EntityType.INSTANCE_BACKUP;
    }

    @Override
    public Map<EntityUrl, EntityReference> find(Collection<EntityUrl> urls) {
        Set<EntityUrl> wanted = new HashSet<>(urls);
        Map<String, Set<String>> byProject = urls.stream()
                .collect(Collectors.groupingBy(
                        EntityUrl::project,
                        Collectors.mapping(url -> url.arguments().getFirst(), Collectors.toSet())));
        Map<EntityUrl, EntityReference> found = new HashMap<>();
        byProject.forEach((project, names) -> {
            List<Long> ids = instances.names(project, names).stream()
                    .map(InstanceName::id)
                    .toList();
            repository.ofInstances(ids).stream()
                    .filter(backup -> wanted.contains(backup.url()))
                    .forEach(backup -> found.put(backup.url(), backup.reference()));
        });
        return found;
    }

    @Override
    public Map<Long, EntityUrl> urls(Collection<Long> ids) {
        return repository.byIds(ids).stream().collect(Collectors.toMap(Backup::id, Backup::url));
    }

    @Override
    public List<EntityUrl> all(int limit) {
        return repository.first(limit).stream().map(Backup::url).toList();
    }
}
