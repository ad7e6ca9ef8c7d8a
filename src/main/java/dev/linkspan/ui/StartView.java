package dev.linkspan.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import dev.linkspan.ui.link.ServerView;

/** The console's address without a path leads to the server's page. */
@Route("")
public class StartView extends Div implements BeforeEnterObserver {
    @Override
    public void beforeEnter(BeforeEnterEvent enter) {
        enter.forwardTo(ServerView.class);
    }
}
