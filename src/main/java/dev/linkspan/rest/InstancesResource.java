package dev.linkspan.rest;

import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityType;
import dev.linkspan.inventory.Backup;
import dev.linkspan.inventory.BackupService;
import dev.linkspan.inventory.CreateInstance;
import dev.linkspan.inventory.Instance;
import dev.linkspan.inventory.InstanceService;
import dev.linkspan.inventory.UpdateInstance;
import dev.linkspan.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** {@code /1.0/instances}: instances as inventory. */
@Component
class InstancesResource implements Resource {
    static final String INSTANCES = "/1.0/instances";
    static final String INSTANCE = INSTANCES + "/{}";

    private static final int WITH_EVERYTHING = 2;
    /** Longer lists are written as they are made. */
    private static final int LONG = 1_000;

    private final InstanceService instances;
    private final BackupService backups;
    private final Access access;

    InstancesResource(InstanceService instances, BackupService backups, Access access) {
        this.instances = instances;
        this.backups = backups;
        this.access = access;
    }

    private record Source(String type) {}

    private record Post(
            String name,
            String description,
            String type,
            String architecture,
            Map<String, String> config,
            Map<String, Map<String, String>> devices,
            List<String> profiles,
            boolean ephemeral,
            boolean stateful,
            Source source,
            String instanceType,
            boolean start) {
        CreateInstance command() {
            if (start) {
                throw Problem.INSTANCE_HAS_NO_RUNTIME.with("start");
            }
            if (instanceType != null && !instanceType.isEmpty()) {
                throw Problem.INSTANCE_HAS_NO_RUNTIME.with("size");
            }
            return new CreateInstance(
                    name,
                    description,
                    type,
                    architecture,
                    config,
                    devices,
                    profiles,
                    ephemeral,
                    stateful,
                    source == null ? "" : source.type());
        }
    }

    /** What can be written of an instance; its hash is the ETag. */
    private record Put(
            String architecture,
            Map<String, String> config,
            Map<String, Map<String, String>> devices,
            Boolean ephemeral,
            List<String> profiles,
            Boolean stateful,
            String description) {
        static Put of(Instance instance) {
            return new Put(
                    instance.architecture(),
                    new TreeMap<>(instance.config()),
                    new TreeMap<>(instance.devices()),
                    instance.ephemeral(),
                    instance.profiles(),
                    instance.stateful(),
                    instance.description());
        }

        UpdateInstance command(boolean replace) {
            return new UpdateInstance(
                    description, architecture, config, devices, profiles, ephemeral, stateful, replace);
        }
    }

    private record Restore(String restore) {}

    private record Rename(String name, boolean migration, String pool, String project, Object target) {
        boolean moves() {
            return migration
                    || target != null
                    || (pool != null && !pool.isEmpty())
                    || (project != null && !project.isEmpty());
        }
    }

    private record State(String action) {}

    @Override
    public void register(Routes routes) {
        routes.on("GET", INSTANCES, this::list)
                .on("POST", INSTANCES, this::create)
                .on("GET", INSTANCE, this::get)
                .on("PUT", INSTANCE, this::replace)
                .on("PATCH", INSTANCE, this::patch)
                .on("POST", INSTANCE, this::rename)
                .on("DELETE", INSTANCE, this::delete)
                .on("GET", INSTANCE + "/state", this::state)
                .on("PUT", INSTANCE + "/state", this::changeState);
    }

    private Answer list(ApiRequest request) {
        request.requireRecursionForEntitlements();
        boolean everywhere = request.allProjects();
        Caller caller = request.caller();
        Filter filter = Filter.parse(request.query().get("filter"));
        if (!request.query().recursive() && filter.isEmpty()) {
            var names = everywhere ? instances.namesEverywhere(caller) : instances.names(caller, request.project());
            return Answer.of(names.stream().map(name -> name.url().brief()).toList());
        }
        List<Instance> visible =
                everywhere ? instances.listEverywhere(caller) : instances.list(caller, request.project());
        List<String> requested = request.requestedEntitlements();
        if (!visible.isEmpty() || !caller.unrestricted()) {
            access.requireReportable(caller, EntityType.INSTANCE, requested);
        }
        boolean full = request.query().recursion() >= WITH_EVERYTHING;
        Map<Long, List<Backup>> backupsOf = full ? backupsOf(caller, visible) : Map.of();
        Stream<Object> matching = visible.stream()
                .<Object>map(instance -> {
                    InstanceWire wire = InstanceWire.of(instance, access.held(caller, instance.reference(), requested));
                    List<Backup> own =
                            backupsOf.getOrDefault(instance.identity().id(), List.of());
                    return full ? wire.full(BackupsResource.wires(own)) : wire;
                })
                .filter(wire -> filter.isEmpty() || filter.matches(Json.tree(wire)));
        if (!request.query().recursive()) {
            return Answer.of(urls(visible, matching.toList()));
        }
        return visible.size() > LONG
                ? Answer.direct((servlet, response) -> LongList.write(response, matching.iterator()))
                : Answer.of(matching.toList());
    }

