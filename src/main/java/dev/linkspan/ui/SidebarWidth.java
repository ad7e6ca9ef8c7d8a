package dev.linkspan.ui;

import com.vaadin.flow.component.page.Page;
import com.vaadin.flow.server.VaadinRequest;
import dev.linkspan.ui.shared.Kept;

/** Whether the sidebar has words or only icons, where there is room for it beside the page. */
enum SidebarWidth {
    FULL,
    COLLAPSED;

    private static final Kept KEPT = new Kept("linkspan-sidebar");
    private static final String STYLE = "ls-collapsed";

    /** The choice that the request's browser keeps. */
    static SidebarWidth of(VaadinRequest request) {
        return KEPT.in(request, SidebarWidth.class).orElse(FULL);
    }

    SidebarWidth other() {
        return this == FULL ? COLLAPSED : FULL;
    }

    /** The script that gives a page its sidebar's width before anything is drawn. */
    String bootstrapScript() {
        return this == FULL ? "" : "document.documentElement.classList.add('" + STYLE + "');";
    }

    /** Draws a page with this sidebar. */
    void applyTo(Page page) {
        page.executeJs("document.documentElement.classList.toggle($0, $1)", STYLE, this == COLLAPSED);
    }

    /** Draws a page with this sidebar and lets its browser keep the choice. */
    void keepIn(Page page) {
        applyTo(page);
        KEPT.set(page, this);
    }
}
