package dev.linkspan.ui.link;

import com.vaadin.flow.component.Focusable;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.QueryParameters;
import dev.linkspan.access.Caller;
import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.link.ClusterLink;
import dev.linkspan.link.OfferedCertificate;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.ActionButton;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.SidePanel;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Toast;
import java.util.Map;
import java.util.Optional;

/**
 * Confirms or refuses the certificate of a public link that somebody left pending, with another client for example. Closing
 * it leaves the link as it is.
 */
class ConfirmPublicPanel extends SidePanel {
    static final String PANEL = "confirm-cluster-link";

    private final LinkTools tools;
    private final ClusterLink link;
    private final CompareCertificate comparing;
    private final ActionButton submit = new ActionButton(Texts.of("create-link.submit"), this::confirm).look("primary");
    private boolean running;

    private ConfirmPublicPanel(LinkTools tools, ClusterLink link, Runnable onClose) {
        super(Texts.of("create-link.compare"), onClose);
        this.tools = tools;
        this.link = link;
        Caller me = tools.me().get();
        String pem = link.unconfirmed().certificate();
        String fingerprint = tools.identities().read(me, pem).fingerprint();
        comparing = new CompareCertificate(link.unconfirmed().address(), new OfferedCertificate(fingerprint, pem));
        comparing.onTick(this::allow);
        ActionButton refuse = new ActionButton(Texts.of("confirm-link.refuse"), this::refuse).look("error");
        refuse.refuse(
                tools.access().allowed(me, link.reference(), "can_delete")
                        ? null
                        : Texts.of("links.refused.can_delete"));
        addToBody(comparing);
        addToFoot(refuse, new ActionButton(Texts.of("panel.cancel"), this::close).look("tertiary"), submit);
        allow(false);
        tools.live().follow(this, this::isGone, event -> sayGone());
    }

    private boolean isGone(LifecycleEvent event) {
        return event.action().endsWith("-deleted")
                && event.source().equals(link.url().brief());
    }

    /** Who made it elsewhere has gone away, or somebody has refused it. */
    private void sayGone() {
        if (!running && isAttached()) {
            Toast.problem(Texts.of("edit-link.gone"));
            close();
        }
    }

    /** The panel for one link; none, and a word why, when it doesn't wait for a confirmation or can't be seen. */
    static Optional<SidePanel> open(LinkTools tools, String linkName, Runnable onClose) {
        try {
            ClusterLink link = tools.links().get(tools.me().get(), linkName);
            if (link.unconfirmed() != null) {
                return Optional.of(new ConfirmPublicPanel(tools, link, onClose));
            }
            Toast.problem(Texts.of("confirm-link.nothing", linkName));
        } catch (ProblemException e) {
            Toast.problem(LinkProblems.ofOpening(e));
        }
        return Optional.empty();
    }

    /** Goes to where the panel for that link opens. */
    static void show(String linkName) {
        UI.getCurrent()
                .navigate(
                        ServerView.LINKS,
                        QueryParameters.simple(Map.of(ClusterLinks.PANEL, PANEL, LinkEditPanel.LINK, linkName)));
    }

    @Override
    protected Focusable<?> firstField() {
        return comparing.field();
    }

    private void allow(boolean ticked) {
        boolean allowed = tools.access().allowed(tools.me().get(), "can_create_cluster_links");
        String untouched = ticked ? null : Texts.of("create-link.compare.refused");
        submit.refuse(allowed ? untouched : Texts.of("links.create.refused.one-way"));
    }

    private void confirm() {
        if (running || !comparing.ticked()) {
            return;
        }
        clearProblem();
        running = true;
        Caller caller = tools.me().get();
        tools.background()
                .run(
                        UI.getCurrent(),
                        () -> {
                            tools.links()
                                    .confirmPublic(
                                            caller,
                                            link.name(),
                                            comparing.offered().pem());
                            return link.name();
                        },
                        name -> done("create-link.created"),
                        this::failed);
    }

    private void refuse() {
        if (running) {
            return;
        }
        try {
            tools.links().delete(tools.me().get(), link.id());
            done("links.deleted");
        } catch (ProblemException e) {
            failed(e);
        }
    }

    private void done(String key) {
        running = false;
        Toast.done(new Sentence(key, link.name()));
        if (isAttached()) {
            close();
        }
    }

    private void failed(RuntimeException cause) {
        running = false;
        String message = cause instanceof ProblemException known ? known.getMessage() : Texts.of("problem.unknown");
        if (isAttached()) {
            showProblem(Texts.of("confirm-link.failed"), message);
        } else {
            Toast.problem(Texts.of("create-link.failed.closed", link.name(), message));
        }
    }
}
