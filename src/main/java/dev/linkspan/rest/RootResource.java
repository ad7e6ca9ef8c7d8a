package dev.linkspan.rest;

import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityType;
import dev.linkspan.identity.OidcSignIn;
import dev.linkspan.member.ServerInfo;
import dev.linkspan.member.ServerService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** {@code /} and {@code /1.0}: what this server is and how it is configured (auth.md 1.6). */
@Component
class RootResource implements Resource {
    /** What clients and peers may rely on; the order is LXD's. */
    private static final List<String> EXTENSIONS = List.of(
            "etag",
            "patch",
            "certificate_update",
            "entity_description",
            "operation_description",
            "clustering",
            "event_lifecycle",
            "container_backup",
            "container_full",
            "backup_compression",
            "projects",
            "event_location",
            "instances",
            "backup_compression_algorithm",
            "virtual-machines",
            "api_filtering",
            "usedby_consistency",
            "clustering_update_cert",
            "event_lifecycle_requestor_address",
            "certificate_self_renewal",
            "instance_all_projects",
            "instance_get_full",
            "event_project",
            "certificate_token",
            "remote_token_expiry",
            "instance_generation_id",
            "oidc",
            "auth_user",
            "operations_get_query_all_projects",
            "metadata_configuration",
            "event_lifecycle_name_and_project",
            "operation_wait",
            "oidc_groups_claim",
            "access_management",
            "explicit_trust_token",
            "metadata_configuration_entity_types",
            "access_management_tls",
            "entities_with_entitlements",
            "oidc_scopes",
            "client_cert_presence",
            "backup_metadata_version",
            "oidc_client_secret",
            "auth_bearer_devlxd",
            "operation_requestor",
            "auth_oidc_sessions",
            "operation_metadata_entity_url",
            "auth_bearer",
            "instances_state_selective_recursion",
            "cluster_links",
            "event_security",
            "oidc_device_client_id",
            "cluster_links_used_by",
            "cluster_links_unidirectional",
            "operation_child_count",
            "access_management_expiry",
            "cluster_links_public",
            "linkspan_sign_in_links",
            "linkspan_sessions",
            "linkspan_effective_access",
            "linkspan_refused_requests",
            "linkspan_last_administrator",
            "linkspan_link_token",
            "linkspan_link_token_revocation",
            "linkspan_link_state",
            "linkspan_link_end",
            "linkspan_identity_token",
            "linkspan_link_phase",
            "linkspan_contacts",
            "linkspan_link_events",
            "linkspan_certificates",
            "linkspan_addresses",
            "linkspan_events",
            "linkspan_settings");

    private final ServerService server;
    private final OidcSignIn provider;
    private final Access access;

    RootResource(ServerService server, OidcSignIn provider, Access access) {
        this.server = server;
        this.provider = provider;
        this.access = access;
    }

    private record Change(Map<String, String> config) {}

    @Override
    public void register(Routes routes) {
        routes.open("GET", "/", request -> Answer.of(List.of("/1.0")));
        routes.open("GET", "/1.0", this::get);
        routes.on("PUT", "/1.0", request -> configure(request, true));
        routes.on("PATCH", "/1.0", request -> configure(request, false));
    }

    private Answer get(ApiRequest request) {
        Caller caller = request.caller();
        Map<String, String> config = server.configuration(caller);
        Map<String, Object> metadata = new LinkedHashMap<>();
        List<String> requested = caller.trusted() ? request.requestedEntitlements() : List.of();
        access.requireReportable(caller, EntityType.SERVER, requested);
        List<String> held = access.held(caller, EntityReference.server(), requested);
        if (!held.isEmpty()) {
            metadata.put("access_entitlements", held);
        }
        metadata.put("api_extensions", EXTENSIONS);
        metadata.put("api_status", "stable");
        metadata.put("api_version", "1.0");
        metadata.put("auth", caller.trusted() ? "trusted" : "untrusted");
        metadata.put("public", false);
        metadata.put("auth_methods", provider.offered() ? List.of("tls", "bearer", "oidc") : List.of("tls", "bearer"));
        metadata.put("client_certificate", caller.certificate().isPresent());
        metadata.put("config", config.isEmpty() ? null : config);
        if (!caller.trusted()) {
            return Answer.of(metadata);
        }
        metadata.put("auth_user_name", caller.username());
        metadata.put("auth_user_method", caller.protocol());
        String project = request.query().get("project");
        metadata.put("environment", environment(server.info(caller), project.isEmpty() ? "default" : project));
        return Answer.tagged(metadata, etag(config));
    }

    private static String etag(Map<String, String> config) {
        return ETags.of(new TreeMap<>(config));
    }

    private static Map<String, Object> environment(ServerInfo info, String project) {
        Map<String, Object> environment = new LinkedHashMap<>();
        environment.put("addresses", info.addresses());
        environment.put("architectures", List.of(Host.ARCHITECTURE));
        environment.put("backup_metadata_version_range", List.of(1, 2));
        environment.put("certificate", info.certificate());
        environment.put("certificate_fingerprint", info.fingerprint());
        environment.put("driver", "none");
        environment.put("driver_version", "");
        environment.put("instance_types", List.of());
        environment.put("firewall", "none");
        environment.put("kernel", Host.KERNEL);
        environment.put("kernel_architecture", Host.ARCHITECTURE);
        environment.put("kernel_features", Map.of());
        environment.put("kernel_version", Host.KERNEL_VERSION);
        environment.put("lxc_features", null);
        environment.put("os_name", Host.OS_NAME);
        environment.put("os_version", Host.OS_VERSION);
        environment.put("project", project);
        environment.put("server", "linkspan");
        environment.put("server_clustered", info.clustered());
        environment.put("server_event_mode", "full-mesh");
        environment.put("server_name", info.name());
        environment.put("server_pid", Host.PID);
        environment.put("server_version", ServerInfo.VERSION);
        environment.put("server_lts", false);
        environment.put("storage", "");
        environment.put("storage_version", "");
        environment.put("storage_supported_drivers", List.of());
        return environment;
    }

    private Answer configure(ApiRequest request, boolean replace) {
        access.require(request.caller(), "can_edit");
        Change change = request.body(Change.class);
        Map<String, String> config = change.config() == null ? Map.of() : change.config();
        server.configure(request.caller(), config, replace, current -> {
            ETags.require(request.ifMatch(), etag(current));
            return null;
        });
        return Answer.done();
    }
}
