package dev.linkspan.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.linkspan.Linkspan;
import dev.linkspan.access.Caller;
import dev.linkspan.access.TestCallers;
import dev.linkspan.operation.Operation;
import dev.linkspan.operation.OperationService;
import dev.linkspan.testing.FreePort;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** What becomes of backups whose time is over, and of those that were never completed. */
@ResourceLock("server in this process")
class BackupExpiryIT {
    private static final Caller CALLER = TestCallers.local();
    private static final String PROJECT = "default";

    private static ConfigurableApplicationContext context;
    private static BackupService backups;
    private static BackupRepository repository;

    @BeforeAll
    static void start() {
        context = SpringApplication.run(
                Linkspan.class,
                "--linkspan.data=" + Path.of("target", "it", "expiry").toAbsolutePath(),
                "--linkspan.address=127.0.0.1:" + FreePort.next());
        backups = context.getBean(BackupService.class);
        repository = context.getBean(BackupRepository.class);
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    private static void ended(Operation begun) {
        assertThat(context.getBean(OperationService.class)
                        .await(begun, Duration.ofSeconds(20))
                        .error())
                .isEmpty();
    }

    private static String instance() {
        CreateInstance command =
                new CreateInstance("", "", "", "", Map.of(), Map.of(), List.of(), false, false, "none");
        ended(context.getBean(InstanceService.class).create(CALLER, PROJECT, command));
        return command.name();
    }

    private static void backup(String instance, String name, Instant expiresAt) {
        ended(backups.create(CALLER, PROJECT, instance, new CreateBackup(name, expiresAt, false, false, "", 0)));
    }

    private static List<String> names(String instance) {
        return backups.list(CALLER, PROJECT, instance).stream()
                .map(Backup::name)
                .toList();
    }

    @Test
    void backupWhenExpiredThenDeleted() {
        String instance = instance();
        backup(instance, "old", Instant.now().minusSeconds(1));
        backup(instance, "fresh", Instant.now().plusSeconds(60));
        backup(instance, "endless", null);
        context.getBean(BackupExpiry.class).run();
        assertThat(names(instance)).containsExactly("fresh", "endless");
    }

    @Test
    void backupWhenItsOperationIsGoneThenNeverSeenAndItsNameIsFreed() {
        String instance = instance();
        long id = context.getBean(InstanceService.class)
                .get(CALLER, PROJECT, instance)
                .identity()
                .id();
        CreateBackup command = new CreateBackup("b", null, false, false, "", 0);
        repository.reserve(id, "b", command, "00000000-0000-7000-8000-000000000000", Instant.now());
        assertThat(names(instance)).isEmpty();
        assertThat(repository.names(id)).containsExactly("b");
        context.getBean(BackupExpiry.class).run();
        assertThat(repository.names(id)).isEmpty();
        backup(instance, "b", null);
        assertThat(names(instance)).containsExactly("b");
    }
}
