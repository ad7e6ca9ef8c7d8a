package dev.linkspan.ui.identity;

import com.vaadin.flow.spring.annotation.SpringComponent;
import dev.linkspan.access.Caller;
import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.event.LiveFeed;
import dev.linkspan.ui.shared.EntryCount;
import dev.linkspan.ui.shared.Live;
import org.springframework.context.annotation.Scope;

/** How many identities the entry of the sidebar leads to. */
@SpringComponent
@Scope("prototype")
public class IdentityCount extends EntryCount {
    private final IdentityTools tools;

    IdentityCount(IdentityTools tools, LiveFeed feed) {
        super(tools.background(), feed, tools.me(), "identities.count");
        this.tools = tools;
    }

    @Override
    protected boolean concerns(LifecycleEvent event) {
        return Live.trust(event);
    }

    @Override
    protected int count(Caller caller) {
        return (int) tools.identities().overview(caller).stream()
                .filter(identity -> !IdentityWords.system(identity, caller))
                .count();
    }
}
