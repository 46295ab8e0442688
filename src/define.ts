/** The entry of the file that people paste: reads the address, defines the element, and sets it where it belongs. */
import { GenesysAuthMessenger } from './element/element.js';
import { fillPlaces, setOwnElement } from './element/places.js';
import { currentScript } from './readings.js';
import { useNonce } from './scripts.js';
import { pageSession } from './session/page.js';

/** The script's own tag configures: it is the page's author who wrote it, wherever the file comes from. */
function configureFrom(script: HTMLScriptElement): void {
  const configured = GenesysAuthMessenger.fromScript(script);
  const own = configured && pageSession(window).configure(configured, configured);
  if (own) setOwnElement(document, own, script, script.dataset['target']);
}

// In server rendering there is none, and nothing to do.
if (globalThis.document) {
  // Reads and cleans the address.
  pageSession(window);
  const script = currentScript(document);
  useNonce(script?.nonce);
  const isFirst = GenesysAuthMessenger.define();
  if (script) configureFrom(script);
  if (isFirst) fillPlaces(document);
}
