package dev.linkspan.ui.group;

import dev.linkspan.access.Access;
import dev.linkspan.access.AuthorizationModel;
import dev.linkspan.group.GroupService;
import dev.linkspan.ui.shared.CurrentCaller;
import org.springframework.stereotype.Component;

/** What the pages of the groups work with. */
@Component
record GroupTools(
        GroupService groups,
        AuthorizationModel model,
        Resources resources,
        PermissionWords words,
        Access access,
        CurrentCaller me) {}
