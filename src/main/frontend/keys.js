/*
 * Single-key shortcuts of the console: a key goes to the visible element that names it in aria-keyshortcuts. A field
 * gets the focus, a button is pressed. Nothing happens while one types or while a dialog is open.
 */
const typing = (path) => path.some((node) => node.matches?.('input, textarea, select, [contenteditable="true"]'));

class Keys extends HTMLElement {
  connectedCallback() {
    this.style.display = 'none';
    document.addEventListener('keydown', this.press);
  }

  disconnectedCallback() {
    document.removeEventListener('keydown', this.press);
  }

  press = (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.composedPath())) {
      return;
    }
    if (document.querySelector('vaadin-dialog[opened], vaadin-confirm-dialog[opened]')) {
      return;
    }
    const target = [...document.querySelectorAll('[aria-keyshortcuts]')].find(
      (element) => element.getAttribute('aria-keyshortcuts') === event.key.toUpperCase() && element.checkVisibility(),
    );
    if (target) {
      event.preventDefault();
      target.focus();
      if (target.localName === 'vaadin-button') {
        target.click();
      }
    }
  };
}

if (!customElements.get('linkspan-keys')) {
  customElements.define('linkspan-keys', Keys);
}
