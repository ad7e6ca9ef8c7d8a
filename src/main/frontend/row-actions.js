/*
 * The actions of a table row: quick ones as buttons, the others in a menu behind a button. The property "shown" has what
 * the menu is called, the actions and by what the row is the same. Drawn anew only when there are other actions, so
 * that the focus stays where it is while the rest of the row changes; of the next row that scrolls into this place only
 * the words are others, as a rule. All rows share one menu, which goes along when a colleague's change moves the row it
 * is about. Tells by the event "choose" which one was chosen. The attribute "icons" is the address of the sheet of icons.
 */
const SVG = 'http://www.w3.org/2000/svg';
const OPEN = 'linkspan-open';
const GONE_AFTER_MS = 500;
const LOOKS_EVERY_MS = 50;

let menu;
let lookingFor;

/* Plain elements: a table has very many of them. */
const icon = (symbol, sheet) => {
  const drawing = document.createElementNS(SVG, 'svg');
  drawing.classList.add('ls-icon');
  drawing.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `${sheet}#${symbol}`);
  drawing.append(use);
  return drawing;
};

const say = (element, text, refusal) => {
  element.setAttribute('aria-label', text);
  element.title = refusal || text;
};

const button = (symbol, sheet, refusal) => {
  const element = document.createElement('button');
  element.type = 'button';
  element.disabled = Boolean(refusal);
  element.append(icon(symbol, sheet));
  return element;
};

/* What the buttons look like, whatever they say. */
const looks = (actions) => JSON.stringify(actions.map(({ name, symbol, quick, refusal }) => [name, symbol, quick, !refusal]));

const entry = (action, sheet) => {
  const element = document.createElement('vaadin-context-menu-item');
  element.title = action.refusal;
  element.append(icon(action.symbol, sheet), action.text);
  return element;
};

/* What a row's place is by now may be drawn a moment after what it was. */
const follow = (until = performance.now() + GONE_AFTER_MS) => {
  clearTimeout(lookingFor);
  if (!menu.opened) {
    return;
  }
  const places = [...menu.table.querySelectorAll('linkspan-row-actions')];
  const place = places.find((other) => other.row === menu.row && other.checkVisibility());
  if (place) {
    place.hang();
  } else if (performance.now() < until) {
    lookingFor = setTimeout(() => follow(until), LOOKS_EVERY_MS);
  } else {
    menu.close();
  }
};

const follows = (table) => {
  if (menu?.opened && menu.table === table) {
    clearTimeout(lookingFor);
    lookingFor = setTimeout(follow);
  }
};

const makeMenu = () => {
  menu = document.createElement('vaadin-context-menu');
  menu.openOn = OPEN;
  menu.position = 'bottom-end';
  menu.addEventListener('item-selected', (event) => menu.place.choose(event.detail.value.name));
  menu.addEventListener('closed', () => {
    if (document.activeElement === menu.opener && menu.opener !== menu.listenOn) {
      menu.listenOn.focus();
    }
  });
  document.body.append(menu);
};

class RowActions extends HTMLElement {
  connectedCallback() {
    if (Object.hasOwn(this, 'shown')) {
      const shown = this.shown;
      delete this.shown;
      this.shown = shown;
    }
    this.table = this.closest('vaadin-grid');
  }

  disconnectedCallback() {
    follows(this.table);
  }

  get sheet() {
    return this.getAttribute('icons');
  }

  set shown([label, actions, row]) {
    const sameRow = this.row === row;
    this.row = row;
    follows(this.table);
    const drawn = JSON.stringify([label, actions]);
    if (!actions || this.drawn === drawn) {
      return;
    }
    this.drawn = drawn;
    this.list = actions;
    const looking = looks(actions);
    if (this.looking !== looking) {
      this.looking = looking;
      this.draw(sameRow);
    }
    actions.filter((action) => action.quick).forEach((action, i) => say(this.children[i], action.text, action.refusal));
    const others = this.others();
    if (others.length) {
      say(this.lastElementChild, label, others.every((action) => action.refusal) && others[0].refusal);
    }
  }

  others() {
    return this.list.filter((action) => !action.quick);
  }

  draw(sameRow) {
    const focused = [...this.children].indexOf(document.activeElement);
    const quick = this.list.filter((action) => action.quick).map((action) => this.quick(action));
    this.replaceChildren(...quick, ...(this.others().length ? [this.opener()] : []));
    if (sameRow) {
      this.children[focused]?.focus();
    }
  }

  quick({ name, symbol, refusal }) {
    const element = button(symbol, this.sheet, refusal);
    element.classList.add('quick');
    if (name === 'edit') {
      element.setAttribute('aria-keyshortcuts', 'E');
    }
    element.addEventListener('click', () => this.choose(name));
    return element;
  }

  opener() {
    const refused = this.others().every((action) => action.refusal);
    const opener = button('ellipsis', this.sheet, refused);
    if (!refused) {
      opener.setAttribute('aria-haspopup', 'menu');
      opener.addEventListener('click', (event) => {
        // A click that arrives at the page closes the menu that it has opened.
        event.stopPropagation();
        this.open(opener);
      });
    }
    return opener;
  }

  /* The menu is made when it is first asked for. */
  async open(opener) {
    if (!menu) {
      makeMenu();
      await menu.updateComplete;
    }
    const quick = this.firstElementChild;
    const unseen = quick !== opener && !quick.checkVisibility();
    menu.table = this.table;
    menu.row = this.row;
    menu.place = this;
    menu.opener = opener;
    menu.listenOn = opener;
    menu.items = (unseen ? this.list : this.others()).map((action) => ({
      component: entry(action, this.sheet),
      disabled: Boolean(action.refusal),
      name: action.name,
    }));
    opener.dispatchEvent(new CustomEvent(OPEN, { bubbles: true, composed: true }));
  }

  /* The open menu is at this row from now on. */
  hang() {
    const opener = this.lastElementChild;
    menu.place = this;
    if (menu.listenOn !== opener) {
      menu.listenOn = opener;
      menu._overlayElement.positionTarget = opener;
    }
    menu._overlayElement._updatePosition();
  }

  choose(name) {
    const action = this.list.find((known) => known.name === name);
    if (action && !action.refusal) {
      this.dispatchEvent(new CustomEvent('choose', { detail: name }));
    }
  }
}

if (!customElements.get('linkspan-row-actions')) {
  customElements.define('linkspan-row-actions', RowActions);
}
