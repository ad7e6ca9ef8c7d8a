package dev.linkspan.inventory;

import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityResolver;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

@Component
class InstanceResolver implements EntityResolver {
    private final InstanceRepository repository;

    InstanceResolver(InstanceRepository repository) {
        this.repository = repository;
    }

    @Override
    public EntityType type() {
        return EntityType.INSTANCE;
    }

    @Override
    public Map<EntityUrl, EntityReference> find(Collection<EntityUrl> urls) {
        Map<String, List<String>> byProject = urls.stream()
                .collect(Collectors.groupingBy(
                        EntityUrl::project,
                        Collectors.mapping(url -> url.arguments().getFirst(), Collectors.toList())));
        Map<EntityUrl, EntityReference> found = new HashMap<>();
        byProject.forEach((project, names) ->
                repository.names(project, names).forEach(instance -> found.put(instance.url(), instance.reference())));
        urls.stream().filter(url -> url.target() != null).forEach(url -> {
            EntityReference reference =
                    found.get(InstanceName.url(url.project(), url.arguments().getFirst()));
            if (reference != null) {
                found.put(url, reference);
            }
        });
        return found;
    }

    @Override
    public Map<Long, EntityUrl> urls(Collection<Long> ids) {
        return repository.names(ids).stream().collect(Collectors.toMap(InstanceName::id, InstanceName::url));
    }

    @Override
    public List<EntityUrl> all(int limit) {
        return repository.names(limit).stream().map(InstanceName::url).toList();
    }
}
