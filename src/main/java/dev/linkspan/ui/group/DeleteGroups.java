package dev.linkspan.ui.group;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.linkspan.access.Caller;
import dev.linkspan.group.GroupSummary;
import dev.linkspan.identity.Identity;
import dev.linkspan.identity.PlannedChange;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.AskedAbout;
import dev.linkspan.ui.shared.Names;
import dev.linkspan.ui.shared.Notice;
import dev.linkspan.ui.shared.Question;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Toast;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Deletes groups after one has typed that one means it. */
class DeleteGroups extends Question {
    private static final String CONFIRMATION = "confirm-delete-group";

    private final GroupTools tools;
    private final AskedAbout<GroupSummary> about;
    private final Runnable done;
    private final Div problems = new Div();
    private final Div question = new Div();
    private final Div field = new Div();
    private final TextField text = new TextField();
    private final ActionButton submit = new ActionButton("", this::delete).look("primary", "error");
    private List<GroupSummary> groups = List.of();

    /** A dialog for these groups; those that the caller may not delete are named and left alone. */
    DeleteGroups(GroupTools tools, List<GroupSummary> chosen, Runnable done) {
        this.tools = tools;
        this.done = done;
        about = tools.asked(chosen);
        problems.addClassName("ls-when-any");
        question.addClassName("ls-stack");
        prepareField();
        Div body = new Div(problems, about, question, field);
        body.addClassName("ls-stack");
        add(body);
        getFooter().add(new Button(Texts.of("confirm.cancel"), click -> close()), submit);
        addOpenedChangeListener(change -> text.focus());
        about.ask(this::ask);
    }

    private void ask(List<GroupSummary> left) {
        Map<Boolean, List<GroupSummary>> byRight = left.stream()
                .collect(Collectors.partitioningBy(
                        group -> GroupActions.refusal(tools, group.name(), group.reference(), "can_delete") == null));
        groups = byRight.get(true);
        question.removeAll();
        if (left.isEmpty()) {
            field.setVisible(false);
            onlyClose();
            return;
        }
        setHeaderTitle(Texts.of("group.delete.title", groups.size(), Names.of(groups, GroupSummary::name)));
        question.add(text(byRight.get(false)), warnings());
        submit.setText(Texts.of("groups.delete.submit", groups.size()));
        typed();
    }

    private Div text(List<GroupSummary> ignored) {
        int members = groups.stream()
                .filter(group -> group.permissionCount() > 0)
                .mapToInt(GroupSummary::identityCount)
                .sum();
        boolean unseen = members == 0 && !tools.access().allowed(tools.me().get(), "can_view_identities");
        Div text = new Div(
                new Paragraph(new Sentence("group.delete.text", groups.size(), Names.of(groups, GroupSummary::name))),
                new Paragraph(new Sentence(unseen ? "group.delete.loss.partly" : "group.delete.loss", members)),
                new Paragraph(Texts.of("group.delete.caution")));
        if (!ignored.isEmpty()) {
            text.add(new Paragraph(
                    new Sentence("groups.delete.ignored", ignored.size(), Names.of(ignored, GroupSummary::name))));
        }
        text.addClassName("ls-stack");
        return text;
    }

    private Div warnings() {
        Caller me = tools.me().get();
        Div warnings = new Div();
        warnings.addClassNames("ls-stack", "ls-tight", "ls-when-any");
        PlannedChange planned = PlannedChange.ofDeletedGroups(
                groups.stream().map(GroupSummary::name).toList());
        boolean mine = groups.stream().anyMatch(group -> isIn(me, group));
        warnings.add(GroupSaving.warnings(tools, planned, mine));
        return warnings;
    }

    private boolean isIn(Caller me, GroupSummary group) {
        return me.identity().isPresent()
                && tools.identities().members(me, group.id()).stream()
                        .map(Identity::id)
                        .anyMatch(me::is);
    }

    private void prepareField() {
        Paragraph label = new Paragraph(Texts.of("group.delete.type"));
        label.add(" ");
        label.add(new Code(CONFIRMATION));
        text.setPlaceholder(CONFIRMATION);
        text.setAriaLabel(Texts.of("group.delete.type") + " " + CONFIRMATION);
        text.setWidthFull();
        text.setValueChangeMode(ValueChangeMode.EAGER);
        text.addValueChangeListener(change -> typed());
        text.getElement().setAttribute("autocomplete", "off").setAttribute("spellcheck", "false");
        text.addKeyPressListener(Key.ENTER, key -> delete());
        field.add(label, text);
        field.addClassName("ls-field");
    }

    private void typed() {
        boolean meant = text.getValue().equals(CONFIRMATION);
        submit.refuse(
                groups.isEmpty()
                        ? Texts.of("groups.delete.none")
                        : meant ? null : Texts.of("group.delete.type.first", CONFIRMATION));
    }

    private void delete() {
        if (!submit.isEnabled()) {
            return;
        }
        Set<Long> chosen = groups.stream().map(GroupSummary::id).collect(Collectors.toSet());
        groups = about.settle().stream()
                .filter(group -> chosen.contains(group.id()))
                .toList();
        int deleted = 0;
        problems.removeAll();
        for (GroupSummary group : groups) {
            try {
                tools.groups().delete(tools.me().get(), group.id());
                deleted++;
            } catch (ProblemException e) {
                // What somebody else has deleted meanwhile is gone.
                if (e.is(Problem.GROUP_NOT_FOUND)) {
                    deleted++;
                } else {
                    problems.add(Notice.problem(Texts.of("group.delete.failed", group.name()), e.getMessage()));
                }
            }
        }
        if (deleted > 0) {
            Toast.done(
                    groups.size() == 1
                            ? new Sentence("group.deleted", groups.getFirst().name())
                            : new Sentence("groups.deleted", deleted));
        }
        if (deleted == groups.size()) {
            close();
            done.run();
        } else {
            submit.refuse(Texts.of("groups.delete.partly"));
        }
    }
}
