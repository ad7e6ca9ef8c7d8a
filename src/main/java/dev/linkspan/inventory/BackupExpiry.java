package dev.linkspan.inventory;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Deletes backups whose time is over, and what is left of those that were never completed. */
@Component
class BackupExpiry {
    private static final Logger log = LoggerFactory.getLogger(BackupExpiry.class);
    private static final int MOST_AT_ONCE = 1_000;

    private final BackupService backups;

    BackupExpiry(BackupService backups) {
        this.backups = backups;
    }

    @Scheduled(fixedDelayString = "PT1M", initialDelayString = "PT30S")
    void run() {
        try {
            backups.removeExpired(MOST_AT_ONCE);
        } catch (DataAccessException e) {
            log.debug("Expired backups are deleted later: {}", e.getMessage());
        }
    }
}
