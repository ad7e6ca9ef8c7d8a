package dev.linkspan.ui.identity;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.DescriptionList;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.linkspan.access.Caller;
import dev.linkspan.identity.ConsoleSession;
import dev.linkspan.identity.IdentityOverview;
import dev.linkspan.identity.SignIn.SessionOf;
import dev.linkspan.identity.UpdateIdentity;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Fingerprints;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.SidePanel;
import dev.linkspan.ui.shared.Status;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;
import dev.linkspan.ui.shared.Toast;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One identity: what is known of it, what it signs in with, where it is signed in, and its auth groups. */
class IdentityPanel extends SidePanel implements LiveIdentities {
    private final IdentityTools tools;
    private final IdentityActions actions;
    private final Handover handover;
    private final Div facts = new Div();
    private final Div credentials = new Div();
    private final Div sessions = new Div();
    private final ActionButton signInLink = small("identity.sign-in-link", "log-in", this::makeSignInLink);
    private final ActionButton issue = small("identity.issue", "ticket", this::askToIssue);
    private final ActionButton revoke =
            small("identity.revoke", "ban", this::askToRevoke).look("error");
    private final ActionButton replace = small("identity.certificate.replace", "refresh-cw", this::startReplacing);
    private final ActionButton cancel = new ActionButton(Texts.of("panel.cancel"), this::close).look("tertiary");
    private final CertificateField certificate;
    private final Div replacing = new Div();
    private final GroupChanges groups;
    private final Component ending;
    private List<SessionOf> shownSessions;
    private IdentityOverview identity;

    IdentityPanel(
            IdentityTools tools,
            IdentityActions actions,
            Handover handover,
            IdentityOverview identity,
            Runnable onClose) {
        super(Texts.of("identity.edit", identity.name()), onClose);
        this.tools = tools;
        this.actions = actions;
        this.handover = handover;
        this.identity = identity;
        addClassName("ls-panel-slim");
        certificate = new CertificateField(tools);
        prepareReplacing();
        prepareCredentials();
        sessions.addClassName("ls-section");
        addToBody(facts, credentials, replacing);
        if (identity.fineGrained()) {
            groups = new GroupChanges(
                    tools, List.of(identity), actions.refusal(identity, "can_edit"), this::close, this::showProblem);
            addToBody(groups);
            addToFoot(groups.undo(), cancel, groups.saveButton());
        } else {
            groups = null;
            addToBody(new Paragraph(Texts.of("identities.not-fine-grained")));
            addToFoot(cancel);
        }
        ending = ending();
        addToBody(sessions, ending);
        show();
    }

    @Override
    protected Focusable<?> firstField() {
        return Optional.ofNullable(groups).flatMap(GroupChanges::firstField).orElse(super.firstField());
    }

    @Override
    public void refresh(List<IdentityOverview> all) {
        Optional<IdentityOverview> now =
                all.stream().filter(row -> row.id() == identity.id()).findFirst();
        if (now.isEmpty() && groups != null && groups.unsaved()) {
            groups.refresh(all);
            offers().forEach(part -> part.setVisible(false));
            return;
        }
        if (now.isEmpty()) {
            close();
            Toast.problem(tools.colleagues()
                    .deleter(identity.url())
                    .map(who -> Texts.of("identity.deleted-meanwhile", who, identity.name()))
                    .orElse(Texts.of("identity.gone-meanwhile", identity.name())));
            return;
        }
        identity = now.get();
        show();
        if (groups != null) {
            groups.refresh(all);
        }
    }

    /** What can be done with the identity besides its groups. */
    private List<Component> offers() {
        return List.of(credentials, replacing, sessions, ending);
    }

    private void show() {
        showFacts();
        showCredentials();
        showSessions();
    }

    private void showFacts() {
        Times times = Times.of(UI.getCurrent());
        Status expiry = IdentityWords.expiry(identity, times);
        DescriptionList list = new DescriptionList();
        list.addClassName("ls-facts");
        fact(list, "identity.type", new Span(identity.type()));
        fact(list, "identity.id", id());
        fact(list, "identity.expires", new Span(expiry.evidence().isEmpty() ? expiry.word() : expiry.evidence()));
        facts.removeAll();
        facts.add(list);
    }

    private Component id() {
        boolean fingerprint = identity.method().equals("tls") && !identity.pending();
        if (identity.pending()) {
            return new Span(IdentityWords.identifier(identity));
        }
        Code id = new Code(fingerprint ? Fingerprints.full(identity.identifier()) : identity.identifier());
        id.addClassName(fingerprint ? "ls-fingerprint" : "ls-mono");
        return id;
    }

    private static void fact(DescriptionList list, String key, Component value) {
        list.add(new DescriptionList.Term(Texts.of(key)));
        list.add(new DescriptionList.Description(value));
    }

