/*
 * Whoever comes back to a page is where one was. From what was opened in a table by Back: the table is scrolled there, what
 * was picked is picked, and a row that was opened by keyboard has the focus again. After the page was loaded anew: tables and parts are scrolled
 * there, and what had the focus has it again. Whoever presses a key or the mouse meanwhile keeps scroll and focus.
 */
const KEPT = 'linkspan.place';
const LEADS = 'main vaadin-grid vaadin-grid-cell-content :is(a[href], button)';
const SCROLLED = '.ls-scroll, .ls-panel-body';
const FOCUSABLE = `vaadin-text-field, vaadin-text-area, vaadin-combo-box, vaadin-select, vaadin-checkbox, vaadin-radio-button,
  vaadin-button, vaadin-tab, a, button, summary`;
const OWN = ['pointerdown', 'keydown', 'wheel'];
const BACK_WITHIN_MS = 10_000;
const ANEW_WITHIN_MS = 15_000;
const STAYS_MS = 600;
const STEP_MS = 50;
const places = new Map();

const tables = () => [...document.querySelectorAll('vaadin-grid')];
const parts = () => [...document.querySelectorAll(SCROLLED)];
const nameOf = (element) => element.label || element.getAttribute('aria-label') || element.textContent.trim();
const alike = (kind, name) => [...document.querySelectorAll(kind)].filter((element) => nameOf(element) === name);

/* A row is the same by what its first cell says. */
const headOf = (row) =>
  row
    .querySelector('[role="rowheader"] slot')
    ?.assignedElements()
    .map((content) => content.textContent.trim())
    .join('');

const focused = () => {
  const active = document.activeElement;
  const cell = active?.localName === 'vaadin-grid' && active.shadowRoot.activeElement?.closest('tbody td, tbody th');
  if (cell) {
    const row = cell.parentElement;
    return { table: tables().indexOf(active), head: headOf(row), column: [...row.children].indexOf(cell) };
  }
  const element = active?.closest(FOCUSABLE);
  const kind = element?.localName;
  return kind && { kind, name: nameOf(element), number: alike(kind, nameOf(element)).indexOf(element) };
};

/* A table that was made anew for the same rows. */
const sameAs = (old) => (table) => table !== old && table.accessibleName === old.accessibleName;

const rowWith = (table, head) =>
  [...(table?.shadowRoot?.querySelectorAll('tbody tr:not([hidden])') ?? [])].find((row) => headOf(row) === head);

const target = ({ table, head, column, kind, name, number }) =>
  kind ? alike(kind, name)[number] : rowWith(tables()[table], head)?.children[column];

const here = () => ({
  rows: tables().map((table) => table._firstVisibleIndex ?? 0),
  tops: parts().map((part) => part.scrollTop),
  focus: focused(),
});

const remember = (event) => {
  const leads = event.target.closest?.(LEADS);
  if (leads) {
    const place = here();
    const left = leads.closest('vaadin-grid');
    const byLink = leads.localName === 'a';
    places.set(location.href, { ...place, focus: place.focus?.head && place.focus, left, byLink });
  }
};

/*
 * A table may begin anew when more of it arrives, and is lower once the bar for what is picked is there again, so it is there
 * when it stays there. What is done is taken out of the place.
 */
const scroll = (place, now) => {
  const all = tables();
  place.rows = place.rows.map((row, i) => {
    const there = row > 0 && all[i]?._flatSize > row && all[i]._firstVisibleIndex !== undefined;
    if (there) {
      place.scrolled ??= now;
      if (all[i]._firstVisibleIndex < row) {
        all[i].scrollToIndex(row);
      }
    }
    return there && now > place.scrolled + STAYS_MS ? 0 : row;
  });
  const scrolled = parts();
  place.tops = place.tops.map((top, i) => {
    const there = top > 0 && scrolled[i]?.scrollHeight - scrolled[i]?.clientHeight >= top;
    if (there) {
      scrolled[i].scrollTop = top;
    }
    return there ? 0 : top;
  });
  return [...place.rows, ...place.tops].every((left) => left === 0);
};

/* The server may have told of the last row that was picked after one had gone on. After the page was loaded anew connection.js does it. */
const pick = (place) => {
  const { kept } = place.left.dataset;
  if (kept && !place.chosen) {
    tables().find(sameAs(place.left)).dispatchEvent(new CustomEvent('choice-back', { detail: kept }));
  }
  place.chosen = true;
};

/* A panel that opens takes the focus for itself, so it is given back for a moment. */
const focus = (place, now) => {
  const element = place.focus && target(place.focus);
  if (element) {
    place.stays ??= now + STAYS_MS;
    element.focus();
  }
  return !place.focus || now > place.stays;
};

/* Of Back the former page is still there at first; the panel beside a table leaves the table where it is. */
const come = (place, within) => {
  const until = performance.now() + within;
  let own = false;
  const stop = () => {
    own = true;
  };
  OWN.forEach((kind) => window.addEventListener(kind, stop, { capture: true, once: true }));
  const step = () => {
    const now = performance.now();
    const there = !place.left || tables().some((table) => table._flatSize > 0 && sameAs(place.left)(table));
    if (there && place.left) {
      pick(place);
    }
    const done = there && (own || (scroll(place, now) && focus(place, now)));
    if (now < until && !done) {
      setTimeout(step, STEP_MS);
    } else {
      OWN.forEach((kind) => window.removeEventListener(kind, stop, { capture: true }));
    }
  };
  step();
};

document.addEventListener('click', remember, true);
window.addEventListener('popstate', () => {
  const place = places.get(location.href);
  // A button may have opened a panel beside the table.
  if (place && (place.byLink || !place.left.isConnected)) {
    come({ ...place }, BACK_WITHIN_MS);
  }
});
window.addEventListener('pagehide', () =>
  sessionStorage.setItem(KEPT, JSON.stringify({ url: location.href, ...here() })),
);

const kept = JSON.parse(sessionStorage.getItem(KEPT));
sessionStorage.removeItem(KEPT);
if (kept?.url === location.href && performance.getEntriesByType('navigation')[0]?.type === 'reload') {
  come(kept, ANEW_WITHIN_MS);
}
