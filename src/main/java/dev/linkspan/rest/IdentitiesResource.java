package dev.linkspan.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.access.Permission;
import dev.linkspan.identity.BearerService;
import dev.linkspan.identity.BearerToken;
import dev.linkspan.identity.CreateBearerIdentity;
import dev.linkspan.identity.CreateIdentity;
import dev.linkspan.identity.CurrentIdentity;
import dev.linkspan.identity.Identity;
import dev.linkspan.identity.IdentityService;
import dev.linkspan.identity.IssuedToken;
import dev.linkspan.identity.UpdateIdentity;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/** {@code /1.0/auth/identities} (auth.md chapter 4). */
@Component
class IdentitiesResource implements Resource {
    private static final String IDENTITIES = "/1.0/auth/identities";
    private static final String OWN = "/1.0/linkspan/identities";
    private static final Set<String> METHODS = Set.of("tls", "oidc", "bearer");

    private final IdentityService identities;
    private final BearerService bearers;
    private final Access access;

    IdentitiesResource(IdentityService identities, BearerService bearers, Access access) {
        this.identities = identities;
        this.bearers = bearers;
        this.access = access;
    }

    /** An identity on the wire. */
    record Wire(
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> accessEntitlements,
            String authenticationMethod,
            String type,
            String id,
            String name,
            List<String> groups,
            String tlsCertificate,
            @JsonInclude(JsonInclude.Include.NON_NULL) String expiresAt) {
        static Wire of(Identity identity, List<String> entitlements) {
            return new Wire(
                    entitlements,
                    identity.method(),
                    identity.type(),
                    identity.identifier(),
                    identity.name(),
                    identity.groups().stream().map(Identity.Membership::name).toList(),
                    identity.certificate(),
                    time(identity.expiresAt()));
        }

        static String time(Instant time) {
            return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS).toString();
        }
    }

    private record Current(
            String authenticationMethod,
            String type,
            String id,
            String name,
            List<String> groups,
            String tlsCertificate,
            @JsonInclude(JsonInclude.Include.NON_NULL) String expiresAt,
            List<String> effectiveGroups,
            List<Permission> effectivePermissions,
            boolean fineGrained) {}

    private record Post(String name, String trustToken, boolean token, String certificate, List<String> groups) {}

    private record PostBearer(String type, String name, List<String> groups) {}

    private record Issue(String expiry) {}

    private record Issued(String token) {}

    private record Put(List<String> groups, String tlsCertificate) {}

    @Override
    public void register(Routes routes) {
        routes.on("GET", IDENTITIES, request -> list(request, null))
                .on("GET", IDENTITIES + "/current", this::current)
                .on("GET", IDENTITIES + "/tls", request -> list(request, "tls"))
                .on("GET", IDENTITIES + "/oidc", request -> list(request, "oidc"))
                .on("GET", IDENTITIES + "/bearer", request -> list(request, "bearer"))
                .open("POST", IDENTITIES + "/tls", this::create)
                .on("POST", OWN + "/tls/{}/token", this::reissue)
                .on("POST", IDENTITIES + "/bearer", this::createBearer)
                .on("POST", IDENTITIES + "/bearer/{}/token", this::issueToken)
                .on("DELETE", IDENTITIES + "/bearer/{}/token", this::revokeToken);
        for (String method : METHODS) {
            String identity = IDENTITIES + "/" + method + "/{}";
            routes.on("GET", identity, request -> get(request, method))
                    .on("PUT", identity, request -> update(request, method, true))
                    .on("PATCH", identity, request -> update(request, method, false))
                    .on("DELETE", identity, request -> delete(request, method));
        }
    }

    private Answer list(ApiRequest request, String method) {
        request.requireRecursionForEntitlements();
        Caller caller = request.caller();
        List<Identity> visible = identities.list(caller, method);
        if (!request.query().recursive()) {
            return Answer.of(
                    visible.isEmpty()
                            ? null
                            : visible.stream()
                                    .map(identity -> identity.url().toString())
                                    .toList());
        }
        List<String> requested = request.requestedEntitlements();
        if (!visible.isEmpty() || !caller.unrestricted()) {
            access.requireReportable(caller, EntityType.IDENTITY, requested);
        }
        return Answer.of(visible.stream()
                .map(identity -> Wire.of(identity, access.held(caller, identity.reference(), requested)))
                .toList());
    }

    private Answer get(ApiRequest request, String method) {
        List<String> requested = request.requestedEntitlements();
        Identity identity = identities.get(request.caller(), method, request.argument(0));
        access.requireReportable(request.caller(), EntityType.IDENTITY, requested);
        Wire wire = Wire.of(identity, access.held(request.caller(), identity.reference(), requested));
        return Answer.tagged(wire, ETags.of(wire));
    }

    private Answer current(ApiRequest request) {
        CurrentIdentity current = identities.current(request.caller());
        Wire wire = Wire.of(current.identity(), List.of());
        return Answer.of(new Current(
                wire.authenticationMethod(),
                wire.type(),
                wire.id(),
                wire.name(),
                wire.groups(),
                wire.tlsCertificate(),
                wire.expiresAt(),
                current.effectiveGroups(),
                current.effectivePermissions(),
                current.identity().fineGrained()));
    }

    private Answer create(ApiRequest request) {
        Caller caller = request.caller();
        Post post = request.body(Post.class);
        CreateIdentity command =
                new CreateIdentity(post.name(), post.groups(), post.certificate(), post.token(), post.trustToken());
        if (!caller.trusted() || command.onlyTrustToken()) {
            return created(identities.activate(caller, command));
        }
        if (!command.token()) {
            return created(identities.create(caller, command));
        }
        IssuedToken issued = identities.createPending(caller, command);
        return Answer.created(issued.identity(), issued.token().wire());
    }

    private static Answer created(String fingerprint) {
        return Answer.created(EntityUrl.of(EntityType.IDENTITY, "tls", fingerprint), null);
    }

    private Answer reissue(ApiRequest request) {
        IssuedToken issued = identities.reissueToken(request.caller(), request.argument(0));
        return Answer.of(issued.token().wire());
    }

    private Answer createBearer(ApiRequest request) {
        access.require(request.caller(), "can_create_identities");
        PostBearer post = request.body(PostBearer.class);
        String identifier =
                bearers.create(request.caller(), new CreateBearerIdentity(post.type(), post.name(), post.groups()));
        return Answer.created(EntityUrl.of(EntityType.IDENTITY, "bearer", identifier), null);
    }

    private Answer issueToken(ApiRequest request) {
        Issue issue = request.body(Issue.class);
        BearerToken token = bearers.issueToken(request.caller(), request.argument(0), issue.expiry());
        return Answer.of(new Issued(token.text()));
    }

    private Answer revokeToken(ApiRequest request) {
        bearers.revokeToken(request.caller(), request.argument(0));
        return Answer.done();
    }

    private Answer update(ApiRequest request, String method, boolean replace) {
        Put put = request.body(Put.class, "Failed unmarshaling request body: ");
        identities.update(
                request.caller(),
                method,
                request.argument(0),
                new UpdateIdentity(put.groups(), put.tlsCertificate(), replace),
                identity -> ETags.require(request.ifMatch(), ETags.of(Wire.of(identity, List.of()))));
        return Answer.done();
    }

    private Answer delete(ApiRequest request, String method) {
        identities.delete(request.caller(), method, request.argument(0));
        return Answer.done();
    }
}
