package dev.linkspan.ui.group;

import com.vaadin.flow.spring.annotation.SpringComponent;
import dev.linkspan.access.Caller;
import dev.linkspan.event.LifecycleEvent;
import dev.linkspan.event.LiveFeed;
import dev.linkspan.ui.shared.EntryCount;
import org.springframework.context.annotation.Scope;

/** How many auth groups the entry of the sidebar leads to. */
@SpringComponent
@Scope("prototype")
public class GroupCount extends EntryCount {
    private final GroupTools tools;

    GroupCount(GroupTools tools, LiveFeed feed) {
        super(tools.background(), feed, tools.me(), "groups.count");
        this.tools = tools;
    }

    @Override
    protected boolean concerns(LifecycleEvent event) {
        return event.source().startsWith("/1.0/auth/");
    }

    @Override
    protected int count(Caller caller) {
        return tools.groups().brief(caller).size();
    }
}
