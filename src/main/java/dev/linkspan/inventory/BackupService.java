package dev.linkspan.inventory;

import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.event.Events;
import dev.linkspan.member.BackupLimit;
import dev.linkspan.operation.NewOperation;
import dev.linkspan.operation.Operation;
import dev.linkspan.operation.Operations;
import dev.linkspan.operation.Progress;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.problem.Quoted;
import dev.linkspan.store.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/** Backups of instances: made by operations, kept in the database. */
@Service
public class BackupService {
    private static final String MANAGE = "can_manage_backups";
    private static final int ATTEMPTS = 20;

    private final BackupRepository repository;
    private final InstanceRepository instanceRows;
    private final Instances instances;
    private final Operations operations;
    private final BackupLimit limit;
    private final Access access;
    private final Events events;
    private final Transactions transactions;
    private final Clock clock;

    BackupService(
            BackupRepository repository,
            InstanceRepository instanceRows,
            Instances instances,
            Operations operations,
            BackupLimit limit,
            Access access,
            Events events,
            Transactions transactions,
            Clock clock) {
        this.repository = repository;
        this.instanceRows = instanceRows;
        this.instances = instances;
        this.operations = operations;
        this.limit = limit;
        this.access = access;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * The backups of an instance, oldest first.
     *
     * @throws ProblemException 404 when the caller can't view the instance
     */
    public List<Backup> list(Caller caller, String project, String instance) {
        InstanceName of = instances.find(caller, project, instance, "can_view");
        return repository.ofInstances(List.of(of.id()));
    }

    /** The backups of those of the instances that the caller may see, oldest first. One query. */
    public List<Backup> ofInstances(Caller caller, List<InstanceName> of) {
        access.requireTrusted(caller);
        return of == null
                ? List.of()
                : repository.ofInstances(access.visible(caller, of, InstanceName::reference).stream()
                        .map(InstanceName::id)
                        .toList());
    }

    /**
     * One backup.
     *
     * @throws ProblemException 404
     */
    public Backup get(Caller caller, String project, String instance, String name) {
        return find(instances.find(caller, project, instance, "can_view"), name);
    }

    private Backup find(InstanceName instance, String name) {
        return repository.find(instance.id(), name).orElseThrow(Problem.BACKUP_NOT_FOUND::with);
    }

    /**
     * Refuses callers who may not manage the backups of an instance; what is asked before the request's body is looked
     * at.
     *
     * @throws ProblemException 404, 403
     */
    public void requireManage(Caller caller, String project, String instance) {
        instances.find(caller, project, instance, MANAGE);
    }

    /**
     * Makes a backup.
     *
     * @throws ProblemException 404, 403 without {@code can_manage_backups}, 409 when the name is taken
     */
    public Operation create(Caller caller, String project, String instance, CreateBackup command) {
        InstanceName of = instances.find(caller, project, instance, MANAGE);
        for (int attempt = 1; ; attempt++) {
            String name = command.name().isEmpty() ? nextName(of) : command.name();
            try {
                return start(caller, of, name, command);
            } catch (DuplicateKeyException e) {
                if (!command.name().isEmpty() || attempt == ATTEMPTS) {
                    throw Problem.BACKUP_EXISTS.with(Quoted.of(name));
                }
            }
        }
    }

    private String nextName(InstanceName instance) {
        Set<String> taken = new HashSet<>(repository.names(instance.id()));
        int number = 0;
        while (taken.contains("backup" + number)) {
            number++;
        }
        return "backup" + number;
    }

    private Operation start(Caller caller, InstanceName of, String name, CreateBackup command) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return operations.start(
                caller,
                work("Backing up instance", of, Backup.url(of, name)),
                id -> repository.reserve(of.id(), name, command, id, now),
                progress -> {
                    try {
                        make(caller, of, name, command, progress);
                    } catch (RuntimeException e) {
                        transactions.run(() -> repository.giveUp(progress.id()));
                        throw e;
                    }
                });
    }

    private static NewOperation work(String description, InstanceName instance, EntityUrl backup) {
        return NewOperation.on(description, instance.projectId(), instance.project(), backup.brief());
    }

