package dev.linkspan.link;

import dev.linkspan.access.Caller;
import dev.linkspan.access.TrustChanges;
import dev.linkspan.access.TrustChanges.Kind;
import dev.linkspan.event.Events;
import dev.linkspan.identity.TrustToken;
import dev.linkspan.peer.PeerAnswer;
import dev.linkspan.peer.PeerConnection;
import dev.linkspan.peer.PeerException;
import dev.linkspan.peer.Probe;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.problem.Quoted;
import dev.linkspan.store.Transactions;
import dev.linkspan.tls.Certificates;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Brings an activating link to its end: active, or removed on our side. After any answer that isn't a success, or none,
 * the peer is asked whether it trusts us; only a clear no, at a time when the peer can't be about to say yes any more,
 * ends with removal (design.md, "How a link comes to be").
 */
@Component
class Handshake {
    /** How long one attempt may keep a link to itself. */
    static final Duration LEASE = Duration.ofSeconds(75);

    private static final Duration CALLER_PATIENCE = Duration.ofSeconds(58);
    private static final Duration ANSWER = Duration.ofSeconds(40);
    private static final Duration CHECK = Duration.ofSeconds(5);
    /** A stock issuer probes for up to 30 s before it commits. */
    private static final Duration PEER_MAY_COMMIT = Duration.ofSeconds(35);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);
    private static final Duration[] BACK_OFF = {
        Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(60)
    };
    private static final Duration AFTER_EXPIRY = Duration.ofMinutes(1);

    private enum Trust {
        YES,
        NO,
        UNKNOWN
    }

    /** What the attempts to deliver the activation came to. */
    private static final class Attempts {
        private final List<String> errors = new ArrayList<>();
        private int status;
        private String refusal;
        private boolean accepted;
        /** When something was last sent to which no whole answer came: the peer may still be about to accept it. */
        private Instant unanswered;
    }

    private final LinkRepository repository;
    private final LinkFacts facts;
    private final Map<LinkType, Direction> directions;
    private final Farewell farewell;
    private final Events events;
    private final TrustChanges changes;
    private final Transactions transactions;
    private final Clock clock;

    Handshake(
            LinkRepository repository,
            LinkFacts facts,
            List<Direction> directions,
            Farewell farewell,
            Events events,
            TrustChanges changes,
            Transactions transactions,
            Clock clock) {
        this.repository = repository;
        this.facts = facts;
        this.directions = directions.stream().collect(Collectors.toMap(Direction::type, Function.identity()));
        this.farewell = farewell;
        this.events = events;
        this.changes = changes;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * For the request that made the link: returns when the link is active.
     *
     * @param began {@link System#nanoTime()} of the request: the caller gets an answer within 60 s of it
     * @throws ProblemException the peer's refusal, 502 when no address took the activation, or 504 when the end is left to
     *     the reconciler
     */
    void complete(Caller caller, LinkRow link, TrustToken token, PeerConnection connection, long began) {
        long end = began + CALLER_PATIENCE.toNanos();
        conclude(caller, link, token, connection, false, end);
    }

    /** For the reconciler: the same for a link that somebody else began. */
    void resume(LinkRow link, TrustToken token, PeerConnection connection) {
        long end = System.nanoTime() + CALLER_PATIENCE.toNanos();
        if (trust(link, connection, end) == Trust.YES) {
            accept(Caller.system(), link, connection);
        } else if (link.attempts() > 0 && link.activationSentAt() != null) {
            // Sent and never answered: sent once more, the peer could be about to accept it for ever.
            Attempts attempts = new Attempts();
            attempts.unanswered = link.activationSentAt();
            attempts.errors.add("no whole answer came to the activation");
            settle(Caller.system(), link, connection, attempts, clock.instant(), end);
        } else {
            conclude(Caller.system(), link, token, connection, true, end);
        }
    }

    private void conclude(
            Caller caller, LinkRow link, TrustToken token, PeerConnection connection, boolean sentBefore, long end) {
        Instant now = clock.instant();
        Instant settled = sentBefore && link.activationSentAt() != null
                ? link.activationSentAt().plus(PEER_MAY_COMMIT)
                : now;
        if (sentBefore && repository.sending(link.id(), now, now.plus(LEASE)) == 0) {
            return;
        }
        settle(caller, link, connection, send(link, token, connection, end), settled, end);
    }

    private void settle(
            Caller caller, LinkRow link, PeerConnection connection, Attempts attempts, Instant earliest, long end) {
        Instant settled = attempts.unanswered == null ? earliest : attempts.unanswered.plus(PEER_MAY_COMMIT);
        Trust trust = attempts.accepted ? Trust.YES : await(link, connection, settled, end);
        switch (trust) {
            case YES -> accept(caller, link, connection);
            case NO -> {
                remove(caller, link);
                throw problem(link, attempts);
            }
            case UNKNOWN -> postpone(caller, link, attempts);
        }
    }

    private Attempts send(LinkRow link, TrustToken token, PeerConnection connection, long end) {
        Attempts attempts = new Attempts();
        Direction direction = direction(link);
        Map<String, Object> activation = direction.activation(token);
        for (String address : link.knownAddresses()) {
            Instant sent = clock.instant();
            try {
                PeerAnswer answer = connection.post(address, direction.path(), activation, within(ANSWER, end));
                if (answer.success()) {
                    attempts.accepted = true;
                    return attempts;
                }
                attempts.errors.add("Remote cluster address \"%s\": %s".formatted(address, answer.error()));
                if (attempts.refusal == null) {
                    attempts.status = answer.status();
                    attempts.refusal = attempts.errors.getLast();
                }
            } catch (PeerException e) {
                boolean whole = e.reason() == PeerException.Reason.NOT_THE_API;
                if (e.maybeSent() && !whole) {
                    attempts.unanswered = sent;
                }
                attempts.errors.add(
                        "Failed connecting to remote cluster address \"%s\": %s".formatted(address, e.getMessage()));
                if (attempts.unanswered != null && trust(link, connection, end) == Trust.YES) {
                    attempts.accepted = true;
                    return attempts;
                }
            }
            if (System.nanoTime() > end) {
                break;
            }
        }
        return attempts;
    }

    private Direction direction(LinkRow link) {
        return directions.get(LinkType.valueOf(link.type()));
    }

    /** Asks until the peer says yes, or says no at a time when it can't be about to accept any more. */
    private Trust await(LinkRow link, PeerConnection connection, Instant settled, long end) {
        Duration pause = FIRST_PAUSE;
        while (true) {
            boolean late = !clock.instant().isBefore(settled);
            Trust trust = trust(link, connection, end);
            if (trust == Trust.YES || (trust == Trust.NO && late)) {
                return trust;
            }
            if (System.nanoTime() + pause.toNanos() > end) {
                return Trust.UNKNOWN;
            }
            sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a link was being activated", e);
        }
    }

    /** Whether the peer trusts us: yes when any address says so, no when one says no and none says yes. */
    private Trust trust(LinkRow link, PeerConnection connection, long end) {
        List<Probe.Result> results =
                Probe.all(connection, link.knownAddresses(), within(CHECK, end), Duration.ofMillis(500));
        if (results.stream()
                .anyMatch(result -> result.answer() != null && result.answer().trusted())) {
            return Trust.YES;
        }
        return results.stream().anyMatch(Probe.Result::proved) ? Trust.NO : Trust.UNKNOWN;
    }

    private static Duration within(Duration limit, long end) {
        long left = Math.max(Duration.ofSeconds(1).toNanos(), end - System.nanoTime());
        return limit.toNanos() < left ? limit : Duration.ofNanos(left);
    }

    private void accept(Caller caller, LinkRow link, PeerConnection connection) {
        String fingerprint = Certificates.fingerprint(connection.certificate());
        boolean active = transactions.call(() -> {
            if (repository.activateConsumed(link.id()) == 0) {
                return false;
            }
            String name = repository.findById(link.id()).orElseThrow().name();
            LinkHistory.record(events, caller, "cluster-link-created", name, Map.of(LinkHistory.ACTIVATED, ""));
            direction(link).trust(caller, link, fingerprint);
            changes.changed(Kind.LINK, link.id());
            return true;
        });
        if (!active) {
            // The link was deleted here while the peer accepted it.
            farewell.tell(connection, link.knownAddresses());
            throw Problem.LINK_DELETED_MEANWHILE.with(link.name());
        }
    }

    void remove(Caller caller, LinkRow link) {
        transactions.run(() -> {
            String name = repository.findById(link.id()).map(LinkRow::name).orElse(link.name());
            if (repository.deleteActivating(link.id()) == 1) {
                direction(link).discard(link);
                facts.forgetPermissionsOn(link.id());
                changes.changed(Kind.LINK, link.id());
                events.signal(caller, "cluster-link-refused", ClusterLink.url(name));
            }
        });
    }

    private void postpone(Caller caller, LinkRow link, Attempts attempts) {
        Instant now = clock.instant();
        boolean over = link.tokenExpiresAt() != null
                && now.isAfter(link.tokenExpiresAt().plus(AFTER_EXPIRY));
        if (over) {
            remove(caller, link);
            throw problem(link, attempts);
        }
        Duration pause = BACK_OFF[Math.min(link.attempts(), BACK_OFF.length - 1)];
        repository.postpone(link.id(), now.plus(pause), attempts.unanswered);
        throw Problem.LINK_IN_BACKGROUND.with(link.name(), CALLER_PATIENCE.toSeconds());
    }

    private ProblemException problem(LinkRow link, Attempts attempts) {
        String failed = direction(link).failed() + " " + Quoted.of(link.name());
        if (attempts.refusal != null) {
            return new ProblemException(
                    attempts.status >= 400 ? attempts.status : 502,
                    "%s after trying %d address(es): %s".formatted(failed, attempts.errors.size(), attempts.refusal));
        }
        return new ProblemException(502, failed + ": " + String.join("; ", attempts.errors));
    }
}
