package dev.linkspan.link;

import dev.linkspan.access.TrustChanges.Kind;
import dev.linkspan.access.TrustListener;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/**
 * Links by name, so that reading one needs no query. Only links that exist are kept; every change of one drops it here on
 * all members.
 */
@Component
class LinkCache implements TrustListener {
    private static final int MOST = 100_000;

    private final LinkRepository repository;
    private final Map<String, ClusterLink> byName = new ConcurrentHashMap<>();
    private final Map<Long, String> names = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();

    LinkCache(LinkRepository repository) {
        this.repository = repository;
    }

    Optional<ClusterLink> find(String name) {
        ClusterLink known = byName.get(name);
        return known != null ? Optional.of(known) : read(name);
    }

    private Optional<ClusterLink> read(String name) {
        long before = changes.get();
        Optional<ClusterLink> link = repository.find(LinkService.key(name)).map(LinkRow::toLink);
        link.ifPresent(found -> {
            if (byName.size() >= MOST) {
                allChanged();
                return;
            }
            names.put(found.id(), name);
            byName.put(name, found);
            if (changes.get() != before) {
                byName.remove(name);
            }
        });
        return link;
    }

    @Override
    public void changed(Kind kind, long id) {
        if (kind == Kind.LINK) {
            changes.incrementAndGet();
            String name = names.remove(id);
            if (name != null) {
                byName.remove(name);
            }
        }
    }

    @Override
    public void allChanged() {
        changes.incrementAndGet();
        byName.clear();
        names.clear();
    }
}
