package dev.linkspan.ui.shared;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.tabs.Tab;
import com.vaadin.flow.component.tabs.Tabs;

/** The tabs of a page. */
public class PageTabs extends Tabs {
    /** Tabs that are there from the beginning; the label says of what they are. */
    public PageTabs(String label, Tab... tabs) {
        super(tabs);
        getElement().setAttribute("aria-label", label);
    }

    /** Keeps the selected one in sight where there is no room for all, also when counts come to them later; the page stays where it is. */
    private void keepSelectedInSight() {
        getElement().executeJs("""
                const show = () => requestAnimationFrame(() => {
                  const part = this.shadowRoot.querySelector('[part="tabs"]');
                  const room = part.getBoundingClientRect();
                  const tab = this.querySelector('vaadin-tab[selected]')?.getBoundingClientRect() ?? room;
                  const edge = parseFloat(getComputedStyle(part).paddingInlineStart);
                  part.scrollLeft += Math.max(0, tab.right + edge - room.right) || Math.min(0, tab.left - edge - room.left);
                });
                const sizes = new ResizeObserver(show);
                const watch = () => {
                  sizes.disconnect();
                  [this, ...this.children].forEach((part) => sizes.observe(part));
                };
                this.addEventListener('selected-changed', show);
                this.addEventListener('items-changed', watch);
                watch();""");
    }

    /** The part that scrolls can have the focus, although it is no tab: a tab list may not have such a child. */
    @Override
    protected void onAttach(AttachEvent attach) {
        super.onAttach(attach);
        keepSelectedInSight();
        getElement().executeJs("""
                Promise.resolve(this.updateComplete)
                  .then(() => this.shadowRoot.querySelector('[part="tabs"]').removeAttribute('tabindex'))""");
    }
}
