package dev.linkspan.link;

import java.time.Instant;
import java.util.List;

/**
 * A link with what the console shows beside it.
 *
 * @param groups names of the auth groups of the peer's identity here
 * @param tokenExpiresAt when the trust token of a pending or activating link expires; null for never or none
 * @param tokenOut whether a pending link has a trust token; it has none when that was revoked
 */
public record LinkOverview(ClusterLink link, List<String> groups, Instant tokenExpiresAt, boolean tokenOut) {
    LinkOverview in(List<String> visible) {
        return visible.size() == groups.size() ? this : new LinkOverview(link, visible, tokenExpiresAt, tokenOut);
    }
}
