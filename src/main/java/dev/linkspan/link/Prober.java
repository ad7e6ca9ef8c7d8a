package dev.linkspan.link;

import dev.linkspan.access.Caller;
import dev.linkspan.event.Events;
import dev.linkspan.member.ClusterKeys;
import dev.linkspan.member.PeriodicWork;
import dev.linkspan.store.LinkspanProperties;
import dev.linkspan.store.Transactions;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Asks all active links again and again, on one member at a time and at most 64 at once: those that answer every 60 s,
 * the others less and less often.
 */
@Component
class Prober {
    static final int MOST_AT_ONCE = 64;

    private static final Logger log = LoggerFactory.getLogger(Prober.class);
    private static final String LOCK = "probes";
    private static final Duration ROUND = Duration.ofSeconds(25);
    /** Longer than a round and the probes that are under way at its end. */
    private static final Duration LEASE = Duration.ofSeconds(90);

    /** Longer than any probe: by then what came of it is stored, or its member died. */
    private static final Duration TAKEN_UP = Duration.ofSeconds(40);

    private static final Duration WAIT = Duration.ofMillis(200);
    private static final Duration TIDYING = Duration.ofMinutes(10);
    /** Right after an activation the peer may still be about to trust us. */
    private static final Duration SETTLING = Duration.ofSeconds(60);

    private static final Duration FIRST_PROBE = Duration.ofMillis(1_500);
    private static final Duration SETTLING_PAUSE = Duration.ofSeconds(5);
    static final Duration HOURS_KEPT = Duration.ofDays(30);
    private static final Duration CHANGES_KEPT = Duration.ofDays(365);
    private static final double SPREAD = 0.1;