    private void make(Caller caller, InstanceName of, String name, CreateBackup command, Progress progress) {
        transactions.run(() -> {
            long id = repository.lockReserved(progress.id()).orElseThrow(() -> Instances.notFound(of));
            Instance instance = instanceRows.find(of.id()).orElseThrow(() -> Instances.notFound(of));
            ChunkedOutput output = new ChunkedOutput(
                    (chunk, number) -> {
                        progress.checkpoint();
                        repository.insertChunk(id, number, chunk);
                    },
                    limit.bytes());
            new BackupArchive(instance, command, clock.instant()).write(output);
            repository.complete(id, output.size());
            publish(caller, "instance-backup-created", Backup.url(instance.identity(), name), Map.of());
        });
    }

    private void publish(Caller caller, String action, EntityUrl backup, Map<String, String> context) {
        events.publish(caller, action, backup, backup.project(), context);
    }

    /**
     * Renames a backup.
     *
     * @throws ProblemException 404, 403 without {@code can_manage_backups}, 400 for a bad name, 409 when it is taken
     */
    public Operation rename(Caller caller, String project, String instance, String name, String newName) {
        Backup backup = managed(caller, project, instance, name);
        CreateBackup.checkedName(newName);
        if (repository.names(backup.instance().id()).contains(newName)) {
            throw Problem.BACKUP_EXISTS.with(Quoted.of(newName));
        }
        EntityUrl url = Backup.url(backup.instance(), newName);
        NewOperation operation = new NewOperation(
                "Renaming instance backup",
                backup.instance().projectId(),
                backup.instance().project(),
                Map.of(),
                Map.of(
                        "entity_url",
                        url.brief(),
                        "original_entity_url",
                        backup.url().brief()));
        return operations.start(
                caller,
                operation,
                progress -> transactions.run(() -> {
                    try {
                        if (repository.rename(backup.id(), newName) == 0) {
                            throw Problem.BACKUP_NOT_FOUND.with();
                        }
                    } catch (DuplicateKeyException e) {
                        throw Problem.BACKUP_EXISTS.with(Quoted.of(newName));
                    }
                    publish(caller, "instance-backup-renamed", url, Map.of("old_name", name));
                }));
    }

    private Backup managed(Caller caller, String project, String instance, String name) {
        InstanceName of = instances.find(caller, project, instance, MANAGE);
        return find(of, name);
    }

    /**
     * Deletes a backup.
     *
     * @throws ProblemException 404, 403 without {@code can_manage_backups}
     */
    public Operation delete(Caller caller, String project, String instance, String name) {
        Backup backup = managed(caller, project, instance, name);
        return operations.start(
                caller,
                work("Removing instance backup", backup.instance(), backup.url()),
                progress -> remove(caller, backup));
    }

    private void remove(Caller caller, Backup backup) {
        transactions.run(() -> {
            if (repository.delete(backup.id()) == 0) {
                throw Problem.BACKUP_NOT_FOUND.with();
            }
            publish(caller, "instance-backup-deleted", backup.url(), Map.of());
        });
    }

    /**
     * The archive of a backup.
     *
     * @throws ProblemException 404, 403 without {@code can_manage_backups}
     */
    public BackupExport export(Caller caller, String project, String instance, String name) {
        Backup backup = managed(caller, project, instance, name);
        transactions.run(() -> publish(caller, "instance-backup-retrieved", backup.url(), Map.of()));
        return new BackupExport(backup.size(), new Chunks(backup));
    }

    void removeExpired(int most) {
        repository.giveUpAbandoned();
        for (Backup backup : repository.expired(clock.instant(), most)) {
            try {
                remove(Caller.system(), backup);
            } catch (ProblemException e) {
                // Somebody else was quicker.
            }
        }
    }

    private final class Chunks implements Iterator<byte[]> {
        private final Backup backup;
        private long read;
        private int next;

        Chunks(Backup backup) {
            this.backup = backup;
        }

        @Override
        public boolean hasNext() {
            return read < backup.size();
        }

        @Override
        public byte[] next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            byte[] chunk = repository.chunk(backup.id(), next++).orElseThrow(Problem.BACKUP_NOT_FOUND::with);
            read += chunk.length;
            return chunk;
        }
    }
}
