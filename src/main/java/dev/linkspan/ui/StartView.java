package dev.linkspan.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import dev.linkspan.member.ServerService;
import dev.linkspan.ui.link.ServerView;
import dev.linkspan.ui.shared.CurrentCaller;

/** The console's address without a path leads to the links. */
@Route("")
public class StartView extends Div implements BeforeEnterObserver {
    private final boolean clustered;

    StartView(ServerService server, CurrentCaller me) {
        clustered = server.info(me.get()).clustered();
    }

    @Override
    public void beforeEnter(BeforeEnterEvent enter) {
        enter.forwardTo(clustered ? ServerView.LINKS : ServerView.PATH);
    }
}
