package dev.linkspan.identity;

import dev.linkspan.access.Access;
import dev.linkspan.access.Caller;
import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityType;
import dev.linkspan.problem.Problem;

/** Groups of an identity that a caller doesn't see: what they allow must not come to the caller by that identity. */
final class HiddenGroups {
    private HiddenGroups() {}

    /**
     * Refuses to change an identity, or to hand out a way to become it.
     *
     * @throws dev.linkspan.problem.ProblemException 403 when it is in groups that the caller may not see
     */
    static void refuse(Access access, Caller caller, Identity identity) {
        int seen = access.visible(
                        caller, identity.groups(), group -> EntityReference.of(EntityType.GROUP, group.groupId()))
                .size();
        if (seen < identity.groups().size()) {
            throw Problem.GROUP_MEMBERSHIP_HIDDEN.with();
        }
    }
}
