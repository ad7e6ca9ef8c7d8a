package dev.linkspan.rest;

import dev.linkspan.access.Permission;
import dev.linkspan.group.AvailablePermission;
import dev.linkspan.group.PermissionService;
import java.util.Iterator;
import java.util.List;
import org.springframework.stereotype.Component;

/** {@code /1.0/auth/permissions} (auth.md 6.1). The list may be long, so it is written as it is made. */
@Component
class PermissionsResource implements Resource {
    private final PermissionService permissions;

    PermissionsResource(PermissionService permissions) {
        this.permissions = permissions;
    }

    private record Wire(String entityType, String url, String entitlement, List<String> groups) {
        static Wire of(AvailablePermission available) {
            Permission permission = available.permission();
            return new Wire(
                    permission.entityType(),
                    permission.url(),
                    permission.entitlement(),
                    available.groups().isEmpty() ? null : available.groups());
        }
    }

    @Override
    public void register(Routes routes) {
        routes.on("GET", "/1.0/auth/permissions", this::list);
    }

    private Answer list(ApiRequest request) {
        boolean withGroups = request.query().get("recursion").equals("1");
        Iterator<?> all = permissions
                .list(
                        request.caller(),
                        request.query().get("project"),
                        request.query().get("entity-type"),
                        withGroups)
                .map(available -> withGroups ? Wire.of(available) : available.permission())
                .iterator();
        return all.hasNext() ? Answer.direct((servlet, response) -> LongList.write(response, all)) : Answer.of(null);
    }
}
