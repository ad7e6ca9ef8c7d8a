package dev.linkspan.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.inventory.CreateProject;
import dev.linkspan.inventory.InstanceName;
import dev.linkspan.inventory.InstanceService;
import dev.linkspan.inventory.Project;
import dev.linkspan.inventory.ProjectService;
import dev.linkspan.inventory.UpdateProject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** {@code /1.0/projects}. */
@Component
class ProjectsResource implements Resource {
    private static final String PROJECTS = "/1.0/projects";
    private static final String PROJECT = PROJECTS + "/{}";

    private final ProjectService projects;
    private final InstanceService instances;
    private final Access access;

    ProjectsResource(ProjectService projects, InstanceService instances, Access access) {
        this.projects = projects;
        this.instances = instances;
        this.access = access;
    }

    private record Wire(
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> accessEntitlements,
            String name,
            String description,
            Map<String, String> config,
            List<String> usedBy) {}

    private record Post(String name, String description, Map<String, String> config) {}

    private record Put(String description, Map<String, String> config) {}

    @Override
    public void register(Routes routes) {
        routes.on("GET", PROJECTS, this::list)
                .on("POST", PROJECTS, this::create)
                .on("GET", PROJECT, this::get)
                .on("PUT", PROJECT, request -> update(request, true))
                .on("PATCH", PROJECT, request -> update(request, false))
                .on("POST", PROJECT, this::rename)
                .on("DELETE", PROJECT, this::delete);
    }

    private Answer list(ApiRequest request) {
        request.requireRecursionForEntitlements();
        Caller caller = request.caller();
        List<Project> visible = projects.list(caller);
        if (!request.query().recursive()) {
            return Answer.of(
                    visible.stream().map(project -> project.url().toString()).toList());
        }
        List<String> requested = request.requestedEntitlements();
        if (!visible.isEmpty() || !caller.unrestricted()) {
            access.requireReportable(caller, EntityType.PROJECT, requested);
        }
        Map<Long, List<String>> used = instances.namesEverywhere(caller).stream()
                .collect(Collectors.groupingBy(
                        InstanceName::projectId,
                        Collectors.mapping(instance -> instance.url().brief(), Collectors.toList())));
        return Answer.of(visible.stream()
                .map(project -> wire(
                        project,
                        access.held(caller, project.reference(), requested),
                        used.getOrDefault(project.id(), List.of())))
                .toList());
    }

    private static Wire wire(Project project, List<String> entitlements, List<String> usedBy) {
        return new Wire(entitlements, project.name(), project.description(), project.config(), usedBy);
    }

    private Answer get(ApiRequest request) {
        Caller caller = request.caller();
        List<String> requested = request.requestedEntitlements();
        Project project = projects.get(caller, request.argument(0));
        access.requireReportable(caller, EntityType.PROJECT, requested);
        List<String> used = instances.names(caller, project.name()).stream()
                .map(instance -> instance.url().brief())
                .toList();
        return Answer.tagged(wire(project, access.held(caller, project.reference(), requested), used), etag(project));
    }

    private static String etag(Project project) {
        return ETags.of(new Put(project.description(), new TreeMap<>(project.config())));
    }

    private Answer create(ApiRequest request) {
        access.require(request.caller(), "can_create_projects");
        Post post = request.body(Post.class);
        CreateProject command = new CreateProject(post.name(), post.description(), post.config());
        projects.create(request.caller(), command);
        return Answer.created(PROJECTS + "/" + EntityUrl.encode(command.name()), null);
    }

    private Answer update(ApiRequest request, boolean replace) {
        projects.requireEdit(request.caller(), request.argument(0));
        Put put = request.body(Put.class);
        projects.update(
                request.caller(),
                request.argument(0),
                new UpdateProject(put.description(), put.config(), replace),
                project -> ETags.require(request.ifMatch(), etag(project)));
        return Answer.done();
    }

    private Answer rename(ApiRequest request) {
        projects.requireEdit(request.caller(), request.argument(0));
        Post post = request.body(Post.class);
        return Answer.begun(projects.rename(request.caller(), request.argument(0), post.name()));
    }

    private Answer delete(ApiRequest request) {
        projects.delete(request.caller(), request.argument(0));
        return Answer.done();
    }
}
