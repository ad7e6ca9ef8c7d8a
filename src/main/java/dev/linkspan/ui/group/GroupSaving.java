package dev.linkspan.ui.group;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import dev.linkspan.access.Caller;
import dev.linkspan.access.Permission;
import dev.linkspan.group.AuthGroup;
import dev.linkspan.group.IdentityProviderGroup;
import dev.linkspan.group.UpdateGroup;
import dev.linkspan.identity.PlannedChange;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.Confirmation;
import dev.linkspan.ui.shared.Notice;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Tone;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Saves what was changed of a group, after a question when somebody may lose the way back. */
class GroupSaving {
    /** What is to be saved, on top of what the group was when it was read. */
    record Wanted(AuthGroup group, String name, String description, GroupDraft draft) {
        boolean touchesGroup() {
            return !description.equals(group.description())
                    || draft.permissions().changes() > 0;
        }

        /** Whether it takes the right to edit the group itself. */
        boolean changesGroup() {
            return touchesGroup() || !name.equals(group.name());
        }

        int changes() {
            return draft.changes()
                    + (name.equals(group.name()) ? 0 : 1)
                    + (description.equals(group.description()) ? 0 : 1);
        }
    }

    private final GroupTools tools;

    GroupSaving(GroupTools tools) {
        this.tools = tools;
    }

    /** Saves at once when nobody has to be asked. */
    void ask(Wanted wanted, Runnable save) {
        ask(warnings(wanted), save);
    }

    /** Saves at once when there is nothing to warn of. */
    static void ask(List<Component> warnings, Runnable save) {
        if (warnings.isEmpty()) {
            save.run();
        } else {
            Confirmation.destroy(
                    Texts.of("group.confirm"),
                    Texts.of("group.confirm.submit"),
                    save,
                    warnings.toArray(new Component[0]));
        }
    }

    private List<Component> warnings(Wanted wanted) {
        Caller me = tools.me().get();
        GroupDraft draft = wanted.draft();
        boolean mine = draft.members().before().stream().anyMatch(member -> me.is(member.id()));
        boolean loses = !draft.permissions().removed().isEmpty()
                || draft.members().removed().stream().anyMatch(member -> me.is(member.id()));
        return warnings(tools, planned(wanted), mine && loses);
    }

    /**
     * What one should know before rights go: one's own, or the last administrator's.
     *
     * @param mine whether the caller loses something for sure
     */
    static List<Component> warnings(GroupTools tools, PlannedChange planned, boolean mine) {
        Caller me = tools.me().get();
        List<Component> warnings = new ArrayList<>();
        if (mine || tools.administrators().callerWouldGo(me, planned)) {
            warnings.add(selfModification());
        }
        if (tools.administrators().lastWouldGo(me, planned)) {
            warnings.add(lastAdministrator());
        }
        return warnings;
    }

    /** Says that one takes rights from oneself. */
    private static Notice selfModification() {
        return new Notice(
                Tone.CAUTION,
                "triangle-alert",
                new Sentence("self-modification"),
                new Div(Texts.of("self-modification.text")));
    }

    /** Says that nobody would be left who may do everything. */
    private static Notice lastAdministrator() {
        return new Notice(Tone.NEGATIVE, "shield-alert", new Sentence("warning.last-administrator"));
    }

    private PlannedChange planned(Wanted wanted) {
        String group = wanted.group().name();
        Map<String, List<String>> groupsOfIdentities = new HashMap<>();
        for (Member member : wanted.draft().members().removed()) {
            List<String> left =
                    member.groups().stream().filter(name -> !name.equals(group)).toList();
            groupsOfIdentities.put(member.url().toString(), left);
        }
        Map<String, List<Permission>> permissions = wanted.draft().permissions().changes() == 0
                ? Map.of()
                : Map.of(group, wanted.draft().permissions().now());
        return new PlannedChange(null, null, groupsOfIdentities, null, permissions, mappings(wanted));
    }

    private Map<String, List<String>> mappings(Wanted wanted) {
        Set<String> removed = Set.copyOf(wanted.draft().providerGroups().removed());
        if (removed.isEmpty()) {
            return Map.of();
        }
        String group = wanted.group().name();
        return tools.providerGroups().list(tools.me().get()).stream()
                .filter(mapped -> removed.contains(mapped.name()))
                .collect(Collectors.toMap(IdentityProviderGroup::name, mapped -> mapped.groups().stream()
                        .filter(name -> !name.equals(group))
                        .toList()));
    }

    /**
     * Saves part by part; what was saved before a part fails stays saved.
     *
     * @param begins is told what each part is called before it is saved
     * @throws ProblemException of the part that fails
     */
    void save(Wanted wanted, Consumer<String> begins) {
        Caller me = tools.me().get();
        AuthGroup group = wanted.group();
        if (wanted.touchesGroup()) {
            begins.accept(Texts.of("group.part.itself"));
            tools.groups()
                    .update(
                            me,
                            group.name(),
                            new UpdateGroup(
                                    wanted.description(),
                                    wanted.draft().permissions().now(),
                                    true),
                            current -> requireUnchanged(group, current));
        }
        saveMembers(me, group.name(), wanted.draft(), begins);
        if (!wanted.name().equals(group.name())) {
            begins.accept(Texts.of("group.part.name"));
            tools.groups().rename(me, group.name(), wanted.name());
        }
    }

    /** What a colleague has changed meanwhile isn't overwritten unseen. */
    private static void requireUnchanged(AuthGroup seen, AuthGroup current) {
        boolean unchanged = current.description().equals(seen.description())
                && Set.copyOf(current.permissions()).equals(Set.copyOf(seen.permissions()));
        if (!unchanged) {
            throw new ProblemException(412, Texts.of("meanwhile.unsaved"));
        }
    }

    /**
     * Puts identities and the provider's groups into a group and takes others out.
     *
     * @param begins is told what each part is called before it is saved
     * @throws ProblemException 404, 403
     */
    void saveMembers(Caller me, String group, GroupDraft draft, Consumer<String> begins) {
        List<String> in = List.of(group);
        draft.members().added().forEach(member -> saveMember(me, member, in, List.of(), begins));
        draft.members().removed().forEach(member -> saveMember(me, member, List.of(), in, begins));
        draft.providerGroups().added().forEach(name -> saveMapping(me, name, in, List.of(), begins));
        draft.providerGroups().removed().forEach(name -> saveMapping(me, name, List.of(), in, begins));
    }

    private void saveMember(
            Caller me, Member member, List<String> added, List<String> removed, Consumer<String> begins) {
        begins.accept(Texts.of("group.part.member", member.name()));
        tools.identities().changeGroups(me, member.method(), member.identifier(), added, removed);
    }

    private void saveMapping(
            Caller me, String name, List<String> added, List<String> removed, Consumer<String> begins) {
        begins.accept(Texts.of("group.part.provider-group", name));
        tools.providerGroups().changeGroups(me, name, added, removed);
    }
}