    private void prepareCredentials() {
        Div buttons = new Div(signInLink, issue, revoke, replace);
        buttons.addClassNames("ls-row", "ls-wrap");
        credentials.addClassName("ls-section");
        credentials.add(new H3(Texts.of("identity.credentials")), buttons);
    }

    /** The buttons stay, and with them the focus. */
    private void showCredentials() {
        String mayEdit = actions.refusal(identity, "can_edit");
        boolean bearer = IdentityWords.bearer(identity);
        boolean client = identity.method().equals("tls") && identity.fineGrained();
        boolean self = tools.me().get().is(identity.id());
        signInLink.setVisible(IdentityWords.signsInByLink(identity));
        signInLink.refuse(mayEdit);
        issue.setVisible(bearer || identity.pending());
        issue.refuse(identity.pending() ? actions.reissueRefusal(identity) : mayEdit);
        revoke.setVisible(bearer);
        revoke.refuse(identity.expiresAt() == null ? Texts.of("identity.revoke.none") : mayEdit);
        replace.setVisible(client && !identity.pending());
        replace.refuse(self ? null : mayEdit);
        credentials.setVisible(Stream.of(signInLink, issue, revoke, replace).anyMatch(ActionButton::isVisible));
    }

    private void makeSignInLink() {
        handover.signInLink(identity);
    }

    private void askToIssue() {
        if (identity.pending()) {
            handover.askToReissue(identity);
        } else {
            handover.askToIssue(identity);
        }
    }

    private void askToRevoke() {
        actions.askToRevoke(identity);
    }

    private static ActionButton small(String key, String symbol, Runnable action) {
        return new ActionButton(Texts.of(key), symbol, action).look("small");
    }

    private void prepareReplacing() {
        Div buttons = new Div(
                new ActionButton(Texts.of("confirm.cancel"), this::stopReplacing).look("tertiary", "small"),
                new ActionButton(Texts.of("identity.certificate.replace"), this::replace).look("small"));
        buttons.addClassNames("ls-row", "ls-foot");
        Paragraph text = new Paragraph(Texts.of("identity.certificate.text"));
        text.addClassNames("ls-small", "ls-muted");
        replacing.addClassNames("ls-field", "ls-inset");
        replacing.add(certificate, text, buttons);
        replacing.setVisible(false);
    }

    private void startReplacing() {
        replacing.setVisible(true);
        certificate.focus();
    }

    private void stopReplacing() {
        certificate.clear();
        replacing.setVisible(false);
        replace.focus();
    }

    private void replace() {
        clearProblem();
        if (!certificate.check()) {
            certificate.focus();
            return;
        }
        try {
            tools.identities()
                    .update(
                            tools.me().get(),
                            identity.method(),
                            identity.identifier(),
                            new UpdateIdentity(List.of(), certificate.value(), false),
                            current -> {});
            Toast.done(new Sentence("identity.certificate.replaced", identity.name()));
            close();
        } catch (ProblemException e) {
            showProblem(Texts.of("identity.certificate.failed"), e.getMessage());
        }
    }

    private void showSessions() {
        Caller caller = tools.me().get();
        List<SessionOf> own = tools.signIn().sessions(caller).stream()
                .filter(session -> session.session().identityId() == identity.id())
                .toList();
        if (own.equals(shownSessions)) {
            return;
        }
        shownSessions = own;
        sessions.removeAll();
        sessions.setVisible(!own.isEmpty());
        Div list = new Div();
        list.addClassNames("ls-list");
        own.forEach(session -> list.add(row(session.session())));
        sessions.add(new H3(Texts.of("identity.sessions")), list);
    }

    private Component row(ConsoleSession session) {
        Times times = Times.of(UI.getCurrent());
        Span way = new Span(Texts.of("identity.session." + session.way().wireName(), times.at(session.createdAt())));
        Span where = new Span(Texts.of("identity.session.where", session.address(), times.at(session.expiresAt())));
        where.addClassName("ls-under");
        where.setTitle(session.userAgent());
        Div text = new Div(way, where);
        text.addClassName("ls-grow");
        ActionButton end = new ActionButton(Texts.of("identity.session.end"), () -> end(session)).look("small");
        end.refuse(actions.refusal(identity, "can_delete"));
        Div row = new Div(text, end);
        row.addClassName("ls-row");
        return row;
    }

    private void end(ConsoleSession session) {
        try {
            tools.signIn().endSession(tools.me().get(), session.uuid());
            showSessions();
            Toast.done(new Sentence("identity.session.ended", identity.name()));
        } catch (ProblemException e) {
            Toast.problem(e.getMessage());
        }
    }

    private Component ending() {
        ActionButton delete = new ActionButton(
                        Texts.of("identity.delete"),
                        "trash-2",
                        () -> actions.askToDelete(List.of(identity), this::close))
                .look("error", "small");
        delete.refuse(actions.refusal(identity, "can_delete"));
        Div row = new Div(delete);
        row.addClassName("ls-panel-end");
        return row;
    }
}
