package dev.linkspan.group;

import dev.linkspan.access.EntityType;
import dev.linkspan.access.Permission;
import dev.linkspan.access.TrustChanges.Kind;
import dev.linkspan.access.TrustListener;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/**
 * What reading one group needs and every change of trust tells of, so that it costs no query. Permissions on what lives
 * in projects are left out: such entities change without a change of trust.
 */
@Component
class GroupCache implements TrustListener {
    /**
     * A group as it is stored.
     *
     * @param permissions on entities whose URLs change with trust only
     * @param others on other entities
     * @param members null when they are too many to be kept
     * @param providerGroups the identity provider groups that are mapped to it
     */
    record Known(
            GroupRow row,
            List<Permission> permissions,
            List<Permissions.Row> others,
            List<GroupMembers.Member> members,
            List<ProviderMappings.Named> providerGroups) {}

    private static final int MOST = 10_000;
    private static final int MOST_PERMISSIONS = 1_000;
    private static final int MOST_MEMBERS = 100;
    private static final Set<EntityType> TRUST = Set.of(
            EntityType.SERVER,
            EntityType.IDENTITY,
            EntityType.CERTIFICATE,
            EntityType.GROUP,
            EntityType.IDENTITY_PROVIDER_GROUP,
            EntityType.CLUSTER_LINK);

    private final GroupRepository repository;
    private final Permissions permissions;
    private final GroupMembers members;
    private final ProviderMappings mappings;
    private final Map<String, Known> byName = new ConcurrentHashMap<>();
    private final AtomicLong changes = new AtomicLong();

    GroupCache(GroupRepository repository, Permissions permissions, GroupMembers members, ProviderMappings mappings) {
        this.repository = repository;
        this.permissions = permissions;
        this.members = members;
        this.mappings = mappings;
    }

    /** The group of this name; empty when there is none. */
    Optional<Known> find(String name) {
        Known known = byName.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        long before = changes.get();
        Optional<Known> read = repository.find(GroupService.key(name)).map(this::read);
        read.filter(group -> group.permissions().size() + group.others().size() <= MOST_PERMISSIONS)
                .ifPresent(group -> {
                    if (byName.size() >= MOST) {
                        byName.clear();
                    }
                    byName.put(name, group);
                    if (changes.get() != before) {
                        byName.remove(name);
                    }
                });
        return read;
    }

    private Known read(GroupRow row) {
        List<Permissions.Row> rows = permissions.rows(List.of(row.id()));
        List<Permissions.Row> stable =
                rows.stream().filter(found -> TRUST.contains(found.type())).toList();
        List<Permissions.Row> others =
                rows.stream().filter(found -> !TRUST.contains(found.type())).toList();
        return new Known(
                row,
                permissions.resolved(stable).getOrDefault(row.id(), List.of()),
                others,
                members.upTo(MOST_MEMBERS, row.id()),
                mappings.ofGroup(row.id()));
    }

    @Override
    public void changed(Kind kind, long id) {
        if (kind != Kind.CONFIGURATION) {
            allChanged();
        }
    }

    @Override
    public void made(Kind kind, long id) {
        changed(kind, id);
    }

    @Override
    public void allChanged() {
        changes.incrementAndGet();
        byName.clear();
    }
}
