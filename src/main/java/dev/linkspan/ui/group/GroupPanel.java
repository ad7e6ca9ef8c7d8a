package dev.linkspan.ui.group;

import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.linkspan.access.Permission;
import dev.linkspan.group.AuthGroup;
import dev.linkspan.group.CreateGroup;
import dev.linkspan.group.UpdateGroup;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Fields;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.SidePanel;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Toast;
import java.util.List;
import java.util.Set;

/** Makes an auth group, or changes the description and the permissions of one. */
class GroupPanel extends SidePanel {
    private final GroupTools tools;
    private final AuthGroup edited;
    private final TextField name = new TextField(Texts.of("group.name"));
    private final TextField description = Fields.optional(new TextField(), Texts.of("group.description"));
    private final PermissionEditor permissions;
    private final ActionButton submit = new ActionButton("", this::submit).look("primary");

    /** A panel for that group, or for a new one when there is none. */
    GroupPanel(GroupTools tools, AuthGroup edited, Runnable onClose) {
        super(edited == null ? Texts.of("group.create") : Texts.of("group.edit", edited.name()), onClose);
        this.tools = tools;
        this.edited = edited;
        name.setWidthFull();
        name.addValueChangeListener(change -> name.setInvalid(false));
        name.getElement().setAttribute("autocomplete", "off").setAttribute("spellcheck", "false");
        description.setWidthFull();
        description.setValueChangeMode(ValueChangeMode.EAGER);
        List<Permission> before = List.of();
        if (edited == null) {
            addToBody(name);
        } else {
            description.setValue(edited.description());
            before = edited.permissions();
        }
        permissions = new PermissionEditor(tools, before, this::countChanges);
        description.addValueChangeListener(change -> countChanges());
        addToBody(description, permissions);
        addToFoot(new ActionButton(Texts.of("panel.cancel"), this::close).look("tertiary"), submit);
        submitOnEnter(this::submit, name, description);
        countChanges();
    }

    /** The primary button, to be refused when the caller may not make groups or change this one. */
    ActionButton submitButton() {
        return submit;
    }

    @Override
    protected Focusable<?> firstField() {
        return edited == null ? name : description;
    }

    private void countChanges() {
        if (edited == null) {
            submit.setText(Texts.of("group.create"));
            return;
        }
        int changes = permissions.changes() + (description.getValue().equals(edited.description()) ? 0 : 1);
        submit.setText(Texts.of("group.save", changes));
        submit.refuse(changes == 0 ? Texts.of("group.save.nothing") : null);
    }

    private void submit() {
        clearProblem();
        if (edited == null && name.getValue().isBlank()) {
            name.setErrorMessage(Texts.of("group.name.required"));
            name.setInvalid(true);
            name.focus();
            return;
        }
        try {
            save();
            close();
        } catch (ProblemException e) {
            showProblem(Texts.of(edited == null ? "group.create.failed" : "group.update.failed"), e.getMessage());
        }
    }

    /** What a colleague has changed meanwhile isn't overwritten unseen. */
    private void requireUnchanged(AuthGroup current) {
        boolean unchanged = current.description().equals(edited.description())
                && Set.copyOf(current.permissions()).equals(Set.copyOf(edited.permissions()));
        if (!unchanged) {
            throw new ProblemException(412, Texts.of("group.changed-meanwhile"));
        }
    }

    private void save() {
        if (edited == null) {
            tools.groups()
                    .create(
                            tools.me().get(),
                            new CreateGroup(name.getValue(), description.getValue(), permissions.permissions()));
            Toast.done(new Sentence("group.created", name.getValue()));
        } else {
            tools.groups()
                    .update(
                            tools.me().get(),
                            edited.name(),
                            new UpdateGroup(description.getValue(), permissions.permissions(), true),
                            this::requireUnchanged);
            Toast.done(new Sentence("group.updated", edited.name()));
        }
    }
}
