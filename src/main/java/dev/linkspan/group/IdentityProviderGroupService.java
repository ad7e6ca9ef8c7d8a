package dev.linkspan.group;

import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.TrustChanges;
import dev.linkspan.access.TrustChanges.Kind;
import dev.linkspan.event.Events;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.store.Transactions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/** The identity provider's groups and the auth groups that they stand for (auth.md 6.2). */
@Service
public class IdentityProviderGroupService {
    private final IdentityProviderGroupRepository repository;
    private final ProviderMappings mappings;
    private final Access access;
    private final TrustChanges changes;
    private final Events events;
    private final Transactions transactions;

    IdentityProviderGroupService(
            IdentityProviderGroupRepository repository,
            ProviderMappings mappings,
            Access access,
            TrustChanges changes,
            Events events,
            Transactions transactions) {
        this.repository = repository;
        this.mappings = mappings;
        this.access = access;
        this.changes = changes;
        this.events = events;
        this.transactions = transactions;
    }

    /** Those that the caller may see, in the order in which they were made. Two queries. */
    public List<IdentityProviderGroup> list(Caller caller) {
        access.requireTrusted(caller);
        return complete(caller, access.visible(caller, repository.all(), row -> reference(row.id())));
    }

    private static EntityReference reference(long id) {
        return EntityReference.of(EntityType.IDENTITY_PROVIDER_GROUP, id);
    }

    private List<IdentityProviderGroup> complete(Caller caller, Collection<IdentityProviderGroupRow> rows) {
        Map<Long, List<String>> groups = mappings.authGroups(
                caller, rows.stream().map(IdentityProviderGroupRow::id).toList());
        return rows.stream()
                .map(row -> new IdentityProviderGroup(row.id(), row.name(), groups.getOrDefault(row.id(), List.of())))
                .toList();
    }

    /**
     * One of them.
     *
     * @throws ProblemException 404
     */
    public IdentityProviderGroup get(Caller caller, String name) {
        return complete(caller, List.of(find(caller, name, "can_view"))).getFirst();
    }

    private IdentityProviderGroupRow find(Caller caller, String name, String entitlement) {
        access.requireTrusted(caller);
        IdentityProviderGroupRow row = repository
                .find(GroupService.key(name))
                .orElseThrow(() -> access.missing(
                        caller,
                        EntityType.IDENTITY_PROVIDER_GROUP,
                        entitlement,
                        Problem.PROVIDER_GROUP_NOT_FOUND.with()));
        access.require(caller, reference(row.id()), entitlement);
        return row;
    }

    /**
     * Maps a group of the identity provider's.
     *
     * @param groups names of auth groups
     * @throws ProblemException 403 without {@code can_create_identity_provider_groups} on the server, 409 when the name is
     *     taken, 400 for a bad name, 500 for unknown auth groups
     */
    public void create(Caller caller, String name, List<String> groups) {
        access.require(caller, "can_create_identity_provider_groups");
        requireGood(name);
        transactions.run(() -> {
            IdentityProviderGroupRow row;
            try {
                row = repository.save(new IdentityProviderGroupRow(null, name, GroupService.key(name)));
            } catch (DuplicateKeyException e) {
                throw Problem.PROVIDER_GROUP_EXISTS.with(name);
            }
            mappings.map(row.id(), groups);
            changes.changed(Kind.PROVIDER_GROUP, row.id());
            events.publish(caller, "identity-provider-group-created", IdentityProviderGroup.url(name));
        });
    }

    private static void requireGood(String name) {
        if (name == null || name.isEmpty()) {
            throw Problem.PROVIDER_GROUP_NAME_EMPTY.with();
        }
        CreateGroup.requireUsable(name);
    }

    /**
     * Changes the auth groups that it stands for.
     *
     * @param groups names of auth groups
     * @param replace whether it stands for these only, those aside that the caller may not see, or for these too
     * @param guard gets it as the caller sees it, under the lock that the change is made in, and refuses by throwing
     * @throws ProblemException 404, 403, 500 for unknown auth groups
     */
    public void update(
            Caller caller, String name, List<String> groups, boolean replace, Consumer<IdentityProviderGroup> guard) {
        IdentityProviderGroupRow found = find(caller, name, "can_edit");
        transactions.run(() -> {
            IdentityProviderGroupRow row =
                    repository.lock(found.id()).orElseThrow(Problem.PROVIDER_GROUP_NOT_FOUND::with);
            IdentityProviderGroup current = complete(caller, List.of(row)).getFirst();
            guard.accept(current);
            mappings.map(row.id(), groups);
            if (replace) {
                List<String> left = new ArrayList<>(current.groups());
                left.removeAll(groups);
                mappings.unmap(row.id(), left);
            }
            changed(caller, row.id(), "identity-provider-group-updated", row.name(), Map.of());
        });
    }

    /**
     * Lets it stand for some auth groups and no longer for others; what else it stands for stays, seen by the caller or not.
     *
     * @throws ProblemException 404, 403, 500 for unknown auth groups among those added
     */
    public void changeGroups(Caller caller, String name, List<String> into, List<String> outOf) {
        IdentityProviderGroupRow found = find(caller, name, "can_edit");
        transactions.run(() -> {
            IdentityProviderGroupRow row =
                    repository.lock(found.id()).orElseThrow(Problem.PROVIDER_GROUP_NOT_FOUND::with);
            mappings.map(row.id(), into);
            mappings.unmap(row.id(), outOf);
            changed(caller, row.id(), "identity-provider-group-updated", row.name(), Map.of());
        });
    }

    /** The API has no event for these; open pages are told. */
    private void changed(Caller caller, long id, String action, String name, Map<String, String> context) {
        changes.changed(Kind.PROVIDER_GROUP, id);
        events.signal(caller, action, IdentityProviderGroup.url(name), context);
    }

    /**
     * Renames it; what it stands for stays.
     *
     * @throws ProblemException 404, 403, 409 when the name is taken, 400 for a bad name
     */
    public void rename(Caller caller, String name, String newName) {
        IdentityProviderGroupRow found = find(caller, name, "can_edit");
        requireGood(newName);
        transactions.run(() -> {
            try {
                repository.lock(found.id()).orElseThrow(Problem.PROVIDER_GROUP_NOT_FOUND::with);
                repository.rename(found.id(), newName, GroupService.key(newName));
            } catch (DuplicateKeyException e) {
                throw Problem.PROVIDER_GROUP_EXISTS.with(newName);
            }
            changed(caller, found.id(), "identity-provider-group-renamed", newName, Map.of("old_name", name));
        });
    }

    /**
     * Deletes it: from then on whoever is in it has nothing by it.
     *
     * @throws ProblemException 404, 403
     */
    public void delete(Caller caller, String name) {
        IdentityProviderGroupRow found = find(caller, name, "can_delete");
        transactions.run(() -> {
            if (repository.delete(found.id()) == 0) {
                throw Problem.PROVIDER_GROUP_NOT_FOUND.with();
            }
            repository.forgetPermissionsOn(found.id());
            changed(caller, found.id(), "identity-provider-group-deleted", found.name(), Map.of());
        });
    }
}
