package dev.linkspan.ui.group;

import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.textfield.TextField;
import dev.linkspan.access.Caller;
import dev.linkspan.group.AuthGroup;
import dev.linkspan.group.CreateGroup;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Fields;
import dev.linkspan.ui.shared.Meanwhile;
import dev.linkspan.ui.shared.NameErrors;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.SidePanel;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Toast;
import java.util.function.Consumer;

/** Makes an auth group, from nothing or after another one. */
class GroupPanel extends SidePanel {
    private final GroupTools tools;
    private final Consumer<String> made;
    private final GroupDraft draft;
    private final TextField name = new TextField(Texts.of("group.name"));
    private final TextField description = Fields.optional(new TextField(), Texts.of("group.description"));
    private final PermissionEditor permissions;
    private final ActionButton submit = new ActionButton(Texts.of("group.create"), this::submit).look("primary");

    /**
     * A panel for a new group.
     *
     * @param model the group whose description and permissions it starts with; null for none
     * @param made is told the name of the group that was made
     */
    GroupPanel(GroupTools tools, AuthGroup model, Runnable onClose, Consumer<String> made) {
        super(model == null ? Texts.of("group.create") : Texts.of("group.duplicate.of", model.name()), onClose);
        this.tools = tools;
        draft = new GroupDraft(tools);
        this.made = made;
        Meanwhile meanwhile = tools.colleagues()
                .meanwhile(() -> {})
                .followNames(
                        this,
                        event -> GroupActions.takesName(event, name.getValue().strip()));
        name.setWidthFull();
        name.addValueChangeListener(change -> {
            name.setInvalid(false);
            meanwhile.clear();
        });
        name.getElement().setAttribute("autocomplete", "off").setAttribute("spellcheck", "false");
        description.setWidthFull();
        permissions = new PermissionEditor(tools, draft, null);
        MembersEditor members = new MembersEditor(tools, draft);
        if (model != null) {
            description.setValue(model.description());
            draft.startWith(model.permissions());
        }
        addToBody(
                meanwhile, name, description, field("permissions.title", permissions), field("members.title", members));
        addToFoot(draft.steps(), new ActionButton(Texts.of("panel.cancel"), this::close).look("tertiary"), submit);
        submitOnEnter(this::submit, name, description);
        draft.onChange(this::clearProblem);
    }

    private static Div field(String title, Div content) {
        Div field = new Div(new H3(Texts.of(title)), content);
        field.addClassName("ls-section");
        return field;
    }

    /** The primary button, to be refused when the caller may not make groups. */
    ActionButton submitButton() {
        return submit;
    }

    @Override
    protected Focusable<?> firstField() {
        return name;
    }

    private void submit() {
        if (!submit.isEnabled() || !permissions.check()) {
            return;
        }
        clearProblem();
        String wanted = name.getValue().strip();
        if (wanted.isEmpty()) {
            name.setErrorMessage(Texts.of("group.name.required"));
            name.setInvalid(true);
            name.focus();
            return;
        }
        Caller me = tools.me().get();
        try {
            tools.groups()
                    .create(
                            me,
                            new CreateGroup(
                                    wanted,
                                    description.getValue(),
                                    draft.permissions().now()));
        } catch (ProblemException e) {
            if (e.is(Problem.GROUP_EXISTS)) {
                name.setErrorMessage(Texts.of("group.name.taken"));
                name.setInvalid(true);
                name.focus();
            } else if (!NameErrors.show(name, e)) {
                showProblem(Texts.of("group.create.failed"), e.getMessage());
            }
            return;
        }
        try {
            new GroupSaving(tools).saveMembers(me, wanted, draft, part -> {});
            Toast.done(new Sentence("group.created", wanted));
        } catch (ProblemException e) {
            Toast.problem(Texts.of("group.created.without-members", wanted, e.getMessage()));
        }
        made.accept(wanted);
    }
}
