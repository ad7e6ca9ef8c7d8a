package dev.linkspan.ui.identity;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Paragraph;
import dev.linkspan.access.Caller;
import dev.linkspan.identity.IdentityOverview;
import dev.linkspan.identity.PlannedChange;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Confirmation;
import dev.linkspan.ui.shared.EachIdentity;
import dev.linkspan.ui.shared.Names;
import dev.linkspan.ui.shared.RowAction;
import dev.linkspan.ui.shared.Selection;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.SidePanel;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Toast;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What can be done with identities from their list and from their panel. */
@org.springframework.stereotype.Component
public class IdentityActions {
    private final IdentityTools tools;
    private final Handover handover;

    IdentityActions(IdentityTools tools, Handover handover) {
        this.tools = tools;
        this.handover = handover;
    }

    /** Refuses a button that leads to a new identity when the caller may not make one. */
    ActionButton gate(ActionButton create) {
        boolean allowed = tools.access().allowed(tools.me().get(), "can_create_identities");
        return create.refuse(allowed ? null : Texts.of("identity.create.refused"));
    }

    /** The panel that makes an identity; {@code done} runs when its last dialog is closed. */
    CreateIdentityPanel createPanel(Consumer<String> choose, Runnable close, Runnable done) {
        CreateIdentityPanel panel = new CreateIdentityPanel(tools, handover, choose, close, done);
        gate(panel.submitButton());
        return panel;
    }

    /** The panel of one identity. */
    SidePanel editPanel(IdentityOverview identity, Runnable close) {
        return new IdentityPanel(tools, this, handover, identity, close);
    }

    /** The panel for the groups of several identities. */
    public SidePanel groupsPanel(
            Function<List<IdentityOverview>, String> title, List<IdentityOverview> identities, Runnable close) {
        return new GroupsPanel(tools, title, identities, close);
    }

    /** What can be done with an identity in the table. */
    List<RowAction> ofRow(IdentityOverview row, Runnable edit, Selection<IdentityOverview> selection) {
        List<RowAction> actions = new ArrayList<>();
        actions.add(RowAction.quick("edit", Texts.of("identity.edit", row.name()), "pencil", null, edit));
        if (row.fineGrained()) {
            String key = selection.contains(row) ? "identities.unselect" : "identities.select";
            actions.add(RowAction.inMenu("select", Texts.of(key), "list-checks", null, () -> selection.toggle(row)));
        }
        String mayEdit = refusal(row, "can_edit");
        if (IdentityWords.signsInByLink(row)) {
            actions.add(RowAction.inMenu(
                    "link", Texts.of("identity.sign-in-link"), "log-in", mayEdit, () -> handover.signInLink(row)));
        }
        if (IdentityWords.bearer(row)) {
            actions.add(RowAction.inMenu(
                    "issue", Texts.of("identity.issue"), "ticket", mayEdit, () -> handover.askToIssue(row)));
        }
        if (row.pending()) {
            actions.add(RowAction.inMenu(
                    "reissue",
                    Texts.of("identity.issue"),
                    "ticket",
                    reissueRefusal(row),
                    () -> handover.askToReissue(row)));
        }
        actions.add(RowAction.inMenu(
                "delete",
                Texts.of("identity.delete"),
                "trash-2",
                refusal(row, "can_delete"),
                () -> askToDelete(List.of(row), () -> {})));
        return actions;
    }

    /** Why the caller can't do that with an identity; null when they can. */
    String refusal(IdentityOverview row, String entitlement) {
        boolean allowed = tools.access().allowed(tools.me().get(), row.reference(), entitlement);
        return allowed ? null : Texts.of("identity.refused." + entitlement);
    }

    /** The same for several identities. */
    String refusal(List<IdentityOverview> rows, String entitlement) {
        Caller caller = tools.me().get();
        long refused = rows.stream()
                .filter(row -> !tools.access().allowed(caller, row.reference(), entitlement))
                .count();
        return refused == 0 ? null : Texts.of("identities.refused." + entitlement, refused, rows.size());
    }

