package dev.linkspan.ui.identity;

import dev.linkspan.identity.IdentityOverview;
import java.util.List;

/** A panel that shows identities as they are, also after somebody else has changed them. */
interface LiveIdentities {
    /** Takes note of all identities as they are now. */
    void refresh(List<IdentityOverview> all);
}
