/*
 * What the server sends has its place in the page from the start. Vaadin's router puts it there once more when it is
 * shown: the browser would take all of it out and in again, and lay it out twice.
 */
const outlet = document.getElementById('outlet');
const append = outlet.appendChild;

outlet.appendChild = (child) => (child.parentNode === outlet ? child : append.call(outlet, child));

/* The parts of Vaadin are made ready while the server prepares the page, and not after that. */
const parts = document.querySelector('link[rel="modulepreload"][href*="/generated-flow-imports-"]');
const whenIdle = window.requestIdleCallback ?? setTimeout;

if (parts) {
  whenIdle(() => import(parts.href));
}
