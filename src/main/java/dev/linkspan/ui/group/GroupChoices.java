package dev.linkspan.ui.group;

import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.access.Permission;
import dev.linkspan.group.GroupService;
import dev.linkspan.group.GroupSummary;
import dev.linkspan.identity.Administrators;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.CurrentCaller;
import dev.linkspan.ui.shared.Live;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The groups that one can choose from, and what they allow in plain words. */
@Component
public class GroupChoices {
    private final GroupService groups;
    private final AccessWords words;
    private final Resources resources;
    private final Administrators administrators;
    private final CurrentCaller me;
    private final Live live;

    GroupChoices(
            GroupService groups,
            AccessWords words,
            Resources resources,
            Administrators administrators,
            CurrentCaller me,
            Live live) {
        this.groups = groups;
        this.words = words;
        this.resources = resources;
        this.administrators = administrators;
        this.me = me;
        this.live = live;
    }

    /**
     * What groups allow together.
     *
     * @param rights what whoever is in them may do
     * @param permissions how many permissions that are
     * @param ownWayUp whether that is enough to get all other rights
     */
    public record Allowed(List<AccessWords.Right> rights, int permissions, boolean ownWayUp) {
        /** The rights in plain words. */
        public List<String> phrases() {
            return rights.stream().map(AccessWords.Right::phrase).toList();
        }

        /** How many permissions follow from others. */
        public int implied() {
            return permissions
                    - rights.stream().mapToInt(AccessWords.Right::permissions).sum();
        }
    }

    Live live() {
        return live;
    }

    /** The groups that the caller sees, by name. */
    List<GroupSummary> all() {
        return groups.summaries(me.get());
    }

    /** What these groups allow together. */
    public Allowed allowed(Collection<String> names) {
        Caller caller = me.get();
        Set<Permission> permissions = new LinkedHashSet<>();
        names.forEach(name -> permissions.addAll(groups.get(caller, name).permissions()));
        return new Allowed(
                words.rights(permissions, resources.names(caller, permissions)),
                permissions.size(),
                ownWayUp(caller, permissions, names));
    }

    /** Whether a peer in that group may do something, but can't get every other permission by it. */
    public boolean fitsPeer(String name) {
        Caller caller = me.get();
        try {
            Set<Permission> permissions =
                    new LinkedHashSet<>(groups.get(caller, name).permissions());
            return !permissions.isEmpty() && !ownWayUp(caller, permissions, List.of(name));
        } catch (ProblemException e) {
            return false;
        }
    }

    private boolean ownWayUp(Caller caller, Set<Permission> permissions, Collection<String> names) {
        return words.ownWayUp(permissions) || throughOthers(caller, permissions, names);
    }

    /** Who may change an administrator's identity can become that administrator; who may change a group's rights, its own. */
    private boolean throughOthers(Caller caller, Set<Permission> permissions, Collection<String> names) {
        Set<EntityUrl> editable = permissions.stream()
                .filter(permission -> permission.entitlement().equals("can_edit"))
                .flatMap(permission -> EntityUrl.parse(permission.url()).stream())
                .collect(Collectors.toSet());
        return editable.stream()
                        .anyMatch(url -> url.type() == EntityType.GROUP
                                && names.contains(url.arguments().getFirst()))
                || administrators.anyAmong(caller, editable);
    }
}
