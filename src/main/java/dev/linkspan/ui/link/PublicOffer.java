package dev.linkspan.ui.link;

import com.vaadin.flow.component.UI;
import dev.linkspan.access.Caller;
import dev.linkspan.link.CreatePublicLink;
import dev.linkspan.link.OfferedCertificate;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.Texts;
import dev.linkspan.ui.shared.Toast;

/**
 * A public link that waits for a person to compare its certificate. It is there only as long as somebody looks at it:
 * whoever goes away without confirming leaves nothing behind, also while the certificate is still being fetched.
 */
class PublicOffer {
    private final LinkTools tools;
    private final Caller caller;
    private final CreatePublicLink wanted;
    private State state = State.FETCHING;
    private boolean abandoned;

    private enum State {
        FETCHING,
        WAITING,
        CONFIRMING,
        OVER
    }

    PublicOffer(LinkTools tools, Caller caller, CreatePublicLink wanted) {
        this.tools = tools;
        this.caller = caller;
        this.wanted = wanted;
    }

    String name() {
        return wanted.name();
    }

    String address() {
        return wanted.address();
    }

    /** Fetches the certificate, which makes the pending link. For a thread of its own. */
    OfferedCertificate fetch() {
        OfferedCertificate offered = tools.links().createPublic(caller, wanted);
        arrive(State.WAITING);
        return offered;
    }

    /** Pins that certificate. For a thread of its own; a link that could not be confirmed still waits. */
    void confirm(OfferedCertificate offered) {
        synchronized (this) {
            state = State.CONFIRMING;
        }
        boolean confirmed = false;
        try {
            tools.links().confirmPublic(caller, wanted.name(), offered.pem());
            confirmed = true;
        } finally {
            arrive(confirmed ? State.OVER : State.WAITING);
        }
    }

    /** Whoever has gone meanwhile won't confirm what waits now. */
    private void arrive(State reached) {
        boolean unwanted;
        synchronized (this) {
            state = reached;
            unwanted = abandoned && reached == State.WAITING;
        }
        if (unwanted) {
            delete();
        }
    }

    /** Refuses the certificate: deletes the pending link. */
    void refuse() {
        delete();
        synchronized (this) {
            state = State.OVER;
        }
    }

    /** Deletes the pending link without anybody waiting for it. While it is being confirmed nothing is deleted. */
    void abandon(UI page) {
        synchronized (this) {
            abandoned = true;
            if (state != State.WAITING) {
                return;
            }
        }
        tools.background()
                .run(
                        page,
                        () -> {
                            delete();
                            return wanted.name();
                        },
                        name -> {},
                        problem -> Toast.problem(Texts.of("create-link.public.left", wanted.name())));
    }

    private void delete() {
        try {
            tools.links().delete(caller, wanted.name());
        } catch (ProblemException e) {
            if (!e.is(Problem.LINK_NOT_FOUND)) {
                throw e;
            }
        }
    }
}
