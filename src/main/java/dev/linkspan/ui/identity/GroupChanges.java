package dev.linkspan.ui.identity;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.identity.IdentityOverview;
import dev.linkspan.identity.PlannedChange;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Confirmation;
import dev.linkspan.ui.shared.EachIdentity;
import dev.linkspan.ui.shared.Live;
import dev.linkspan.ui.shared.Meanwhile;
import dev.linkspan.ui.shared.MembershipChange;
import dev.linkspan.ui.shared.MembershipChange.Subject;
import dev.linkspan.ui.shared.MembershipPicker;
import dev.linkspan.ui.shared.MembershipPreview;
import dev.linkspan.ui.shared.Names;
import dev.linkspan.ui.shared.Notice;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Toast;
import dev.linkspan.ui.shared.Tone;
import dev.linkspan.ui.shared.UndoStack;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.type.TypeReference;

/** The auth groups of one identity or of several: picks, shows and saves what is to change. */
class GroupChanges extends Div {
    private static final String WORDS = "membership.groups";

    private final IdentityTools tools;
    private final Runnable saved;
    private final BiConsumer<String, String> failed;
    private final String refusal;
    private final UndoStack<MembershipChange> undo;
    private final MembershipPicker picker;
    private final MembershipPreview preview;
    private final Meanwhile meanwhile;
    private final Div notices = new Div();
    private final ActionButton save = new ActionButton("", this::askOrSave).look("primary");
    private List<IdentityOverview> identities;
    private Consumer<List<IdentityOverview>> onFollow = now -> {};
    private boolean dangerous;
    private boolean running;
    private boolean gone;

    /**
     * The groups of these identities.
     *
     * @param refusal why the caller can't change them; null when they can
     * @param saved what happens when all is saved
     * @param failed gets title and text when it isn't
     */
    GroupChanges(
            IdentityTools tools,
            List<IdentityOverview> identities,
            String refusal,
            Runnable saved,
            BiConsumer<String, String> failed) {
        this.tools = tools;
        this.identities = identities;
        this.refusal = refusal;
        this.saved = saved;
        this.failed = failed;
        MembershipChange start = MembershipChange.none(subjects(identities));
        undo = new UndoStack<>(start, this::show);
        picker = new MembershipPicker(WORDS, choices(), start, undo::change);
        picker.keep(undo);
        boolean ofLinks = identities.stream().allMatch(IdentityOverview::linked);
        preview = new MembershipPreview(ofLinks ? MembershipPreview.OF_LINKS : WORDS, group -> group);
        addClassName("ls-stack");
        notices.addClassName("ls-stack");
        meanwhile = tools.colleagues()
                .meanwhile(() -> undo.restart(MembershipChange.none(subjects(this.identities))))
                .follow(this, this::concerns, () -> {});
        tools.live()
                .refresh(
                        this,
                        this::concerns,
                        () -> refresh(tools.identities().overview(tools.me().get())));
        add(meanwhile, picker, preview, notices);
        show(start);
        meanwhile.goesFrom(new TypeReference<>() {}, this::ground, this::whoseEvents, this::sayChanged);
    }

    /** The groups of each identity, by their rows. */
    private Map<Long, Map<Long, String>> ground() {
        return identities.stream()
                .collect(Collectors.toMap(IdentityOverview::id, identity -> picker.rowsOf(identity.groups())));
    }

    private List<EntityUrl> whoseEvents(Map<Long, Map<Long, String>> before) {
        return identities.stream().map(IdentityOverview::url).toList();
    }

