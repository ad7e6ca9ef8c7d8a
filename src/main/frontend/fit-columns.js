/* Hides grid columns that carry data-from="<rem>" while the page is narrower than that. */
class FitColumns extends HTMLElement {
  connectedCallback() {
    this.style.display = 'none';
    const page = this.closest('main') ?? document.body;
    this.observer = new ResizeObserver(() => this.fit(page));
    this.observer.observe(page);
  }

  disconnectedCallback() {
    this.observer.disconnect();
  }

  fit(page) {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const width = page.getBoundingClientRect().width / rem;
    for (const column of this.parentElement?.querySelectorAll('[data-from]') ?? []) {
      column.hidden = width < Number(column.dataset.from);
    }
  }
}

if (!customElements.get('linkspan-fit-columns')) {
  customElements.define('linkspan-fit-columns', FitColumns);
}
