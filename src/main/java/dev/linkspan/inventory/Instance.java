package dev.linkspan.inventory;

import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityUrl;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A registered instance. It is always stopped, because nothing runs it.
 *
 * @param devices name to settings
 * @param profiles names, which nothing here looks up
 */
public record Instance(
        InstanceName identity,
        InstanceType type,
        String architecture,
        String description,
        Map<String, String> config,
        Map<String, Map<String, String>> devices,
        List<String> profiles,
        boolean ephemeral,
        boolean stateful,
        Instant createdAt) {

    public String name() {
        return identity.name();
    }

    public String project() {
        return identity.project();
    }

    public EntityReference reference() {
        return identity.reference();
    }

    public EntityUrl url() {
        return identity.url();
    }
}
