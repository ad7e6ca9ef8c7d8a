package dev.linkspan.ui.cluster;

import com.vaadin.flow.component.Component;

/** Makes the content of the tabs about this cluster. */
@org.springframework.stereotype.Component
public class ClusterTabs {
    private final ClusterTools tools;

    ClusterTabs(ClusterTools tools) {
        this.tools = tools;
    }

    public Component content(ClusterTab tab) {
        return switch (tab) {
            case OVERVIEW -> new Overview(tools);
            case CERTIFICATE -> new CertificatePage(tools);
            case CLUSTERING -> new ClusteringPage(tools);
        };
    }
}
