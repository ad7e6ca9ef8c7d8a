package dev.linkspan.ui.group;

import dev.linkspan.access.Caller;
import dev.linkspan.access.Permission;
import dev.linkspan.group.GroupService;
import dev.linkspan.group.GroupSummary;
import dev.linkspan.ui.shared.CurrentCaller;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The groups that one can choose from, and what they allow in plain words. */
@Component
public class GroupChoices {
    private final GroupService groups;
    private final AccessWords words;
    private final Resources resources;
    private final CurrentCaller me;

    GroupChoices(GroupService groups, AccessWords words, Resources resources, CurrentCaller me) {
        this.groups = groups;
        this.words = words;
        this.resources = resources;
        this.me = me;
    }

    /**
     * What groups allow together.
     *
     * @param phrases what whoever is in them may do
     * @param permissions how many permissions that are
     * @param ownWayUp whether that is enough to get all other rights
     */
    public record Allowed(List<String> phrases, int permissions, boolean ownWayUp) {}

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
                words.phrases(permissions, resources.names(caller, permissions)),
                permissions.size(),
                words.ownWayUp(permissions));
    }
}
