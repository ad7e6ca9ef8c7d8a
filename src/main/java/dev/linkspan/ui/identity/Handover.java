package dev.linkspan.ui.identity;

import com.vaadin.flow.component.html.Paragraph;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.identity.BearerToken;
import dev.linkspan.identity.IdentityOverview;
import dev.linkspan.identity.IssuedToken;
import dev.linkspan.identity.SignInLink;
import dev.linkspan.member.ServerInfo;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.Confirmation;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Toast;
import java.util.List;
import org.springframework.stereotype.Component;

/** Makes what somebody signs in with, and shows it once: sign-in links, trust tokens, bearer tokens. */
@Component
class Handover {
    private final IdentityTools tools;

    Handover(IdentityTools tools) {
        this.tools = tools;
    }

    /** Makes a sign-in link and shows it. */
    void signInLink(IdentityOverview identity) {
        try {
            signInLink(Texts.of("handover.link.made", identity.name()), identity.name(), identity.url(), () -> {});
        } catch (ProblemException e) {
            Toast.problem(Texts.of("handover.link.failed", identity.name(), e.getMessage()));
        }
    }

    /**
     * The same for an identity that was just made; {@code after} runs when the dialog is closed.
     *
     * @throws ProblemException as the service
     */
    void signInLink(String title, String name, EntityUrl url, Runnable after) {
        SignInLink link = tools.signIn().createLink(tools.me().get(), url.toString());
        HandoverDialog.signInLink(title, name, link, after).openLink(tools.colleagues(), url);
    }

    /** Asks for how long, and then issues a bearer token. */
    void askToIssue(IdentityOverview identity) {
        new IssueDialog(tools.asked(List.of(identity)), this::issue).open();
    }

    private void issue(IdentityOverview identity, String expiry) {
        try {
            issue(Texts.of("handover.reissued", identity.name()), identity.url(), expiry, () -> {});
        } catch (ProblemException e) {
            Toast.problem(Texts.of("identity.issue.failed", identity.name(), why(e)));
        }
    }

    /**
     * Issues a bearer token and shows it; {@code after} runs when the dialog is closed.
     *
     * @throws ProblemException as the service
     */
    void issue(String title, EntityUrl url, String expiry, Runnable after) {
        BearerToken token =
                tools.bearers().issueToken(tools.me().get(), url.arguments().getLast(), expiry);
        HandoverDialog.bearer(title, token, address(), after).openToken(tools.colleagues(), url);
    }

    /** Asks and then issues another trust token for a pending identity. */
    void askToReissue(IdentityOverview identity) {
        Confirmation.change(
                left -> Texts.of("identity.issue.title", left.getFirst().name()),
                Texts.of("identity.issue"),
                tools.asked(List.of(identity)),
                left -> List.of(new Paragraph(
                        new Sentence("identity.reissue.text", left.getFirst().name()))),
                left -> reissue(left.getFirst()));
    }

    private void reissue(IdentityOverview identity) {
        try {
            IssuedToken issued = tools.identities().reissueToken(tools.me().get(), identity.identifier());
            String title = Texts.of("handover.reissued", identity.name());
            if (IdentityWords.clusterLink(identity)) {
                clusterLink(title, issued, () -> {});
            } else {
                client(title, issued, () -> {});
            }
        } catch (ProblemException e) {
            Toast.problem(Texts.of("identity.issue.failed", identity.name(), why(e)));
        }
    }

    /** Shows the trust token of a client. */
    void client(String title, IssuedToken issued, Runnable after) {
        HandoverDialog.client(title, issued.token(), ourName(), after).openToken(tools.colleagues(), issued.identity());
    }

    /** Shows the trust token with which another cluster links to us one way. */
    void clusterLink(String title, IssuedToken issued, Runnable after) {
        HandoverDialog.clusterLink(title, issued.token(), ourName(), after)
                .openToken(tools.colleagues(), issued.identity());
    }

    private String ourName() {
        return us().name();
    }

    private String address() {
        ServerInfo us = us();
        return us.addresses().isEmpty() ? us.name() : us.addresses().getFirst();
    }

    private ServerInfo us() {
        return tools.server().info(tools.me().get());
    }

    private static String why(ProblemException problem) {
        return problem.is(Problem.NOT_FOUND) ? Texts.of("identity.gone") : problem.getMessage();
    }
}
