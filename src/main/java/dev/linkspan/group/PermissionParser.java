package dev.linkspan.group;

import dev.linkspan.access.AuthorizationModel;
import dev.linkspan.access.Entities;
import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.access.Permission;
import dev.linkspan.problem.ProblemException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Checks permissions as they are submitted, in the order and with the texts of auth.md 3.3. */
@Component
class PermissionParser {
    private static final int MOST = 100_000;

    private record Parsed(Permission given, EntityUrl url) {
        ProblemException problem(String format, String what) {
            return new ProblemException(
                    400,
                    (format + " with entity reference \"%s\" and entitlement \"%s\": %s")
                            .formatted(given.url(), given.entitlement(), what));
        }
    }

    private final AuthorizationModel model;
    private final Entities entities;

    PermissionParser(AuthorizationModel model, Entities entities) {
        this.model = model;
        this.entities = entities;
    }

    /**
     * Checks everything that needs no look at the database.
     *
     * @throws ProblemException 400
     */
    List<EntityUrl> parse(List<Permission> permissions) {
        if (permissions.size() > MOST) {
            throw dev.linkspan.problem.Problem.TOO_MANY_ITEMS.with("permissions", MOST);
        }
        List<Parsed> parsed = new ArrayList<>();
        permissions.forEach(permission -> parsed.add(parse(permission)));
        requireProjectsVisible(parsed);
        return parsed.stream().map(Parsed::url).toList();
    }

    private Parsed parse(Permission given) {
        Parsed unparsed = new Parsed(given, null);
        EntityType type = EntityType.ofWireName(given.entityType())
                .orElseThrow(() -> unparsed.problem(
                        "Failed validating entity type for permission",
                        "Unknown entity type \"" + given.entityType() + "\""));
        String path = given.url().split("\\?", 2)[0];
        if (!path.equals("/1.0") && !path.startsWith("/1.0/")) {
            throw unparsed.problem(
                    "Failed parsing permission", "URL \"" + given.url() + "\" does not contain LXD API version");
        }
        EntityUrl url = EntityUrl.parse(given.url())
                .orElseThrow(() -> unparsed.problem(
                        "Failed parsing permission", "Failed matching entity URL \"" + given.url() + "\""));
        if (url.type() != type) {
            throw unparsed.problem("Failed parsing permission", "Entity type does not correspond to entity reference");
        }
        if (model.entitlements(type).isEmpty()) {
            throw unparsed.problem(
                    "Failed validating group permission",
                    "No entitlements can be granted against entities of type \"" + type.wireName() + "\"");
        }
        if (!model.grantable(type, given.entitlement())) {
            throw unparsed.problem(
                    "Failed validating group permission",
                    "Entitlement \"%s\" not valid for entity type \"%s\""
                            .formatted(given.entitlement(), type.wireName()));
        }
        return new Parsed(given, url);
    }

    private void requireProjectsVisible(List<Parsed> all) {
        hiddenProjects(all).forEach((project, concerned) -> {
            throw hidden(project, concerned);
        });
    }

    /** The projects that permissions are about and that they don't let one view, with these permissions. */
    private Map<String, List<Parsed>> hiddenProjects(List<Parsed> all) {
        Map<String, List<Parsed>> byProject = new LinkedHashMap<>();
        for (Parsed parsed : all) {
            EntityType type = parsed.url().type();
            String entitlement = parsed.given().entitlement();
            if (type == EntityType.SERVER && model.implies(type, entitlement, EntityType.PROJECT, "can_view")) {
                return Map.of();
            }
            String project = type == EntityType.PROJECT
                    ? parsed.url().arguments().getFirst()
                    : parsed.url().project();
            if (project != null) {
                byProject.computeIfAbsent(project, name -> new ArrayList<>()).add(parsed);
            }
        }
        byProject.values().removeIf(concerned -> concerned.stream().anyMatch(this::showsProject));
        return byProject;
    }

