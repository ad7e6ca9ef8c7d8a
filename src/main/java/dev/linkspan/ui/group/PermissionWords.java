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
    public static String type(EntityType type) {
        return Texts.of("entity." + type.wireName());
    }

    /** The resource alone: {@code ams-edge-a}, {@code this server}. */
    public static String resource(String url) {
        return EntityUrl.parse(url)
                .map(parsed -> parsed.type() == EntityType.SERVER
                        ? Texts.of("entity.this-server")
                        : parsed.arguments().getLast())
                .orElse(url);
    }

    /** What kind of resource it is, with the project that it is in: {@code Instance, project default}. */
    public static String kind(String url) {
        return EntityUrl.parse(url)
                .map(parsed -> parsed.project() == null
                        ? type(parsed.type())
                        : Texts.of("entity.in-project", type(parsed.type()), parsed.project()))
                .orElse("");
    }

    /** A type or kind within a sentence: {@code cluster link}, {@code IDP group}. */
    public static String within(String kind) {
        boolean abbreviation = kind.length() > 1 && Character.isUpperCase(kind.charAt(1));
        return kind.isEmpty() || abbreviation ? kind : Character.toLowerCase(kind.charAt(0)) + kind.substring(1);
    }

    /** A resource of that name with its type, within a sentence: {@code cluster link ams-edge-a}. */
    public static String named(String url, String name) {
        return EntityUrl.parse(url)
                .filter(parsed -> parsed.type() != EntityType.SERVER)
                .map(parsed -> within(type(parsed.type())) + ' ' + name)
                .orElse(name);
    }

    /** The project that a resource is in; empty when it is in none. */
    public static String inProject(String url) {
        return EntityUrl.parse(url)
                .map(EntityUrl::project)
                .map(project -> Texts.of("access.in-project", project))
                .orElse("");
    }

    /** What the entitlement allows, by the model's description. */
    public String explanation(Permission permission) {
        return EntityType.ofWireName(permission.entityType())
                .flatMap(type -> model.entitlement(type, permission.entitlement()))
                .map(EntitlementDescription::description)
                .orElse("");
    }
}