    private void sayChanged(Map<Long, Map<Long, String>> before) {
        if (unsaved()) {
            Map<Long, Set<String>> had = before.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, groups -> picker.now(groups.getValue())));
            meanwhile.changed(differences(had, identities), true);
        }
    }

    private List<MembershipPicker.Choice> choices() {
        return tools.groups().brief(tools.me().get()).stream()
                .map(group -> new MembershipPicker.Choice(
                        group.name(), group.id(), group.name(), group.description(), refusal))
                .toList();
    }

    /** Where one begins, when there are many groups. */
    Optional<Focusable<?>> firstField() {
        return picker.firstField();
    }

    /** Is told which of the identities are there whenever that may have changed. */
    void onFollow(Consumer<List<IdentityOverview>> listener) {
        onFollow = listener;
    }

    /** Takes steps back. */
    UndoStack<MembershipChange> undo() {
        return undo;
    }

    /** The primary button of the panel. */
    ActionButton saveButton() {
        return save;
    }

    /** Takes note of the identities as they are now. */
    void refresh(List<IdentityOverview> all) {
        Map<Long, IdentityOverview> current = byRow(all);
        List<IdentityOverview> now = identities.stream()
                .map(identity -> current.get(identity.id()))
                .filter(identity -> identity != null)
                .toList();
        List<IdentityOverview> before = identities;
        identities = now;
        if (running) {
            return;
        }
        if (gone) {
            return;
        }
        gone = now.isEmpty();
        if (gone) {
            onFollow.accept(now);
            meanwhile.gone();
            show(undo.now());
            return;
        }
        MembershipPicker.Followed followed = picker.follow(choices(), undo, change -> change.on(subjects(now)));
        onFollow.accept(now);
        List<String> what = said(before, now, followed);
        what.addAll(followed.ofGroups());
        meanwhile.changed(what, !undo.now().isEmpty());
    }

    /** Groups may change with these identities, and when a group goes or gets another name. */
    private boolean concerns(LifecycleEvent event) {
        return event.source().startsWith("/1.0/auth/groups/")
                || event.source().startsWith("/1.0/cluster/links/") && Live.trust(event)
                || identities.stream().anyMatch(identity -> event.source()
                        .equals(identity.url().brief()));
    }

    private static List<String> said(
            List<IdentityOverview> before, List<IdentityOverview> now, MembershipPicker.Followed followed) {
        Map<Long, Set<String>> then = groups(before);
        then.replaceAll((id, groups) -> followed.now(groups));
        List<String> what = differences(then, now);
        Set<Long> left = byRow(now).keySet();
        List<IdentityOverview> deleted = before.stream()
                .filter(identity -> !left.contains(identity.id()))
                .toList();
        if (!deleted.isEmpty()) {
            what.add(Texts.of("meanwhile.identities.deleted", Names.of(deleted, IdentityOverview::name)));
        }
        return what;
    }

    /**
     * What somebody has changed of those that are still there.
     *
     * @param before the groups, by the names that they have now
     */
    private static List<String> differences(Map<Long, Set<String>> before, List<IdentityOverview> now) {
        if (now.size() == 1) {
            IdentityOverview one = now.getFirst();
            return Meanwhile.difference(
                    "meanwhile.groups", before.getOrDefault(one.id(), Set.of()), Set.copyOf(one.groups()));
        }
        List<IdentityOverview> changed = now.stream()
                .filter(identity -> !Set.copyOf(identity.groups()).equals(before.get(identity.id())))
                .toList();
        List<String> what = new ArrayList<>();
        if (!changed.isEmpty()) {
            what.add(Texts.of("meanwhile.identities", Names.of(changed, IdentityOverview::name)));
        }
        return what;
    }

    /** Whether there are changes that aren't saved. */
    boolean unsaved() {
        return !undo.now().isEmpty();
    }

    private static Map<Long, IdentityOverview> byRow(List<IdentityOverview> all) {
        return all.stream().collect(Collectors.toMap(IdentityOverview::id, Function.identity()));
    }

    private static Map<Long, Set<String>> groups(List<IdentityOverview> all) {
        return all.stream()
                .collect(Collectors.toMap(IdentityOverview::id, identity -> new TreeSet<>(identity.groups())));
    }

    private static List<Subject> subjects(List<IdentityOverview> identities) {
        return identities.stream()
                .map(identity ->
                        new Subject(String.valueOf(identity.id()), identity.name(), Set.copyOf(identity.groups())))
                .toList();
    }

    private void show(MembershipChange change) {
        picker.show(change);
        preview.show(change);
        notices.removeAll();
        List<Component> warnings = warnings(change);
        dangerous = !warnings.isEmpty();
        notices.add(warnings);
        notices.add(consequences(change));
        notices.setVisible(notices.getComponentCount() > 0);
        save.setText(Texts.of("identity.groups.save", change.memberships()));
        String nothing = change.isEmpty() ? Texts.of("identity.groups.save.nothing") : null;
        String reason = gone ? Texts.of("meanwhile.gone.refused") : refusal;
        save.refuse(reason == null ? nothing : reason);
    }

    private List<Component> warnings(MembershipChange change) {
        if (change.isEmpty() || gone) {
            return List.of();
        }
        Map<Long, IdentityOverview> known = byRow(identities);
        List<IdentityOverview> touched = new ArrayList<>();
        Map<String, List<String>> after = new HashMap<>();
        for (Subject subject : change.touched()) {
            IdentityOverview identity = known.get(Long.valueOf(subject.id()));
            touched.add(identity);
            after.put(identity.url().toString(), List.copyOf(change.result(subject)));
        }
        return new Warnings(tools).of(PlannedChange.ofMemberships(after), touched);
    }

    private static List<Component> consequences(MembershipChange change) {
        List<Subject> bereft = change.touched().stream()
                .filter(subject -> change.result(subject).isEmpty())
                .toList();
        return bereft.isEmpty()
                ? List.of()
                : List.of(new Notice(
                        Tone.CAUTION,
                        "triangle-alert",
                        new Sentence("identity.groups.bereft", Names.of(bereft, Subject::name), bereft.size())));
    }

    private void askOrSave() {
        if (running || gone || undo.now().isEmpty()) {
            return;
        }
        if (dangerous) {
            Confirmation.destroy(
                    Texts.of("identity.groups.confirm.title"),
                    Texts.of("identity.groups.confirm"),
                    this::save,
                    warnings(undo.now()).toArray(Component[]::new));
        } else {
            save();
        }
    }

    private void save() {
        MembershipChange change = undo.now();
        Map<Long, Subject> subjects = change.touched().stream()
                .collect(Collectors.toMap(subject -> Long.valueOf(subject.id()), Function.identity()));
        List<IdentityOverview> touched = identities.stream()
                .filter(identity -> subjects.containsKey(identity.id()))
                .toList();
        Caller caller = tools.me().get();
        setRunning(true);
        tools.background()
                .run(
                        UI.getCurrent(),
                        () -> EachIdentity.of(
                                touched, identity -> save(caller, identity, change, subjects.get(identity.id()))),
                        outcome -> saved(touched, outcome),
                        failure -> failed(Texts.of("problem.unknown")));
    }

    private void save(Caller caller, IdentityOverview identity, MembershipChange change, Subject subject) {
        tools.identities()
                .changeGroups(
                        caller,
                        identity.method(),
                        identity.identifier(),
                        change.added(subject),
                        new HashSet<>(change.removed(subject)));
    }

    private void saved(List<IdentityOverview> touched, EachIdentity.Outcome outcome) {
        if (!outcome.failures().isEmpty()) {
            failed(outcome.sentence());
            return;
        }
        Toast.done(
                touched.size() == 1
                        ? new Sentence(
                                "identity.groups.saved",
                                touched.getFirst().name(),
                                touched.getFirst().type())
                        : new Sentence("identities.groups.saved", touched.size()));
        saved.run();
    }

    private void failed(String message) {
        setRunning(false);
        failed.accept(Texts.of("identity.groups.failed"), message);
    }

    private void setRunning(boolean now) {
        running = now;
        if (now) {
            save.setText(Texts.of("identity.groups.saving"));
        } else {
            show(undo.now());
        }
    }
}
