package dev.linkspan.ui.group;

import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.linkspan.access.AuthorizationModel;
import dev.linkspan.access.Permission;
import dev.linkspan.group.AuthGroup;
import dev.linkspan.group.CreateGroup;
import dev.linkspan.group.GroupService;
import dev.linkspan.group.UpdateGroup;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.ConsoleSession;
import dev.linkspan.ui.shared.Fields;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.SidePanel;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Toast;
import java.util.List;

/** Makes an auth group, or changes the description and the permissions of one. */
class GroupPanel extends SidePanel {
    private final GroupService groups;
    private final AuthGroup edited;
    private final TextField name = new TextField(Texts.of("group.name"));
    private final TextField description = Fields.optional(new TextField(), Texts.of("group.description"));
    private final PermissionEditor permissions;
    private final ActionButton submit = new ActionButton("", this::submit).look("primary");

    /** A panel for that group, or for a new one when there is none. */
    GroupPanel(
            GroupService groups,
            AuthorizationModel model,
            Resources resources,
            PermissionWords words,
            AuthGroup edited,
            Runnable onClose) {
        super(edited == null ? Texts.of("group.create") : Texts.of("group.edit", edited.name()), onClose);
        this.groups = groups;
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
        permissions = new PermissionEditor(model, resources, words, before, this::countChanges);
        description.addValueChangeListener(change -> countChanges());
        addToBody(description, permissions);
        addToFoot(new ActionButton(Texts.of("panel.cancel"), this::close).look("tertiary"), submit);
        submitOnEnter(this::submit, name, description);
        countChanges();
    }

    /** The primary button, to be refused when the caller may not make groups or change this one. */
    ActionButton submit() {
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

    private void save() {
        if (edited == null) {
            groups.create(
                    ConsoleSession.caller(),
                    new CreateGroup(name.getValue(), description.getValue(), permissions.permissions()));
            Toast.done(new Sentence("group.created", name.getValue()));
        } else {
            groups.update(
                    ConsoleSession.caller(),
                    edited.name(),
                    new UpdateGroup(description.getValue(), permissions.permissions(), null));
            Toast.done(new Sentence("group.updated", edited.name()));
        }
    }
}
