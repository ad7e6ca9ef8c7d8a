package dev.linkspan.member;

import java.time.Duration;
import java.util.List;

/**
 * One process of this cluster.
 *
 * @param address its {@code cluster.https_address}; empty when it has none
 * @param addresses {@code host:port} under which others reach it
 * @param silent since its last heartbeat
 * @param leader whether it is the first of those that live
 */
public record ClusterMember(
        long id, String name, String address, List<String> addresses, Duration silent, boolean leader) {
    /** After this time without a heartbeat a member counts as offline. */
    static final Duration OFFLINE = Duration.ofSeconds(20);

    public boolean online() {
        return silent.compareTo(OFFLINE) <= 0;
    }

    ClusterMember asLeader() {
        return new ClusterMember(id, name, address, addresses, silent, true);
    }
}
