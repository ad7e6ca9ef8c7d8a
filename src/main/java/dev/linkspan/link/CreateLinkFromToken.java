package dev.linkspan.link;

import dev.linkspan.identity.TrustToken;
import java.util.List;
import java.util.Map;

/** A bidirectional link to the cluster that issued a trust token. Checks the name. */
public record CreateLinkFromToken(
        String name, String description, Map<String, String> config, List<String> groups, TrustToken token) {
    /** @throws dev.linkspan.problem.ProblemException 400 when the name isn't allowed */
    public CreateLinkFromToken {
        name = LinkName.checked(name);
        description = description == null ? "" : description;
        config = Texts.withoutNulls(config);
        groups = groups == null ? List.of() : List.copyOf(groups);
    }
}
