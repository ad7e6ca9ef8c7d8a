package dev.linkspan.link;

import dev.linkspan.identity.TrustToken;
import dev.linkspan.peer.PeerConnection;
import dev.linkspan.peer.Peers;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.store.Vault;
import jakarta.annotation.PreDestroy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Finishes activating links that nobody is at work on: those of a process that died, and those whose peer was silent for
 * longer than a caller waits.
 */
@Component
class Reconciler {
    private static final Logger log = LoggerFactory.getLogger(Reconciler.class);
    private static final int AT_ONCE = 64;

    private final LinkRepository repository;
    private final Handshake handshake;
    private final Peers peers;
    private final Vault vault;
    private final Clock clock;
    private final ExecutorService workers = Executors.newCachedThreadPool(
            Thread.ofPlatform().name("reconciler-", 0).daemon().factory());
    private final Semaphore slots = new Semaphore(AT_ONCE);
    private volatile boolean ready;

    Reconciler(LinkRepository repository, Handshake handshake, Peers peers, Vault vault, Clock clock) {
        this.repository = repository;
        this.handshake = handshake;
        this.peers = peers;
        this.vault = vault;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        repository.endLeases(clock.instant());
        ready = true;
        run();
    }

    @Scheduled(fixedDelayString = "PT1S")
    void run() {
        if (!ready) {
            return;
        }
        try {
            Instant now = clock.instant();
            for (long id : repository.due(now)) {
                if (!slots.tryAcquire()) {
                    return;
                }
                takeUp(id, now);
            }
        } catch (DataAccessException e) {
            log.debug("Activating links are looked at later: {}", e.getMessage());
        }
    }

    private void takeUp(long id, Instant now) {
        boolean begun = false;
        try {
            if (repository.takeUp(id, now, now.plus(Handshake.LEASE)) == 1) {
                workers.execute(() -> finish(id));
                begun = true;
            }
        } finally {
            if (!begun) {
                slots.release();
            }
        }
    }

    private void finish(long id) {
        try {
            repository.findById(id).ifPresent(this::finish);
        } catch (ProblemException e) {
            log.info("Activating link {}: {}", id, e.getMessage());
        } catch (RuntimeException e) {
            log.warn("Activating link {} failed and is taken up again later", id, e);
        } finally {
            slots.release();
        }
    }

    private void finish(LinkRow link) {
        if (link.consumedToken() == null) {
            return;
        }
        TrustToken token =
                TrustToken.decode(new String(vault.decrypt(link.consumedToken()), StandardCharsets.US_ASCII));
        try (PeerConnection connection = peers.connect(token.fingerprint().toLowerCase(java.util.Locale.ROOT), true)) {
            handshake.resume(link, token, connection);
        }
    }

    @PreDestroy
    void stop() {
        workers.shutdownNow();
    }
}
