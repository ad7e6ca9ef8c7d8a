package dev.linkspan.ui.access;

import dev.linkspan.identity.EffectiveAccess;
import dev.linkspan.ui.group.AccessWords;
import dev.linkspan.ui.group.GroupTools;
import dev.linkspan.ui.shared.Background;
import dev.linkspan.ui.shared.CurrentCaller;
import org.springframework.stereotype.Component;

/** What the page about access works with. */
@Component
record AccessTools(
        EffectiveAccess effective, AccessWords words, GroupTools groups, Background background, CurrentCaller me) {}
