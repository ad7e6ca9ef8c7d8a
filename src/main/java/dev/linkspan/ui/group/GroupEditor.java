package dev.linkspan.ui.group;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Footer;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.access.Permission;
import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.group.AuthGroup;
import dev.linkspan.identity.IdentityOverview;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.group.GroupSaving.Wanted;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Connection;
import dev.linkspan.ui.shared.Fields;
import dev.linkspan.ui.shared.Live;
import dev.linkspan.ui.shared.Meanwhile;
import dev.linkspan.ui.shared.NameErrors;
import dev.linkspan.ui.shared.Names;
import dev.linkspan.ui.shared.NoLongerAllowed;
import dev.linkspan.ui.shared.Notice;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Strong;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Toast;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.type.TypeReference;

/** Changes a group: name, description, permissions, members. What will be saved is marked and can be undone. */
class GroupEditor extends Div {
    private static final int MOST_ASKED = 50;

    private final GroupTools tools;
    private final GroupSaving saving;
    private final Consumer<String> saved;
    private final GroupDraft draft;
    private final TextField name = new TextField(Texts.of("group.name"));
    private final TextArea description = Fields.optional(new TextArea(), Texts.of("group.description"));
    private final PermissionEditor permissions;
    private final MembersEditor members;
    private final ProviderGroupsEditor providerGroups;
    private final LossNotice losses;
    private final NoLongerAllowed taken = new NoLongerAllowed();
    private final Meanwhile ofGroup;
    private final Meanwhile ofMembers;
    private final Meanwhile ofName;
    private final Div notices = new Div();
    private final Span permissionCount = count();
    private final Span memberCount = count();
    private final Strong changes = new Strong("");
    private final Span summary = new Span();
    private final ActionButton discard = new ActionButton(Texts.of("group.discard"), this::discard).look("tertiary");
    private final ActionButton submit = new ActionButton("", this::submit).look("primary");
    private AuthGroup group;
    private String refusal;
    private boolean gone;

    /** What one goes from, of the group itself. */
    record Ground(long id, String name, String description, Set<String> permissions) {}

    /**
     * What one goes from, of those who are in it.
     *
     * @param members their names by their URLs
     */
    record Belonging(Map<String, String> members, Set<String> providerGroups) {
        Set<String> names() {
            return new TreeSet<>(members.values());
        }
    }

    /**
     * An editor for a group.
     *
     * @param saved is told the name that the group has after it was saved
     */
    GroupEditor(GroupTools tools, AuthGroup group, List<Member> current, Consumer<String> saved) {
        this.tools = tools;
        draft = new GroupDraft(tools);
        this.group = group;
        this.saved = saved;
        saving = new GroupSaving(tools);
        ofGroup = tools.colleagues().meanwhile(this::discard).follow(this, GroupEditor::ofGroup, () -> {});
        ofMembers = tools.colleagues().meanwhile(this::discard).follow(this, GroupEditor::ofMembers, () -> {});
        ofName = tools.colleagues().meanwhile(() -> {}).followNames(this, this::takesName);
        taken.addClassName("ls-notices");
        ofGroup.addClassName("ls-notices");
        ofMembers.addClassName("ls-notices");
        refusal = refusal();
        draft.rebase(group.permissions(), current, group.identityProviderGroups());
        permissions = new PermissionEditor(tools, draft, refusal);
        members = new MembersEditor(tools, draft);
        providerGroups = new ProviderGroupsEditor(tools, draft);
        losses = new LossNotice(tools, draft).of(group.name());
        prepareFields();
        addClassName("ls-view");
        notices.addClassName("ls-notices");
        Div details = new Div(ofName, name, description);
        details.addClassName("ls-stack");
        Div first = new Div(section("permissions.title", permissionCount, permissions));
        Div second = new Div(
                section("members.title", memberCount, members),
                section("provider-groups.of-group", count(), providerGroups),
                losses,
                section("group.details", count(), details));
        first.addClassNames("ls-stack", "ls-loose");
        second.addClassNames("ls-stack", "ls-loose");
        Div columns = new Div(first, second);
        columns.addClassName("ls-cols");
        Div scroll = new Div(taken, ofGroup, ofMembers, notices, columns);
        scroll.addClassName("ls-scroll");
        add(scroll, foot());
        draft.onChange(this::show);
        show();
        ofGroup.goesFrom(new TypeReference<>() {}, this::ground, this::whoseEvents, this::sayChanged);
        ofMembers.goesFrom(new TypeReference<>() {}, this::belonging, this::whoseEvents, this::sayChanged);
    }

