/*
 * Says whether the page is live, in the words that are its content: one part for yes, one for no. When the page is loaded
 * anew, by hand or because the server has been restarted, or one was signed out and is in again, what was typed and chosen and not saved is put back: texts, radio buttons, and
 * what the server has written down of a choice in data-kept, which it gets back by the event choice-back. Of picked rows of
 * a table nothing is said: they weren't entered.
 */
const KEPT = 'linkspan.typed';
/* The sign-in says that it was shown. */
const SIGNED_OUT = 'linkspan.signed-out';
const FIELDS = 'vaadin-text-field, vaadin-text-area';
const RADIOS = 'vaadin-radio-group';
const TABLE = 'vaadin-grid';
/* What others have changed since is compared with what one went from, once one's own input is there again. */
const GROUND = '.ls-meanwhile';
const PLACES = { panel: '.ls-panel', page: 'main' };
const APPEARS_WITHIN_MS = 15_000;
const ANSWERS_WITHIN_MS = 5000;

const LIVE = ['opening', 're-opening', 'openAfterResume', 'messageReceived'];
const LOST = ['re-connecting', 'closed', 'error', 'fail-to-reconnect'];

const placeOf = (field) => (field.closest(PLACES.panel) ? 'panel' : 'page');
const nameOf = (field) =>
  field.label || field.querySelector('[slot="label"]')?.textContent || field.accessibleName || '';
const fieldsIn = (place) =>
  [...document.querySelectorAll(PLACES[place])].flatMap((part) => [...part.querySelectorAll(FIELDS)]);
const choicesIn = (place) =>
  [...document.querySelectorAll(PLACES[place])].flatMap((part) => [...part.querySelectorAll('[data-kept]')]);
const radioIn = (place, group, name) =>
  [...document.querySelectorAll(`${PLACES[place]} vaadin-radio-button`)].find(
    (radio) => nameOf(radio) === name && nameOf(radio.closest(RADIOS)) === group,
  );
const reloaded = () => performance.getEntriesByType('navigation')[0]?.type === 'reload';
const sameName = (field, place) => fieldsIn(place).filter((other) => nameOf(other) === nameOf(field));

/* Before that a field may be there, but not yet tell the server what is typed into it. */
const settled = () => Object.values(window.Vaadin?.Flow?.clients ?? {}).every((client) => !client.isActive?.());

/* A secret is never kept, and what a list is searched for, by the key /, stands in the address. */
const keepable = (field) =>
  !field.matches('.ls-token, .ls-search[aria-keyshortcuts], [readonly], [disabled]') && nameOf(field) !== '';

class Connection extends HTMLElement {
  connectedCallback() {
    this.typed = new Set();
    this.picked = new Set();
    this.told = (response) => this.hear(response.state);
    this.onInput = (event) => this.remember(event);
    this.onPick = (event) => this.rememberPick(event);
    this.onLeave = () => this.keep();
    this.onOffline = () => this.show(false);
    this.onOnline = () => this.ask();
    document.addEventListener('input', this.onInput, true);
    document.addEventListener('change', this.onPick, true);
    window.addEventListener('pagehide', this.onLeave);
    window.addEventListener('offline', this.onOffline);
    window.addEventListener('online', this.onOnline);
    this.onState = (before, now) => this.wait(now);
    window.Vaadin?.connectionState?.addStateChangeListener(this.onState);
    this.listen();
    this.takeBack();
  }

