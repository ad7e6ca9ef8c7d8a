package dev.linkspan.ui.shared;

import com.vaadin.flow.component.Component;

/** The frame's place for the one side panel. After it is closed the focus is back where it was. */
public interface PanelHost {
    void open(SidePanel panel);

    void closePanel();

    /** Gives the document the title that page and panel have now. */
    void showTitle();

    /** The host around a view that is attached. */
    static PanelHost of(Component view) {
        for (Component parent = view;
                parent != null;
                parent = parent.getParent().orElse(null)) {
            if (parent instanceof PanelHost host) {
                return host;
            }
        }
        throw new IllegalStateException("Not attached to the frame");
    }
}
