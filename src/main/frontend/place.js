/*
 * Whoever goes back to a table from what was opened in it is where one was: the table is scrolled there, and a row that was
 * opened by keyboard has the focus again. Known by the address of the page, as long as the page isn't loaded anew.
 */
const LINK = 'main vaadin-grid vaadin-grid-cell-content a[href]';
const WITHIN_MS = 3000;
const STEP_MS = 50;
const places = new Map();

const remember = (event) => {
  const link = event.target.closest?.(LINK);
  const table = link?.closest('vaadin-grid');
  if (table) {
    places.set(location.href, {
      table,
      row: table._firstVisibleIndex,
      link: link.getAttribute('href'),
      byKey: document.activeElement === table,
    });
  }
};

const cellWith = (table, address) =>
  [...table.querySelectorAll('vaadin-grid-cell-content a')]
    .find((link) => link.getAttribute('href') === address)
    ?.closest('vaadin-grid-cell-content').assignedSlot?.parentElement;

const focus = (table, { link, byKey }) => {
  const free = [document.body, document.querySelector('main')].includes(document.activeElement);
  const cell = byKey && free && cellWith(table, link);
  if (cell) {
    cell.focus();
  }
  return !byKey || !free || Boolean(cell);
};

/* Until the table is there and has so many rows; the panel beside a table leaves the table where it is. */
const goTo = (place, until) => {
  const table = document.querySelector('main vaadin-grid');
  const there = table && table !== place.table && table._flatSize > place.row && table._firstVisibleIndex !== undefined;
  if (there && !place.scrolled) {
    table.scrollToIndex(place.row);
    place.scrolled = true;
  }
  if (!(there && focus(table, place)) && performance.now() < until) {
    setTimeout(goTo, STEP_MS, place, until);
  }
};

document.addEventListener('click', remember, true);
window.addEventListener('popstate', () => {
  const place = places.get(location.href);
  if (place) {
    goTo({ ...place }, performance.now() + WITHIN_MS);
  }
});
