package dev.linkspan.link;

import java.util.List;
import java.util.Map;

/** A link for which a trust token is to be issued. Checks the name. */
public record CreatePendingLink(String name, String description, Map<String, String> config, List<String> groups) {
    /** @throws dev.linkspan.problem.ProblemException 400 when the name isn't allowed */
    public CreatePendingLink {
        name = LinkName.checked(name);
        description = description == null ? "" : description;
        config = Texts.withoutNulls(config);
        groups = groups == null ? List.of() : List.copyOf(groups);
    }
}
