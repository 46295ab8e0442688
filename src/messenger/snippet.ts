import { type Failure, failure } from '../failure.js';
import { isMarkup, queryAll } from '../readings.js';
import { insertScript, newScript } from '../scripts.js';
import type { GenesysFunction } from './genesys.js';
import { type Region, regionOf } from './regions.js';

export interface Deployment {
  deploymentId: string;
  region: Region;
}

/** The page's Genesys function, under the name that its snippet gave it; never something that markup named so. */
export function genesysOf(window: Window): GenesysFunction | undefined {
  const found = (window as unknown as Record<string, unknown>)[globalName(window) ?? 'Genesys'];
  return typeof found === 'function' && !isMarkup(found) ? (found as GenesysFunction) : undefined;
}

/** What a snippet calls its function; undefined where there is no snippet. */
function globalName({ _genesysJs }: Window): string | undefined {
  return typeof _genesysJs === 'string' ? _genesysJs : undefined;
}

/**
 * Does what the Messenger snippet does, or uses the snippet that the page has already: evaluated twice, the bootstrap
 * would replay its queue on a second bus (docs/messenger.md §1).
 *
 * @param whenRunning called as soon as the page's function is the real one, which is before any configuration has been
 * fetched: what is said there does not wait in the queue
 */
export function loadSnippet(
  window: Window,
  deployment: Deployment,
  whenRunning: () => void,
  whenFailed: (failure: Failure) => void,
): void {
  const existing = globalName(window) && genesysOf(window);
  if (existing) {
    useSnippet(window, existing, deployment, whenRunning, whenFailed);
    return;
  }
  let script: HTMLScriptElement;
  try {
    script = newScript(window, deployment.region.bootstrap);
  } catch (reason) {
    whenFailed(reason as Failure);
    return;
  }
  script.async = true;
  script.charset = 'utf-8';
  installStub(window, deployment);
  watch(window, script, whenRunning, whenFailed);
  insertScript(window, script);
}

function useSnippet(
  window: Window,
  genesys: GenesysFunction,
  deployment: Deployment,
  whenRunning: () => void,
  whenFailed: (failure: Failure) => void,
): void {
  if (!isSame(window, genesys, deployment)) {
    whenFailed(failure('configuration/conflict', 'a Messenger snippet'));
    return;
  }
  const [script] = queryAll(window.document, 'script[src*="/genesys-bootstrap/"]') as HTMLScriptElement[];
  if (script && isStub(genesys)) watch(window, script, whenRunning, whenFailed);
  else whenRunning();
}

/** What waits in a stub that the page has left is kept. */
function installStub(window: Window, { deploymentId, region }: Deployment): void {
  const stub: GenesysFunction =
    genesysOf(window) ?? ((...call: unknown[]) => void (stub.q ??= []).push(call));
  stub.t = Date.now();
  stub.c = { environment: region.environment, deploymentId };
  window.Genesys = stub;
  window._genesysJs = 'Genesys';
}

function isSame(window: Window, { c }: GenesysFunction, { deploymentId, region }: Deployment): boolean {
  return (
    c?.deploymentId?.toLowerCase() === deploymentId.toLowerCase() &&
    regionOf(c.environment ?? '', window.location.hostname)?.domain === region.domain
  );
}

/** The stub keeps what it is told in `q`; the real function, which holds the same `q`, does not. */
function isStub(genesys: GenesysFunction): boolean {
  const length = genesys.q?.length ?? 0;
  genesys('subscribe', 'GenesysJS.ready', () => {});
  return (genesys.q?.length ?? 0) > length;
}

/** How long the script may take before we say so, in milliseconds. It may still come. */
const patience = 8_000;

/** Ends the watch over a script, so that a later attempt that finds it still on its way watches in its place. */
const watches = new WeakMap<HTMLScriptElement, AbortController>();

/**
 * Follows the bootstrap script to its end. `load` fires also when the script threw while it ran; only an `error` of the
 * window in the same task tells, and says nothing of its origin (docs/messenger.md §1).
 */
function watch(
  window: Window,
  script: HTMLScriptElement,
  whenRunning: () => void,
  whenFailed: (failure: Failure) => void,
): void {
  const stub = genesysOf(window);
  const blocked = () => failure('messenger/blocked', new URL(script.src).host);
  let threw = false;
  watches.get(script)?.abort();
  const over = new AbortController();
  watches.set(script, over);
  const listening = { signal: over.signal };

  window.addEventListener(
    'error',
    () => {
      threw = true;
      window.setTimeout(() => (threw = false));
    },
    listening,
  );
  script.addEventListener(
    'load',
    () => {
      over.abort();
      if (threw || genesysOf(window) === stub) whenFailed(failure('messenger/not-started'));
      else whenRunning();
    },
    listening,
  );
  script.addEventListener(
    'error',
    () => {
      over.abort();
      // A script that never ran has left nothing behind but the queue: a later attempt starts anew.
      script.remove();
      delete window._genesysJs;
      whenFailed(blocked());
    },
    listening,
  );
  // The script of the page's own snippet may have failed before we came, and says so only once.
  const timer = window.setTimeout(() => whenFailed(blocked()), patience);
  over.signal.addEventListener('abort', () => window.clearTimeout(timer));
}
