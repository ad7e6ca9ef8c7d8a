package dev.linkspan.ui.link;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Paragraph;
import dev.linkspan.access.Access;
import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityType;
import dev.linkspan.group.AuthGroup;
import dev.linkspan.group.GroupService;
import dev.linkspan.link.ClusterLink;
import dev.linkspan.link.IssuedToken;
import dev.linkspan.link.LinkPhase;
import dev.linkspan.link.LinkService;
import dev.linkspan.member.ServerService;
import dev.linkspan.member.ServerSummary;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.group.PermissionWords;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Background;
import dev.linkspan.ui.shared.Confirmation;
import dev.linkspan.ui.shared.ConsoleSession;
import dev.linkspan.ui.shared.RowMenu;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Toast;
import java.util.List;

/** What can be done with links from any page that shows one. */
@org.springframework.stereotype.Component
class LinkActions {
    private final LinkService links;
    private final GroupService groups;
    private final ServerService server;
    private final Access access;
    private final PermissionWords words;
    private final Background background;

    LinkActions(
            LinkService links,
            GroupService groups,
            ServerService server,
            Access access,
            PermissionWords words,
            Background background) {
        this.links = links;
        this.groups = groups;
        this.server = server;
        this.access = access;
        this.words = words;
        this.background = background;
    }

    /** Refuses a button that leads to a new link when the caller may not make one. */
    ActionButton gate(ActionButton create) {
        boolean allowed = access.allowed(ConsoleSession.caller(), "can_create_cluster_links")
                && access.allowed(ConsoleSession.caller(), "can_create_identities");
        return create.refuse(allowed ? null : Texts.of("links.create.refused"));
    }

    CreateLinkPanel createPanel(boolean consume, Runnable close, Runnable done) {
        CreateLinkPanel panel = new CreateLinkPanel(links, background, us(), groups(), words, close, (name, chosen, issued) -> {
            close.run();
            new TokenDialog(Texts.of("token.created", name), name, issued, chosen, us().name(), done).open();
        });
        gate(panel.submit());
        panel.consume(consume);
        return panel;
    }

    Component rowActions(ClusterLink link, Runnable done) {
        RowMenu menu = new RowMenu(Texts.of("links.more", link.name()));
        if (link.phase() == LinkPhase.PENDING) {
            menu.add(Texts.of("links.reissue"), "ticket", refusal(link, "can_edit"), () -> reissue(link, done));
        }
        menu.add(Texts.of("links.delete"), "trash-2", refusal(link, "can_delete"), () -> askToDelete(link));
        return menu;
    }

    private String refusal(ClusterLink link, String entitlement) {
        boolean allowed = access.allowed(
                ConsoleSession.caller(), new EntityReference(EntityType.CLUSTER_LINK, link.name()), entitlement);
        return allowed ? null : Texts.of("links." + entitlement + ".refused");
    }

    private void reissue(ClusterLink link, Runnable done) {
        Runnable reissue = () -> {
            try {
                IssuedToken issued = links.reissueToken(ConsoleSession.caller(), link.name());
                new TokenDialog(Texts.of("token.reissued", link.name()), link.name(), issued, link.groups(), us().name(), done)
                        .open();
            } catch (ProblemException e) {
                Toast.problem(Texts.of("links.reissue.failed", e.getMessage()));
            }
        };
        new Confirmation(
                        Texts.of("links.reissue"),
                        Texts.of("links.reissue.verb"),
                        reissue,
                        new Paragraph(new Sentence("links.reissue.text", link.name())))
                .open();
    }

    private void askToDelete(ClusterLink link) {
        Runnable delete = () -> {
            try {
                links.delete(ConsoleSession.caller(), link.name());
                Toast.done(new Sentence("links.deleted", link.name()));
            } catch (ProblemException e) {
                Toast.problem(Texts.of("links.delete.failed", e.getMessage()));
            }
        };
        String remains = link.phase() == LinkPhase.PENDING ? "links.delete.pending" : "links.delete.remains";
        new Confirmation(
                        Texts.of("links.delete.title"),
                        Texts.of("links.delete"),
                        delete,
                        new Paragraph(new Sentence("links.delete.text", link.name())),
                        new Paragraph(new Sentence(remains)))
                .open();
    }

    private ServerSummary us() {
        return server.summary(ConsoleSession.caller());
    }

    private List<AuthGroup> groups() {
        return groups.list(ConsoleSession.caller());
    }
}
