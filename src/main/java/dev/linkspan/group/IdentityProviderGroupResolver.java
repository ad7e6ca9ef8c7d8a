package dev.linkspan.group;

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
class IdentityProviderGroupResolver implements EntityResolver {
    private final IdentityProviderGroupRepository repository;

    IdentityProviderGroupResolver(IdentityProviderGroupRepository repository) {
        this.repository = repository;
    }

    @Override
    public EntityType type() {
        return EntityType.IDENTITY_PROVIDER_GROUP;
    }

    @Override
    public Map<EntityUrl, EntityReference> find(Collection<EntityUrl> urls) {
        List<byte[]> keys = urls.stream()
                .map(url -> GroupService.key(url.arguments().getFirst()))
                .toList();
        return keys.isEmpty()
                ? Map.of()
                : repository.findAll(keys).stream()
                        .collect(Collectors.toMap(
                                row -> IdentityProviderGroup.url(row.name()),
                                row -> EntityReference.of(EntityType.IDENTITY_PROVIDER_GROUP, row.id())));
    }

    @Override
    public Map<Long, EntityUrl> urls(Collection<Long> ids) {
        return ids.isEmpty()
                ? Map.of()
                : repository.findByIds(ids).stream()
                        .collect(Collectors.toMap(
                                IdentityProviderGroupRow::id, row -> IdentityProviderGroup.url(row.name())));
    }

    @Override
    public List<EntityUrl> all(int limit) {
        return repository.first(limit).stream()
                .map(row -> IdentityProviderGroup.url(row.name()))
                .toList();
    }
}
