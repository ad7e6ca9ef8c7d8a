package dev.linkspan.ui.group;

import dev.linkspan.access.AuthorizationModel;
import dev.linkspan.access.AuthorizationModel.EntitlementDescription;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.access.Permission;
import dev.linkspan.ui.shared.Names;
import dev.linkspan.ui.shared.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** What permissions let somebody do, in plain words. */
@Component
public class AccessWords {
    private static final Pattern VERB_AND_NOUN = Pattern.compile("can_(create|view|edit|delete|operate)_(\\w+)");
    private static final Pattern MANAGER = Pattern.compile("(\\w+)_manager");
    private static final Set<String> OWN_WAY_UP =
            Set.of("admin", "permission_manager", "can_edit_identities", "can_edit_groups");

    private final AuthorizationModel model;
    private final PermissionWords words;

    AccessWords(AuthorizationModel model, PermissionWords words) {
        this.model = model;
        this.words = words;
    }

    /**
     * What a kind of permission lets somebody do.
     *
     * @param phrase a verb with its objects
     * @param on its resources, as they stand behind the entitlement
     * @param permissions how many these are
     */
    public record Right(String phrase, String entitlement, String on, int permissions) {}

    private record Kind(EntityType type, String entitlement, String project) {}

    /**
     * One right for each kind of permission, with all its resources: {@code see project default}, {@code manage backups of
     * instances a and b in project default}. What follows from another one is left out.
     */
    public List<Right> rights(Collection<Permission> permissions, Map<String, String> names) {
        Map<Kind, List<String>> resources = new LinkedHashMap<>();
        for (Map.Entry<Permission, EntityUrl> entry : telling(permissions).entrySet()) {
            EntityUrl url = entry.getValue();
            String name = names.getOrDefault(
                    url.toString(),
                    url.arguments().isEmpty() ? "" : url.arguments().getLast());
            resources
                    .computeIfAbsent(
                            new Kind(url.type(), entry.getKey().entitlement(), url.project()),
                            kind -> new ArrayList<>())
                    .add(name);
        }
        return resources.entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().type()))
                .map(entry -> new Right(
                        phrase(entry.getKey(), entry.getValue()),
                        entry.getKey().entitlement(),
                        resources(entry.getKey(), entry.getValue()),
                        entry.getValue().size()))
                .toList();
    }

    /** Those that don't follow from others. */
    private Map<Permission, EntityUrl> telling(Collection<Permission> permissions) {
        Map<Permission, EntityUrl> parsed = new LinkedHashMap<>();
        Map<EntityUrl, Set<String>> held = new HashMap<>();
        for (Permission permission : permissions) {
            EntityUrl.parse(permission.url()).ifPresent(url -> {
                parsed.put(permission, url);
                held.computeIfAbsent(url, key -> new HashSet<>()).add(permission.entitlement());
            });
        }
        parsed.entrySet().removeIf(entry -> follows(entry.getKey(), entry.getValue(), held));
        return parsed;
    }

    private boolean follows(Permission permission, EntityUrl url, Map<EntityUrl, Set<String>> held) {
        List<EntityUrl> above = new ArrayList<>(List.of(EntityUrl.of(EntityType.SERVER)));
        if (url.project() != null) {
            above.add(EntityUrl.of(EntityType.PROJECT, url.project()));
        }
        if (url.type() != EntityType.SERVER) {
            above.add(url);
        }
        return above.stream().anyMatch(on -> held.getOrDefault(on, Set.of()).stream()
                .filter(other -> !on.equals(url) || !other.equals(permission.entitlement()))
                .anyMatch(other -> model.implies(on.type(), other, url.type(), permission.entitlement())));
    }

    /** The other entitlements that a permission brings with it and whose names contain that, in the model's order. */
    public List<String> implied(Permission permission, String part) {
        return EntityType.ofWireName(permission.entityType()).stream()
                .flatMap(on -> Arrays.stream(EntityType.values()).flatMap(type -> model.entitlements(type).stream()
                        .map(EntitlementDescription::name)
                        .filter(name -> name.contains(part) && !name.equals(permission.entitlement()))
                        .filter(name -> model.implies(on, permission.entitlement(), type, name))))
                .distinct()
                .toList();
    }

    private String phrase(Kind kind, List<String> names) {
        String type = kind.type().wireName();
        String on = resources(kind, names);
        String own = Texts.ofOr("words." + type + "." + kind.entitlement(), "");
        if (!own.isEmpty()) {
            return Texts.of("words." + type + "." + kind.entitlement(), on);
        }
        Matcher verb = VERB_AND_NOUN.matcher(kind.entitlement());
        if (verb.matches() && known(verb.group(2))) {
            return Texts.of("words.on-" + type + "." + verb.group(1), noun(verb.group(2)), on);
        }
        Matcher manager = MANAGER.matcher(kind.entitlement());
        if (manager.matches() && known(manager.group(1) + "s")) {
            return Texts.of("words.on-" + type + ".manage", noun(manager.group(1) + "s"), on);
        }
        if (!Texts.ofOr("words.any." + kind.entitlement(), "").isEmpty()) {
            return Texts.of("words.any." + kind.entitlement(), on);
        }
        String explanation = words.explanation(new Permission(type, "", kind.entitlement()));
        return Texts.of("words.other", on, explanation.toLowerCase(Locale.ROOT).replaceAll("\\.$", ""));
    }

    private static boolean known(String noun) {
        return !Texts.ofOr("words.noun." + noun, "").isEmpty();
    }

    private static String noun(String noun) {
        return Texts.of("words.noun." + noun);
    }

    private static String resources(Kind kind, List<String> names) {
        if (kind.type() == EntityType.SERVER) {
            return Texts.of("words.server");
        }
        String text = Texts.of("words.type." + kind.type().wireName(), names.size(), Names.of(names, name -> name));
        return kind.project() == null ? text : Texts.of("words.in-project", text, kind.project());
    }

    /** Whether somebody with these permissions can raise their own rights, up to all of them. */
    public boolean ownWayUp(Collection<Permission> permissions) {
        return permissions.stream()
                .anyMatch(permission -> permission.entityType().equals(EntityType.SERVER.wireName())
                        && OWN_WAY_UP.contains(permission.entitlement()));
    }
}
