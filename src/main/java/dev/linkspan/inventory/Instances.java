package dev.linkspan.inventory;

import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityType;
import dev.linkspan.problem.Problem;
import dev.linkspan.problem.ProblemException;
import dev.linkspan.problem.Quoted;
import org.springframework.stereotype.Component;

/** Finds instances for callers, and hides those that they may not see. */
@Component
class Instances {
    private final InstanceRepository repository;
    private final Projects projects;
    private final Access access;

    Instances(InstanceRepository repository, Projects projects, Access access) {
        this.repository = repository;
        this.projects = projects;
        this.access = access;
    }

    /**
     * The instance, when the caller can see its project and has {@code entitlement} on it.
     *
     * @throws ProblemException 404 or 403 (auth.md 1.3)
     */
    InstanceName find(Caller caller, String project, String name, String entitlement) {
        Project in = projects.visible(caller, project);
        InstanceName found = repository
                .findName(in.id(), name)
                .orElseThrow(() -> access.missing(caller, EntityType.INSTANCE, entitlement, notFound(in.name(), name)));
        access.require(caller, found.reference(), entitlement);
        return found;
    }

    static ProblemException notFound(InstanceName instance) {
        return notFound(instance.project(), instance.name());
    }

    static ProblemException notFound(String project, String name) {
        return Problem.INSTANCE_NOT_FOUND.with(Quoted.of(name), Quoted.of(project));
    }
}
