package dev.linkspan.ui.link;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Paragraph;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityType;
import dev.linkspan.identity.IdentityOverview;
import dev.linkspan.identity.IssuedToken;
import dev.linkspan.link.LinkContact;
import dev.linkspan.link.LinkType;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Confirmation;
import dev.linkspan.ui.shared.RowAction;
import dev.linkspan.ui.shared.Selection;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.SidePanel;
import dev.linkspan.ui.shared.Status;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;
import dev.linkspan.ui.shared.Toast;
import dev.linkspan.ui.shared.Tone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be done with links from any page that shows one. */
@org.springframework.stereotype.Component
class LinkActions {
    private final LinkTools tools;

    LinkActions(LinkTools tools) {
        this.tools = tools;
    }

    /** Refuses a button that leads to a new link when the caller may not make one. */
    ActionButton gate(ActionButton create) {
        boolean allowed = tools.access().allowed(tools.me().get(), "can_create_cluster_links");
        return create.refuse(allowed ? null : Texts.of("links.create.refused.one-way"));
    }

    /**
     * The panel that makes a link.
     *
     * @param consume whether it starts with the way for which one was given a token
     * @param done what happens when all is done and the last dialog is closed
     */
    CreateLinkPanel createPanel(boolean consume, Runnable close, Runnable done) {
        CreateLinkPanel panel = new CreateLinkPanel(tools, consume, close, (name, issued) -> {
            close.run();
            showToken("token.created", issued, done);
        });
        return panel;
    }

    /** The panel for what the peers of these links may do here. */
    SidePanel groupsPanel(List<LinkLine> lines, Runnable close) {
        Set<Long> identities =
                lines.stream().map(line -> line.link().identityId()).collect(Collectors.toSet());
        List<IdentityOverview> chosen = tools.identities().overview(tools.me().get()).stream()
                .filter(identity -> identities.contains(identity.id()))
                .toList();
        return tools.identityActions()
                .groupsPanel(
                        of -> Texts.of(
                                "links.change-groups.of",
                                of.size(),
                                of.getFirst().name()),
                        chosen,
                        close);
    }

    /**
     * What can be done with a link in the table.
     *
     * @param edit opens the panel that changes it
     * @param checked what happens when it was asked again
     * @param done what happens when the last dialog is closed
     */
    List<RowAction> ofRow(
            LinkLine line, Selection<LinkLine> selection, Runnable edit, Runnable checked, Runnable done) {
        List<RowAction> actions = new ArrayList<>();
        actions.add(RowAction.quick("edit", Texts.of("links.edit", line.name()), "pencil", null, edit));
        String key = selection.contains(line) ? "links.unselect" : "links.select";
        actions.add(RowAction.inMenu("select", Texts.of(key), "list-checks", null, () -> selection.toggle(line)));
        if (line.active()) {
            actions.add(RowAction.inMenu(
                    "check",
                    Texts.of("link.check"),
                    "refresh-cw",
                    refusal(line, "can_edit"),
                    () -> check(List.of(line), checked)));
        }
        actions.addAll(ofLink(line, done, () -> {}));
        return actions;
    }

    /**
     * What can be done with a link in a table or on its page.
     *
     * @param done what happens when the last dialog is closed
     * @param deleted what happens when it is gone
     */
    List<RowAction> ofLink(LinkLine line, Runnable done, Runnable deleted) {
        String mayEdit = refusal(line, "can_edit");
        List<RowAction> actions = new ArrayList<>();
        if (line.pending() && line.type() == LinkType.BIDIRECTIONAL) {
            actions.add(RowAction.inMenu(
                    "reissue", Texts.of("links.reissue"), "ticket", mayEdit, () -> askToReissue(line, done)));
            if (line.tokenWorks(Instant.now())) {
                actions.add(
                        RowAction.inMenu("revoke", Texts.of("links.revoke"), "ban", mayEdit, () -> askToRevoke(line)));
            }
        }
        if (line.link().unconfirmed() != null) {
            actions.add(RowAction.inMenu(
                    "verify",
                    Texts.of("create-link.compare"),
                    "shield-check",
                    null,
                    () -> ConfirmPublicPanel.show(line.name())));
        }
        actions.add(RowAction.inMenu(
                "delete",
                Texts.of("links.delete"),
                "trash-2",
                refusal(line, "can_delete"),
                () -> askToDelete(List.of(line), deleted)));
        return actions;
    }

    /** Why the caller can't do that with a link; null when they can. */
    String refusal(LinkLine line, String entitlement) {
        return tools.access().allowed(tools.me().get(), line.link().reference(), entitlement)
                ? null
                : Texts.of("links.refused." + entitlement);
    }

    /** The same for several links. */
    String refusal(List<LinkLine> lines, String entitlement) {
        Caller caller = tools.me().get();
        long refused = lines.stream()
                .filter(line -> !tools.access().allowed(caller, line.link().reference(), entitlement))
                .count();
        return refused == 0 ? null : Texts.of("links.refused.some." + entitlement, refused, lines.size());
    }

