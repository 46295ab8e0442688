import { queryAll } from './readings.js';
import { useNonce } from './scripts.js';
import { pageSession } from './session/page-session.js';

/**
 * Reads and cleans the address. It comes before all else, routers of the page included.
 *
 * @param script the tag of ours; a module has none
 */
export function begin(script?: HTMLScriptElement): void {
  // First: an answer in the address may need a part of ours at once.
  useNonce(script ? script.nonce : anyNonce());
  pageSession(window);
}

/** A policy's nonce is the page's, so any script that carries one has it. */
function anyNonce(): string | undefined {
  const scripts = queryAll(document, 'script[nonce]') as HTMLScriptElement[];
  return scripts.map(({ nonce }) => nonce).find(Boolean);
}