    private Ground ground() {
        return new Ground(group.id(), group.name(), group.description(), words(group.permissions()));
    }

    private Belonging belonging() {
        Map<String, String> members = draft.members().before().stream()
                .collect(Collectors.toMap(member -> member.url().toString(), Member::name));
        return new Belonging(members, new TreeSet<>(group.identityProviderGroups()));
    }

    private List<EntityUrl> whoseEvents(Ground before) {
        return List.of(EntityUrl.of(EntityType.GROUP, group.name()));
    }

    /** Who comes in or goes is an event of theirs. */
    private List<EntityUrl> whoseEvents(Belonging before) {
        Set<String> then = before.members().keySet();
        Set<String> now = belonging().members().keySet();
        Stream<EntityUrl> changed = Stream.concat(then.stream(), now.stream())
                .filter(url -> then.contains(url) != now.contains(url))
                .limit(MOST_ASKED)
                .flatMap(url -> EntityUrl.parse(url).stream());
        return Stream.concat(Stream.of(EntityUrl.of(EntityType.GROUP, group.name())), changed)
                .toList();
    }

    private void sayChanged(Ground before) {
        if (changes() > 0 && before.id() != group.id()) {
            sayGone();
        } else if (changes() > 0) {
            ofGroup.changed(differences(before), true);
        }
    }

    private void sayChanged(Belonging before) {
        if (!gone && changes() > 0) {
            ofMembers.changed(differences(before), true);
        }
    }

    private String refusal() {
        if (group.name().equals(AuthGroup.ADMINS)) {
            return Texts.of("group.admins.refused");
        }
        return tools.access().allowed(tools.me().get(), group.reference(), "can_edit")
                ? null
                : Texts.of("group.refused.can_edit");
    }

    private void prepareFields() {
        name.setValue(group.name());
        description.setValue(group.description());
        name.setWidthFull();
        description.setWidthFull();
        name.getElement().setAttribute("autocomplete", "off").setAttribute("spellcheck", "false");
        name.setValueChangeMode(ValueChangeMode.EAGER);
        description.setValueChangeMode(ValueChangeMode.EAGER);
        name.addValueChangeListener(change -> {
            name.setInvalid(false);
            ofName.clear();
            show();
        });
        description.addValueChangeListener(change -> show());
        showRights();
    }

    private void showRights() {
        name.setReadOnly(refusal != null);
        description.setReadOnly(refusal != null);
        taken.show(refusal);
    }

    /** What the caller may do can change while the page is open. */
    private void followRights() {
        refusal = refusal();
        permissions.refuse(refusal);
        showRights();
        show();
    }

    private static Span count() {
        Span count = new Span();
        count.addClassNames("ls-muted", "ls-number");
        return count;
    }

    private static Section section(String title, Span count, Component content) {
        H2 heading = new H2(Texts.of(title));
        Div head = new Div(heading, count);
        head.addClassName("ls-row");
        Section section = new Section(head, content);
        section.addClassName("ls-section");
        section.getElement().setAttribute("aria-label", Texts.of(title));
        return section;
    }

    private Footer foot() {
        summary.addClassNames("ls-muted", "ls-cut", "ls-grow");
        Footer foot = new Footer(Connection.warning(), changes, summary, draft.steps(), discard, submit);
        foot.addClassName("ls-save");
        return foot;
    }