    private boolean showsProject(Parsed parsed) {
        return parsed.url().type() == EntityType.PROJECT
                && model.implies(EntityType.PROJECT, parsed.given().entitlement(), EntityType.PROJECT, "can_view");
    }

    /**
     * What permissions need besides. A group is refused as long as it can't view the projects that its permissions are
     * about; and whoever may act on an entity and can't view it will not find it.
     *
     * @param all the group's permissions
     * @param added those of them for whose entities the second is looked at
     */
    List<NeededPermission> needed(List<Permission> all, Collection<Permission> added) {
        List<Parsed> parsed = all.stream().map(this::parse).toList();
        List<NeededPermission> needed = new ArrayList<>();
        hiddenProjects(parsed)
                .forEach((project, concerned) -> needed.add(new NeededPermission(
                        view(EntityUrl.of(EntityType.PROJECT, project)),
                        concerned.stream().map(Parsed::given).toList(),
                        true)));
        Map<EntityUrl, List<Permission>> unseen = new LinkedHashMap<>();
        Set<Permission> asked = Set.copyOf(added);
        Map<EntityUrl, List<Parsed>> held = parsed.stream().collect(Collectors.groupingBy(Parsed::url));
        parsed.stream()
                .filter(one ->
                        asked.contains(one.given()) && model.grantable(one.url().type(), "can_view"))
                .filter(one -> !shown(one.url(), held))
                .forEach(one -> unseen.computeIfAbsent(one.url(), url -> new ArrayList<>())
                        .add(one.given()));
        unseen.forEach((url, concerned) -> {
            if (needed.stream().noneMatch(one -> one.permission().equals(view(url)))) {
                needed.add(new NeededPermission(view(url), concerned, false));
            }
        });
        return needed;
    }

    private boolean shown(EntityUrl entity, Map<EntityUrl, List<Parsed>> held) {
        List<EntityUrl> above = new ArrayList<>(List.of(entity, EntityUrl.of(EntityType.SERVER)));
        if (entity.project() != null) {
            above.add(EntityUrl.of(EntityType.PROJECT, entity.project()));
        }
        return above.stream()
                .flatMap(url -> held.getOrDefault(url, List.of()).stream())
                .anyMatch(one -> model.implies(one.url().type(), one.given().entitlement(), entity.type(), "can_view"));
    }

    private static Permission view(EntityUrl url) {
        return new Permission(url.type().wireName(), url.toString(), "can_view");
    }

    private static ProblemException hidden(String project, List<Parsed> concerned) {
        if (concerned.size() > 1) {
            return new ProblemException(
                    400,
                    "Members of the group cannot view project \"%s\", but %d permissions reference this project"
                            .formatted(project, concerned.size()));
        }
        Permission given = concerned.getFirst().given();
        return new ProblemException(
                400,
                "Entitlement \"%s\" on entity type \"%s\" references project \"%s\", but the project cannot be viewed by the group"
                        .formatted(given.entitlement(), given.entityType(), project));
    }

    /**
     * The rows to store for permissions that {@link #parse} has accepted; duplicates collapse.
     *
     * @throws ProblemException 400 when an entity doesn't exist
     */
    Set<PermissionRow> resolve(List<Permission> permissions, List<EntityUrl> urls) {
        Map<EntityUrl, EntityReference> found = entities.find(new HashSet<>(urls));
        Set<PermissionRow> rows = new LinkedHashSet<>();
        for (int i = 0; i < urls.size(); i++) {
            EntityReference entity = found.get(urls.get(i));
            if (entity == null) {
                throw new ProblemException(
                        400,
                        "Could not resolve permission URLs: Failed finding entity ID for URL \"%s\""
                                .formatted(permissions.get(i).url()));
            }
            rows.add(new PermissionRow(
                    entity.type(), entity.id(), permissions.get(i).entitlement()));
        }
        return rows;
    }
}
