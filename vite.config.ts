import { UserConfigFn } from 'vite';
import { overrideVaadinConfig } from './vite.generated';

/*
 * Only for whoever makes src/main/bundles/prod.bundle anew (CONTRIBUTING.md). Nearly every page needs nearly all parts of
 * Vaadin, and each file more is a request more before a page is there. So there are few: what asks the server for the first
 * page, Vaadin's client, and all parts of pages.
 */
const PARTS = /[/]@vaadin[/]|[/]generated[/](flow|jar-resources)[/]|[/]lit/;
const START =
  /rolldown[/]runtime|preload-helper|[/]lit|[/]common-frontend[/]|[/]router[/]|usage-statistics|mode-detector|[/]frontend[/]index|[/]generated[/]\w+[.]|jar-resources[/](theme-util|Flow|FlowBootstrap|Clipboard|Download|ElementResize|Fullscreen|Geolocation|PageVisibility|ScreenOrientation|WakeLock|WebShare)[.]/;
const APART = /[/]FlowClient|markdown/;

const customConfig: UserConfigFn = () => ({
  build: {
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'start', test: START, priority: 2 },
            { name: 'components', test: (id) => PARTS.test(id) && !APART.test(id), priority: 1 }
          ]
        }
      }
    }
  }
});

export default overrideVaadinConfig(customConfig);
