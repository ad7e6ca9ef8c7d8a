package dev.linkspan.identity;

import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityResolver;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

@Component
class IdentityResolver implements EntityResolver {
    private final IdentityRepository repository;

    IdentityResolver(IdentityRepository repository) {
        this.repository = repository;
    }

    @Override
    public EntityType type() {
        return EntityType.IDENTITY;
    }

    @Override
    public Map<EntityUrl, EntityReference> find(Collection<EntityUrl> urls) {
        if (urls.isEmpty()) {
            return Map.of();
        }
        List<Object[]> keys = urls.stream()
                .map(url ->
                        new Object[] {url.arguments().get(0), url.arguments().get(1)})
                .toList();
        return repository.findByKeys(keys).stream()
                .filter(row -> !row.unrestricted())
                .collect(Collectors.toMap(
                        row -> Identity.url(row.method(), row.identifier()),
                        row -> EntityReference.of(EntityType.IDENTITY, row.id())));
    }

    @Override
    public Map<Long, EntityUrl> urls(Collection<Long> ids) {
        return ids.isEmpty()
                ? Map.of()
                : repository.findByIds(ids).stream()
                        .filter(row -> !row.unrestricted())
                        .collect(
                                Collectors.toMap(IdentityRow::id, row -> Identity.url(row.method(), row.identifier())));
    }

    @Override
    public List<EntityUrl> all(int limit) {
        return repository.allBut(IdentityType.CLIENT_UNRESTRICTED, limit).stream()
                .map(row -> Identity.url(row.method(), row.identifier()))
                .toList();
    }
}
