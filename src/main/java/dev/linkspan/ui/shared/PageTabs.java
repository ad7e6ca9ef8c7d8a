package dev.linkspan.ui.shared;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.tabs.Tabs;

/** The tabs of a page. */
public class PageTabs extends Tabs {
    /** Tabs that are there from the beginning; the label says of what they are. */
    public PageTabs(String label, Tab... tabs) {
        super(tabs);
        addSelectedChangeListener(change -> showSelected());
        getElement().setAttribute("aria-label", label);
    }

    /** Brings the selected one into sight where there is no room for all. */
    private void showSelected() {
        getElement().executeJs("""
                requestAnimationFrame(() => this.items?.[this.selected]?.scrollIntoView({block: 'nearest', inline: 'center'}))""");
    }

    /** The part that scrolls can have the focus, although it is no tab: a tab list may not have such a child. */
    @Override
    protected void onAttach(AttachEvent attach) {
        super.onAttach(attach);
        showSelected();
        getElement().executeJs("""
                Promise.resolve(this.updateComplete)
                  .then(() => this.shadowRoot.querySelector('[part="tabs"]').removeAttribute('tabindex'))""");
    }
}
