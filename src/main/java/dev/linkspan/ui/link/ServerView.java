package dev.linkspan.ui.link;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.tabs.Tabs;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteAlias;
import dev.linkspan.member.ServerInfo;
import dev.linkspan.member.ServerService;
import dev.linkspan.ui.shared.CurrentCaller;
import dev.linkspan.ui.shared.Fingerprints;
import dev.linkspan.ui.shared.PageHead;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Texts;

/** The page of a server that is not clustered: who it is, and its cluster links. */
@Route(ServerView.PATH)
@RouteAlias("cluster/links")
public class ServerView extends Div implements AfterNavigationObserver, HasDynamicTitle {
    public static final String PATH = "cluster/server";

    private final ClusterLinks links;

    ServerView(ServerService server, CurrentCaller me, ClusterLinks links) {
        this.links = links;
        addClassName("ls-view");
        ServerInfo us = server.info(me.get());
        PageHead head = new PageHead(Texts.of("server.title"), Texts.of("server.explanation"));
        head.setLead(new Sentence(
                "server.lead",
                us.name(),
                String.join(", ", us.addresses()),
                Fingerprints.brief(us.fingerprint()),
                us.addresses().size()));
        Span count = new Span();
        count.addClassName("ls-count");
        Tabs tabs = new Tabs(new Tab(new Span(Texts.of("server.tab.links")), count));
        tabs.getElement().setAttribute("aria-label", Texts.of("server.title"));
        links.onCount(number -> count.setText(String.valueOf(number)));
        add(head, tabs, links);
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        links.showPanel(event.getLocation().getQueryParameters());
    }

    @Override
    public String getPageTitle() {
        return Texts.of("page.title", Texts.of("server.title"));
    }
}
