package dev.linkspan.ui.group;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.group.GroupSummary;
import dev.linkspan.identity.IdentityOverview;
import dev.linkspan.identity.PlannedChange;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.EachIdentity;
import dev.linkspan.ui.shared.Live;
import dev.linkspan.ui.shared.Meanwhile;
import dev.linkspan.ui.shared.MembershipChange;
import dev.linkspan.ui.shared.MembershipChange.Subject;
import dev.linkspan.ui.shared.MembershipPicker;
import dev.linkspan.ui.shared.MembershipPicker.Followed;
import dev.linkspan.ui.shared.MembershipPreview;
import dev.linkspan.ui.shared.Names;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.SidePanel;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Toast;
import dev.linkspan.ui.shared.UndoStack;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.type.TypeReference;

/** Puts identities into several groups at once and takes them out. */
class GroupMembersPanel extends SidePanel {
    private static final String WORDS = "membership.members";
    private static final int MOST_ASKED = 50;

    private final GroupTools tools;
    private final MembershipPicker picker;
    private final MembershipPreview preview = new MembershipPreview(WORDS, this::name);
    private final Div notices = new Div();
    private final UndoStack<MembershipChange> undo;
    private final Meanwhile meanwhile;
    private final ActionButton cancel = new ActionButton(Texts.of("panel.cancel"), this::close).look("tertiary");
    private final ActionButton save = new ActionButton("", this::askOrSave).look("primary");
    private Map<String, IdentityOverview> identities;
    private List<GroupSummary> groups;
    private boolean running;
    private boolean gone;

    GroupMembersPanel(GroupTools tools, List<GroupSummary> groups, Runnable onClose) {
        super(title(groups), onClose);
        this.tools = tools;
        this.groups = groups;
        identities = read();
        MembershipChange none = MembershipChange.none(subjects());
        undo = new UndoStack<>(none, this::show);
        picker = new MembershipPicker(WORDS, choices(), none, undo::change);
        picker.keep(undo);
        addClassName("ls-panel-slim");
        notices.addClassName("ls-stack");
        meanwhile = tools.colleagues()
                .meanwhile(() -> undo.restart(MembershipChange.none(subjects())))
                .follow(this, Live::trust, () -> {});
        addToBody(meanwhile, picker, preview, notices);
        addToFoot(undo, cancel, save);
        show(none);
        meanwhile.goesFrom(new TypeReference<>() {}, this::ground, this::whoseEvents, this::sayChanged);
    }

    /** Who is in which of the groups, by their rows. */
    private Map<String, Set<String>> ground() {
        return undo.now().subjects().stream()
                .collect(Collectors.toMap(Subject::id, subject -> new TreeSet<>(subject.has())));
    }

    /** Who comes in or goes is an event of theirs. */
    private List<EntityUrl> whoseEvents(Map<String, Set<String>> before) {
        Set<String> changed = new TreeSet<>();
        ground().forEach((group, now) -> {
            Set<String> then = before.getOrDefault(group, Set.of());
            Stream.concat(then.stream(), now.stream())
                    .filter(row -> then.contains(row) != now.contains(row))
                    .forEach(changed::add);
        });
        return changed.stream()
                .limit(MOST_ASKED)
                .map(identities::get)
                .filter(Objects::nonNull)
                .map(IdentityOverview::url)
                .toList();
    }

    private void sayChanged(Map<String, Set<String>> before) {
        if (!undo.now().isEmpty()) {
            meanwhile.changed(differences(before, undo.now().subjects()), true);
        }
    }

    private Map<String, IdentityOverview> read() {
        Map<String, IdentityOverview> byRow = new LinkedHashMap<>();
        tools.identities().overview(tools.me().get()).stream()
                .filter(IdentityOverview::fineGrained)
                .sorted(Comparator.comparing(Member::nameOf, String.CASE_INSENSITIVE_ORDER))
                .forEach(identity -> byRow.put(String.valueOf(identity.id()), identity));
        return byRow;
    }

