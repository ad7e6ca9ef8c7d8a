package dev.linkspan.group;

import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.access.Permission;
import dev.linkspan.access.TrustChanges;
import dev.linkspan.access.TrustChanges.Kind;
import dev.linkspan.event.Events;
import dev.linkspan.group.GroupCache.Known;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.store.Transactions;
import dev.linkspan.tls.Certificates;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/** Auth groups and their permissions (auth.md chapter 3). */
@Service
public class GroupService {
    private final GroupRepository repository;
    private final Permissions permissions;
    private final PermissionParser parser;
    private final GroupMembers members;
    private final GroupCache cache;
    private final ProviderMappings mappings;
    private final Access access;
    private final TrustChanges changes;
    private final Events events;
    private final Transactions transactions;

    GroupService(
            GroupRepository repository,
            Permissions permissions,
            PermissionParser parser,
            GroupMembers members,
            GroupCache cache,
            ProviderMappings mappings,
            Access access,
            TrustChanges changes,
            Events events,
            Transactions transactions) {
        this.repository = repository;
        this.permissions = permissions;
        this.parser = parser;
        this.members = members;
        this.cache = cache;
        this.mappings = mappings;
        this.access = access;
        this.changes = changes;
        this.events = events;
        this.transactions = transactions;
    }

    static byte[] key(String name) {
        return Certificates.sha256(name.getBytes(StandardCharsets.UTF_8));
    }

    /** The groups that the caller may see, by name. Four queries and one for each type of entity. */
    public List<AuthGroup> list(Caller caller) {
        access.requireTrusted(caller);
        List<GroupRow> visible =
                access.visible(caller, repository.all(), row -> EntityReference.of(EntityType.GROUP, row.id()));
        return complete(caller, visible);
    }

    /** The groups that the caller may see, by name, without their permissions. Four queries. */
    public List<GroupSummary> summaries(Caller caller) {
        access.requireTrusted(caller);
        List<GroupRow> visible = access.visible(
                caller, repository.all(), row -> dev.linkspan.access.EntityReference.of(EntityType.GROUP, row.id()));
        List<Long> ids = visible.stream().map(GroupRow::id).toList();
        Map<Long, Integer> granted = permissions.counts(ids);
        Map<Long, List<GroupMembers.Member>> seen = members.seenBy(caller, ids);
        Map<Long, List<String>> providerGroups = mappings.providerGroups(caller, ids);
        return visible.stream()
                .map(row -> new GroupSummary(
                        row.id(),
                        row.name(),
                        row.description(),
                        seen.getOrDefault(row.id(), List.of()).size(),
                        (int) seen.getOrDefault(row.id(), List.of()).stream()
                                .filter(GroupMembers.Member::pending)
                                .count(),
                        granted.getOrDefault(row.id(), 0),
                        providerGroups.getOrDefault(row.id(), List.of())))
                .toList();
    }

    /** Names and descriptions of the groups that the caller may see, by name. One query. */
    public List<GroupBrief> brief(Caller caller) {
        access.requireTrusted(caller);
        List<GroupBrief> all = repository.all().stream()
                .map(row -> new GroupBrief(row.id(), row.name(), row.description()))
                .toList();
        return access.visible(caller, all, GroupBrief::reference);
    }

    private List<AuthGroup> complete(Caller caller, Collection<GroupRow> rows) {
        List<Long> ids = rows.stream().map(GroupRow::id).toList();
        Map<Long, List<Permission>> granted = permissions.byGroup(ids);
        Map<Long, Map<String, List<String>>> identities = members.visibleTo(caller, ids);
        Map<Long, List<String>> providerGroups = mappings.providerGroups(caller, ids);
        return rows.stream()
                .map(row -> new AuthGroup(
                        row.id(),
                        row.name(),
                        row.description(),
                        granted.getOrDefault(row.id(), List.of()),
                        identities.getOrDefault(row.id(), Map.of()),
                        providerGroups.getOrDefault(row.id(), List.of())))
                .toList();
    }

    /**
     * One group.
     *
     * @throws ProblemException 404
     */
    public AuthGroup get(Caller caller, String name) {
        access.requireTrusted(caller);
        Known known = cache.find(name)
                .orElseThrow(
                        () -> access.missing(caller, EntityType.GROUP, "can_view", Problem.GROUP_NOT_FOUND.with()));
        GroupRow row = known.row();
        access.require(caller, EntityReference.of(EntityType.GROUP, row.id()), "can_view");
        List<Permission> granted = known.permissions();
        if (!known.others().isEmpty()) {
            granted = new ArrayList<>(granted);
            granted.addAll(permissions.resolved(known.others()).getOrDefault(row.id(), List.of()));
            granted.sort(Comparator.comparing(Permission::entityType));
        }
        List<String> providerGroups = known.providerGroups().stream()
                .filter(group -> access.allowed(
                        caller, EntityReference.of(EntityType.IDENTITY_PROVIDER_GROUP, group.id()), "can_view"))
                .map(ProviderMappings.Named::name)
                .toList();
        return new AuthGroup(row.id(), row.name(), row.description(), granted, members(caller, known), providerGroups);
    }

    private Map<String, List<String>> members(Caller caller, Known known) {
        if (known.members() != null) {
            return members.visibleTo(caller, known.members());
        }
        long id = known.row().id();
        return members.visibleTo(caller, List.of(id)).getOrDefault(id, Map.of());
    }

