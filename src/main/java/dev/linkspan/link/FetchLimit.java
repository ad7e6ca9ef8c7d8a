package dev.linkspan.link;

import dev.linkspan.access.Caller;
import dev.linkspan.problem.Problem;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** How much of what makes us call other clusters one caller may have under way at a member. */
@Component
class FetchLimit {
    private static final int MOST = 64;
    /** A token is for one peer, which has no reason to come more often than it has members. */
    private static final int MOST_OF_A_TOKEN = 8;

    private final Map<String, Integer> underWay = new ConcurrentHashMap<>();

    /**
     * Does the work, which the caller asked for.
     *
     * @throws dev.linkspan.problem.ProblemException 429 when too much is under way for this caller
     */
    <T> T within(Caller caller, Supplier<T> work) {
        String key = caller.trusted()
                ? caller.protocol() + " " + caller.username()
                : caller.origin().host();
        return within(key, MOST, work);
    }

    /** The same for whoever uses the token of a pending identity. */
    <T> T withinToken(long identityId, Supplier<T> work) {
        return within("token " + identityId, MOST_OF_A_TOKEN, work);
    }

    private <T> T within(String key, int most, Supplier<T> work) {
        int number = underWay.merge(key, 1, Integer::sum);
        try {
            if (number > most) {
                throw Problem.TOO_MANY_FETCHES.with(most);
            }
            return work.get();
        } finally {
            underWay.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
        }
    }
}
