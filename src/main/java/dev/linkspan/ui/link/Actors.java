package dev.linkspan.ui.link;

import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.ui.shared.Texts;

/** Who did something, as far as the reader may know. */
record Actors(LinkTools tools) {
    private static final String SOCKET = "unix";

    String name(LifecycleEvent event) {
        if (event.username().isEmpty()) {
            return Texts.of("actor.system");
        }
        if (event.protocol().equals(SOCKET)) {
            return Texts.of("actor.socket");
        }
        try {
            return tools.identities()
                    .get(tools.me().get(), event.protocol(), event.username())
                    .name();
        } catch (ProblemException e) {
            return Texts.of("edit-link.somebody");
        }
    }
}
