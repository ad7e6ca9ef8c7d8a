/*
 * Shortcuts of the console: a key goes to the element that names it in aria-keyshortcuts, first in the table row that
 * has the focus, then anywhere in sight. A field gets the focus, anything else is pressed. J and K walk through the
 * rows, and the arrow leads from a search to what it found. Nothing else happens while one types, and nothing while a
 * dialog is open. Enter in a box takes the only suggestion. When another row has come into the place of the one that was
 * gone to, because the table was scrolled or changed by a colleague, a key that would act on it only leads to the right one.
 * Whoever comes back to a row from its panel stays at it when what was saved moves it, and is at it when the panel was opened
 * by its address.
 */
const TEXT = 'textarea, select, [contenteditable="true"], input:not([type="checkbox"], [type="radio"], [type="button"])';
const FIELDS = ['vaadin-text-field', 'vaadin-text-area'];
const LIST = '?';
const SELECT = 'X';
const OPEN = 'vaadin-dialog[opened], vaadin-confirm-dialog[opened], vaadin-context-menu[opened]';
const LOOKS_EVERY_MS = 250;
const MOVES_WITHIN_MS = 2000;
const PANEL = '.ls-panel';
const DIALOG = 'vaadin-dialog, vaadin-confirm-dialog, vaadin-context-menu';
const SELECTION = '.ls-selection';
const ACTS = ['Enter', ' ', 'E', 'X', 'J', 'K'];
const PARTS = 'a, button, input';
const CLICK = { bubbles: true, cancelable: true, composed: true };
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

const answering = (keys) => `[aria-keyshortcuts="${CSS.escape(keys)}"]`;

const cellOf = (element) =>
  element?.closest?.('vaadin-grid-cell-content')?.assignedSlot?.parentElement ?? element?.closest?.('td');

const partsOf = (cell) =>
  [...(cell?.querySelectorAll('slot') ?? [])]
    .flatMap((slot) => slot.assignedElements())
    .flatMap((content) => [...content.querySelectorAll(PARTS)]);

/* Enter takes the only suggestion that is left, as if one had gone down to it first. */
const goToOnly = (event) => {
  const box = event.key === 'Enter' && event.target.closest?.('vaadin-combo-box');
  if (box?.opened && box.filter && !box.loading && box.filteredItems?.length === 1) {
    event.target.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, composed: true }));
  }
};

/* The cell that has the focus, or has what has it in it. */
const focusedCell = () => {
  const active = document.activeElement;
  if (active?.localName === 'vaadin-grid') {
    return active.shadowRoot.activeElement?.closest('[role="gridcell"], [role="rowheader"]');
  }
  return active?.closest('vaadin-grid-cell-content')?.assignedSlot?.parentElement;
};

/* The cell that says what a row is about. */
const headOf = (row) => row?.querySelector('[role="rowheader"]') ?? row?.querySelector('[role="gridcell"]');

/* What a row is about: the same row may come back under another key. */
const wordsOf = (row) => {
  const cell = headOf(row);
  return [...(cell?.querySelectorAll('slot') ?? [])]
    .flatMap((slot) => slot.assignedElements())
    .map((content) => content.textContent.trim())
    .join('');
};

const inside = (part, selector) =>
  [...(part?.querySelectorAll('slot') ?? [])]
    .flatMap((slot) => slot.assignedElements())
    .map((content) => content.querySelector(selector))
    .find(Boolean);

const inRow = (cell, keys) => inside(cell?.closest('tr'), answering(keys));

/* A cell with buttons is entered by Enter, as the grid does it; from any other one the row is opened. */
const entered = (cell) => inside(cell, 'button') && !inside(cell, answering('Enter'));

/* The table below a search field in which somebody is. */
const found = (event) =>
  event.key === 'ArrowDown' && event.target.closest?.('.ls-search')?.closest('.ls-panel, main')?.querySelector('vaadin-grid');

const nearest = () => document.querySelector('.ls-panel vaadin-grid') ?? document.querySelector('main vaadin-grid');

/* Rows stand in any order in the document. */
const firstInSight = (grid) => {
  const top = (element) => element.getBoundingClientRect().top;
  const begin = Math.max(top(grid), grid.shadowRoot.querySelector('thead').getBoundingClientRect().bottom);
  return [...grid.shadowRoot.querySelectorAll('tbody tr:not([hidden])')]
    .filter((row) => top(row) >= begin - 1)
    .sort((one, other) => top(one) - top(other))[0];
};

