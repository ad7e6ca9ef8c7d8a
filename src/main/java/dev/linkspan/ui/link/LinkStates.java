package dev.linkspan.ui.link;

import com.vaadin.flow.component.UI;
import dev.linkspan.access.Caller;
import dev.linkspan.link.ClusterLink;
import dev.linkspan.link.LinkPhase;
import dev.linkspan.link.LinkState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What the addresses of links answer, asked for in the background and only for links that are in sight. The table
 * stands first and its status cells fill in. Lives on one page and is only touched under its lock.
 */
class LinkStates {
    private static final Duration FRESH = Duration.ofSeconds(30);

    private final LinkTools tools;
    private final Consumer<Long> changed;
    private final Map<Long, Answer> answers = new HashMap<>();
    private final Set<Long> asked = new HashSet<>();

    LinkStates(LinkTools tools, Consumer<Long> changed) {
        this.tools = tools;
        this.changed = changed;
    }

    /** The last answer, and a new question when that is old or was about other addresses. */
    Optional<LinkState> of(ClusterLink link) {
        if (link.phase() != LinkPhase.ACTIVE) {
            return Optional.empty();
        }
        Answer answer = answers.get(link.id());
        boolean fits = answer != null && answer.addresses.equals(link.addresses());
        if (!fits || answer.at.plus(FRESH).isBefore(Instant.now())) {
            ask(link);
        }
        return fits ? Optional.of(answer.state) : Optional.empty();
    }

    private void ask(ClusterLink link) {
        if (!asked.add(link.id())) {
            return;
        }
        Caller caller = tools.me().get();
        tools.background()
                .run(
                        UI.getCurrent(),
                        () -> tools.links().state(caller, link.name()),
                        state -> answered(link, state),
                        problem -> asked.remove(link.id()));
    }

    private void answered(ClusterLink link, LinkState state) {
        asked.remove(link.id());
        answers.put(link.id(), new Answer(state, link.addresses(), Instant.now()));
        changed.accept(link.id());
    }

    private record Answer(LinkState state, List<String> addresses, Instant at) {}
}
