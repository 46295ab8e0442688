import { isMarkup } from '../readings.js';

/**
 * What lit reads of the global object while it is evaluated. Where the page's markup has named an element so, that name
 * is nothing again. Imported before lit.
 */
const names = [
  'ShadyCSS',
  'litNonce',
  'litPropertyMetadata',
  'reactiveElementPolyfillSupport',
  'reactiveElementVersions',
  'litElementHydrateSupport',
  'litElementPolyfillSupport',
  'litElementVersions',
  'litHtmlPolyfillSupport',
  'litHtmlVersions',
  'litIssuedWarnings',
];

const page = globalThis as Record<string, unknown>;
if (globalThis.document) {
  for (const name of names) {
    if (isMarkup(page[name]))
      Object.defineProperty(page, name, { value: undefined, configurable: true, writable: true });
  }
}
