/** The entry of the file that people paste: defines the element, and sets it where it was pasted in another form. */
import { GenesysAuthMessenger } from './element/element.js';
import { adoptPasted } from './element/paste.js';

// In server rendering there is none, and nothing to do.
if (globalThis.document) {
  // A module has no `currentScript`.
  const script =
    document.currentScript ?? document.querySelector<HTMLElement>('script[src*="genesys-auth-messenger"]');
  GenesysAuthMessenger.nonce = script?.nonce ?? '';
  if (GenesysAuthMessenger.define()) adoptPasted(document);
}
