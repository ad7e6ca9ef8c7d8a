package dev.linkspan.ui.cluster;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.tabs.Tabs;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import dev.linkspan.member.ServerInfo;
import dev.linkspan.ui.shared.Fingerprints;
import dev.linkspan.ui.shared.FitColumns;
import dev.linkspan.ui.shared.PageHead;
import dev.linkspan.ui.shared.PageTabs;
import dev.linkspan.ui.shared.Sentence;
import dev.linkspan.ui.shared.Texts;

/** The page of a cluster: its members, its certificate, and how it ends. A server alone has its own page instead. */
@Route(MembersView.PATH + "/:tab?(certificate|clustering)")
public class MembersView extends Div implements BeforeEnterObserver, HasDynamicTitle {
    public static final String PATH = "cluster/members";

    private static final String ALONE = "cluster/server";

    private final ClusterTools tools;
    private final ClusterTabs contents;
    private final Tab members = new Tab(Texts.of("members.tab"));
    private final Tab certificate = new Tab(ClusterTab.CERTIFICATE.text());
    private final Tab clustering = new Tab(ClusterTab.CLUSTERING.text());
    private final Tabs tabs = new PageTabs(Texts.of("members.page"), members, certificate, clustering);
    private Component content;

    MembersView(ClusterTools tools, ClusterTabs contents) {
        this.tools = tools;
        this.contents = contents;
        addClassName("ls-view");
        ServerInfo us = tools.server().info(tools.me().get());
        PageHead head = new PageHead(Texts.of("members.page"), Texts.of("members.explanation"));
        head.setLead(new Sentence("members.lead", us.name(), Fingerprints.brief(us.fingerprint())));
        tabs.addSelectedChangeListener(change -> {
            if (change.isFromClient()) {
                UI.getCurrent().navigate(path(change.getSelectedTab()));
            }
        });
        add(head, tabs);
    }

    private Div table() {
        Div table = new Div(new MembersTable(tools), new FitColumns());
        table.addClassName("ls-view");
        return table;
    }

    private String path(Tab tab) {
        if (tab == certificate) {
            return PATH + '/' + ClusterTab.CERTIFICATE.path();
        }
        return tab == clustering ? PATH + '/' + ClusterTab.CLUSTERING.path() : PATH;
    }

    @Override
    public void beforeEnter(BeforeEnterEvent enter) {
        String asked = enter.getRouteParameters().get("tab").orElse("");
        if (!tools.server().info(tools.me().get()).clustered()) {
            enter.forwardTo(asked.isEmpty() ? ALONE : ALONE + '/' + asked);
            return;
        }
        ClusterTab tab = ClusterTab.of(asked);
        tabs.setSelectedTab(tab == null ? members : tab == ClusterTab.CERTIFICATE ? certificate : clustering);
        if (content != null) {
            remove(content);
        }
        content = tab == null ? table() : contents.content(tab);
        add(content);
    }

    @Override
    public String getPageTitle() {
        Tab open = tabs.getSelectedTab();
        return Texts.of("page.title", open == members ? Texts.of("members.page") : open.getLabel());
    }
}
