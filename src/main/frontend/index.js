import { Router } from '@vaadin/router';
import { Flow } from 'Frontend/generated/jar-resources/Flow.js';

/*
 * The start of the console, in place of the one that Vaadin generates; part of the bundle. Pages work without what is
 * changed here, but are there later.
 */
class Start extends Flow {
  /* The server needs no more of the browser; finding out the rest takes time. */
  collectBrowserDetails() {
    return Promise.resolve({ 'v-tzid': Intl.DateTimeFormat().resolvedOptions().timeZone, 'v-wn': window.name });
  }

  /* The client waits for this event, and looks only now and then whether it came before it. */
  flowInitClient(client) {
    const ready = super.flowInitClient(client);
    document.dispatchEvent(new Event('DOMContentLoaded'));
    return ready;
  }
}

const flow = new Start({ imports: () => Promise.resolve() });
const shared = window.Vaadin.Flow;
const { open } = XMLHttpRequest.prototype;

/*
 * The parts that pages are made of are made ready while the server prepares the first page, not before it is asked for that.
 * Its answer waits until they are.
 */
const asksForFirstPage = (request) => {
  request.send = (body) => {
    delete request.send;
    request.send(body);
    const answered = request.onreadystatechange;
    const ready = import('Frontend/generated/flow/generated-flow-imports.js');
    request.onreadystatechange = (event) =>
      request.readyState === XMLHttpRequest.DONE
        ? ready.finally(() => answered.call(request, event))
        : answered.call(request, event);
  };
};

XMLHttpRequest.prototype.open = function (method, address, ...more) {
  open.call(this, method, address, ...more);
  if (String(address).includes('v-r=uidl')) {
    XMLHttpRequest.prototype.open = open;
    asksForFirstPage(this);
  }
};

/* All parts are asked for at once, whatever is needed of them first. */
shared.loadOnDemand = () => Promise.resolve();

/*
 * What the server sends has its place in the page from the start (FirstPaint). The router puts it there once more when it is
 * shown: the browser would take all of it out and in again, and lay it out twice.
 */
const outlet = document.querySelector('#outlet');
const { appendChild } = outlet;

outlet.appendChild = (child) => (child.parentNode === outlet ? child : appendChild.call(outlet, child));

new Router(outlet).setRoutes([...flow.serverSideRoutes]);
