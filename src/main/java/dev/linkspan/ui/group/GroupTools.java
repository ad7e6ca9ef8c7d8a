package dev.linkspan.ui.group;

import dev.linkspan.access.Access;
import dev.linkspan.access.AuthorizationModel;
import dev.linkspan.group.GroupService;
import dev.linkspan.group.GroupSummary;
import dev.linkspan.group.IdentityProviderGroupService;
import dev.linkspan.group.PermissionService;
import dev.linkspan.identity.Administrators;
import dev.linkspan.identity.EffectiveAccess;
import dev.linkspan.identity.IdentityService;
import dev.linkspan.ui.shared.AskedAbout;
import dev.linkspan.ui.shared.Background;
import dev.linkspan.ui.shared.Colleagues;
import dev.linkspan.ui.shared.CurrentCaller;
import java.util.List;
import org.springframework.stereotype.Component;

/** What the pages of the groups work with. */
@Component
public record GroupTools(
        GroupService groups,
        IdentityProviderGroupService providerGroups,
        PermissionService permissions,
        IdentityService identities,
        Administrators administrators,
        EffectiveAccess effective,
        AuthorizationModel model,
        Resources resources,
        PermissionWords words,
        Access access,
        Background background,
        Colleagues colleagues,
        CurrentCaller me) {
    /** Groups that a dialog asks about. */
    AskedAbout<GroupSummary> asked(List<GroupSummary> chosen) {
        return new AskedAbout<>(
                colleagues, chosen, GroupSummary::id, GroupSummary::name, () -> groups.summaries(me.get()));
    }
}
