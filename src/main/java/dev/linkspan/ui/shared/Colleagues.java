package dev.linkspan.ui.shared;

import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.identity.IdentityService;
import dev.linkspan.problem.ProblemException;
import org.springframework.stereotype.Component;

/** What others do while somebody fills in a form, and what they are called as far as the reader may know. */
@Component
public class Colleagues {
    private static final String SOCKET = "unix";

    private final IdentityService identities;
    private final CurrentCaller me;
    private final Live live;

    Colleagues(IdentityService identities, CurrentCaller me, Live live) {
        this.identities = identities;
        this.me = me;
        this.live = live;
    }

    Live live() {
        return live;
    }

    /**
     * What a form says of the others.
     *
     * @param takeTheirs gives up one's own input for what there is by now
     */
    public Meanwhile meanwhile(Runnable takeTheirs) {
        return new Meanwhile(this, takeTheirs);
    }

    /** Who caused an event; somebody when there is none or one may not know. */
    String name(LifecycleEvent event) {
        if (event == null) {
            return Texts.of("actor.somebody");
        }
        if (event.username().isEmpty()) {
            return Texts.of("actor.system");
        }
        if (event.protocol().equals(SOCKET)) {
            return Texts.of("actor.socket");
        }
        try {
            String name =
                    identities.get(me.get(), event.protocol(), event.username()).name();
            return name.isEmpty() ? Texts.of("actor.somebody") : name;
        } catch (ProblemException e) {
            return Texts.of("actor.somebody");
        }
    }
}