  disconnectedCallback() {
    document.removeEventListener('input', this.onInput, true);
    document.removeEventListener('change', this.onPick, true);
    window.removeEventListener('pagehide', this.onLeave);
    window.removeEventListener('offline', this.onOffline);
    window.removeEventListener('online', this.onOnline);
    window.vaadinPush?.atmosphere?.removeCallback(this.told);
    window.Vaadin?.connectionState?.removeStateChangeListener(this.onState);
    clearTimeout(this.answering);
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

  /* A server that stands still keeps its connections, but answers nothing. */
  wait(state) {
    clearTimeout(this.answering);
    if (state === 'loading') {
      this.answering = setTimeout(() => {
        this.still = true;
        this.show(false);
      }, ANSWERS_WITHIN_MS);
    } else if (this.still && state === 'connected') {
      this.still = false;
      this.show(true);
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
    document.querySelectorAll('.ls-live').forEach((sign) => sign.toggleAttribute('lost', !live));
  }

  remember(event) {
    const field = event.composedPath().find((node) => node.matches?.(FIELDS));
    if (field) {
      this.typed.add(field);
    }
  }

  /* Those of the page itself stand in its address. */
  rememberPick(event) {
    const group = event.target.closest?.(RADIOS);
    if (group?.closest(PLACES.panel)) {
      this.picked.add(group);
    }
  }

  keep() {
    const fields = [...this.typed]
      .filter((field) => field.isConnected && keepable(field))
      .map((field) => {
        const place = placeOf(field);
        const number = sameName(field, place).indexOf(field);
        const focused = field.contains(document.activeElement);
        return { place, name: nameOf(field), number, value: field.value, focused };
      });
    const radios = [...this.picked]
      .filter((group) => group.isConnected)
      .map((group) => ({
        place: placeOf(group),
        group: nameOf(group),
        name: nameOf(group.querySelector('vaadin-radio-button[checked]') ?? group),
      }));
    const choices = Object.keys(PLACES).flatMap((place) =>
      choicesIn(place)
        .map((holder, number) => ({
          place,
          number,
          text: holder.dataset.kept,
          rows: holder.localName === TABLE,
          ground: holder.matches(GROUND),
        }))
        .filter((choice) => choice.text),
    );
    const lost = Boolean(
      document.querySelector('.ls-undo[data-kept=""] vaadin-button:not([disabled], [hidden]), .ls-token-dialog'),
    );
    if (fields.length + radios.length + choices.length > 0 || lost) {
      sessionStorage.setItem(
        KEPT,
        JSON.stringify({ url: location.href, ...this.dataset, fields, radios, choices, lost }),
      );
    }
  }

  takeBack() {
    const text = sessionStorage.getItem(KEPT);
    sessionStorage.removeItem(KEPT);
    const kept = text && JSON.parse(text);
    const again = sessionStorage.getItem(SIGNED_OUT) !== null;
    sessionStorage.removeItem(SIGNED_OUT);
    if (!kept || kept.who !== this.dataset.who || !(again || reloaded())) {
      return;
    }
    if (again && kept.url !== location.href) {
      return;
    }
    const restarted = kept.run !== this.dataset.run;
    if (kept.url !== location.href) {
      setTimeout(() => this.$server.cameBack(0, true, restarted), 100);
      return;
    }
    const until = performance.now() + APPEARS_WITHIN_MS;
    // What there is to enter goes by what is picked.
    const waiting = [
      kept.radios.map((radio) => () => this.pick(radio)),
      [
        ...kept.choices.filter(({ ground }) => !ground).map((choice) => () => this.choose(choice)),
        ...kept.fields.map((field) => () => this.typeAgain(field)),
      ],
    ];
    this.putBack = 0;
    const look = () => {
      const inTime = performance.now() < until;
      if (!settled() && inTime) {
        setTimeout(look, 100);
        return;
      }
      waiting[0] = waiting[0].filter((putBack) => !putBack());
      const nextStage = waiting[0].length === 0 && waiting.length > 1;
      if (nextStage) {
        waiting.shift();
      }
      if (nextStage || (waiting[0].length > 0 && inTime)) {
        setTimeout(look, 100);
      } else {
        const missing = waiting.flat().length > 0;
        kept.choices.filter(({ ground }) => ground).forEach((choice) => this.choose(choice));
        this.focused?.focus();
        if (this.putBack > 0 || missing || kept.lost) {
          this.$server.cameBack(this.putBack, kept.lost || missing, restarted);
        }
      }
    };
    setTimeout(look, 100);
  }

  pick({ place, group, name }) {
    const radio = radioIn(place, group, name);
    if (radio && !radio.checked) {
      radio.inputElement.click();
      this.putBack += 1;
    }
    return Boolean(radio);
  }

  choose({ place, number, text, rows, ground }) {
    const holder = choicesIn(place)[number];
    holder?.dispatchEvent(new CustomEvent('choice-back', { detail: text }));
    this.putBack += holder && !rows && !ground ? 1 : 0;
    return Boolean(holder);
  }

  typeAgain({ place, name, number, value, focused }) {
    const field = fieldsIn(place).filter((other) => nameOf(other) === name)[number];
    if (!field || !keepable(field)) {
      return false;
    }
    this.typed.add(field);
    this.focused = focused ? field : this.focused;
    // What was saved before is there already.
    if (field.value === value) {
      return true;
    }
    this.putBack += field.matches('.ls-search') ? 0 : 1;
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    field.dispatchEvent(new CustomEvent('change', { bubbles: true, composed: true }));
    return true;
  }
}

if (!customElements.get('linkspan-connection')) {
  customElements.define('linkspan-connection', Connection);
}
