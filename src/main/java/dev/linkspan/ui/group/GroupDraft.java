package dev.linkspan.ui.group;

import dev.linkspan.access.EntityUrl;
import dev.linkspan.access.Permission;
import dev.linkspan.ui.group.Picked.Difference;
import dev.linkspan.ui.shared.UndoStack;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.type.TypeReference;

/** A group as it is to become, with the steps that lead there, so that each of them can be undone. */
class GroupDraft {
    /** What is to be different. */
    private record Changes(
            Difference<Permission> permissions, Difference<Member> members, Difference<String> providerGroups) {
        static final Changes NONE = new Changes(Difference.none(), Difference.none(), Difference.none());
    }

    /** The same in the browser's keeping; members by their ids. */
    private record Kept(
            Difference<Permission> permissions, Difference<Long> members, Difference<String> providerGroups) {}

    private final List<Runnable> listeners = new ArrayList<>();
    private final UndoStack<Changes> steps = new UndoStack<>(Changes.NONE, changes -> tell());
    private final Picked<Permission> permissions = new Picked<>(() -> now().permissions());
    private final Picked<Member> members = new Picked<>(() -> now().members());
    private final Picked<String> providerGroups = new Picked<>(() -> now().providerGroups());

    /**
     * A draft without changes.
     *
     * @param tools read who may be a member
     */
    GroupDraft(GroupTools tools) {
        steps.kept(new TypeReference<Kept>() {}, GroupDraft::kept, was -> back(was, tools));
    }

    private static Kept kept(Changes changes) {
        if (changes.equals(Changes.NONE)) {
            return null;
        }
        return new Kept(
                changes.permissions(), changes.members().mapped(Member::id, id -> true), changes.providerGroups());
    }

    private Changes back(Kept kept, GroupTools tools) {
        Map<Long, Member> known = tools.identities().overview(tools.me().get()).stream()
                .map(Member::of)
                .collect(Collectors.toMap(Member::id, Function.identity()));
        return new Changes(
                kept.permissions().mapped(Function.identity(), GroupDraft::readable),
                kept.members().mapped(known::get, Objects::nonNull),
                kept.providerGroups());
    }

    private static boolean readable(Permission permission) {
        return EntityUrl.parse(permission.url()).isPresent();
    }

    private Changes now() {
        return steps.now();
    }

    private void tell() {
        listeners.forEach(Runnable::run);
    }

    /** Is told whenever something else is chosen, or something else was there before. */
    void onChange(Runnable changed) {
        listeners.add(changed);
    }

    /** The buttons that take steps back. */
    UndoStack<?> steps() {
        return steps;
    }

    Picked<Permission> permissions() {
        return permissions;
    }

    Picked<Member> members() {
        return members;
    }

    Picked<String> providerGroups() {
        return providerGroups;
    }

    int changes() {
        return permissions.changes() + members.changes() + providerGroups.changes();
    }

    /** Has these permissions from the beginning; that is no step of one's own. */
    void startWith(Collection<Permission> copied) {
        steps.restart(new Changes(Difference.<Permission>none().adding(copied), Difference.none(), Difference.none()));
    }

    /** Adds permissions in one step. */
    void grant(Collection<Permission> added) {
        steps.change(new Changes(now().permissions().adding(added), now().members(), now().providerGroups()));
    }

    void togglePermission(Permission permission) {
        if (permissions.has(permission)) {
            steps.change(new Changes(
                    now().permissions().removing(List.of(permission)), now().members(), now().providerGroups()));
        } else {
            grant(List.of(permission));
        }
    }

    void toggleMember(Member member) {
        steps.change(
                new Changes(now().permissions(), toggled(members, now().members(), member), now().providerGroups()));
    }

    void toggleProviderGroup(String name) {
        steps.change(new Changes(
                now().permissions(), now().members(), toggled(providerGroups, now().providerGroups(), name)));
    }

    private static <T> Difference<T> toggled(Picked<T> picked, Difference<T> difference, T item) {
        return picked.has(item) ? difference.removing(List.of(item)) : difference.adding(List.of(item));
    }

    /** Takes over what the group is by now; what was changed here stays. */
    void rebase(
            Collection<Permission> currentPermissions,
            Collection<Member> currentMembers,
            Collection<String> currentProviderGroups) {
        permissions.rebase(currentPermissions);
        members.rebase(currentMembers);
        providerGroups.rebase(currentProviderGroups);
        tell();
    }

    /** Takes identities that are gone out of all steps. */
    void forgetMembers(Collection<Member> gone) {
        steps.rebase(changes -> new Changes(
                changes.permissions(),
                changes.members().mapped(Function.identity(), member -> !gone.contains(member)),
                changes.providerGroups()));
    }

    /** Forgets all changes, and the steps that led to them. */
    void discard() {
        steps.restart(Changes.NONE);
    }
}
