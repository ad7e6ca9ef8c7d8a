package dev.linkspan.event;

import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Forgets events after a year, and earlier when there are more than a million: anybody who can reach the server can make some.
 */
@Component
class OldEvents {
    static final Duration KEPT = Duration.ofDays(365);
    private static final int MOST = 1_000_000;
    private static final Logger log = LoggerFactory.getLogger(OldEvents.class);

    private final EventLog events;
    private final Clock clock;

    OldEvents(EventLog events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    @Scheduled(initialDelayString = "PT2M", fixedDelayString = "PT1H")
    void run() {
        forget(MOST);
    }

    void forget(int most) {
        try {
            events.forget(clock.instant().minus(KEPT), most);
        } catch (DataAccessException e) {
            log.debug("Old events are forgotten later: {}", e.getMessage());
        }
    }
}