    private Wanted wanted() {
        return new Wanted(group, name.getValue().strip(), description.getValue(), draft);
    }

    /** How many changes are not saved. */
    int changes() {
        return wanted().changes();
    }

    /** Chooses a permission in the form, which is then one click away. */
    void offer(EntityUrl url, String entitlement) {
        permissions.offer(url, entitlement);
    }

    private static boolean ofGroup(LifecycleEvent event) {
        return event.source().startsWith("/1.0/auth/groups/");
    }

    private static boolean ofMembers(LifecycleEvent event) {
        return Live.trust(event) && !ofGroup(event);
    }

    /** Whether another group gets the name that this one is to have. */
    private boolean takesName(LifecycleEvent event) {
        String wanted = name.getValue().strip();
        return !wanted.equals(group.name())
                && !group.name().equals(event.context().get("old_name"))
                && GroupActions.takesName(event, wanted);
    }

    /** Takes over what others have changed, and says so to whoever changes it, too; what was changed here stays. */
    void takeOver(AuthGroup current, List<Member> currentMembers) {
        if (gone) {
            return;
        }
        Ground ground = ground();
        List<Member> deleted = deleted();
        Belonging belonging = belonging();
        deleted.forEach(member -> belonging.members().remove(member.url().toString()));
        List<String> who = new ArrayList<>();
        if (!deleted.isEmpty()) {
            who.add(Texts.of("meanwhile.identities.deleted", Names.of(deleted, Member::name)));
            draft.forgetMembers(deleted);
        }
        show(current, currentMembers);
        followRights();
        if (changes() > 0 || !deleted.isEmpty()) {
            who.addAll(differences(belonging));
            ofGroup.changed(differences(ground), changes() > 0);
            ofMembers.changed(who, changes() > 0);
        }
        settle();
    }

    /** What somebody has changed of the group itself. */
    private List<String> differences(Ground before) {
        List<String> what = new ArrayList<>();
        if (!group.name().equals(before.name())) {
            what.add(Texts.of("meanwhile.name", group.name()));
        }
        if (!group.description().equals(before.description())) {
            what.add(Texts.of(
                    group.description().isEmpty() ? "meanwhile.description.none" : "meanwhile.description",
                    group.description()));
        }
        what.addAll(Meanwhile.difference("meanwhile.permissions", before.permissions(), words(group.permissions())));
        return what;
    }

    /** What somebody has changed of those who are in it. */
    private List<String> differences(Belonging before) {
        Belonging now = belonging();
        List<String> what = new ArrayList<>(Meanwhile.difference("meanwhile.members", before.names(), now.names()));
        what.addAll(Meanwhile.difference("meanwhile.provider-groups", before.providerGroups(), now.providerGroups()));
        return what;
    }

    /** Those that were to be added or removed and are gone. */
    private List<Member> deleted() {
        List<Member> chosen = new ArrayList<>(draft.members().added());
        chosen.addAll(draft.members().removed());
        if (chosen.isEmpty()) {
            return chosen;
        }
        Set<Long> there = tools.identities().overview(tools.me().get()).stream()
                .map(IdentityOverview::id)
                .collect(Collectors.toSet());
        chosen.removeIf(member -> there.contains(member.id()));
        return chosen;
    }

    private static Set<String> words(List<Permission> permissions) {
        return permissions.stream()
                .map(permission -> Texts.of(
                        "meanwhile.permission", permission.entitlement(), PermissionWords.resource(permission.url())))
                .collect(Collectors.toSet());
    }

    /** Takes over what there is by now; what was changed here stays. */
    void rebase(AuthGroup current, List<Member> currentMembers) {
        show(current, currentMembers);
        settle();
    }

    private void settle() {
        ofGroup.settle();
        ofMembers.settle();
    }

