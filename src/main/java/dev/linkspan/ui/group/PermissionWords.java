package dev.linkspan.ui.group;

import dev.linkspan.access.AuthorizationModel;
import dev.linkspan.access.AuthorizationModel.EntitlementDescription;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.access.Permission;
import dev.linkspan.ui.shared.Texts;
import org.springframework.stereotype.Component;

/** Permissions in words: on what, and what it allows. */
@Component
public class PermissionWords {
    private final AuthorizationModel model;

    PermissionWords(AuthorizationModel model) {
        this.model = model;
    }

    /** The type of resource: {@code Cluster link}. */
    static String type(EntityType type) {
        return Texts.of("entity." + type.wireName());
    }

    /** The resource alone: {@code ams-edge-a}, {@code this server}. */
    static String resource(Permission permission) {
        return EntityUrl.parse(permission.url())
                .map(url -> url.type() == EntityType.SERVER
                        ? Texts.of("entity.this-server")
                        : url.arguments().getLast())
                .orElse(permission.url());
    }

    /** What kind of resource it is, with the project that it is in: {@code Instance, project default}. */
    static String kind(Permission permission) {
        return EntityUrl.parse(permission.url())
                .map(url -> url.project() == null
                        ? type(url.type())
                        : Texts.of("entity.in-project", type(url.type()), url.project()))
                .orElse(permission.entityType());
    }

    /** What the entitlement allows, by the model's description. */
    String explanation(Permission permission) {
        return EntityType.ofWireName(permission.entityType()).stream()
                .flatMap(type -> model.entitlements(type).stream())
                .filter(entitlement -> entitlement.name().equals(permission.entitlement()))
                .map(EntitlementDescription::description)
                .findFirst()
                .orElse("");
    }
}
