package dev.linkspan.ui.group;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.group.IdentityProviderGroup;
import dev.linkspan.identity.PlannedChange;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Live;
import dev.linkspan.ui.shared.Meanwhile;
import dev.linkspan.ui.shared.MembershipChange;
import dev.linkspan.ui.shared.MembershipChange.Subject;
import dev.linkspan.ui.shared.MembershipPicker;
import dev.linkspan.ui.shared.MembershipPicker.Choice;
import dev.linkspan.ui.shared.MembershipPicker.Followed;
import dev.linkspan.ui.shared.NameErrors;
import dev.linkspan.ui.shared.NoLongerAllowed;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.SidePanel;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Toast;
import dev.linkspan.ui.shared.UndoStack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import tools.jackson.core.type.TypeReference;

/** Maps a group of the identity provider's to auth groups, or changes its name and what it stands for. */
class ProviderGroupPanel extends SidePanel {
    private static final String WORDS = "provider-group.groups";

    private final GroupTools tools;
    private final GroupChoices choices;
    private final NoLongerAllowed taken = new NoLongerAllowed();
    private final Meanwhile meanwhile;
    private final TextField name = new TextField(Texts.of("provider-group.name"));
    private final MembershipPicker picker;
    private final GroupsAllow allows;
    private final UndoStack<MembershipChange> steps;
    private final ActionButton submit = new ActionButton("", this::submit).look("primary");
    private final Consumer<String> onRename;
    private IdentityProviderGroup edited;
    private String refusal;
    private boolean gone;

    /**
     * What one goes from.
     *
     * @param groups the auth groups by their rows
     */
    record Ground(long id, String name, Map<Long, String> groups) {}

    /**
     * A panel for that group, or for a new one when there is none.
     *
     * @param onRename is told the name that a colleague has given to the group
     */
    ProviderGroupPanel(
            GroupTools tools,
            GroupChoices choices,
            IdentityProviderGroup edited,
            Consumer<String> onRename,
            Runnable onClose) {
        super(
                edited == null ? Texts.of("provider-group.create") : Texts.of("provider-group.edit", edited.name()),
                onClose);
        this.tools = tools;
        this.onRename = onRename;
        this.edited = edited;
        this.choices = choices;
        refusal = refusal();
        meanwhile = tools.colleagues().meanwhile(this::takeTheirs);
        meanwhile.followNames(this, this::takesName);
        if (edited == null) {
            choices.live().refresh(this, event -> event.source().startsWith("/1.0/auth/groups/"), this::followGroups);
        } else {
            meanwhile.follow(this, Live::trust, this::takeOver);
        }
        MembershipChange none = MembershipChange.none(List.of(subject(edited)));
        steps = new UndoStack<>(none, this::show);
        picker = new MembershipPicker(WORDS, choices(), none, steps::change);
        picker.keep(steps);
        allows = new GroupsAllow(choices, WORDS);
        name.setWidthFull();
        name.setHelperText(Texts.of("provider-group.name.help"));
        name.getElement().setAttribute("autocomplete", "off").setAttribute("spellcheck", "false");
        name.setValue(edited == null ? "" : edited.name());
        name.setValueChangeMode(ValueChangeMode.EAGER);
        name.addValueChangeListener(change -> {
            name.setInvalid(false);
            if (this.edited == null) {
                meanwhile.clear();
            }
            count();
        });
        addToBody(taken, meanwhile, name, picker, allows);
        addToFoot(steps, new ActionButton(Texts.of("panel.cancel"), this::close).look("tertiary"), submit);
        submitOnEnter(this::submit, name);
        show(none);
        if (edited != null) {
            followRights();
            choices.live().refresh(this, Live::trust, this::followRights);
            meanwhile.goesFrom(new TypeReference<>() {}, this::ground, this::whoseEvents, this::sayChanged);
        }
    }

    /** Why the caller can't change the group; null when they can, or when it is a new one. */
    private String refusal() {
        return edited == null || tools.access().allowed(tools.me().get(), edited.reference(), "can_edit")
                ? null
                : Texts.of("provider-group.refused.can_edit");
    }

    /** What the caller may do can change while the panel is open. */
    private void followRights() {
        refusal = refusal();
        name.setReadOnly(refusal != null);
        picker.follow(choices(), steps);
        if (!gone) {
            taken.show(refusal);
        }
        count();
    }

    private Ground ground() {
        return new Ground(edited.id(), edited.name(), picker.rowsOf(edited.groups()));
    }

    private List<EntityUrl> whoseEvents(Ground before) {
        return List.of(EntityUrl.of(EntityType.IDENTITY_PROVIDER_GROUP, edited.name()));
    }

    private void sayChanged(Ground before) {
        if (changes() > 0 && before.id() != edited.id()) {
            sayGone();
        } else if (changes() > 0) {
            meanwhile.changed(differences(before.name(), picker.now(before.groups())), true);
        }
    }

    /** Somebody has deleted the group, whatever has its name by now. */
    private void sayGone() {
        gone = true;
        meanwhile.gone();
        count();
    }