const walk = (cell, key, table) => {
  const row = !cell && table && firstInSight(table);
  const from = cell ?? headOf(row);
  from?.focus();
  if (cell) {
    from.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
  }
  return Boolean(from);
};

/* Where one goes on beside a table that is empty. */
const firstStop = () => elsewhere('/') ?? elsewhere('C');

/* Of a table that is still there. */
const rowsOf = (table) =>
  table?.isConnected && table.checkVisibility() ? [...table.shadowRoot.querySelectorAll('tbody tr:not([hidden])')] : [];

const nearestRow = ({ table, index } = {}) => {
  const rows = rowsOf(table);
  rows.sort((one, other) => Math.abs(one.index - index) - Math.abs(other.index - index));
  return headOf(rows[0]);
};

/* The row in sight that has that item, of the page's tables or of the one where that was. */
const rowOf = (item, place) =>
  (place ? [place.table] : [...document.querySelectorAll('main vaadin-grid')])
    .flatMap(rowsOf)
    .find((row) => item !== undefined && row._item?.key === item);

const placeOf = (row) => {
  const table = row.getRootNode().host;
  return { table, index: row.index, size: table._flatSize };
};

/* The item whose panel is open. */
const picked = () =>
  [...document.querySelectorAll('main vaadin-grid')]
    .map((table) => table.shadowRoot.querySelector('tbody tr:not([hidden]) > [part~="picked"]')?.parentElement._item?.key)
    .find((item) => item !== undefined);

/* On the page 0, in the panel beside it 1, in a dialog or a menu over both 2. */
const layerOf = (path) => ['*', PANEL, DIALOG].findLastIndex((parts) => path.some((node) => node.matches?.(parts)));

/* A button that is refused keeps all keys to itself, though it has no use for these. */
const passOn = (event) => {
  const button = event.target.closest?.('vaadin-button[disabled]');
  if (!button || !['Escape', LIST].includes(event.key)) {
    return false;
  }
  event.stopImmediatePropagation();
  button.parentElement.dispatchEvent(
    new KeyboardEvent(event.type, { key: event.key, bubbles: true, composed: true, cancelable: true }),
  );
  return true;
};

/* Keys without Ctrl lead somewhere, and take the focus along; the list of keys, and what is pressed from a row, is left to there. */
const press = (element, keys) => {
  const field = FIELDS.includes(element.localName);
  if (field || element.disabled || !(keys.startsWith('Control') || keys === LIST || focusedCell())) {
    element.focus();
  }
  if (!field && !element.disabled) {
    element.click();
  }
};

/* The list of keys comes also where there is no room for its button. */
const elsewhere = (keys) =>
  [...document.querySelectorAll(answering(keys))].find(
    (element) => !element.closest('vaadin-grid-cell-content') && (keys === LIST || element.checkVisibility()),
  );

class Keys extends HTMLElement {
  /* What had the focus when a panel or a dialog was opened, by its layer. */
  openers = [];

  layer = 0;

  connectedCallback() {
    this.style.display = 'none';
    document.addEventListener('keydown', this.press, true);
    document.addEventListener('focusin', this.came, true);
    document.addEventListener('cell-focus', this.cameToCell);
    this.looking = setInterval(() => this.look(), LOOKS_EVERY_MS);
  }

  disconnectedCallback() {
    document.removeEventListener('keydown', this.press, true);
    document.removeEventListener('focusin', this.came, true);
    document.removeEventListener('cell-focus', this.cameToCell);
    clearInterval(this.looking);
  }

  /* Whoever comes back from a panel or a dialog is at the row from which it was opened, whatever is in its place by then. */
  hold = (event) => {
    const path = event.composedPath();
    const target = path[0];
    const layer = layerOf(path);
    const row = cellOf(target)?.parentElement;
    const back = this.openers.find(
      (opener, from) => from > layer && opener?.element === target && (from === 2 || !document.querySelector(PANEL)),
    );
    if (layer > this.layer) {
      this.openers[layer] = { element: this.last, item: this.item, words: this.words, place: this.place };
    } else if (back) {
      this.movesUntil = performance.now() + MOVES_WITHIN_MS;
    } else {
      this.openers.length = layer + 1;
    }
    this.layer = layer;
    this.last = target;
    this.item = back ? back.item : row?._item?.key;
    this.words = back ? back.words : wordsOf(row);
    if (back) {
      this.place = back.place;
    } else if (row || layer === 1 || target.closest?.('main')) {
      this.place = row && placeOf(row);
      this.walked = this.place ?? this.walked;
    }
  };

