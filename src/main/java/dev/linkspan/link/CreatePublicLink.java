package dev.linkspan.link;

import dev.linkspan.problem.Problem;
import java.util.Map;

/** A public link to whoever answers at an address, to be confirmed by the certificate's fingerprint. Checks the name. */
public record CreatePublicLink(String name, String description, Map<String, String> config, String address) {
    /** @throws dev.linkspan.problem.ProblemException 400 when the name isn't allowed or there is no address */
    public CreatePublicLink {
        name = LinkName.checked(name);
        description = description == null ? "" : description;
        config = Texts.withoutNulls(config);
        config.keySet().removeIf(key -> key.startsWith("volatile."));
        if (address == null || address.isEmpty()) {
            throw Problem.PUBLIC_NEEDS_ADDRESS.with();
        }
    }
}
