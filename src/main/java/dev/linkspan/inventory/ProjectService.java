package dev.linkspan.inventory;

import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityType;
import dev.linkspan.event.Events;
import dev.linkspan.operation.NewOperation;
import dev.linkspan.operation.Operation;
import dev.linkspan.operation.Operations;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.store.Transactions;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Service;

/** Projects: what instances live in. */
@Service
public class ProjectService {
    private static final String VIEW_EVENTS = "can_view_events";

    private final ProjectRepository repository;
    private final Projects projects;
    private final Operations operations;
    private final Access access;
    private final Events events;
    private final Transactions transactions;
    private final Clock clock;

    ProjectService(
            ProjectRepository repository,
            Projects projects,
            Operations operations,
            Access access,
            Events events,
            Transactions transactions,
            Clock clock) {
        this.repository = repository;
        this.projects = projects;
        this.operations = operations;
        this.access = access;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** The projects that the caller may see, by name. */
    public List<Project> list(Caller caller) {
        access.requireTrusted(caller);
        return access.visible(
                caller, repository.all().stream().map(ProjectRow::toProject).toList(), Project::reference);
    }

    /**
     * One project. What is inside of a project asks this first.
     *
     * @throws ProblemException 404
     */
    public Project get(Caller caller, String name) {
        return projects.visible(caller, name);
    }

    /** Whether the caller may receive the events of a project; false when there is none of that name any more. */
    public boolean mayViewEvents(Caller caller, String name) {
        access.requireTrusted(caller);
        return access.allowed(caller, EntityReference.of(EntityType.PROJECT, 0), VIEW_EVENTS)
                || repository
                        .find(name)
                        .filter(row -> access.allowed(caller, row.toProject().reference(), VIEW_EVENTS))
                        .isPresent();
    }

    /**
     * Makes a project.
     *
     * @throws ProblemException 403 without {@code can_create_projects} on the server, 409 when the name is taken
     */
    public void create(Caller caller, CreateProject command) {
        access.require(caller, "can_create_projects");
        transactions.run(() -> {
            try {
                repository.save(new ProjectRow(
                        null,
                        command.name(),
                        command.description(),
                        Stored.json(ProjectConfig.complete(command.config())),
                        clock.instant().truncatedTo(ChronoUnit.MICROS)));
            } catch (DuplicateKeyException e) {
                throw Problem.PROJECT_EXISTS.with(command.name());
            }
            events.publish(caller, "project-created", Project.url(command.name()), command.name(), Map.of());
        });
    }

    /**
     * Refuses callers who may not change a project; what is asked before the request's body is looked at.
     *
     * @throws ProblemException 404, 403
     */
    public void requireEdit(Caller caller, String name) {
        projects.find(caller, name, "can_edit");
    }

    /**
     * Changes description and configuration.
     *
     * @param guard gets the project under the lock that the change is made in, and refuses by throwing
     * @throws ProblemException 404, 403
     */
    public void update(Caller caller, String name, UpdateProject command, Consumer<Project> guard) {
        Project found = projects.find(caller, name, "can_edit");
        transactions.run(() -> {
            Project project =
                    repository.lock(found.id()).map(ProjectRow::toProject).orElseThrow(Problem.PROJECT_NOT_FOUND::with);
            guard.accept(project);
            Map<String, String> config = new TreeMap<>(command.replace() ? Map.of() : project.config());
            config.putAll(command.config());
            repository.configure(
                    project.id(),
                    command.description() == null ? project.description() : command.description(),
                    Stored.json(ProjectConfig.checked(config)));
            events.publish(caller, "project-updated", project.url(), project.name(), Map.of());
        });
    }

    /**
     * Renames a project with everything in it; permissions stay.
     *
     * @throws ProblemException 404, 403, 403 for {@code default}, 400 for a bad name, 409 when the name is taken
     */
    public Operation rename(Caller caller, String name, String newName) {
        Project project = projects.find(caller, name, "can_edit");
        if (project.name().equals(Project.DEFAULT)) {
            throw Problem.PROJECT_IS_DEFAULT.with("renamed");
        }
        CreateProject.checkedName(newName);
        if (repository.find(newName).isPresent()) {
            throw Problem.PROJECT_EXISTS.with(newName);
        }
        String url = Project.url(newName).brief();
        NewOperation operation = new NewOperation(
                "Renaming project",
                project.id(),
                newName,
                Map.of(),
                Map.of("entity_url", url, "original_entity_url", project.url().brief()));
        return operations.start(
                caller,
                operation,
                progress -> transactions.run(() -> {
                    try {
                        if (repository.rename(project.id(), newName) == 0) {
                            throw Problem.PROJECT_NOT_FOUND.with();
                        }
                    } catch (DuplicateKeyException e) {
                        throw Problem.PROJECT_EXISTS.with(newName);
                    }
                    events.publish(caller, "project-renamed", Project.url(newName), newName, Map.of("old_name", name));
                }));
    }

    /**
     * Deletes an empty project and the permissions on it.
     *
     * @throws ProblemException 404, 403, 403 for {@code default}, 400 when something is in it
     */
    public void delete(Caller caller, String name) {
        Project project = projects.find(caller, name, "can_delete");
        if (project.name().equals(Project.DEFAULT)) {
            throw Problem.PROJECT_IS_DEFAULT.with("deleted");
        }
        transactions.run(() -> {
            repository.lock(project.id()).orElseThrow(Problem.PROJECT_NOT_FOUND::with);
            if (repository.instances(project.id()) > 0) {
                throw Problem.PROJECT_NOT_EMPTY.with();
            }
            repository.delete(project.id());
            repository.forgetPermissionsOn(project.id());
            events.publish(caller, "project-deleted", project.url(), project.name(), Map.of());
        });
    }
}
