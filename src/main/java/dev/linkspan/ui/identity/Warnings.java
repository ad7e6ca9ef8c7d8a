package dev.linkspan.ui.identity;

import com.vaadin.flow.component.Component;
import dev.linkspan.access.Caller;
import dev.linkspan.identity.IdentityOverview;
import dev.linkspan.identity.PlannedChange;
import dev.linkspan.ui.shared.Notice;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Tone;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What somebody should know before they take rights away: from themselves, or from the last administrator. */
class Warnings {
    private final IdentityTools tools;

    Warnings(IdentityTools tools) {
        this.tools = tools;
    }

    /** The notices that a change calls for; often none. */
    List<Component> of(PlannedChange change, Collection<IdentityOverview> touched) {
        Caller caller = tools.me().get();
        List<Component> notices = new ArrayList<>();
        if (tools.administrators().lastWouldGo(caller, change)) {
            notices.add(new Notice(Tone.NEGATIVE, "shield-alert", new Sentence("warning.last-administrator")));
        }
        if (touched.stream().anyMatch(identity -> caller.is(identity.id()))
                || tools.administrators().callerWouldGo(caller, change)) {
            notices.add(new Notice(Tone.CAUTION, "triangle-alert", new Sentence("warning.self")));
        }
        return notices;
    }
}
