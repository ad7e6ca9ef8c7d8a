package dev.linkspan.rest;

import dev.linkspan.access.AuthorizationModel;
import dev.linkspan.access.AuthorizationModel.EntitlementDescription;
import dev.linkspan.access.EntityType;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** {@code /1.0/metadata/configuration}: what can be granted on which type of entity, with explanations (auth.md 1.7). */
@Component
class MetadataResource implements Resource {
    private final Metadata metadata;

    MetadataResource(AuthorizationModel model) {
        Map<String, Type> entities = new TreeMap<>();
        for (EntityType type : EntityType.values()) {
            List<EntitlementDescription> entitlements = model.entitlements(type).stream()
                    .sorted(Comparator.comparing(EntitlementDescription::name))
                    .toList();
            if (!entitlements.isEmpty()) {
                entities.put(type.wireName(), new Type(type.projectScoped(), entitlements));
            }
        }
        metadata = new Metadata(Map.of(), entities);
    }

    private record Metadata(Map<String, Object> configs, Map<String, Type> entities) {}

    private record Type(boolean projectSpecific, List<EntitlementDescription> entitlements) {}

    @Override
    public void register(Routes routes) {
        routes.open("GET", "/1.0/metadata/configuration", request -> Answer.of(metadata));
    }
}
