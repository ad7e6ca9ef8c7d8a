import { UserConfigFn } from 'vite';
import { overrideVaadinConfig } from './vite.generated';

/*
 * Only for whoever makes src/main/bundles/prod.bundle anew (CONTRIBUTING.md). All parts of Vaadin that the console uses go
 * into one file: nearly every page needs nearly all of them, and each file more is a request more before a page is there.
 */
const PARTS = /[/]@vaadin[/]|[/]lit|[/]generated[/](flow|jar-resources)[/]/;
const APART = /[/]router[/]|[/]Flow\w*\.js|generated-flow-imports|markdown/;

const customConfig: UserConfigFn = () => ({
  build: {
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [{ name: 'components', test: (id) => PARTS.test(id) && !APART.test(id) }]
        }
      }
    }
  }
});

export default overrideVaadinConfig(customConfig);
