package dev.linkspan.link;

import dev.linkspan.identity.LinkedIdentities;
import java.util.Set;
import org.springframework.stereotype.Component;

@Component
class IdentitiesOfLinks implements LinkedIdentities {
    private final LinkRepository repository;

    IdentitiesOfLinks(LinkRepository repository) {
        this.repository = repository;
    }

    @Override
    public boolean linked(long identityId) {
        return repository.findByIdentity(identityId).isPresent();
    }

    @Override
    public Set<Long> linked() {
        return Set.copyOf(repository.identities());
    }
}
