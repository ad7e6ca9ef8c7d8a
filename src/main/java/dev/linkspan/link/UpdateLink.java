package dev.linkspan.link;

import java.util.Map;

/**
 * A change of a link's description and configuration.
 *
 * @param replace whether all is replaced (PUT), or keys are set one by one and a non-empty description is set (PATCH)
 */
public record UpdateLink(String description, Map<String, String> config, boolean replace) {
    public UpdateLink {
        description = description == null ? "" : description;
        config = Texts.withoutNulls(config);
    }
}
