package dev.linkspan.ui.group;

import dev.linkspan.access.EntityReference;
import dev.linkspan.access.EntityType;
import dev.linkspan.access.EntityUrl;
import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.group.AuthGroup;
import dev.linkspan.ui.shared.Texts;

/** What may be done with a group, as far as the caller may. */
final class GroupActions {
    private GroupActions() {}

    /** Why something can't be done with a group; null when it can. */
    static String refusal(GroupTools tools, String name, EntityReference group, String entitlement) {
        if (name.equals(AuthGroup.ADMINS)) {
            return Texts.of("group.admins.refused");
        }
        boolean allowed = tools.access().allowed(tools.me().get(), group, entitlement);
        return allowed ? null : Texts.of("group.refused." + entitlement);
    }

    /** Whether another group has that name from now on. */
    static boolean takesName(LifecycleEvent event, String name) {
        return (event.action().equals("auth-group-created") || event.action().equals("auth-group-renamed"))
                && event.source().equals(EntityUrl.of(EntityType.GROUP, name).brief());
    }
}
