package dev.linkspan.ui.group;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.textfield.TextField;
import dev.linkspan.access.Caller;
import dev.linkspan.group.IdentityProviderGroup;
import dev.linkspan.identity.PlannedChange;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.MembershipChange;
import dev.linkspan.ui.shared.MembershipChange.Subject;
import dev.linkspan.ui.shared.MembershipPicker;
import dev.linkspan.ui.shared.MembershipPicker.Choice;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.SidePanel;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Toast;
import dev.linkspan.ui.shared.UndoStack;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Maps a group of the identity provider's to auth groups, or changes its name and what it stands for. */
class ProviderGroupPanel extends SidePanel {
    private static final String WORDS = "provider-group.groups";

    private final GroupTools tools;
    private final IdentityProviderGroup edited;
    private final Subject subject;
    private final TextField name = new TextField(Texts.of("provider-group.name"));
    private final MembershipPicker picker;
    private final GroupsAllow allows;
    private final UndoStack<MembershipChange> steps;
    private final ActionButton submit = new ActionButton("", this::submit).look("primary");

    /** A panel for that group, or for a new one when there is none. */
    ProviderGroupPanel(GroupTools tools, GroupChoices choices, IdentityProviderGroup edited, Runnable onClose) {
        super(
                edited == null ? Texts.of("provider-group.create") : Texts.of("provider-group.edit", edited.name()),
                onClose);
        this.tools = tools;
        this.edited = edited;
        subject = new Subject(
                "",
                edited == null ? Texts.of("provider-group.new") : edited.name(),
                edited == null ? Set.of() : new TreeSet<>(edited.groups()));
        MembershipChange none = MembershipChange.none(List.of(subject));
        steps = new UndoStack<>(none, this::show);
        picker = new MembershipPicker(
                WORDS,
                choices.all().stream()
                        .map(group -> new Choice(group.name(), group.name(), group.description(), null))
                        .toList(),
                none,
                steps::change);
        allows = new GroupsAllow(choices, WORDS);
        name.setWidthFull();
        name.setHelperText(Texts.of("provider-group.name.help"));
        name.getElement().setAttribute("autocomplete", "off").setAttribute("spellcheck", "false");
        name.setValue(edited == null ? "" : edited.name());
        name.addValueChangeListener(change -> {
            name.setInvalid(false);
            count();
        });
        addToBody(name, picker, allows);
        addToFoot(steps, new ActionButton(Texts.of("panel.cancel"), this::close).look("tertiary"), submit);
        submitOnEnter(this::submit, name);
        show(none);
    }

    /** The primary button, to be refused when the caller may not make such a group. */
    ActionButton submitButton() {
        return submit;
    }

    @Override
    protected Focusable<?> firstField() {
        return name;
    }

    private void show(MembershipChange change) {
        picker.show(change);
        allows.show(List.copyOf(new TreeSet<>(change.result(subject))));
        count();
    }

    private void count() {
        if (edited == null) {
            submit.setText(Texts.of("provider-group.create"));
        } else {
            int changes = steps.now().size() + (name.getValue().equals(edited.name()) ? 0 : 1);
            submit.setText(Texts.of("provider-group.save", changes));
            submit.refuse(changes == 0 ? Texts.of("group.save.nothing") : null);
        }
    }

    private void submit() {
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
        List<String> after = renamed ? List.of() : List.copyOf(steps.now().result(subject));
        return GroupSaving.warnings(tools, PlannedChange.ofMappings(Map.of(edited.name(), after)), false);
    }

    private void save() {
        try {
            save(tools.me().get(), steps.now());
            close();
        } catch (ProblemException e) {
            showProblem(
                    Texts.of(edited == null ? "provider-group.create.failed" : "provider-group.update.failed"),
                    e.getMessage());
        }
    }

    private void save(Caller me, MembershipChange change) {
        if (edited == null) {
            tools.providerGroups().create(me, name.getValue(), List.copyOf(change.added(subject)));
            Toast.done(new Sentence("provider-group.created", name.getValue()));
            return;
        }
        if (!change.isEmpty()) {
            tools.providerGroups()
                    .changeGroups(
                            me,
                            edited.name(),
                            List.copyOf(change.added(subject)),
                            List.copyOf(change.removed(subject)));
        }
        if (!name.getValue().equals(edited.name())) {
            tools.providerGroups().rename(me, edited.name(), name.getValue());
        }
        Toast.done(new Sentence("provider-group.updated", name.getValue()));
    }
}
