package dev.linkspan.ui.link;

import com.vaadin.flow.component.html.Paragraph;
import dev.linkspan.identity.IssuedToken;
import dev.linkspan.link.ClusterLink;
import dev.linkspan.link.LinkOverview;
import dev.linkspan.link.LinkPhase;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Confirmation;
import dev.linkspan.ui.shared.RowAction;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Toast;
import java.util.List;
import org.springframework.stereotype.Component;

/** What can be done with links from any page that shows one. */
@Component
class LinkActions {
    private final LinkTools tools;

    LinkActions(LinkTools tools) {
        this.tools = tools;
    }

    /** Refuses a button that leads to a new link when the caller may not make one. */
    ActionButton gate(ActionButton create) {
        boolean allowed = tools.access().allowed(tools.me().get(), "can_create_cluster_links")
                && tools.access().allowed(tools.me().get(), "can_create_identities");
        return create.refuse(allowed ? null : Texts.of("links.create.refused"));
    }

    /**
     * The panel that makes a link.
     *
     * @param consume whether it starts with the way for which one was given a token
     * @param done what happens when all is done and the last dialog is closed
     */
    CreateLinkPanel createPanel(boolean consume, Runnable close, Runnable done) {
        CreateLinkPanel panel = new CreateLinkPanel(tools, consume, close, (name, groups, issued) -> {
            close.run();
            showToken(Texts.of("token.created", name), name, groups, issued, done);
        });
        gate(panel.submitButton());
        return panel;
    }

    /** What can be done with a link in a table. */
    List<RowAction> ofRow(LinkOverview row, Runnable done) {
        ClusterLink link = row.link();
        RowAction delete = RowAction.inMenu(
                "delete", Texts.of("links.delete"), "trash-2", refusal(link, "can_delete"), () -> askToDelete(link));
        if (link.phase() != LinkPhase.PENDING) {
            return List.of(delete);
        }
        RowAction reissue = RowAction.inMenu(
                "reissue",
                Texts.of("links.reissue"),
                "ticket",
                refusal(link, "can_edit"),
                () -> askToReissue(row, done));
        return List.of(reissue, delete);
    }

    private String refusal(ClusterLink link, String entitlement) {
        boolean allowed = tools.access().allowed(tools.me().get(), link.reference(), entitlement);
        return allowed ? null : Texts.of("links.refused." + entitlement);
    }

    private void askToReissue(LinkOverview row, Runnable done) {
        Confirmation.change(
                Texts.of("links.reissue"),
                Texts.of("links.reissue"),
                () -> reissue(row, done),
                new Paragraph(new Sentence("links.reissue.text", row.link().name())));
    }

    private void reissue(LinkOverview row, Runnable done) {
        String name = row.link().name();
        try {
            IssuedToken issued = tools.links().reissueToken(tools.me().get(), name);
            showToken(Texts.of("token.reissued", name), name, row.groups(), issued, done);
        } catch (ProblemException e) {
            Toast.problem(Texts.of("links.reissue.failed", e.getMessage()));
        }
    }

    private void showToken(String title, String name, List<String> groups, IssuedToken issued, Runnable done) {
        String us = tools.server().info(tools.me().get()).name();
        new TokenDialog(title, name, issued.token(), groups, us, done).open();
    }

    private void askToDelete(ClusterLink link) {
        String remains = link.phase() == LinkPhase.PENDING ? "links.delete.pending" : "links.delete.remains";
        Confirmation.destroy(
                Texts.of("links.delete.title"),
                Texts.of("links.delete"),
                () -> delete(link),
                new Paragraph(new Sentence("links.delete.text", link.name())),
                new Paragraph(new Sentence(remains)));
    }

    private void delete(ClusterLink link) {
        try {
            tools.links().delete(tools.me().get(), link.name());
            Toast.done(new Sentence("links.deleted", link.name()));
        } catch (ProblemException e) {
            Toast.problem(Texts.of("links.delete.failed", e.getMessage()));
        }
    }
}
