package dev.linkspan.inventory;

import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityType;
import dev.linkspan.problem.Problem;
import org.springframework.stereotype.Component;

/** Finds projects for callers, and hides those that they may not see. */
@Component
class Projects {
    private static final String VIEW = "can_view";

    private final ProjectRepository repository;
    private final Access access;

    Projects(ProjectRepository repository, Access access) {
        this.repository = repository;
        this.access = access;
    }

    /**
     * The project, when the caller has {@code entitlement} on it.
     *
     * @throws dev.linkspan.problem.ProblemException 404 or 403 (auth.md 1.3)
     */
    Project find(Caller caller, String name, String entitlement) {
        access.requireTrusted(caller);
        Project project = repository
                .find(name)
                .map(ProjectRow::toProject)
                .orElseThrow(() ->
                        access.missing(caller, EntityType.PROJECT, entitlement, Problem.PROJECT_NOT_FOUND.with()));
        access.require(caller, project.reference(), entitlement);
        return project;
    }

    /** The project that a request is about; what every endpoint inside of projects demands first. */
    Project visible(Caller caller, String name) {
        return find(caller, name, VIEW);
    }
}
