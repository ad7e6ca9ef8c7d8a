package dev.linkspan.identity;

import dev.linkspan.problem.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * How often an address may fail to sign in: ten times at once, then once in six seconds. Successes don't count. Kept in
 * memory, for so many addresses at most; an IPv6 network of one user counts as one address.
 */
@Component
class SignInAttempts {
    private static final int MOST_ADDRESSES = 10_000;
    private static final int AT_ONCE = 10;
    private static final Duration FOR_ONE = Duration.ofSeconds(6);
    private static final int USER_NETWORK_GROUPS = 4;

    /** Attempts left, in the time that they take to come back. */
    private record Allowance(Duration left, Instant at) {
        Allowance now(Instant now) {
            Duration back = left.plus(Duration.between(at, now));
            Duration most = FOR_ONE.multipliedBy(AT_ONCE);
            return new Allowance(back.compareTo(most) > 0 ? most : back, now);
        }

        Allowance plus(Duration time) {
            return new Allowance(left.plus(time), at);
        }
    }

    private final Clock clock;
    private final Map<String, Allowance> allowances = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Allowance> eldest) {
            return size() > MOST_ADDRESSES;
        }
    };

    SignInAttempts(Clock clock) {
        this.clock = clock;
    }

    /**
     * Counts an attempt.
     *
     * @param host address without a port
     * @throws dev.linkspan.problem.ProblemException 429 when there were too many
     */
    synchronized void begin(String host) {
        Allowance allowance = allowance(host);
        if (allowance.left().compareTo(FOR_ONE) < 0) {
            allowances.put(network(host), allowance);
            long seconds = FOR_ONE.minus(allowance.left()).toSeconds() + 1;
            throw Problem.TOO_MANY_SIGN_INS.with(host, seconds);
        }
        allowances.put(network(host), allowance.plus(FOR_ONE.negated()));
    }

    /** Takes an attempt back that was a success. */
    synchronized void succeeded(String host) {
        allowances.put(network(host), allowance(host).plus(FOR_ONE).now(clock.instant()));
    }

    private Allowance allowance(String host) {
        Instant now = clock.instant();
        Allowance full = new Allowance(FOR_ONE.multipliedBy(AT_ONCE), now);
        return allowances.getOrDefault(network(host), full).now(now);
    }

    private static String network(String host) {
        if (!host.startsWith("[")) {
            return host;
        }
        String[] groups = host.substring(1, host.length() - 1).split(":");
        return String.join(":", java.util.Arrays.copyOf(groups, Math.min(groups.length, USER_NETWORK_GROUPS)));
    }
}