    /**
     * What somebody has changed.
     *
     * @param had the auth groups before, by the names that they have now
     */
    private List<String> differences(String before, Set<String> had) {
        List<String> what = new ArrayList<>();
        if (!edited.name().equals(before)) {
            what.add(Texts.of("meanwhile.name", edited.name()));
        }
        what.addAll(Meanwhile.difference("meanwhile.groups", had, Set.copyOf(edited.groups())));
        return what;
    }

    /** The primary button, to be refused when the caller may not make such a group. */
    ActionButton submitButton() {
        return submit;
    }

    @Override
    protected Focusable<?> firstField() {
        return name;
    }

    private List<Choice> choices() {
        return choices.all().stream()
                .map(group -> new Choice(group.name(), group.id(), group.name(), group.description(), refusal))
                .toList();
    }

    /** What others make, change and delete is there at once. */
    private void followGroups() {
        meanwhile.changed(picker.follow(choices(), steps).ofGroups(), false);
    }

    private void show(MembershipChange change) {
        picker.show(change);
        allows.show(List.copyOf(new TreeSet<>(change.result(change.subjects().getFirst()))));
        count();
    }

    private static Subject subject(IdentityProviderGroup group) {
        return group == null
                ? new Subject("", Texts.of("provider-group.new"), Set.of())
                : new Subject("", group.name(), new TreeSet<>(group.groups()));
    }

    /** Whether somebody else has a group by that name from now on. */
    private boolean takesName(LifecycleEvent event) {
        String url = EntityUrl.of(EntityType.IDENTITY_PROVIDER_GROUP, name.getValue())
                .brief();
        boolean another = edited == null || !name.getValue().equals(edited.name());
        return another && !event.action().endsWith("-deleted") && event.source().equals(url);
    }

    /** Takes note of the group as it is now, and says what somebody has changed; one's own input stays. */
    private void takeOver() {
        if (gone) {
            return;
        }
        IdentityProviderGroup before = edited;
        Optional<IdentityProviderGroup> now = tools
                .providerGroups()
                .list(tools.me().get())
                .stream()
                .filter(group -> group.id() == before.id())
                .findFirst();
        if (now.isEmpty()) {
            sayGone();
            return;
        }
        edited = now.get();
        if (!edited.name().equals(before.name())) {
            retitle(Texts.of("provider-group.edit", edited.name()));
            onRename.accept(edited.name());
            if (name.getValue().equals(before.name())) {
                name.setValue(edited.name());
            }
        }
        Followed followed = picker.follow(choices(), steps, change -> change.on(List.of(subject(edited))));
        List<String> what = differences(before.name(), followed.now(before.groups()));
        what.addAll(followed.ofGroups());
        meanwhile.changed(what, changes() > 0);
        count();
    }

    private void takeTheirs() {
        name.setValue(edited.name());
        steps.restart(MembershipChange.none(List.of(subject(edited))));
    }

    private int changes() {
        return steps.now().size() + (name.getValue().equals(edited.name()) ? 0 : 1);
    }

    private void count() {
        if (edited == null) {
            submit.setText(Texts.of("provider-group.create"));
        } else {
            int changes = changes();
            submit.setText(Texts.of("provider-group.save", changes));
            String nothing = changes == 0 ? Texts.of("group.save.nothing") : null;
            String reason = gone ? Texts.of("meanwhile.gone.refused") : refusal;
            submit.refuse(reason == null ? nothing : reason);
        }
    }

    private void submit() {
        if (gone || !submit.isEnabled()) {
            return;
        }
        clearProblem();
        if (name.getValue().isBlank()) {
            name.setErrorMessage(Texts.of("provider-group.name.required"));
            name.setInvalid(true);
            name.focus();
            return;
        }
        GroupSaving.ask(warnings(), this::save);
    }

    private List<Component> warnings() {
        if (edited == null) {
            return List.of();
        }
        boolean renamed = !name.getValue().equals(edited.name());
        List<String> after = renamed ? List.of() : List.copyOf(steps.now().result(subject(edited)));
        return GroupSaving.warnings(tools, PlannedChange.ofMappings(Map.of(edited.name(), after)), false);
    }

    private void save() {
        try {
            save(tools.me().get(), steps.now());
            close();
        } catch (ProblemException e) {
            if (NameErrors.show(name, e)) {
                return;
            }
            showProblem(
                    Texts.of(edited == null ? "provider-group.create.failed" : "provider-group.update.failed"),
                    e.getMessage());
        }
    }

    private void save(Caller me, MembershipChange change) {
        if (edited == null) {
            tools.providerGroups()
                    .create(
                            me,
                            name.getValue(),
                            List.copyOf(change.added(change.subjects().getFirst())));
            Toast.done(new Sentence("provider-group.created", name.getValue()));
            return;
        }
        if (!change.isEmpty()) {
            tools.providerGroups()
                    .changeGroups(
                            me,
                            edited.name(),
                            List.copyOf(change.added(change.subjects().getFirst())),
                            List.copyOf(change.removed(change.subjects().getFirst())));
        }
        if (!name.getValue().equals(edited.name())) {
            tools.providerGroups().rename(me, edited.name(), name.getValue());
        }
        Toast.done(new Sentence("provider-group.updated", name.getValue()));
    }
}
