package dev.linkspan.rest;

import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.inventory.ProjectService;
import dev.linkspan.operation.Operation;
import dev.linkspan.operation.OperationService;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Who may see which event. Rights are those of the moment at which the event is sent. */
@Component
class EventRights {
    private final Access access;
    private final ProjectService projects;
    private final OperationService operations;

    EventRights(Access access, ProjectService projects, OperationService operations) {
        this.access = access;
        this.projects = projects;
        this.operations = operations;
    }

    Optional<Operation> seen(Caller caller, Operation operation) {
        return operations.seenBy(caller, operation);
    }

    boolean maySeeSecurity(Caller caller) {
        return access.allowed(caller, "can_view_events");
    }

    /** Who caused an event in a project may always see it, one without project only by right. */
    boolean maySee(Caller caller, LifecycleEvent event) {
        if (event.project() == null) {
            return access.allowed(caller, "can_view_events");
        }
        boolean own = !event.username().isEmpty()
                && event.username().equals(caller.username())
                && event.protocol().equals(caller.protocol());
        return own || projects.mayViewEvents(caller, event.project());
    }
}
