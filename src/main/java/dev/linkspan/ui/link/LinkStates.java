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
 * stands first and its status cells fill in. That no address trusts us is only said after it was asked twice: right
 * after an activation the peer may still be about to know us. Lives on one page and is only touched under its lock.
 */
class LinkStates {
    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final Duration FIRST_DOUBT = Duration.ofSeconds(1);
    private static final int CONFIRMED = 2;

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
        if (answer == null || !answer.addresses.equals(link.addresses())) {
            answers.remove(link.id());
            ask(link);
            return Optional.empty();
        }
        if (!Instant.now().isBefore(answer.at.plus(answer.good()))) {
            ask(link);
        }
        return answer.doubts == 0 || answer.doubts >= CONFIRMED ? Optional.of(answer.state) : Optional.empty();
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
        Answer before = answers.get(link.id());
        int doubts = active(state) ? 0 : before == null ? 1 : before.doubts + 1;
        Answer answer = new Answer(state, link.addresses(), Instant.now(), doubts);
        answers.put(link.id(), answer);
        changed.accept(link.id());
        if (doubts > 0) {
            tools.background().after(answer.good(), UI.getCurrent(), () -> changed.accept(link.id()));
        }
    }

    private static boolean active(LinkState state) {
        return state.addresses().stream().anyMatch(address -> address.status() == LinkState.Status.ACTIVE);
    }

    /**
     * An answer.
     *
     * @param doubts how many times in a row no address was active
     */
    private record Answer(LinkState state, List<String> addresses, Instant at, int doubts) {
        /** For how long it counts: bad news are looked at again soon, and less and less often. */
        Duration good() {
            Duration pause = doubts == 0 || doubts > 5 ? FRESH : FIRST_DOUBT.multipliedBy(1L << (doubts - 1));
            return pause.compareTo(FRESH) < 0 ? pause : FRESH;
        }
    }
}