  came = (event) => {
    this.hold(event);
    this.region = event.target.closest?.('.ls-panel, main') ?? this.region;
  };

  /* From cell to cell the focus stays in the table, as seen from here. The table tells the same of a button in a cell. */
  cameToCell = (event) => {
    if (event.target === document.activeElement) {
      this.hold(event);
    }
  };

  /*
   * What had the focus may go without a word, with its row, its dialog, its bar or its part of a panel: the focus is then at
   * the row that is there now, or where the next Tab goes on, not before it all.
   */
  look() {
    this.stay();
    const gone = this.last && (!this.last.isConnected || !this.last.checkVisibility());
    const lost = gone && document.activeElement === document.body && !document.querySelector(OPEN);
    if (lost && this.lost) {
      const region = this.region?.isConnected ? this.region : document.querySelector('main');
      region?.setAttribute('tabindex', '-1');
      const { element, item } = this.layer === 2 ? (this.openers[2] ?? {}) : { element: this.last, item: this.item };
      const place = element?.closest?.(SELECTION) ? this.walked : this.place;
      (headOf(rowOf(item, place)) ?? nearestRow(place) ?? (place?.table.isConnected ? firstStop() : undefined) ?? region)?.focus();
    }
    this.lost = lost;
  }

  /* The table may show what was saved a moment after the panel is closed. */
  stay() {
    const panel = Boolean(document.querySelector(PANEL));
    if (panel) {
      this.picked = picked() ?? this.picked;
    } else if (this.panel) {
      this.movesUntil = performance.now() + MOVES_WITHIN_MS;
      if (['main', 'body'].includes(document.activeElement?.localName)) {
        rowOf(this.picked)?.querySelector('[role="rowheader"]')?.focus();
      }
      this.picked = undefined;
    }
    this.panel = panel;
    if (!panel && performance.now() < this.movesUntil && !document.querySelector(OPEN)) {
      this.swapped(true);
    }
  }

  /*
   * The row that was gone to is looked for among those in sight; where it isn't, the focus goes to the page, or stays. Of one
   * that was deleted it is at the row in its place, at the latest with a key that walks on.
   */
  swapped(orStay, walking) {
    const cell = cellOf(this.last);
    const row = cell?.parentElement;
    const same = row?._item?.key === this.item || (this.words && wordsOf(row) === this.words);
    if (!row || document.activeElement === document.body || this.item === undefined || same) {
      return false;
    }
    const right = [...row.parentElement.children].find((other) => other._item?.key === this.item && !other.hidden);
    const deleted = !right && row.index === this.place?.index && row.getRootNode().host._flatSize < this.place.size;
    if (deleted) {
      this.item = row._item?.key;
      this.words = wordsOf(row);
      this.place = placeOf(row);
      if (!orStay && !walking) {
        (headOf(row) ?? cell).focus();
      }
      return !walking;
    }
    const there = right?.children[[...row.children].indexOf(cell)];
    const parts = partsOf(there);
    const target = cell === this.last ? there : (parts[partsOf(cell).indexOf(this.last)] ?? parts.at(-1));
    (target ?? (orStay ? undefined : this.region))?.focus();
    return true;
  }

  press = (event) => {
    goToOnly(event);
    if (passOn(event)) {
      return;
    }
    const name = event.key.length === 1 ? event.key.toUpperCase() : event.key;
    if (ACTS.includes(name) && !document.querySelector(OPEN) && this.swapped(false, name in WALKS)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const below = found(event);
    if (event.defaultPrevented || event.altKey || (typing(event) && !below)) {
      return;
    }
    if (document.querySelector(OPEN)) {
      return;
    }
    const cell = focusedCell();
    const onRow = document.activeElement?.localName === 'vaadin-grid' && !event.ctrlKey && !event.metaKey;
    const keys = event.key === ' ' && onRow && inRow(cell, SELECT) ? SELECT : shortcut(event);
    const within = keys === 'Enter' && (document.activeElement?.localName !== 'vaadin-grid' || entered(cell));
    const row = within ? undefined : inRow(cell, keys);
    const anywhere = keys !== 'Enter' && elsewhere(keys);
    row?.dispatchEvent(new MouseEvent('click', { ...CLICK, shiftKey: event.shiftKey && keys === SELECT }));
    if (!row && anywhere) {
      press(anywhere, keys);
    }
    const walking = WALKS[keys] || below;
    if (row || anywhere || (walking && walk(cell, WALKS[keys], below || nearest()))) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
}

if (!customElements.get('linkspan-keys')) {
  customElements.define('linkspan-keys', Keys);
}
