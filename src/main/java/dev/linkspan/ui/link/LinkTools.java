package dev.linkspan.ui.link;

import dev.linkspan.access.Access;
import dev.linkspan.group.GroupService;
import dev.linkspan.link.LinkService;
import dev.linkspan.member.ServerService;
import dev.linkspan.ui.group.PermissionWords;
import dev.linkspan.ui.shared.Background;
import dev.linkspan.ui.shared.CurrentCaller;
import org.springframework.stereotype.Component;

/** What the pages of the links work with. */
@Component
record LinkTools(
        LinkService links,
        GroupService groups,
        ServerService server,
        Access access,
        PermissionWords words,
        Background background,
        CurrentCaller me) {}
