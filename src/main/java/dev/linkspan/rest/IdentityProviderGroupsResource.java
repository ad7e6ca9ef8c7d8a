package dev.linkspan.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.group.IdentityProviderGroup;
import dev.linkspan.group.IdentityProviderGroupService;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** {@code /1.0/auth/identity-provider-groups} (auth.md 6.2). */
@Component
class IdentityProviderGroupsResource implements Resource {
    private static final String GROUPS = "/1.0/auth/identity-provider-groups";
    private static final String GROUP = GROUPS + "/{}";

    private final IdentityProviderGroupService groups;
    private final Access access;

    IdentityProviderGroupsResource(IdentityProviderGroupService groups, Access access) {
        this.groups = groups;
        this.access = access;
    }

    private record Wire(
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> accessEntitlements,
            String name,
            List<String> groups) {
        static Wire of(IdentityProviderGroup group, List<String> entitlements) {
            return new Wire(entitlements, group.name(), group.groups());
        }
    }

    private record Post(String name, List<String> groups) {
        Post {
            name = name == null ? "" : name;
            groups = groups == null
                    ? List.of()
                    : groups.stream()
                            .map(group -> Objects.requireNonNullElse(group, ""))
                            .toList();
        }
    }

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
        List<IdentityProviderGroup> visible = groups.list(caller);
        if (!request.query().recursive()) {
            return Answer.of(
                    visible.stream().map(group -> group.url().toString()).toList());
        }
        List<String> requested = request.requestedEntitlements();
        if (!visible.isEmpty() || !caller.unrestricted()) {
            access.requireReportable(caller, EntityType.IDENTITY_PROVIDER_GROUP, requested);
        }
        return Answer.of(visible.stream()
                .map(group -> Wire.of(group, access.held(caller, group.reference(), requested)))
                .toList());
    }

    private Answer create(ApiRequest request) {
        access.require(request.caller(), "can_create_identity_provider_groups");
        Post post = request.body(Post.class);
        groups.create(request.caller(), post.name(), post.groups());
        return created(post.name());
    }

    private static Answer created(String name) {
        return Answer.created(EntityUrl.of(EntityType.IDENTITY_PROVIDER_GROUP, name), null);
    }

    private Answer get(ApiRequest request) {
        List<String> requested = request.requestedEntitlements();
        IdentityProviderGroup group = groups.get(request.caller(), request.argument(0));
        access.requireReportable(request.caller(), EntityType.IDENTITY_PROVIDER_GROUP, requested);
        Wire wire = Wire.of(group, access.held(request.caller(), group.reference(), requested));
        return Answer.tagged(wire, ETags.of(wire));
    }

    private Answer update(ApiRequest request, boolean replace) {
        Post put = request.body(Post.class);
        groups.update(
                request.caller(),
                request.argument(0),
                put.groups(),
                replace,
                group -> ETags.require(request.ifMatch(), ETags.of(Wire.of(group, List.of()))));
        return Answer.done();
    }

    private Answer rename(ApiRequest request) {
        Post post = request.body(Post.class);
        groups.rename(request.caller(), request.argument(0), post.name());
        return created(post.name());
    }

    private Answer delete(ApiRequest request) {
        groups.delete(request.caller(), request.argument(0));
        return Answer.done();
    }
}