    /**
     * Refuses callers who may not change a group.
     *
     * @throws ProblemException 404, 403 without {@code can_edit} on the group
     */
    public void requireEditable(Caller caller, String name) {
        find(caller, name, "can_edit");
    }

    private GroupRow find(Caller caller, String name, String entitlement) {
        access.requireTrusted(caller);
        GroupRow row = repository
                .find(key(name))
                .orElseThrow(
                        () -> access.missing(caller, EntityType.GROUP, entitlement, Problem.GROUP_NOT_FOUND.with()));
        access.require(caller, EntityReference.of(EntityType.GROUP, row.id()), entitlement);
        return row;
    }

    /**
     * Makes a group.
     *
     * @throws ProblemException 403 without {@code can_create_groups} on the server, 409 when the name is taken, 400 for
     *     bad permissions (auth.md 3.3)
     */
    public void create(Caller caller, CreateGroup command) {
        access.require(caller, "can_create_groups");
        List<EntityUrl> urls = parser.parse(command.permissions());
        transactions.run(() -> {
            var rows = parser.resolve(command.permissions(), urls);
            long id = insert(command);
            permissions.store(id, rows, true);
            changes.changed(Kind.GROUP, id);
            events.publish(caller, "auth-group-created", AuthGroup.url(command.name()));
        });
    }

    private long insert(CreateGroup command) {
        try {
            return repository
                    .save(new GroupRow(null, command.name(), key(command.name()), command.description()))
                    .id();
        } catch (DuplicateKeyException e) {
            throw Problem.GROUP_EXISTS.with();
        }
    }

    /**
     * Changes a group's description and permissions.
     *
     * @param guard gets the group as the caller sees it, under the lock that the change is made in, and refuses by
     *     throwing
     * @throws ProblemException 404, 403; 400 for {@code admins} and for bad permissions
     */
    public void update(Caller caller, String name, UpdateGroup command, Consumer<AuthGroup> guard) {
        GroupRow found = find(caller, name, "can_edit");
        if (name.equals(AuthGroup.ADMINS)) {
            throw Problem.ADMINS_NOT_MODIFIED.with();
        }
        List<EntityUrl> urls =
                parser.parse(command.replace() ? command.permissions() : merged(caller, found, command.permissions()));
        transactions.run(() -> {
            GroupRow row = repository.lock(found.id()).orElseThrow(Problem.GROUP_NOT_FOUND::with);
            guard.accept(complete(caller, List.of(row)).getFirst());
            if (command.replace() || !command.description().isEmpty()) {
                repository.describe(row.id(), command.description());
            }
            List<Permission> wanted =
                    command.replace() ? command.permissions() : merged(caller, row, command.permissions());
            permissions.store(
                    row.id(),
                    parser.resolve(wanted, command.replace() ? urls : parser.parse(wanted)),
                    command.replace());
            changes.changed(Kind.GROUP, row.id());
            events.publish(caller, "auth-group-updated", AuthGroup.url(row.name()));
        });
    }

    private List<Permission> merged(Caller caller, GroupRow row, List<Permission> added) {
        var merged = new java.util.LinkedHashSet<>(
                complete(caller, List.of(row)).getFirst().permissions());
        merged.addAll(added);
        return List.copyOf(merged);
    }

    /**
     * Renames a group; memberships and permissions stay.
     *
     * @throws ProblemException 404, 403, 409 when the name is taken, 400 for {@code admins} and bad names
     */
    public void rename(Caller caller, String name, String newName) {
        GroupRow found = find(caller, name, "can_edit");
        if (name.equals(AuthGroup.ADMINS)) {
            throw Problem.ADMINS_NOT_RENAMED.with();
        }
        CreateGroup.checkedName(newName);
        transactions.run(() -> {
            try {
                if (repository.rename(found.id(), newName, key(newName)) == 0) {
                    throw Problem.GROUP_NOT_FOUND.with();
                }
            } catch (DuplicateKeyException e) {
                throw Problem.GROUP_EXISTS.with();
            }
            changes.changed(Kind.GROUP, found.id());
            events.publish(caller, "auth-group-renamed", AuthGroup.url(newName), null, Map.of("old_name", name));
        });
    }

    /**
     * Deletes a group with its permissions, its memberships and the permissions that others hold on it.
     *
     * @throws ProblemException 404, 403, 400 for {@code admins}
     */
    public void delete(Caller caller, String name) {
        delete(caller, find(caller, name, "can_delete"));
    }

    /** The same for the group with that row, whatever it is called by now: another one may have taken its name. */
    public void delete(Caller caller, long id) {
        access.requireTrusted(caller);
        String name = repository.findByIds(List.of(id)).stream()
                .map(GroupRow::name)
                .findFirst()
                .orElseThrow(Problem.GROUP_NOT_FOUND::with);
        GroupRow found = find(caller, name, "can_delete");
        if (found.id() != id) {
            throw Problem.GROUP_NOT_FOUND.with();
        }
        delete(caller, found);
    }

    private void delete(Caller caller, GroupRow found) {
        if (found.name().equals(AuthGroup.ADMINS)) {
            throw Problem.ADMINS_NOT_DELETED.with();
        }
        transactions.run(() -> {
            if (repository.delete(found.id()) == 0) {
                throw Problem.GROUP_NOT_FOUND.with();
            }
            repository.forgetPermissionsOn(found.id());
            changes.changed(Kind.GROUP, found.id());
            events.publish(caller, "auth-group-deleted", AuthGroup.url(found.name()));
        });
    }
}