    private Map<Long, List<Backup>> backupsOf(Caller caller, List<Instance> of) {
        return backups.ofInstances(caller, of.stream().map(Instance::identity).toList()).stream()
                .collect(Collectors.groupingBy(backup -> backup.instance().id()));
    }

    private static List<String> urls(List<Instance> visible, List<Object> matching) {
        record Key(String project, String name) {}
        var wanted = matching.stream()
                .map(InstanceWire.class::cast)
                .map(wire -> new Key(wire.project(), wire.name()))
                .collect(Collectors.toSet());
        return visible.stream()
                .filter(instance -> wanted.contains(new Key(instance.project(), instance.name())))
                .map(instance -> instance.url().brief())
                .toList();
    }

    private Answer create(ApiRequest request) {
        instances.requireCreate(request.caller(), request.project());
        Post post = request.body(Post.class);
        return Answer.begun(instances.create(request.caller(), request.project(), post.command()));
    }

    private Answer get(ApiRequest request) {
        Caller caller = request.caller();
        List<String> requested = request.requestedEntitlements();
        Instance instance = instances.get(caller, request.project(), request.argument(0));
        access.requireReportable(caller, EntityType.INSTANCE, requested);
        InstanceWire wire = InstanceWire.of(instance, access.held(caller, instance.reference(), requested));
        if (!request.query().recursive()) {
            return Answer.tagged(wire, etag(instance));
        }
        List<Backup> own = backups.list(caller, request.project(), request.argument(0));
        return Answer.tagged(wire.full(BackupsResource.wires(own)), etag(instance));
    }

    private static String etag(Instance instance) {
        return ETags.of(Put.of(instance));
    }

    private Answer replace(ApiRequest request) {
        instances.requireEdit(request.caller(), request.project(), request.argument(0));
        byte[] body = request.bytes();
        Restore restore = Json.read(body, Restore.class, "");
        if (restore.restore() != null && !restore.restore().isEmpty()) {
            throw Problem.INSTANCE_HAS_NO_RUNTIME.with("restore");
        }
        String ifMatch = request.ifMatch();
        return Answer.begun(instances.updateLater(
                request.caller(),
                request.project(),
                request.argument(0),
                Json.read(body, Put.class, "").command(true),
                instance -> ETags.require(ifMatch, etag(instance))));
    }

    private Answer patch(ApiRequest request) {
        instances.requireEdit(request.caller(), request.project(), request.argument(0));
        instances.update(
                request.caller(),
                request.project(),
                request.argument(0),
                request.body(Put.class).command(false),
                instance -> ETags.require(request.ifMatch(), etag(instance)));
        return Answer.done();
    }

    private Answer rename(ApiRequest request) {
        instances.requireEdit(request.caller(), request.project(), request.argument(0));
        Rename rename = request.body(Rename.class);
        if (rename.moves()) {
            throw Problem.INSTANCE_HAS_NO_RUNTIME.with("move");
        }
        return Answer.begun(instances.rename(request.caller(), request.project(), request.argument(0), rename.name()));
    }

    private Answer delete(ApiRequest request) {
        return Answer.begun(instances.delete(request.caller(), request.project(), request.argument(0)));
    }

    private Answer state(ApiRequest request) {
        instances.get(request.caller(), request.project(), request.argument(0));
        return Answer.tagged(InstanceWire.state(), ETags.of(InstanceWire.state()));
    }

    private Answer changeState(ApiRequest request) {
        instances.requireUpdateState(request.caller(), request.project(), request.argument(0));
        String action = request.body(State.class).action();
        throw Problem.INSTANCE_HAS_NO_RUNTIME.with(action == null || action.isEmpty() ? "run" : action);
    }
}
