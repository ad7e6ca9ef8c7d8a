package dev.linkspan.ui.identity;

import dev.linkspan.access.Access;
import dev.linkspan.group.GroupService;
import dev.linkspan.identity.Administrators;
import dev.linkspan.identity.BearerService;
import dev.linkspan.identity.IdentityOverview;
import dev.linkspan.identity.IdentityService;
import dev.linkspan.identity.SignIn;
import dev.linkspan.link.AddressService;
import dev.linkspan.link.LinkService;
import dev.linkspan.member.ServerService;
import dev.linkspan.ui.group.GroupChoices;
import dev.linkspan.ui.shared.AskedAbout;
import dev.linkspan.ui.shared.Background;
import dev.linkspan.ui.shared.Colleagues;
import dev.linkspan.ui.shared.CurrentCaller;
import dev.linkspan.ui.shared.Live;
import java.util.List;
import org.springframework.stereotype.Component;

/** What the pages of the identities work with. */
@Component
record IdentityTools(
        IdentityService identities,
        BearerService bearers,
        SignIn signIn,
        Administrators administrators,
        GroupService groups,
        LinkService links,
        AddressService addresses,
        ServerService server,
        Access access,
        GroupChoices choices,
        Background background,
        Live live,
        Colleagues colleagues,
        CurrentCaller me) {
    /** Identities that a dialog asks about. */
    AskedAbout<IdentityOverview> asked(List<IdentityOverview> rows) {
        return new AskedAbout<>(
                colleagues, rows, IdentityOverview::id, IdentityOverview::name, () -> identities.overview(me.get()));
    }
}
