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

/** Clients that may do everything have the URLs of their certificates; permissions are on these. */
@Component
class CertificateResolver implements EntityResolver {
    private final IdentityRepository repository;

    CertificateResolver(IdentityRepository repository) {
        this.repository = repository;
    }

    @Override
    public EntityType type() {
        return EntityType.CERTIFICATE;
    }

    @Override
    public Map<EntityUrl, EntityReference> find(Collection<EntityUrl> urls) {
        List<Object[]> keys = urls.stream()
                .map(url -> new Object[] {Identities.TLS, url.arguments().getFirst()})
                .toList();
        return keys.isEmpty()
                ? Map.of()
                : repository.findByKeys(keys).stream()
                        .filter(IdentityRow::unrestricted)
                        .collect(Collectors.toMap(
                                CertificateResolver::url, row -> EntityReference.of(EntityType.CERTIFICATE, row.id())));
    }

    private static EntityUrl url(IdentityRow row) {
        return EntityUrl.of(EntityType.CERTIFICATE, row.identifier());
    }

    @Override
    public Map<Long, EntityUrl> urls(Collection<Long> ids) {
        return ids.isEmpty()
                ? Map.of()
                : repository.findByIds(ids).stream()
                        .filter(IdentityRow::unrestricted)
                        .collect(Collectors.toMap(IdentityRow::id, CertificateResolver::url));
    }

    @Override
    public List<EntityUrl> all(int limit) {
        return repository.ofType(IdentityType.CLIENT_UNRESTRICTED, limit).stream()
                .map(CertificateResolver::url)
                .toList();
    }
}