    private void show(AuthGroup current, List<Member> currentMembers) {
        AuthGroup before = group;
        group = current;
        if (name.getValue().equals(before.name())) {
            name.setValue(current.name());
        }
        if (description.getValue().equals(before.description())) {
            description.setValue(current.description());
        }
        draft.rebase(current.permissions(), currentMembers, current.identityProviderGroups());
        members.refresh();
        providerGroups.refresh();
    }

    /** Somebody has deleted the group. */
    void sayGone() {
        gone = true;
        ofGroup.gone();
        show();
    }

    private void show() {
        int number = changes();
        permissionCount.setText(Texts.of("count", draft.permissions().now().size()));
        memberCount.setText(Texts.of(
                "members.count",
                draft.members().now().size(),
                draft.members().now().stream().filter(Member::pending).count()));
        changes.getElement().setText(Texts.of("group.changes", number));
        summary.setText(summary());
        discard.setVisible(number > 0);
        submit.setText(Texts.of("group.save", number));
        String nothing = number == 0 ? Texts.of("group.save.nothing") : null;
        String reason = gone ? Texts.of("meanwhile.gone.refused") : wanted().changesGroup() ? refusal : null;
        submit.refuse(reason == null ? nothing : reason);
    }

    private String summary() {
        Map<String, Integer> parts = new LinkedHashMap<>();
        parts.put("permissions-added", draft.permissions().added().size());
        parts.put("permissions-removed", draft.permissions().removed().size());
        parts.put("members-added", draft.members().added().size());
        parts.put("members-removed", draft.members().removed().size());
        parts.put("provider-groups", draft.providerGroups().changes());
        parts.put("name", name.getValue().strip().equals(group.name()) ? 0 : 1);
        parts.put("description", description.getValue().equals(group.description()) ? 0 : 1);
        return parts.entrySet().stream()
                .filter(part -> part.getValue() > 0)
                .map(part -> Texts.of("group.changes." + part.getKey(), part.getValue()))
                .collect(Collectors.joining(", "));
    }

    private void discard() {
        notices.removeAll();
        ofGroup.clear();
        ofMembers.clear();
        draft.discard();
        name.setValue(group.name());
        description.setValue(group.description());
    }

    private void submit() {
        notices.removeAll();
        if (!permissions.check()) {
            return;
        }
        if (name.getValue().isBlank()) {
            name.setErrorMessage(Texts.of("group.name.required"));
            name.setInvalid(true);
            name.focus();
            return;
        }
        saving.ask(wanted(), this::save);
    }

    private void save() {
        Wanted wanted = wanted();
        List<String> parts = new ArrayList<>();
        try {
            saving.save(wanted, parts::add);
        } catch (ProblemException e) {
            notices.removeAll();
            sayFailed(parts, e);
            return;
        }
        Toast.done(new Sentence("group.updated", wanted.name()));
        draft.discard();
        ofGroup.clear();
        ofMembers.clear();
        ofName.clear();
        group = tools.groups().get(tools.me().get(), wanted.name());
        description.setValue(group.description());
        saved.accept(wanted.name());
    }

    /** What was saved before is no change any more, and nobody else's either. */
    private void sayFailed(List<String> parts, ProblemException e) {
        String failed = parts.removeLast();
        if (!parts.isEmpty()) {
            saved.accept(group.name());
        }
        if (e.is(Problem.GROUP_EXISTS)) {
            name.setErrorMessage(Texts.of("group.name.taken"));
            name.setInvalid(true);
            name.focus();
        }
        boolean ofName = e.is(Problem.GROUP_EXISTS) || NameErrors.show(name, e);
        if (!parts.isEmpty() || !ofName) {
            Div kept = new Div(Texts.of("group.update.saved", Names.of(parts, part -> part)));
            kept.setVisible(!parts.isEmpty());
            Notice problem = Notice.problem(
                    Texts.of("group.update.failed"),
                    Texts.of("group.update.failed.part", failed, e.getMessage()),
                    kept);
            notices.add(problem);
            problem.getElement().executeJs("this.scrollIntoView({block: 'nearest'})");
        }
    }
}