    /** Why these links can't be asked; null when at least one can. */
    String checkRefusal(List<LinkLine> lines) {
        return lines.stream().noneMatch(LinkLine::active)
                ? Texts.of("links.check.none")
                : refusal(lines.stream().filter(LinkLine::active).toList(), "can_edit");
    }

    /** Why what the peers of these links may do can't be changed; null when it can. */
    String groupsRefusal(List<LinkLine> lines) {
        if (!lines.stream().allMatch(LinkLine::grants)) {
            return Texts.of("links.change-groups.none");
        }
        Caller caller = tools.me().get();
        boolean allowed = lines.stream().allMatch(line -> tools.access()
                .allowed(
                        caller,
                        EntityReference.of(EntityType.IDENTITY, line.link().identityId()),
                        "can_edit"));
        return allowed ? null : Texts.of("identity.refused.can_edit");
    }

    /** Asks the peers of these links now; {@code checked} runs when that is on its way or done. */
    void check(List<LinkLine> lines, Runnable checked) {
        List<LinkLine> active = lines.stream().filter(LinkLine::active).toList();
        Caller caller = tools.me().get();
        if (active.size() == 1) {
            LinkLine line = active.getFirst();
            tools.background()
                    .run(
                            UI.getCurrent(),
                            () -> tools.contacts()
                                    .refresh(
                                            caller,
                                            tools.links()
                                                    .overview(caller, line.id())
                                                    .link()
                                                    .name()),
                            contact -> {
                                told(line, contact);
                                checked.run();
                            },
                            problem -> Toast.problem(
                                    Texts.of("link.check.failed", line.name(), LinkProblems.text(problem))));
            return;
        }
        int asked = tools.contacts()
                .refreshSoon(caller, active.stream().map(LinkLine::link).toList());
        Toast.done(new Sentence("links.checking", asked));
        checked.run();
    }

    private static void told(LinkLine line, LinkContact contact) {
        Status status = LinkStatus.of(new LinkLine(line.overview(), contact), Times.of(UI.getCurrent()));
        Sentence told = new Sentence("link.checked", line.name(), status.word(), status.evidence());
        if (status.tone() == Tone.POSITIVE) {
            Toast.done(told);
        } else {
            Toast.caution(told);
        }
    }

    /** Asks and then makes another token for a pending link; {@code done} runs when its dialog is closed. */
    void askToReissue(LinkLine line, Runnable done) {
        Confirmation.change(
                left -> Texts.of("links.reissue.title", left.getFirst().name()),
                Texts.of("links.reissue"),
                tools.asked(List.of(line)),
                left -> text("links.reissue.text", left),
                left -> reissue(left.getFirst(), done));
    }

    private void reissue(LinkLine line, Runnable done) {
        try {
            IssuedToken issued = tools.links().reissueToken(tools.me().get(), line.id());
            showToken("token.reissued", issued, done);
        } catch (ProblemException e) {
            Toast.problem(Texts.of("links.reissue.failed", line.name(), e.getMessage()));
        }
    }

    /** Asks and then takes the token of a pending link away. */
    void askToRevoke(LinkLine line) {
        Confirmation.destroy(
                left -> Texts.of("links.revoke.title", left.getFirst().name()),
                tools.asked(List.of(line)),
                left -> Texts.of("links.revoke"),
                left -> text("links.revoke.text", left),
                left -> revoke(left.getFirst()));
    }

    private static List<Component> text(String key, List<LinkLine> lines) {
        return List.of(new Paragraph(new Sentence(key, lines.getFirst().name())));
    }

    private void revoke(LinkLine line) {
        try {
            tools.links().revokeToken(tools.me().get(), line.id());
            Toast.done(new Sentence("links.revoked", line.name()));
        } catch (ProblemException e) {
            Toast.problem(Texts.of("links.revoke.failed", line.name(), e.getMessage()));
        }
    }

    /** Asks and then replaces a link whose peer has removed its side by a pending one of the same name, and tells so. */
    void askToLinkAgain(LinkLine line, Runnable replaced) {
        Confirmation.change(
                left -> Texts.of("link.again.title", left.getFirst().name()),
                Texts.of("link.again"),
                tools.asked(List.of(line)),
                left -> text("link.again.text", left),
                left -> linkAgain(left.getFirst(), replaced));
    }

    private void linkAgain(LinkLine line, Runnable replaced) {
        try {
            IssuedToken issued = tools.links().linkAgain(tools.me().get(), line.id());
            replaced.run();
            showToken("token.reissued", issued, () -> {});
        } catch (ProblemException e) {
            Toast.problem(Texts.of("link.again.failed", line.name(), e.getMessage()));
        }
    }

    /** The token names the link as it is called now. */
    private void showToken(String title, IssuedToken issued, Runnable done) {
        String us = tools.server().info(tools.me().get()).name();
        String name = issued.token().clientName();
        new TokenDialog(Texts.of(title, name), name, issued.token(), us, done)
                .openToken(tools.colleagues(), issued.identity());
    }

    /** Asks, saying what goes and what remains, and then deletes; {@code deleted} runs when all are gone. */
    void askToDelete(List<LinkLine> lines, Runnable deleted) {
        new DeleteLinks(tools, lines, deleted).open();
    }
}
