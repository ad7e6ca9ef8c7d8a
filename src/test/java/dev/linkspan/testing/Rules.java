package dev.linkspan.testing;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Which requests are answered by which fault. The first rule that applies counts. */
public final class Rules {

    private final List<Rule> rules = new CopyOnWriteArrayList<>();

    Rule on(String method, String path) {
        Rule rule = new Rule(method, path);
        rules.add(rule);
        return rule;
    }

    void clear() {
        rules.clear();
    }

    Optional<Fault> fault(ReceivedRequest request) {
        Optional<Fault> found = Optional.empty();
        for (Rule rule : rules) {
            // Every rule counts its requests, whether or not an earlier one answers them.
            Optional<Fault> fault = rule.apply(request);
            if (found.isEmpty()) {
                found = fault;
            }
        }
        return found;
    }

    /** Counts the requests of one method and path, and answers some of them by a fault. */
    public static final class Rule {
        private final String method;
        private final String path;
        private final AtomicInteger seen = new AtomicInteger();
        private Predicate<ReceivedRequest> condition = request -> true;
        private volatile int first = 1;
        private volatile int last;
        private volatile Fault fault;

        private Rule(String method, String path) {
            this.method = method;
            this.path = path;
        }

        /** Counts only requests that fulfil this, too. */
        public Rule where(Predicate<ReceivedRequest> required) {
            condition = required;
            return this;
        }

        /** Counts only requests with a client certificate. */
        public Rule authenticated() {
            return where(request -> request.caller() != null);
        }

        public void always(Fault answer) {
            from(1, answer);
        }

        public void once(Fault answer) {
            nth(1, answer);
        }

        /** Only the n-th request, counted from 1 and from now. */
        public void nth(int n, Fault answer) {
            between(n, n, answer);
        }

        /** The n-th request and all later ones. */
        public void from(int n, Fault answer) {
            between(n, Integer.MAX_VALUE, answer);
        }

        private void between(int from, int to, Fault answer) {
            first = from;
            last = to;
            fault = answer;
        }

        private Optional<Fault> apply(ReceivedRequest request) {
            if (!request.is(method, path) || !condition.test(request)) {
                return Optional.empty();
            }
            int n = seen.incrementAndGet();
            return n >= first && n <= last ? Optional.ofNullable(fault) : Optional.empty();
        }
    }
}
