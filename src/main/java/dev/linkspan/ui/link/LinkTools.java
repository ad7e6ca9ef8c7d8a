package dev.linkspan.ui.link;

import dev.linkspan.access.Access;
import dev.linkspan.group.GroupService;
import dev.linkspan.identity.IdentityService;
import dev.linkspan.link.AddressService;
import dev.linkspan.link.ContactService;
import dev.linkspan.link.LinkService;
import dev.linkspan.member.ServerService;
import dev.linkspan.ui.group.GroupChoices;
import dev.linkspan.ui.identity.IdentityActions;
import dev.linkspan.ui.shared.AskedAbout;
import dev.linkspan.ui.shared.Background;
import dev.linkspan.ui.shared.Colleagues;
import dev.linkspan.ui.shared.CurrentCaller;
import dev.linkspan.ui.shared.Live;
import java.util.List;
import org.springframework.stereotype.Component;

/** What the pages of the links work with. */
@Component
record LinkTools(
        LinkService links,
        ContactService contacts,
        AddressService addresses,
        IdentityService identities,
        IdentityActions identityActions,
        GroupChoices groups,
        GroupService allGroups,
        ServerService server,
        Access access,
        Background background,
        Live live,
        Colleagues colleagues,
        CurrentCaller me) {
    /** Links that a dialog asks about. */
    AskedAbout<LinkLine> asked(List<LinkLine> lines) {
        return new AskedAbout<>(colleagues, lines, LinkLine::id, LinkLine::name, () -> links.overview(me.get()).stream()
                .map(overview -> new LinkLine(overview, null))
                .toList());
    }
}