    /** Why the token of a pending identity can't be issued anew; null when it can. */
    String reissueRefusal(IdentityOverview row) {
        return row.linked() ? Texts.of("identity.issue.linked") : refusal(row, "can_edit");
    }

    /** Asks, saying what goes and what remains, and then deletes; {@code confirmed} runs in between. */
    void askToDelete(List<IdentityOverview> rows, Runnable confirmed) {
        Confirmation.destroy(
                left -> Texts.of(
                        "identity.delete.title", left.size(), left.getFirst().name()),
                tools.asked(rows),
                left -> left.size() == 1 ? Texts.of("identity.delete") : Texts.of("identities.delete", left.size()),
                this::deletion,
                left -> {
                    confirmed.run();
                    delete(left);
                });
    }

    private List<Component> deletion(List<IdentityOverview> rows) {
        List<Component> text = new ArrayList<>();
        IdentityOverview first = rows.getFirst();
        text.add(new Paragraph(
                rows.size() == 1
                        ? new Sentence("identity.delete.text", first.name(), first.type())
                        : new Sentence("identities.delete.text", rows.size(), Names.of(rows, IdentityOverview::name))));
        if (rows.size() == 1 && !first.pending()) {
            text.add(new Paragraph(new Sentence("identity.delete.id", first.identifier())));
        }
        List<IdentityOverview> linked =
                rows.stream().filter(IdentityOverview::linked).toList();
        if (!linked.isEmpty()) {
            text.add(new Paragraph(
                    new Sentence("identities.delete.linked", linked.size(), Names.of(linked, IdentityOverview::name))));
        }
        Set<String> urls = rows.stream().map(row -> row.url().toString()).collect(Collectors.toSet());
        text.addAll(new Warnings(tools).of(PlannedChange.ofDeleted(urls), rows));
        return text;
    }

    private void delete(List<IdentityOverview> rows) {
        Caller caller = tools.me().get();
        tools.background()
                .run(
                        UI.getCurrent(),
                        () -> EachIdentity.of(rows, row -> delete(caller, row)),
                        outcome -> deleted(rows, outcome),
                        failure -> Toast.problem(Texts.of("identity.delete.failed", Texts.of("problem.unknown"))));
    }

    /** One that somebody else has deleted meanwhile is gone as wanted. */
    private void delete(Caller caller, IdentityOverview row) {
        try {
            tools.identities().delete(caller, row.method(), row.identifier());
        } catch (ProblemException e) {
            if (!e.is(Problem.NOT_FOUND)) {
                throw e;
            }
        }
    }

    private static void deleted(List<IdentityOverview> rows, EachIdentity.Outcome outcome) {
        if (!outcome.failures().isEmpty()) {
            Toast.problem(Texts.of("identity.delete.failed", outcome.sentence()));
        } else if (rows.size() == 1) {
            Toast.done(new Sentence(
                    "identity.deleted", rows.getFirst().name(), rows.getFirst().type()));
        } else {
            Toast.done(new Sentence("identities.deleted", rows.size()));
        }
    }

    /** Asks and then takes a bearer identity's token away. */
    void askToRevoke(IdentityOverview row) {
        Confirmation.destroy(
                left -> Texts.of("identity.revoke.title", left.getFirst().name()),
                tools.asked(List.of(row)),
                left -> Texts.of("identity.revoke"),
                this::revocation,
                left -> revoke(left.getFirst()));
    }

    private List<Component> revocation(List<IdentityOverview> one) {
        IdentityOverview row = one.getFirst();
        List<Component> text = new ArrayList<>();
        text.add(new Paragraph(new Sentence("identity.revoke.text", row.name())));
        text.addAll(new Warnings(tools).of(PlannedChange.ofRevoked(row.url().toString()), one));
        return text;
    }

    private void revoke(IdentityOverview row) {
        try {
            tools.bearers().revokeToken(tools.me().get(), row.identifier());
            Toast.done(new Sentence("identity.revoked", row.name()));
        } catch (ProblemException e) {
            Toast.problem(Texts.of("identity.revoke.failed", row.name(), e.getMessage()));
        }
    }
}
