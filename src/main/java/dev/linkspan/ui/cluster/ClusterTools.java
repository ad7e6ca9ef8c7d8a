package dev.linkspan.ui.cluster;

import dev.linkspan.access.Access;
import dev.linkspan.identity.IdentityService;
import dev.linkspan.link.AddressService;
import dev.linkspan.link.RotationService;
import dev.linkspan.member.ClusterService;
import dev.linkspan.member.ServerService;
import dev.linkspan.ui.shared.Background;
import dev.linkspan.ui.shared.CurrentCaller;
import dev.linkspan.ui.shared.Live;
import dev.linkspan.ui.shared.Texts;
import org.springframework.stereotype.Component;

/** What the pages of this cluster work with. */
@Component
record ClusterTools(
        ServerService server,
        ClusterService cluster,
        RotationService rotations,
        AddressService addresses,
        IdentityService identities,
        Access access,
        Background background,
        Live live,
        CurrentCaller me) {
    /** Why the caller may not change this cluster; null when it may. */
    String refusal() {
        return access.allowed(me.get(), "can_edit") ? null : Texts.of("cluster.refused");
    }
}
