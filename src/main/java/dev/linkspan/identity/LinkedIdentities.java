package dev.linkspan.identity;

import java.util.Set;

/** Knows which identities belong to a cluster link; they become active with their link only. */
public interface LinkedIdentities {
    /** Whether the identity with this row belongs to a cluster link. */
    boolean linked(long identityId);

    /** The rows of all identities that belong to cluster links. */
    Set<Long> linked();
}
