package dev.linkspan.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.access.Permission;
import dev.linkspan.group.AuthGroup;
import dev.linkspan.group.CreateGroup;
import dev.linkspan.group.GroupService;
import dev.linkspan.group.UpdateGroup;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** {@code /1.0/auth/groups} (auth.md chapter 3). */
@Component
class GroupsResource implements Resource {
    private static final String GROUPS = "/1.0/auth/groups";
    private static final String GROUP = GROUPS + "/{}";
    private static final String BAD_BODY = "Invalid request body: ";

    private final GroupService groups;
    private final Access access;

    GroupsResource(GroupService groups, Access access) {
        this.groups = groups;
        this.access = access;
    }

    /** A group on the wire; null stands for empty lists where LXD has it so. */
    record Wire(
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> accessEntitlements,
            String name,
            String description,
            List<Permission> permissions,
            Map<String, List<String>> identities,
            List<String> identityProviderGroups) {}

    private record Post(String name, String description, List<Permission> permissions) {}

    @Override
    public void register(Routes routes) {
        routes.on("GET", GROUPS, this::list)
                .on("POST", GROUPS, this::create)
                .on("GET", GROUP, this::get)
                .on("PUT", GROUP, request -> update(request, true))
                .on("PATCH", GROUP, request -> update(request, false))
                .on("POST", GROUP, this::rename)
                .on("DELETE", GROUP, this::delete);
    }

    private Answer list(ApiRequest request) {
        request.requireRecursionForEntitlements();
        Caller caller = request.caller();
        List<AuthGroup> visible = groups.list(caller);
        if (!request.query().recursive()) {
            return Answer.of(
                    visible.isEmpty()
                            ? null
                            : visible.stream().map(group -> url(group.name())).toList());
        }
        List<String> requested = request.requestedEntitlements();
        if (!visible.isEmpty() || !caller.unrestricted()) {
            access.requireReportable(caller, EntityType.GROUP, requested);
        }
        return Answer.of(visible.stream()
                .map(group -> new Wire(
                        access.held(caller, group.reference(), requested),
                        group.name(),
                        group.description(),
                        group.permissions().isEmpty() ? null : group.permissions(),
                        group.identities(),
                        group.identityProviderGroups()))
                .toList());
    }

    private static String url(String name) {
        return EntityUrl.of(EntityType.GROUP, name).toString();
    }

    private Answer create(ApiRequest request) {
        access.require(request.caller(), "can_create_groups");
        Post post = request.body(Post.class, BAD_BODY);
        groups.create(request.caller(), new CreateGroup(post.name(), post.description(), post.permissions()));
        return Answer.created(url(post.name()), null);
    }

    private Answer get(ApiRequest request) {
        List<String> requested = request.requestedEntitlements();
        AuthGroup group = groups.get(request.caller(), request.argument(0));
        access.requireReportable(request.caller(), EntityType.GROUP, requested);
        Wire wire = single(group, access.held(request.caller(), group.reference(), requested));
        return Answer.tagged(wire, ETags.of(wire));
    }

    private static Wire single(AuthGroup group, List<String> entitlements) {
        return new Wire(
                entitlements,
                group.name(),
                group.description(),
                group.permissions(),
                group.identities(),
                group.identityProviderGroups().isEmpty() ? null : group.identityProviderGroups());
    }

    private Answer update(ApiRequest request, boolean replace) {
        groups.requireEditable(request.caller(), request.argument(0));
        Post put = request.body(Post.class, BAD_BODY);
        groups.update(
                request.caller(),
                request.argument(0),
                new UpdateGroup(put.description(), put.permissions(), replace),
                group -> ETags.require(request.ifMatch(), ETags.of(single(group, List.of()))));
        return Answer.done();
    }

    private Answer rename(ApiRequest request) {
        groups.requireEditable(request.caller(), request.argument(0));
        Post post = request.body(Post.class, BAD_BODY);
        groups.rename(request.caller(), request.argument(0), post.name());
        return Answer.created(url(post.name()), null);
    }

    private Answer delete(ApiRequest request) {
        groups.delete(request.caller(), request.argument(0));
        return Answer.done();
    }
}