    private final Contacts contacts;
    private final LinkChanges changes;
    private final LinkProbe probe;
    private final OtherCertificates certificates;
    private final ClusterKeys keys;
    private final PeriodicWork periodic;
    private final Events events;
    private final Transactions transactions;
    private final LinkspanProperties.Probe settings;
    private final Clock clock;
    private final ExecutorService workers = Executors.newCachedThreadPool(
            Thread.ofPlatform().name("probe-", 0).daemon().factory());
    private final ExecutorService runner = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("prober").daemon().factory());
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile boolean ready;
    private volatile boolean stopped;

    Prober(
            Contacts contacts,
            LinkChanges changes,
            LinkProbe probe,
            OtherCertificates certificates,
            ClusterKeys keys,
            PeriodicWork periodic,
            Events events,
            Transactions transactions,
            LinkspanProperties properties,
            Clock clock) {
        this.contacts = contacts;
        this.changes = changes;
        this.probe = probe;
        this.certificates = certificates;
        this.keys = keys;
        this.periodic = periodic;
        this.events = events;
        this.transactions = transactions;
        this.settings = properties.probe();
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        ready = true;
    }

    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.MINUTES)
    void sweep() {
        changes.allChanged();
    }

    @Scheduled(fixedDelay = 500)
    void tick() {
        if (ready && running.compareAndSet(false, true)) {
            try {
                runner.execute(this::run);
            } catch (RejectedExecutionException e) {
                running.set(false);
            }
        }
    }

    private void run() {
        try {
            if (changes.take()) {
                contacts.addMissing(clock.instant(), clock.instant().plus(FIRST_PROBE));
            }
            if (!contacts.due(clock.instant(), 1).isEmpty()) {
                periodic.alone(LOCK, LEASE, this::round);
            }
        } catch (DataAccessException e) {
            changes.allChanged();
            log.info("Links are asked later: {}", e.getMessage());
        } catch (RuntimeException e) {
            log.warn("Asking links failed", e);
        } finally {
            running.set(false);
        }
    }

    /** Keeps up to 64 probes going for as long as links are due, and stores what comes of them. */
    private void round() {
        Instant end = clock.instant().plus(ROUND);
        BlockingQueue<ProbeOutcome> outcomes = new LinkedBlockingQueue<>();
        int underWay = 0;
        while (true) {
            int free = clock.instant().isBefore(end) && !stopped ? MOST_AT_ONCE - underWay : 0;
            List<ProbeTarget> due = free == 0 ? List.of() : takeUp(free);
            if (!due.isEmpty()) {
                due.forEach(target -> workers.execute(() -> outcomes.add(outcome(target))));
                underWay += due.size();
            }
            if (underWay == 0 || clock.instant().isAfter(end.plus(ROUND))) {
                return;
            }
            underWay -= store(outcomes);
        }
    }

    private List<ProbeTarget> takeUp(int most) {
        List<ProbeTarget> due = contacts.due(clock.instant(), most);
        if (!due.isEmpty()) {
            transactions.run(() -> contacts.takeUp(due, clock.instant().plus(TAKEN_UP)));
        }
        return due;
    }

    private ProbeOutcome outcome(ProbeTarget target) {
        try {
            return settled(probe.ask(target));
        } catch (RuntimeException e) {
            log.warn("Asking cluster link {} failed", target.name(), e);
            return new ProbeOutcome(
                    target,
                    clock.instant(),
                    target.status(),
                    "the probe itself failed",
                    0,
                    null,
                    null,
                    false,
                    null,
                    null);
        }
    }

    private ProbeOutcome settled(ProbeOutcome outcome) {
        ProbeTarget target = outcome.target();
        boolean settling = target.status() == ContactStatus.UNKNOWN
                && outcome.status() == ContactStatus.NOT_TRUSTED
                && outcome.at().isBefore(target.since().plus(SETTLING));
        return settling ? outcome.undecided() : outcome;
    }

    private int store(BlockingQueue<ProbeOutcome> outcomes) {
        List<ProbeOutcome> batch = new ArrayList<>();
        try {
            ProbeOutcome first = outcomes.poll(WAIT.toMillis(), TimeUnit.MILLISECONDS);
            if (first == null) {
                return 0;
            }
            batch.add(first);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking links", e);
        }
        outcomes.drainTo(batch);
        Map<Long, Instant> next = new HashMap<>();
        batch.forEach(
                outcome -> next.put(outcome.target().linkId(), outcome.at().plus(pause(outcome))));
        try {
            transactions.run(() -> contacts.record(batch, next).forEach(this::tell));
            return batch.size();
        } catch (DataAccessException e) {
            log.info("What came of asking {} links is stored later: {}", batch.size(), e.getMessage());
            outcomes.addAll(batch);
            pause();
            return 0;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking links", e);
        }
    }

    private void tell(ProbeOutcome outcome) {
        events.signal(
                Caller.system(),
                "cluster-link-contact",
                ClusterLink.url(outcome.target().name()));
    }

    /** The interval, doubled with each failure in a row, each time 10 % more or less. */
    private Duration pause(ProbeOutcome outcome) {
        if (outcome.status() == ContactStatus.UNKNOWN) {
            return shorter(SETTLING_PAUSE, settings.interval());
        }
        int failures = outcome.status() == ContactStatus.ACTIVE
                ? 0
                : Math.min(outcome.target().failures(), 20);
        Duration pause = shorter(settings.interval().multipliedBy(1L << failures), settings.longestPause());
        double factor = 1 + ThreadLocalRandom.current().nextDouble(-SPREAD, SPREAD);
        return Duration.ofMillis(Math.round(pause.toMillis() * factor));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    @Scheduled(fixedDelay = 60, initialDelay = 1, timeUnit = TimeUnit.MINUTES)
    void forgetOld() {
        try {
            periodic.alone("forget-contacts", TIDYING, () -> {
                contacts.forget(clock.instant(), HOURS_KEPT, CHANGES_KEPT);
                certificates.forgetOld();
                keys.forgetOld();
            });
        } catch (DataAccessException e) {
            log.debug("Old contacts are forgotten later: {}", e.getMessage());
        }
    }

    @PreDestroy
    void stop() {
        stopped = true;
        workers.shutdownNow();
        runner.shutdownNow();
    }
}
