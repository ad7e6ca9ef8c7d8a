/*
 * Says whether the page is live, in the words that are its content: one part for yes, one for no. When the page is loaded
 * anew because the server has been restarted, what was typed and not saved is typed again.
 */
const KEPT = 'linkspan.typed';
const FIELDS = 'vaadin-text-field, vaadin-text-area';
const PLACES = { panel: '.ls-panel', page: 'main' };
const BACK_FOR_MS = 30_000;
const APPEARS_WITHIN_MS = 15_000;

const LIVE = ['opening', 're-opening', 'openAfterResume', 'messageReceived'];
const LOST = ['re-connecting', 'closed', 'error', 'fail-to-reconnect'];

const placeOf = (field) => (field.closest(PLACES.panel) ? 'panel' : 'page');
const nameOf = (field) =>
  field.label || field.querySelector('[slot="label"]')?.textContent || field.getAttribute('aria-label') || '';
const fieldsIn = (place) =>
  [...document.querySelectorAll(PLACES[place])].flatMap((part) => [...part.querySelectorAll(FIELDS)]);
const sameName = (field, place) => fieldsIn(place).filter((other) => nameOf(other) === nameOf(field));

/* Before that a field may be there, but not yet tell the server what is typed into it. */
const settled = () => Object.values(window.Vaadin?.Flow?.clients ?? {}).every((client) => !client.isActive?.());

/* A secret is never kept, and what is searched stands in the address. */
const keepable = (field) => !field.matches('.ls-token, .ls-search, [readonly], [disabled]') && nameOf(field) !== '';

class Connection extends HTMLElement {
  connectedCallback() {
    this.typed = new Set();
    this.backAt = -Infinity;
    this.told = (response) => this.hear(response.state);
    this.onInput = (event) => this.remember(event);
    this.onLeave = () => this.keep();
    this.onOffline = () => this.show(false);
    this.onOnline = () => this.ask();
    document.addEventListener('input', this.onInput, true);
    window.addEventListener('pagehide', this.onLeave);
    window.addEventListener('offline', this.onOffline);
    window.addEventListener('online', this.onOnline);
    this.listen();
    this.takeBack();
  }

  disconnectedCallback() {
    document.removeEventListener('input', this.onInput, true);
    window.removeEventListener('pagehide', this.onLeave);
    window.removeEventListener('offline', this.onOffline);
    window.removeEventListener('online', this.onOnline);
    window.vaadinPush?.atmosphere?.removeCallback(this.told);
    clearTimeout(this.waiting);
  }

  /* The push connection is made after the page. */
  listen() {
    const push = window.vaadinPush?.atmosphere;
    if (push) {
      push.addCallback(this.told);
    } else {
      this.waiting = setTimeout(() => this.listen(), 50);
    }
  }

  /* A push connection that has outlived the loss says nothing until there is something to say. */
  ask() {
    if (this.hasAttribute('lost')) {
      this.$server.answer();
    }
  }

  hear(state) {
    if (LIVE.includes(state)) {
      this.show(true);
    } else if (LOST.includes(state)) {
      this.show(false);
    }
  }

  show(live) {
    if (live && this.hasAttribute('lost')) {
      this.backAt = performance.now();
    }
    this.toggleAttribute('lost', !live);
  }

  remember(event) {
    const field = event.composedPath().find((node) => node.matches?.(FIELDS));
    if (field) {
      this.typed.add(field);
    }
  }

  keep() {
    if (!this.hasAttribute('lost') && performance.now() - this.backAt > BACK_FOR_MS) {
      return;
    }
    const fields = [...this.typed]
      .filter((field) => field.isConnected && keepable(field))
      .map((field) => {
        const place = placeOf(field);
        return { place, name: nameOf(field), number: sameName(field, place).indexOf(field), value: field.value };
      });
    const choices = Boolean(document.querySelector('.ls-undo vaadin-button:not([disabled], [hidden])'));
    if (fields.length > 0 || choices) {
      sessionStorage.setItem(KEPT, JSON.stringify({ url: location.href, fields, choices }));
    }
  }

  takeBack() {
    const text = sessionStorage.getItem(KEPT);
    sessionStorage.removeItem(KEPT);
    const kept = text && JSON.parse(text);
    if (!kept || kept.url !== location.href || performance.getEntriesByType('navigation')[0]?.type !== 'reload') {
      return;
    }
    const until = performance.now() + APPEARS_WITHIN_MS;
    const open = new Set(kept.fields);
    const look = () => {
      if (!settled() && performance.now() < until) {
        setTimeout(look, 100);
        return;
      }
      open.forEach((wanted) => {
        const field = fieldsIn(wanted.place).filter((other) => nameOf(other) === wanted.name)[wanted.number];
        if (field && keepable(field)) {
          open.delete(wanted);
          this.type(field, wanted.value);
        }
      });
      if (open.size > 0 && performance.now() < until) {
        setTimeout(look, 100);
      } else {
        this.$server.cameBack(kept.fields.length - open.size, kept.choices || open.size > 0);
      }
    };
    setTimeout(look, 100);
  }

  type(field, value) {
    field.value = value;
    this.typed.add(field);
    field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    field.dispatchEvent(new CustomEvent('change', { bubbles: true, composed: true }));
  }
}

if (!customElements.get('linkspan-connection')) {
  customElements.define('linkspan-connection', Connection);
}
