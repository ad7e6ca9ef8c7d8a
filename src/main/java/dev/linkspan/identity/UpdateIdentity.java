package dev.linkspan.identity;

import java.util.List;

/**
 * A change of an identity.
 *
 * @param groups null when not given
 * @param certificate PEM text; empty when not given
 * @param replace whether what isn't given is removed (PUT) or kept (PATCH)
 */
public record UpdateIdentity(List<String> groups, String certificate, boolean replace) {
    public UpdateIdentity {
        groups = groups == null ? List.of() : List.copyOf(groups);
        certificate = certificate == null ? "" : certificate;
    }
}
