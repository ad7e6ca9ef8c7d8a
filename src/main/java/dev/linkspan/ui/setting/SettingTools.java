package dev.linkspan.ui.setting;

import dev.linkspan.access.Access;
import dev.linkspan.identity.IdentityService;
import dev.linkspan.member.SettingService;
import dev.linkspan.ui.identity.KnownIdentities;
import dev.linkspan.ui.shared.CurrentCaller;
import dev.linkspan.ui.shared.Live;
import dev.linkspan.ui.shared.Texts;
import org.springframework.stereotype.Component;

/** What the page of the settings works with. */
@Component
record SettingTools(SettingService settings, IdentityService identities, Access access, Live live, CurrentCaller me) {
    /** Why the reader may not change anything; null when they may. */
    String refusal() {
        return access.allowed(me.get(), "can_edit") ? null : Texts.of("settings.refused");
    }

    KnownIdentities known() {
        return new KnownIdentities(identities.overview(me.get()));
    }
}
