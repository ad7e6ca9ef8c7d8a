/*
 * Shortcuts of the console: a key goes to the element that names it in aria-keyshortcuts, first in the table row that
 * has the focus, then anywhere in sight. A field gets the focus, anything else is pressed. J and K walk through the
 * rows. Nothing happens while one types or while a dialog is open.
 */
const TEXT = 'textarea, select, [contenteditable="true"], input:not([type="checkbox"], [type="radio"], [type="button"])';
const FIELDS = ['vaadin-text-field', 'vaadin-text-area'];
const WALKS = { J: 'ArrowDown', K: 'ArrowUp' };

/* In an empty field there is nothing of one's own to take back, so that Ctrl+Z goes to the page's last step. */
const undoing = (event) => (event.ctrlKey || event.metaKey) && event.key.toUpperCase() === 'Z';

const typing = (event) =>
  event.composedPath().some((node) => node.matches?.(TEXT) && !(undoing(event) && node.value === ''));

const shortcut = (event) => {
  const modified = event.ctrlKey || event.metaKey;
  const name = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  return `${modified ? 'Control+' : ''}${modified && event.shiftKey ? 'Shift+' : ''}${name}`;
};

/* The cell that has the focus, or has what has it in it. */
const focusedCell = () => {
  const active = document.activeElement;
  if (active?.localName === 'vaadin-grid') {
    return active.shadowRoot.activeElement?.closest('[role="gridcell"], [role="rowheader"]');
  }
  return active?.closest('vaadin-grid-cell-content')?.assignedSlot?.parentElement;
};

const inRow = (cell, keys) =>
  [...(cell?.closest('tr')?.querySelectorAll('slot') ?? [])]
    .flatMap((slot) => slot.assignedElements())
    .map((content) => content.querySelector(`[aria-keyshortcuts="${keys}"]`))
    .find(Boolean);

const walk = (cell, key) => {
  const nearest = () => document.querySelector('.ls-panel vaadin-grid') ?? document.querySelector('main vaadin-grid');
  const grid = cell?.getRootNode().host ?? nearest();
  const from = cell ?? grid?.shadowRoot.querySelector('tbody [role="rowheader"], tbody [role="gridcell"]');
  from?.focus();
  if (cell) {
    from.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
  }
  return Boolean(from);
};

/* Keys without Ctrl lead somewhere, and take the focus along. */
const press = (element, keys) => {
  if (!keys.startsWith('Control')) {
    element.focus();
  }
  if (!FIELDS.includes(element.localName) && !element.disabled) {
    element.click();
  }
};

class Keys extends HTMLElement {
  connectedCallback() {
    this.style.display = 'none';
    document.addEventListener('keydown', this.press, true);
  }

  disconnectedCallback() {
    document.removeEventListener('keydown', this.press, true);
  }

  press = (event) => {
    if (event.defaultPrevented || event.altKey || typing(event)) {
      return;
    }
    if (document.querySelector('vaadin-dialog[opened], vaadin-confirm-dialog[opened], vaadin-context-menu[opened]')) {
      return;
    }
    const keys = shortcut(event);
    const cell = focusedCell();
    const row = keys === 'Enter' && document.activeElement?.localName !== 'vaadin-grid' ? undefined : inRow(cell, keys);
    const anywhere =
      keys !== 'Enter' &&
      [...document.querySelectorAll(`[aria-keyshortcuts="${keys}"]`)].find(
        (element) => !element.closest('vaadin-grid-cell-content') && element.checkVisibility(),
      );
    row?.click();
    if (!row && anywhere) {
      press(anywhere, keys);
    }
    if (row || anywhere || (WALKS[keys] && walk(cell, WALKS[keys]))) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
}

if (!customElements.get('linkspan-keys')) {
  customElements.define('linkspan-keys', Keys);
}
