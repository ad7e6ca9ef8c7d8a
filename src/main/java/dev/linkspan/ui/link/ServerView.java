package dev.linkspan.ui.link;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.tabs.Tabs;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteAlias;
import dev.linkspan.member.ServerInfo;
import dev.linkspan.member.ServerService;
import dev.linkspan.ui.cluster.ClusterTab;
import dev.linkspan.ui.cluster.ClusterTabs;
import dev.linkspan.ui.cluster.MembersView;
import dev.linkspan.ui.shared.CurrentCaller;
import dev.linkspan.ui.shared.Fingerprints;
import dev.linkspan.ui.shared.Live;
import dev.linkspan.ui.shared.PageHead;
import dev.linkspan.ui.shared.PageTabs;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Texts;
import java.util.EnumMap;
import java.util.Map;

/**
 * The page of a server that is not clustered: who it is, its cluster links, its certificate, and how it becomes a cluster.
 * Of a cluster it shows the links only; the rest is on the page of its members.
 */
@Route(ServerView.PATH + "/:tab?(overview|certificate|clustering)")
@RouteAlias(ServerView.LINKS)
public class ServerView extends Div implements BeforeEnterObserver, AfterNavigationObserver, HasDynamicTitle {
    public static final String PATH = "cluster/server";

    /** The address of the links, whether clustering is enabled or not. */
    public static final String LINKS = "cluster/links";

    private final ClusterTabs contents;
    private final ClusterLinks links;
    private final ServerInfo us;
    private final Tab linksTab = new Tab();
    private final Map<ClusterTab, Tab> others = new EnumMap<>(ClusterTab.class);
    private final Tabs tabs = new PageTabs(Texts.of("server.title"));
    private Component content;
    private String shown = "";

    ServerView(ServerService server, CurrentCaller me, ClusterLinks links, ClusterTabs contents, Live live) {
        this.links = links;
        this.contents = contents;
        us = server.info(me.get());
        addClassName("ls-view");
        PageHead head = new PageHead(title(), Texts.of("server.explanation"));
        head.setLead(lead(us));
        add(head);
        live.refresh(
                this,
                event -> event.action().startsWith("cluster-certificate-"),
                () -> head.setLead(lead(server.info(me.get()))));
        if (!us.clustered()) {
            addTabs();
            live.refresh(this, Live::trust, this::countLinks);
        }
    }

    /** The list of links counts them itself while it is shown. */
    private void countLinks() {
        if (content != links) {
            links.count();
        }
    }

    private static Sentence lead(ServerInfo us) {
        return new Sentence(
                "server.lead",
                us.name(),
                String.join(", ", us.addresses()),
                Fingerprints.brief(us.fingerprint()),
                us.addresses().size());
    }

    private String title() {
        return Texts.of(us.clustered() ? "links.table" : "server.title");
    }

    private void addTabs() {
        Span count = new Span();
        count.addClassName("ls-count");
        linksTab.add(new Span(Texts.of("server.tab.links")), count);
        links.onCount(number -> count.setText(Texts.of("count", number)));
        for (ClusterTab tab : ClusterTab.values()) {
            others.put(tab, new Tab(tab.text()));
        }
        tabs.add(others.get(ClusterTab.OVERVIEW), linksTab);
        tabs.add(others.get(ClusterTab.CERTIFICATE), others.get(ClusterTab.CLUSTERING));
        tabs.addSelectedChangeListener(change -> {
            if (change.isFromClient()) {
                UI.getCurrent().navigate(path(change.getSelectedTab()));
            }
        });
        add(tabs);
    }

    private String path(Tab tab) {
        return others.entrySet().stream()
                .filter(other -> other.getValue() == tab)
                .findFirst()
                .map(other -> PATH + '/' + other.getKey().path())
                .orElse(PATH);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent enter) {
        shown = enter.getRouteParameters()
                .get("tab")
                .map(tab -> ClusterTab.of(tab).text())
                .orElse(Texts.of("links.table"));
        boolean ofServer = !enter.getLocation().getPath().equals(LINKS);
        if (us.clustered() && ofServer) {
            enter.forwardTo(enter.getRouteParameters()
                    .get("tab")
                    .map(ServerView::ofMembers)
                    .orElse(LINKS));
        }
    }

    /** Where a cluster has what a tab of its server had. */
    private static String ofMembers(String tab) {
        return ClusterTab.of(tab) == ClusterTab.OVERVIEW ? MembersView.PATH : MembersView.PATH + '/' + tab;
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        ClusterTab tab =
                event.getRouteParameters().get("tab").map(ClusterTab::of).orElse(null);
        if (tab == null) {
            show(links, linksTab);
            links.showPanel(event);
            return;
        }
        if (content == links) {
            links.reset(new Location(PATH));
        }
        show(contents.content(tab), others.get(tab));
    }

    private void show(Component wanted, Tab selected) {
        if (!us.clustered()) {
            tabs.setSelectedTab(selected);
        }
        if (content == wanted) {
            return;
        }
        if (content != null) {
            remove(content);
        }
        content = wanted;
        add(content);
        if (!us.clustered()) {
            countLinks();
        }
    }

    @Override
    public String getPageTitle() {
        return Texts.of("page.title", shown);
    }
}
