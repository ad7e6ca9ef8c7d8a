package dev.linkspan.operation;

import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.event.LiveFeed;
import dev.linkspan.member.ClusterStart;
import dev.linkspan.store.Transactions;
import dev.linkspan.store.Transactions.Phase;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Trust tokens that are operations (auth.md 5.5): running until they are used, cancelled, or out of date. For rooms, which
 * check rights. Their metadata has {@code secret} and, unless they last for ever, {@code expiresAt}.
 */
@Component
public class TokenOperations {
    private static final Logger log = LoggerFactory.getLogger(TokenOperations.class);

    private final OperationRepository repository;
    private final Transactions transactions;
    private final LiveFeed feed;
    private final Clock clock;
    private final long memberId;

    TokenOperations(
            OperationRepository repository,
            Transactions transactions,
            LiveFeed feed,
            ClusterStart member,
            Clock clock) {
        this.repository = repository;
        this.transactions = transactions;
        this.feed = feed;
        this.clock = clock;
        this.memberId = member.memberId();
    }

    /** A new token. */
    public Operation issue(Caller caller, String description, Map<String, Object> metadata) {
        Instant now = now();
        Operation issued = new Operation(
                OperationIds.next(now),
                Operation.TOKEN,
                description,
                now,
                now,
                OperationStatus.RUNNING,
                EntityUrl.DEFAULT_PROJECT,
                0,
                Map.of(),
                new TreeMap<>(metadata),
                "",
                0,
                caller.username(),
                caller.protocol(),
                caller.origin().address());
        transactions.run(() -> {
            repository.insert(issued, memberId);
            tell(issued);
        });
        return issued;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private void tell(Operation operation) {
        transactions.afterwards(Phase.TELL, () -> feed.publish(operation));
    }

    /** The token with this secret that can still be used. */
    public Optional<Operation> find(String secret) {
        byte[] wanted = secret.getBytes(StandardCharsets.UTF_8);
        return repository.runningTokens().stream()
                .filter(token -> token.metadata().get("secret") instanceof String known
                        && MessageDigest.isEqual(known.getBytes(StandardCharsets.UTF_8), wanted))
                .findFirst();
    }

    /** In the running transaction: the token is used; false when it was used or cancelled meanwhile. */
    public boolean use(Operation token) {
        return end(token, OperationStatus.SUCCESS);
    }

    /** The token can't be used any more. */
    public void cancel(Operation token) {
        transactions.run(() -> end(token, OperationStatus.CANCELLED));
    }

    private boolean end(Operation token, OperationStatus how) {
        boolean cancelled = how == OperationStatus.CANCELLED;
        Operation ended = token.ended(how, cancelled ? how.text() : "", cancelled ? how.code() : 0, now());
        boolean first = repository.end(ended) == 1;
        if (first) {
            tell(ended);
        }
        return first;
    }

    @Scheduled(fixedDelayString = "PT1H", initialDelayString = "PT5M")
    void cancelExpired() {
        try {
            Instant now = clock.instant();
            repository.runningTokens().stream()
                    .filter(token ->
                            token.metadata().get("expiresAt") instanceof String end && now.isAfter(Instant.parse(end)))
                    .forEach(this::cancel);
        } catch (DataAccessException e) {
            log.debug("Expired tokens are cancelled later: {}", e.getMessage());
        }
    }
}
