package dev.linkspan.inventory;

import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.event.Events;
import dev.linkspan.operation.NewOperation;
import dev.linkspan.operation.Operation;
import dev.linkspan.operation.Operations;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.problem.Quoted;
import dev.linkspan.store.Transactions;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/** Instances as inventory: registered, described, renamed and deleted, but never run. */
@Service
public class InstanceService {
    private final InstanceRepository repository;
    private final Instances instances;
    private final Projects projects;
    private final Operations operations;
    private final Access access;
    private final Events events;
    private final Transactions transactions;
    private final Clock clock;

    InstanceService(
            InstanceRepository repository,
            Instances instances,
            Projects projects,
            Operations operations,
            Access access,
            Events events,
            Transactions transactions,
            Clock clock) {
        this.repository = repository;
        this.instances = instances;
        this.projects = projects;
        this.operations = operations;
        this.access = access;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * The instances of a project that the caller may see, by name.
     *
     * @throws ProblemException 404 when the caller can't view the project
     */
    public List<InstanceName> names(Caller caller, String project) {
        Project in = projects.visible(caller, project);
        return access.visible(caller, repository.names(in.id()), InstanceName::reference);
    }

    /** The instances of all projects that the caller may see, by project and name. */
    public List<InstanceName> namesEverywhere(Caller caller) {
        access.requireTrusted(caller);
        return access.visible(caller, repository.names(Integer.MAX_VALUE), InstanceName::reference);
    }

    /**
     * As {@link #names}, with everything about them. Reads no more than what the caller may see.
     *
     * @throws ProblemException 404 when the caller can't view the project
     */
    public List<Instance> list(Caller caller, String project) {
        Project in = projects.visible(caller, project);
        List<InstanceName> all = repository.names(in.id());
        List<InstanceName> visible = access.visible(caller, all, InstanceName::reference);
        return visible.size() == all.size() ? repository.ofProject(in.id()) : byName(visible);
    }

    /** As {@link #namesEverywhere}, with everything about them. */
    public List<Instance> listEverywhere(Caller caller) {
        access.requireTrusted(caller);
        List<InstanceName> all = repository.names(Integer.MAX_VALUE);
        List<InstanceName> visible = access.visible(caller, all, InstanceName::reference);
        return visible.size() == all.size() ? repository.all() : byName(visible);
    }

    private List<Instance> byName(List<InstanceName> visible) {
        return repository.byIds(visible.stream().map(InstanceName::id).toList());
    }

    /**
     * One instance.
     *
     * @throws ProblemException 404
     */
    public Instance get(Caller caller, String project, String name) {
        InstanceName found = instances.find(caller, project, name, "can_view");
        return repository.find(found.id()).orElseThrow(() -> Instances.notFound(found));
    }

    /**
     * Refuses callers who may not create instances in a project; what is asked before the request's body is looked at.
     *
     * @throws ProblemException 404, 403
     */
    public void requireCreate(Caller caller, String project) {
        access.require(caller, projects.visible(caller, project).reference(), "can_create_instances");
    }

    /**
     * Registers an instance.
     *
     * @throws ProblemException 404, 403 without {@code can_create_instances} on the project, 409 when the name is taken
     */
    public Operation create(Caller caller, String project, CreateInstance command) {
        Project in = projects.visible(caller, project);
        access.require(caller, in.reference(), "can_create_instances");
        if (repository.findName(in.id(), command.name()).isPresent()) {
            throw Problem.INSTANCE_EXISTS.with(Quoted.of(command.name()));
        }
        Instance instance = new Instance(
                new InstanceName(0, in.id(), in.name(), command.name()),
                InstanceType.ofWireName(command.type()),
                command.architecture(),
                command.description(),
                InstanceSettings.withIdentity(command.config()),
                command.devices(),
                command.profiles(),
                command.ephemeral(),
                command.stateful(),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
        return operations.start(
                caller,
                work("Creating instance", instance.identity()),
                progress -> transactions.run(() -> {
                    insert(instance);
                    publish(
                            caller,
                            "instance-created",
                            instance.identity(),
                            Map.of("location", "none", "type", instance.type().wireName()));
                }));
    }

    private void insert(Instance instance) {
        try {
            repository.insert(instance);
        } catch (DuplicateKeyException e) {
            throw Problem.INSTANCE_EXISTS.with(Quoted.of(instance.name()));
        }
    }

    private static NewOperation work(String description, InstanceName instance) {
        return NewOperation.on(
                description,
                instance.projectId(),
                instance.project(),
                instance.url().brief());
    }

    private void publish(Caller caller, String action, InstanceName instance, Map<String, String> context) {
        events.publish(caller, action, instance.url(), instance.project(), context);
    }

    /**
     * Refuses callers who may not change an instance; what is asked before the request's body is looked at.
     *
     * @throws ProblemException 404, 403
     */
    public void requireEdit(Caller caller, String project, String name) {
        instances.find(caller, project, name, "can_edit");
    }

    /**
     * Changes an instance at once.
     *
     * @param guard gets the instance under the lock that the change is made in, and refuses by throwing
     * @throws ProblemException 404, 403
     */
    public void update(Caller caller, String project, String name, UpdateInstance command, Consumer<Instance> guard) {
        change(caller, instances.find(caller, project, name, "can_edit"), command, guard);
    }

    private void change(Caller caller, InstanceName found, UpdateInstance command, Consumer<Instance> guard) {
        transactions.run(() -> {
            Instance current = repository.lock(found.id()).orElseThrow(() -> Instances.notFound(found));
            guard.accept(current);
            repository.update(command.applied(current));
            publish(caller, "instance-updated", current.identity(), Map.of());
        });
    }

    /**
     * As {@link #update}, by an operation. The guard is asked before it begins, and again when the change is made.
     *
     * @throws ProblemException 404, 403
     */
    public Operation updateLater(
            Caller caller, String project, String name, UpdateInstance command, Consumer<Instance> guard) {
        InstanceName found = instances.find(caller, project, name, "can_edit");
        guard.accept(repository.find(found.id()).orElseThrow(() -> Instances.notFound(found)));
        return operations.start(
                caller, work("Updating instance", found), progress -> change(caller, found, command, guard));
    }

    /**
     * Renames an instance; its permissions and backups stay.
     *
     * @throws ProblemException 404, 403, 400 for a bad name, 409 when the name is taken
     */
    public Operation rename(Caller caller, String project, String name, String newName) {
        InstanceName found = instances.find(caller, project, name, "can_edit");
        InstanceSettings.checkedName(newName);
        if (repository.findName(found.projectId(), newName).isPresent()) {
            throw Problem.INSTANCE_EXISTS.with(Quoted.of(newName));
        }
        EntityUrl url = InstanceName.url(found.project(), newName);
        NewOperation operation = new NewOperation(
                "Renaming instance",
                found.projectId(),
                found.project(),
                Map.of(),
                Map.of(
                        "entity_url",
                        url.brief(),
                        "original_entity_url",
                        found.url().brief()));
        return operations.start(
                caller,
                operation,
                progress -> transactions.run(() -> {
                    Instance current = repository.lock(found.id()).orElseThrow(() -> Instances.notFound(found));
                    Map<String, String> config = new TreeMap<>(current.config());
                    config.put(InstanceSettings.CLOUD_INIT_ID, UUID.randomUUID().toString());
                    repository.update(with(current, config));
                    try {
                        repository.rename(found.id(), newName);
                    } catch (DuplicateKeyException e) {
                        throw Problem.INSTANCE_EXISTS.with(Quoted.of(newName));
                    }
                    events.publish(
                            caller, "instance-renamed", url, found.project(), Map.of("old_name", current.name()));
                }));
    }

    private static Instance with(Instance instance, Map<String, String> config) {
        return new Instance(
                instance.identity(),
                instance.type(),
                instance.architecture(),
                instance.description(),
                config,
                instance.devices(),
                instance.profiles(),
                instance.ephemeral(),
                instance.stateful(),
                instance.createdAt());
    }

    /**
     * Deletes an instance with its backups and the permissions on it.
     *
     * @throws ProblemException 404, 403
     */
    public Operation delete(Caller caller, String project, String name) {
        InstanceName found = instances.find(caller, project, name, "can_delete");
        return operations.start(
                caller,
                work("Deleting instance", found),
                progress -> transactions.run(() -> {
                    if (repository.delete(found.id()) == 0) {
                        throw Instances.notFound(found);
                    }
                    repository.forgetPermissionsOn(found.id());
                    publish(caller, "instance-deleted", found, Map.of());
                }));
    }

    /**
     * Refuses callers who may not change an instance's state.
     *
     * @throws ProblemException 404, 403
     */
    public void requireUpdateState(Caller caller, String project, String name) {
        instances.find(caller, project, name, "can_update_state");
    }
}