    private List<Subject> subjects() {
        Map<String, Set<String>> members = identities.entrySet().stream()
                .flatMap(entry -> entry.getValue().groups().stream().map(group -> Map.entry(group, entry.getKey())))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet())));
        return groups.stream()
                .map(group -> new Subject(
                        String.valueOf(group.id()), group.name(), members.getOrDefault(group.name(), Set.of())))
                .toList();
    }

    private List<MembershipPicker.Choice> choices() {
        Caller me = tools.me().get();
        return identities.entrySet().stream()
                .map(entry -> {
                    IdentityOverview identity = entry.getValue();
                    boolean allowed = tools.access().allowed(me, identity.reference(), "can_edit");
                    return new MembershipPicker.Choice(
                            entry.getKey(),
                            identity.id(),
                            Member.nameOf(identity),
                            identity.type(),
                            allowed ? null : Texts.of("members.refused"));
                })
                .toList();
    }

    private String name(String row) {
        return Member.nameOf(identities.get(row));
    }

    private static String title(List<GroupSummary> groups) {
        return groups.size() == 1
                ? Texts.of("group.members.change", groups.getFirst().name())
                : Texts.of("groups.members.change", groups.size());
    }

    /** Takes note of the groups as they are now, and of the identities. */
    void refresh(List<GroupSummary> all) {
        if (running || gone) {
            return;
        }
        Map<Long, GroupSummary> current = all.stream().collect(Collectors.toMap(GroupSummary::id, group -> group));
        List<GroupSummary> before = groups;
        List<Subject> had = undo.now().subjects();
        groups = before.stream()
                .map(group -> current.get(group.id()))
                .filter(Objects::nonNull)
                .toList();
        if (groups.isEmpty()) {
            gone = true;
            meanwhile.gone();
            show(undo.now());
            return;
        }
        retitle(title(groups));
        identities = read();
        List<Subject> now = subjects();
        Followed followed = picker.follow(choices(), undo, change -> change.on(now));
        meanwhile.changed(
                said(before, current, had, now, followed.gone()), !undo.now().isEmpty());
    }

    private List<String> said(
            List<GroupSummary> before,
            Map<Long, GroupSummary> current,
            List<Subject> had,
            List<Subject> now,
            List<String> deletedIdentities) {
        List<String> what = new ArrayList<>();
        List<String> deleted = new ArrayList<>();
        for (GroupSummary group : before) {
            GroupSummary then = current.get(group.id());
            if (then == null) {
                deleted.add(group.name());
            } else if (!then.name().equals(group.name())) {
                what.add(Texts.of("meanwhile.groups.renamed", group.name(), then.name()));
            }
        }
        if (!deleted.isEmpty()) {
            what.add(Texts.of("meanwhile.groups.deleted", deleted.size(), Names.of(deleted, name -> name)));
        }
        if (!deletedIdentities.isEmpty()) {
            what.add(Texts.of("meanwhile.identities.deleted", Names.of(deletedIdentities, name -> name)));
        }
        Map<String, Set<String>> then = had.stream()
                .collect(Collectors.toMap(Subject::id, subject -> subject.has().stream()
                        .filter(identities::containsKey)
                        .collect(Collectors.toSet())));
        what.addAll(differences(then, now));
        return what;
    }

    private static List<String> differences(Map<String, Set<String>> before, List<Subject> now) {
        List<Subject> changed = now.stream()
                .filter(subject -> !subject.has().equals(before.get(subject.id())))
                .toList();
        return changed.isEmpty() ? List.of() : List.of(Texts.of("meanwhile.members", Names.of(changed, Subject::name)));
    }

    @Override
    protected Focusable<?> firstField() {
        return picker.firstField().orElse(super.firstField());
    }

    private void show(MembershipChange change) {
        picker.show(change);
        preview.show(change);
        notices.removeAll();
        notices.add(warnings(change));
        notices.setVisible(notices.getComponentCount() > 0);
        save.setText(Texts.of("groups.members.save", change.memberships()));
        String nothing = change.isEmpty() ? Texts.of("groups.members.save.nothing") : null;
        save.refuse(gone ? Texts.of("meanwhile.gone.refused") : nothing);
    }

    private List<Component> warnings(MembershipChange change) {
        if (change.isEmpty() || gone) {
            return List.of();
        }
        Map<String, List<String>> after = new HashMap<>();
        boolean mine = false;
        for (IdentityOverview identity : touched(change)) {
            List<String> left = new ArrayList<>(identity.groups());
            left.removeAll(losing(change, identity));
            left.addAll(gaining(change, identity));
            after.put(identity.url().toString(), left);
            mine |= tools.me().get().is(identity.id())
                    && !losing(change, identity).isEmpty();
        }
        return GroupSaving.warnings(tools, PlannedChange.ofMemberships(after), mine);
    }

    private List<IdentityOverview> touched(MembershipChange change) {
        return change.changed().stream().map(identities::get).toList();
    }

    private static List<String> gaining(MembershipChange change, IdentityOverview identity) {
        return names(change.gaining(String.valueOf(identity.id())));
    }

    private static List<String> losing(MembershipChange change, IdentityOverview identity) {
        return names(change.losing(String.valueOf(identity.id())));
    }

    private static List<String> names(List<Subject> subjects) {
        return subjects.stream().map(Subject::name).toList();
    }

    private void askOrSave() {
        if (!running && !gone && !undo.now().isEmpty()) {
            GroupSaving.ask(warnings(undo.now()), this::save);
        }
    }

    private void save() {
        MembershipChange change = undo.now();
        Caller me = tools.me().get();
        List<IdentityOverview> touched = touched(change);
        clearProblem();
        running = true;
        save.setText(Texts.of("identity.groups.saving"));
        tools.background()
                .run(
                        UI.getCurrent(),
                        () -> EachIdentity.of(touched, identity -> tools.identities()
                                .changeGroups(
                                        me,
                                        identity.method(),
                                        identity.identifier(),
                                        gaining(change, identity),
                                        losing(change, identity))),
                        this::saved,
                        failure -> failed(Texts.of("problem.unknown")));
    }

    private void saved(EachIdentity.Outcome outcome) {
        if (outcome.failures().isEmpty()) {
            Toast.done(
                    groups.size() == 1
                            ? new Sentence(
                                    "group.members.saved", groups.getFirst().name())
                            : new Sentence("groups.members.saved", groups.size()));
            close();
        } else {
            failed(outcome.sentence());
        }
    }

    private void failed(String message) {
        running = false;
        refresh(tools.groups().summaries(tools.me().get()));
        show(undo.now());
        showProblem(Texts.of("groups.members.failed"), message);
    }
}
