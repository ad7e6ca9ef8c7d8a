/*
 * Hides grid columns that carry data-from="<rem>" while the page is narrower than that, and those that carry data-alone
 * while a panel is open beside the page; those that carry data-slim="<width>" take that width on small screens.
 */
const SMALL = 31;
const REDRAWN_WITHIN = 500;

const focusedIn = (root) => {
  let at = root?.contains(document.activeElement) ? document.activeElement : undefined;
  while (at?.shadowRoot?.activeElement) {
    at = at.shadowRoot.activeElement;
  }
  return at;
};

/* The grid draws its rows anew when a column comes or goes, and the cell that had the focus loses it. */
const keepFocus = (element) => {
  const again = () => {
    if (document.activeElement === document.body && element.isConnected) {
      element.focus();
    }
  };
  const back = () => {
    queueMicrotask(again);
    requestAnimationFrame(again);
  };
  element.addEventListener('blur', back, { once: true });
  setTimeout(() => element.removeEventListener('blur', back), REDRAWN_WITHIN);
};

class FitColumns extends HTMLElement {
  connectedCallback() {
    this.style.display = 'none';
    const page = this.closest('main') ?? document.body;
    this.observer = new ResizeObserver(() => this.fit(page));
    this.observer.observe(page);
    // A table that is shown later has no columns before.
    this.parentElement.querySelectorAll('vaadin-grid').forEach((grid) => this.observer.observe(grid));
  }

  disconnectedCallback() {
    this.observer.disconnect();
  }

  fit(page) {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const width = page.getBoundingClientRect().width / rem;
    const beside = Boolean(page.closest('.ls-frame')?.querySelector(':scope > .ls-panel'));
    const hide = (column) => width < Number(column.dataset.from) || (beside && 'alone' in column.dataset);
    const columns = [...(this.parentElement?.querySelectorAll('[data-from]') ?? [])];
    const changing = columns.filter((column) => column.hidden !== hide(column));
    const focused = changing.length && focusedIn(this.parentElement);
    if (focused) {
      keepFocus(focused);
    }
    changing.forEach((column) => (column.hidden = hide(column)));
    (this.parentElement?.querySelectorAll('[data-slim]') ?? []).forEach((column) => {
      column.dataset.wide ??= column.width;
      column.width = width < SMALL ? column.dataset.slim : column.dataset.wide;
    });
  }
}

if (!customElements.get('linkspan-fit-columns')) {
  customElements.define('linkspan-fit-columns', FitColumns);
}
