package dev.linkspan.identity;

import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Forgets the hashes of used secrets when their tokens would have expired: from then on nobody may repeat their use. */
@Component
class UsedSecrets {
    private static final Logger log = LoggerFactory.getLogger(UsedSecrets.class);

    private final IdentityRepository repository;
    private final Clock clock;

    UsedSecrets(IdentityRepository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT5M", fixedDelayString = "PT1H")
    void forget() {
        try {
            repository.forgetUsedSecrets(clock.instant());
        } catch (DataAccessException e) {
            log.debug("Used secrets are forgotten later: {}", e.getMessage());
        }
    }
}
