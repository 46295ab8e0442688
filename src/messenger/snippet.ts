import { type Failure, failure } from '../failure.js';
import type { GenesysFunction } from './bus.js';
import { type Region, regionOf } from './regions.js';

export interface Deployment {
  deploymentId: string;
  region: Region;
  /** For the injected script, where the page's Content-Security-Policy asks for one. */
  nonce?: string;
}

/**
 * Does what the Messenger snippet does, or uses the snippet that the page has already: evaluated twice, the bootstrap
 * would replay its queue on a second bus (docs/messenger.md §1).
 *
 * @param whenRunning called as soon as `window.Genesys` is the real function, which is before any configuration has
 * been fetched: what is said there does not wait in the queue
 */
export function loadSnippet(
  window: Window,
  deployment: Deployment,
  whenRunning: () => void,
  whenFailed: (failure: Failure) => void,
): void {
  if (window._genesysJs && window.Genesys) {
    useSnippet(window, window.Genesys, deployment, whenRunning, whenFailed);
    return;
  }
  const script = window.document.createElement('script');
  script.async = true;
  script.charset = 'utf-8';
  if (deployment.nonce) script.nonce = deployment.nonce;
  const { bootstrap } = deployment.region;
  try {
    script.src = trusted(window, bootstrap);
  } catch {
    whenFailed(failure('messenger/blocked', `${new URL(bootstrap).host} (Trusted Types)`));
    return;
  }
  installStub(window, deployment);
  watch(window, script, whenRunning, whenFailed);
  window.document.head.append(script);
}

interface ScriptUrls {
  createScriptURL(url: string): string;
}
interface TrustedTypes {
  createPolicy(name: string, rules: ScriptUrls): ScriptUrls;
}

/** Made once: a page can forbid a second policy of the same name. */
let policy: ScriptUrls | undefined;

/** Where the page asks for Trusted Types, under the policy name `genesys-auth-messenger`. */
function trusted({ trustedTypes }: Window & { trustedTypes?: TrustedTypes }, url: string): string {
  try {
    policy ??= trustedTypes?.createPolicy('genesys-auth-messenger', { createScriptURL: (value) => value });
  } catch {
    // Not allowed: the page may have a default policy, or demand none.
  }
  return policy?.createScriptURL(url) ?? url;
}

function useSnippet(
  window: Window,
  genesys: GenesysFunction,
  deployment: Deployment,
  whenRunning: () => void,
  whenFailed: (failure: Failure) => void,
): void {
  if (!isSame(genesys, deployment)) {
    whenFailed(failure('configuration/conflict', 'a Messenger snippet'));
    return;
  }
  const script = window.document.querySelector<HTMLScriptElement>('script[src*="/genesys-bootstrap/"]');
  if (script && isStub(genesys)) watch(window, script, whenRunning, whenFailed);
  else whenRunning();
}

function installStub(window: Window, { deploymentId, region }: Deployment): void {
  const stub: GenesysFunction = (...call: unknown[]) => void (stub.q ??= []).push(call);
  window.Genesys ??= stub;
  window.Genesys.t = Date.now();
  window.Genesys.c = { environment: region.environment, deploymentId };
  window._genesysJs = 'Genesys';
}

function isSame({ c }: GenesysFunction, { deploymentId, region }: Deployment): boolean {
  return (
    c?.deploymentId?.toLowerCase() === deploymentId.toLowerCase() &&
    regionOf(c.environment ?? '')?.domain === region.domain
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
  const stub = window.Genesys;
  const blocked = failure('messenger/blocked', new URL(script.src).host);
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
      if (threw || window.Genesys === stub) whenFailed(failure('messenger/not-started'));
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
      whenFailed(blocked);
    },
    listening,
  );
  // The script of the page's own snippet may have failed before we came, and says so only once.
  const timer = window.setTimeout(() => whenFailed(blocked), patience);
  over.signal.addEventListener('abort', () => window.clearTimeout(timer));
}
