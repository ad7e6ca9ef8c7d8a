package dev.linkspan.ui.event;

import dev.linkspan.event.EventService;
import dev.linkspan.identity.IdentityService;
import dev.linkspan.link.LinkService;
import dev.linkspan.ui.shared.Background;
import dev.linkspan.ui.shared.CurrentCaller;
import dev.linkspan.ui.shared.Live;
import org.springframework.stereotype.Component;

/** What the page of the events works with. */
@Component
record EventTools(
        EventService events,
        IdentityService identities,
        LinkService links,
        Background background,
        Live live,
        CurrentCaller me) {}
