/** The entry of the file that people paste: reads the address, defines the element, and sets it where it belongs. */
import { GenesysAuthMessenger } from './element/element.js';
import { fillPlaces, setOwnElement } from './element/places.js';
import { failure } from './failure.js';
import { currentScript, queryAll } from './readings.js';
import { useNonce } from './scripts.js';
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

/** A module has no current script. A policy's nonce is the page's, so any script that carries one has it. */
function anyNonce(): string | undefined {
  const scripts = queryAll(document, 'script[nonce]') as HTMLScriptElement[];
  return scripts.map(({ nonce }) => nonce).find(Boolean);
}

// In server rendering there is none, and nothing to do.
if (globalThis.document) {
  const script = currentScript(document);
  // First: an answer in the address may need a part of ours at once.
  useNonce(script ? script.nonce : anyNonce());
  // Reads and cleans the address.
  pageSession(window);
  const isFirst = GenesysAuthMessenger.define();
  if (script) configureFrom(script);
  else if (queryAll(document, 'script[type=module][data-deployment-id]')[0])
    void explain(failure('configuration/module'));
  if (isFirst) fillPlaces(document);
}
