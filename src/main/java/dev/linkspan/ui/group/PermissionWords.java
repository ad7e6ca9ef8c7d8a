package dev.linkspan.ui.group;

import dev.linkspan.access.AuthorizationModel;
import dev.linkspan.access.EntitlementDescription;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.Permission;
import dev.linkspan.ui.shared.Texts;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.springframework.stereotype.Component;

/** Permissions in words: on what, and what it allows. */
@Component
public class PermissionWords {
    private static final String PROJECT = "project=";

    private final AuthorizationModel model;

    PermissionWords(AuthorizationModel model) {
        this.model = model;
    }

    /** The type of resource: {@code Cluster link}. */
    static String type(String entityType) {
        return Texts.ofOr("entity." + entityType, entityType);
    }

    /** The resource alone: {@code ams-edge-a}, {@code this server}. */
    static String resource(Permission permission) {
        if (permission.entityType().equals(EntityType.SERVER.wireName())) {
            return Texts.of("entity.this-server");
        }
        String path = permission.url().replaceFirst("\\?.*", "");
        return decoded(path.substring(path.lastIndexOf('/') + 1));
    }

    /** What kind of resource it is, with the project that it is in: {@code Instance, project default}. */
    static String kind(Permission permission) {
        String type = type(permission.entityType());
        return Arrays.stream(permission.url().replaceFirst("^[^?]*\\??", "").split("&"))
                .filter(parameter -> parameter.startsWith(PROJECT))
                .map(parameter -> Texts.of("entity.in-project", type, decoded(parameter.substring(PROJECT.length()))))
                .findFirst()
                .orElse(type);
    }

    /** What the entitlement allows, by the model's description. */
    String explanation(Permission permission) {
        return Arrays.stream(EntityType.values())
                .filter(type -> type.wireName().equals(permission.entityType()))
                .flatMap(type -> model.entitlements(type).stream())
                .filter(entitlement -> entitlement.name().equals(permission.entitlement()))
                .map(EntitlementDescription::description)
                .findFirst()
                .orElse("");
    }

    private static String decoded(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
