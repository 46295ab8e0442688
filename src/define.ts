/** The entry of the file that people paste: reads the address, defines the element, and sets it where it belongs. */
import { begin } from './begin.js';
import { GenesysAuthMessenger } from './element/element.js';
import { fillPlaces, setOwnElement } from './element/places.js';
import { failure } from './failure.js';
import { currentScript, queryAll } from './readings.js';
import { type Attributes, configuresAnything } from './session/configuration.js';
import { explain } from './session/explain.js';
import { pageSession } from './session/page-session.js';

// The types of the element, its events and `window.Genesys` come with it.
export type {} from './index.js';

/** The script's own tag configures: it is the page's author who wrote it, wherever the file comes from. */
function configureFrom(script: HTMLScriptElement): void {
  // Before an element is made for it, which takes as long as the page's own.
  if (!configuresAnything(script.dataset as Attributes)) return;
  const configured = GenesysAuthMessenger.fromScript(script);
  const own = pageSession(window).configure(configured, configured);
  if (own) setOwnElement(document, own, script, script.dataset['target']);
}

// In server rendering there is none, and nothing to do.
if (globalThis.document) {
  const script = currentScript(document);
  begin(script);
  const isFirst = GenesysAuthMessenger.define();
  if (script) configureFrom(script);
  else if (queryAll(document, 'script[type=module][data-deployment-id]')[0])
    void explain(failure('configuration/module'));
  if (isFirst) fillPlaces(document);
}
