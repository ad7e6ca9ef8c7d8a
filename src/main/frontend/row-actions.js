/*
 * The actions of a table row: quick ones as buttons, the others in a menu behind a button. Drawn anew only when the
 * actions have changed, so that an open menu and the focus stay where they are while the rest of the row changes.
 * Tells by the event "choose" which one was chosen. The attribute "icons" is the address of the sheet of icons.
 */
const SVG = 'http://www.w3.org/2000/svg';
const OPEN = 'linkspan-open';

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

const button = (text, symbol, sheet, refusal) => {
  const element = document.createElement('button');
  element.type = 'button';
  element.setAttribute('aria-label', text);
  element.title = refusal || text;
  element.disabled = Boolean(refusal);
  element.append(icon(symbol, sheet));
  return element;
};

const entry = (action, sheet) => {
  const element = document.createElement('vaadin-context-menu-item');
  element.title = action.refusal;
  element.append(icon(action.symbol, sheet), action.text);
  return element;
};

class RowActions extends HTMLElement {
  connectedCallback() {
    for (const name of ['label', 'actions']) {
      if (Object.hasOwn(this, name)) {
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    }
  }

  get sheet() {
    return this.getAttribute('icons');
  }

  set label(label) {
    this.text = label;
    this.draw();
  }

  set actions(actions) {
    this.list = actions;
    this.draw();
  }

  draw() {
    const drawn = JSON.stringify([this.text, this.list]);
    if (this.text === undefined || !this.list || this.drawn === drawn) {
      return;
    }
    this.drawn = drawn;
    const focused = [...this.children].indexOf(document.activeElement);
    const quick = this.list.filter((action) => action.quick).map((action) => this.quick(action));
    const others = this.list.filter((action) => !action.quick);
    this.replaceChildren(...quick, ...(others.length ? [this.menu(others)] : []));
    this.children[focused]?.focus();
  }

  quick(action) {
    const element = button(action.text, action.symbol, this.sheet, action.refusal);
    element.classList.add('quick');
    if (action.name === 'edit') {
      element.setAttribute('aria-keyshortcuts', 'E');
    }
    element.addEventListener('click', () => this.choose(action));
    return element;
  }

  menu(actions) {
    if (actions.every((action) => action.refusal)) {
      return button(this.text, 'ellipsis', this.sheet, actions[0].refusal);
    }
    const opener = button(this.text, 'ellipsis', this.sheet);
    opener.setAttribute('aria-haspopup', 'menu');
    opener.addEventListener('click', (event) => {
      // A click that arrives at the page closes the menu that it has opened.
      event.stopPropagation();
      this.open(opener, actions);
    });
    return opener;
  }

  /* The menu is made when it is first asked for. */
  async open(opener, actions) {
    if (!opener.menu) {
      const menu = document.createElement('vaadin-context-menu');
      menu.openOn = OPEN;
      menu.listenOn = opener;
      menu.position = 'bottom-end';
      menu.addEventListener('item-selected', (event) => this.choose(event.detail.value.action));
      this.append(menu);
      opener.menu = menu;
      await menu.updateComplete;
    }
    const quick = this.firstElementChild;
    const unseen = quick !== opener && !quick.checkVisibility();
    opener.menu.items = (unseen ? this.list : actions).map((action) => ({
      component: entry(action, this.sheet),
      disabled: Boolean(action.refusal),
      action,
    }));
    opener.dispatchEvent(new CustomEvent(OPEN, { bubbles: true, composed: true }));
  }

  choose(action) {
    if (!action.refusal) {
      this.dispatchEvent(new CustomEvent('choose', { detail: action.name }));
    }
  }
}

if (!customElements.get('linkspan-row-actions')) {
  customElements.define('linkspan-row-actions', RowActions);
}
