package dev.linkspan.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.access.Permission;
import dev.linkspan.identity.Administrators;
import dev.linkspan.identity.EffectiveAccess;
import dev.linkspan.identity.EffectiveAccess.OfIdentity;
import dev.linkspan.identity.EffectiveAccess.RefusedRequest;
import dev.linkspan.identity.EffectiveAccess.ThroughGroup;
import dev.linkspan.identity.EffectiveAccess.ThroughGroups;
import dev.linkspan.identity.EffectiveAccess.Why;
import dev.linkspan.identity.Identity;
import dev.linkspan.identity.PlannedChange;
import dev.linkspan.problem.Problem;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** {@code /1.0/linkspan/effective-access}, {@code refused-requests} and {@code last-administrator}. */
@Component
class EffectiveAccessResource implements Resource {
    private final EffectiveAccess effective;
    private final Administrators administrators;

    EffectiveAccessResource(EffectiveAccess effective, Administrators administrators) {
        this.effective = effective;
        this.administrators = administrators;
    }

    private record Of(
            String identity, String name, boolean unrestricted, List<Group> groups, List<Granted> permissions) {}

    private record Group(String name, boolean direct, List<String> identityProviderGroups) {
        static Group of(ThroughGroup group) {
            return new Group(group.name(), group.direct(), group.identityProviderGroups());
        }
    }

    private record Granted(String entityType, String url, String entitlement, List<String> groups) {
        static Granted of(ThroughGroups through) {
            Permission permission = through.permission();
            return new Granted(permission.entityType(), permission.url(), permission.entitlement(), through.groups());
        }
    }

    private record Reasons(boolean unrestricted, boolean implied, List<Granted> through) {
        static Reasons of(Why why) {
            return new Reasons(
                    why.unrestricted(),
                    why.implied(),
                    why.through().stream().map(Granted::of).toList());
        }
    }

    private record Held(String entitlement, String description, Reasons why) {}

    private record Holder(String identity, String name, String type, Reasons why) {}

    private record Refused(
            String identity,
            String name,
            String entityType,
            @JsonInclude(JsonInclude.Include.NON_NULL) String url,
            String entitlement,
            String request,
            long count,
            String first,
            String last,
            List<Permission> wouldAllow) {
        static Refused of(RefusedRequest refused) {
            return new Refused(
                    refused.identity().url().toString(),
                    refused.identity().name(),
                    refused.entityType().wireName(),
                    refused.entityUrl(),
                    refused.entitlement(),
                    refused.request(),
                    refused.count(),
                    refused.first().truncatedTo(ChronoUnit.SECONDS).toString(),
                    refused.last().truncatedTo(ChronoUnit.SECONDS).toString(),
                    refused.wouldAllow());
        }
    }

    private record Plan(
            Set<String> deletedIdentities,
            Set<String> revokedTokens,
            Map<String, List<String>> groupsOfIdentities,
            Set<String> deletedGroups,
            Map<String, List<Permission>> permissionsOfGroups,
            Map<String, List<String>> groupsOfProviderGroups) {
        PlannedChange change() {
            return new PlannedChange(
                    deletedIdentities,
                    revokedTokens,
                    groupsOfIdentities,
                    deletedGroups,
                    permissionsOfGroups,
                    groupsOfProviderGroups);
        }
    }

    private record Warning(boolean lastWouldGo, boolean callerWouldGo) {}

    @Override
    public void register(Routes routes) {
        routes.on("GET", "/1.0/linkspan/effective-access", this::effective)
                .on("GET", "/1.0/linkspan/refused-requests", this::refused)
                .on("POST", "/1.0/linkspan/last-administrator", this::lastAdministrator);
    }

    private Answer effective(ApiRequest request) {
        String identity = request.query().get("identity");
        String entity = request.query().get("entity");
        Caller caller = request.caller();
        if (identity.isEmpty()) {
            return Answer.of(effective.holders(caller, entity, request.query().get("entitlement")).stream()
                    .map(holder -> new Holder(
                            holder.identity().url().toString(),
                            holder.identity().name(),
                            holder.identity().type(),
                            Reasons.of(holder.why())))
                    .toList());
        }
        List<String> named = EntityUrl.parse(identity)
                .filter(url -> url.type() == EntityType.IDENTITY)
                .map(EntityUrl::arguments)
                .orElseThrow(() -> Problem.NO_IDENTITY_AT_URL.with(identity));
        return entity.isEmpty() ? ofIdentity(caller, named) : onEntity(caller, named, entity);
    }

    private Answer ofIdentity(Caller caller, List<String> named) {
        OfIdentity of = effective.ofIdentity(caller, named.getFirst(), named.getLast());
        Identity identity = of.identity();
        return Answer.of(new Of(
                identity.url().toString(),
                identity.name(),
                of.unrestricted(),
                of.groups().stream().map(Group::of).toList(),
                of.permissions().stream().map(Granted::of).toList()));
    }

    private Answer onEntity(Caller caller, List<String> named, String entity) {
        return Answer.of(effective.onEntity(caller, named.getFirst(), named.getLast(), entity).stream()
                .map(held ->
                        new Held(held.entitlement().name(), held.entitlement().description(), Reasons.of(held.why())))
                .toList());
    }

    private Answer refused(ApiRequest request) {
        return Answer.of(
                effective.refused(request.caller()).stream().map(Refused::of).toList());
    }

    private Answer lastAdministrator(ApiRequest request) {
        PlannedChange change = request.body(Plan.class).change();
        return Answer.of(new Warning(
                administrators.lastWouldGo(request.caller(), change),
                administrators.callerWouldGo(request.caller(), change)));
    }
}
