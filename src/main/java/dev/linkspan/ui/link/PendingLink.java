package dev.linkspan.ui.link;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Code;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import dev.linkspan.access.Caller;
import dev.linkspan.link.ClusterLink;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Facts;
import dev.linkspan.ui.shared.Fingerprints;
import dev.linkspan.ui.shared.Notice;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Times;
import dev.linkspan.ui.shared.Toast;
import java.time.Instant;

/** What a pending link waits for: its token on the other side, or somebody who confirms a certificate here. */
class PendingLink extends PageSection {
    private final LinkTools tools;
    private final LinkPage page;
    private final LinkLine line;

    private ActionButton reissue;

    /** @param done what happens when the dialog with another token is closed */
    PendingLink(LinkPage page, LinkTools tools, LinkActions actions, Times times, Runnable done) {
        super(Texts.of(page.line().unconfirmed() ? "link.confirm" : "link.other-side"));
        this.tools = tools;
        this.page = page;
        line = page.line();
        Div card = new Div(line.unconfirmed() ? confirmation(actions) : steps(actions, times, done));
        card.addClassName("ls-plain-card");
        show(card);
    }

    private Div steps(LinkActions actions, Times times, Runnable done) {
        String us = tools.server().info(tools.me().get()).name();
        OrderedList steps = new OrderedList(
                new ListItem(new Div(new Sentence("token.step.open"))),
                new ListItem(new Div(new Sentence("token.step.paste"))),
                new ListItem(new Div(new Sentence("link.other-side.name", us, line.name()))));
        steps.addClassName("ls-steps");
        String mayEdit = actions.refusal(line, "can_edit");
        reissue = new ActionButton(Texts.of("links.reissue"), "ticket", () -> actions.askToReissue(line, done))
                .look("small")
                .refuse(mayEdit);
        ActionButton revoke = new ActionButton(Texts.of("links.revoke"), "ban", () -> actions.askToRevoke(line))
                .look("small", "error")
                .refuse(mayEdit);
        revoke.setVisible(line.tokenWorks(times.now()));
        Div buttons = new Div(reissue, revoke);
        buttons.addClassNames("ls-row", "ls-wrap");
        Div text = new Div(new Paragraph(token(times)), steps, buttons);
        text.addClassName("ls-stack");
        return text;
    }

    /** Goes to the button that issues another token. */
    void focus() {
        if (reissue != null) {
            reissue.focus();
        }
    }

    private Sentence token(Times times) {
        Instant expiry = line.overview().tokenExpiresAt();
        if (!line.overview().tokenOut()) {
            return new Sentence("link.token.none");
        }
        if (expiry == null) {
            return new Sentence("link.token.for-ever");
        }
        if (page.tokenEnded()) {
            return new Sentence("link.token.ended", times.at(expiry));
        }
        return expiry.isAfter(times.now())
                ? new Sentence("link.token.until", times.at(expiry), times.between(expiry))
                : new Sentence("link.token.expired", times.at(expiry));
    }

    private Div confirmation(LinkActions actions) {
        ClusterLink.Unconfirmed offered = line.link().unconfirmed();
        Div problems = new Div();
        problems.addClassName("ls-when-any");
        String fingerprint =
                tools.identities().read(tools.me().get(), offered.certificate()).fingerprint();
        Paragraph shown = new Paragraph(Fingerprints.full(fingerprint));
        shown.addClassName("ls-fingerprint");
        Checkbox compared = new Checkbox(Texts.of("link.confirm.compared"));
        ActionButton submit = new ActionButton(Texts.of("link.confirm.submit"), () -> confirm(offered, problems));
        compared.addValueChangeListener(change -> allow(submit, compared, actions));
        allow(submit, compared, actions);
        Div text = new Div(
                problems,
                new Paragraph(Texts.of("link.confirm.text")),
                new Facts()
                        .with("link.confirm.address", new Code(offered.address()))
                        .with("token-reading.fingerprint", shown),
                compared,
                new Div(submit.look("primary")));
        text.addClassName("ls-stack");
        return text;
    }

    private static void allow(ActionButton submit, Checkbox compared, LinkActions actions) {
        actions.gate(submit);
        if (submit.isEnabled() && !compared.getValue()) {
            submit.refuse(Texts.of("link.confirm.first"));
        }
    }

    private void confirm(ClusterLink.Unconfirmed offered, Div problems) {
        Caller caller = tools.me().get();
        problems.removeAll();
        tools.background()
                .run(
                        UI.getCurrent(),
                        () -> {
                            tools.links().confirmPublic(caller, line.name(), offered.certificate());
                            return line.name();
                        },
                        name -> Toast.done(new Sentence("create-link.created", name)),
                        problem -> problems.add(
                                Notice.problem(Texts.of("create-link.failed"), LinkProblems.text(problem))));
    }
}
