import { type Failure, failure } from '../failure.js';
import { listen, queryAll, read } from '../readings.js';
import { insertScript, newScript, scriptPlace } from '../scripts.js';
import type { GenesysFunction } from './genesys.js';
import type { MessengerListener } from './listener.js';
import { type Region, regionOf } from '../regions.js';

export interface Deployment {
  deploymentId: string;
  region: Region;
}

/** The page's Genesys function, under the name that its snippet gave it; never something that markup named so. */
export function genesysOf(window: Window): GenesysFunction | undefined {
  const found = named(window)[globalName(window) ?? 'Genesys'];
  if (typeof found === 'function') return found as GenesysFunction;
  return undefined;
}

const named = (window: Window) => window as unknown as Record<string, unknown>;

/** @param call as a stub has kept it */
function callGenesys(window: Window, call: unknown): void {
  (genesysOf(window) as (...call: unknown[]) => void)(...Array.from(Object(call) as ArrayLike<unknown>));
}

/** What a snippet calls its function; undefined where there is no snippet. */
function globalName({ _genesysJs }: Window): string | undefined {
  return typeof _genesysJs === 'string' ? _genesysJs : undefined;
}

/** How long the script may take before we say so, in milliseconds. It may still come. */
const patience = 8_000;

/** A later attempt takes the place of an earlier one, whose script may still be on its way. */
let attempt: AbortController | undefined;

/**
 * Brings Messenger's bootstrap into the page, or finds the one that the page brings: before us, later, or by a consent
 * manager that runs a copy of the script when it may. There is one: evaluated twice, it would replay its queue on a second
 * bus (docs/messenger.md §1). So what counts is that the function has become the real one, by whichever script.
 *
 * @param whenRunning called then, which is before any configuration has been fetched: what is said now does not wait in the
 * queue
 */
export function loadSnippet(
  window: Window,
  deployment: Deployment,
  listener: MessengerListener,
  whenRunning: () => void,
): void {
  const { document } = window;
  const isRetry = !!attempt;
  attempt?.abort();
  const { signal } = (attempt = new AbortController());
  let hasFailed = false;
  const failed = (reason: Failure) => {
    hasFailed = true;
    listener('messengerFailed', reason);
  };
  const blocked = (src: string) => failed(failure('messenger/blocked', new URL(src).host));

  const existing = globalName(window) && genesysOf(window);
  if (existing && !isSame(window, existing, deployment))
    return failed(failure('configuration/conflict', 'a Messenger snippet'));
  let isRunning = false;
  const run = () => {
    if (isRunning || signal.aborted) return;
    isRunning = true;
    whenRunning();
  };
  const isThere = existing && !isStub(existing, run);

  /** The one that is to run. */
  let script = bootstrapsIn(document).find(isAlive);
  let own: HTMLScriptElement | undefined;
  // A page's own snippet whose script is held back is left alone, until the visitor asks for more.
  if (!isThere && !script && (isRetry || !existing))
    try {
      script = own = newBootstrap(window, deployment);
    } catch (reason) {
      return failed(reason as Failure);
    }
  const first = existing || installStub(window, deployment, run);
  const name = globalName(window)!;
  const { c: config } = first;
  const isReal = () => genesysOf(window) !== first;

  /** A snippet that comes later leaves its name, its configuration and its calls to ours, and its script does not run. */
  function takeOver(late: HTMLScriptElement): void {
    const theirs = genesysOf(window)!;
    const theirName = globalName(window)!;
    if (!isSame(window, theirs, deployment))
      listener('flawFound', failure('configuration/conflict', 'a Messenger snippet'));
    window._genesysJs = name;
    genesysOf(window)!.c = config;
    if (theirName !== name) {
      for (const call of Array.from(theirs.q ?? [])) callGenesys(window, call);
      named(window)[theirName] = (...call: unknown[]) => callGenesys(window, call);
    }
    keepFromRunning(document, late);
  }

  new MutationObserver((records) => {
    for (const added of records.flatMap(({ addedNodes }) => [...addedNodes])) {
      if (!isBootstrap(added) || added === script) continue;
      if (isRunning || isAlive(script) || !isSame(window, genesysOf(window)!, deployment)) takeOver(added);
      // In place of one that something has taken away: a consent manager's.
      else script = added;
    }
  }).observe(scriptPlace(document), { childList: true });
  if (isThere) return run();

  const follow = (type: string, handle: (script: HTMLScriptElement) => void) =>
    listen(
      document,
      type,
      ({ target }) => {
        if (!isRunning && target instanceof HTMLScriptElement) handle(target);
      },
      { capture: true, signal },
    );
  // `load` fires also when the script threw while it ran; only an `error` of the window in the same task tells, and says
  // nothing of its origin (docs/messenger.md §1).
  let threw = false;
  window.addEventListener(
    'error',
    () => {
      threw = true;
      window.setTimeout(() => (threw = false));
    },
    { signal },
  );
  follow('load', (loaded) => {
    // Before the page's own handlers, which may throw, too.
    const hasStarted = isReal() && !threw;
    // After them: an AuthProvider that they register comes first, and the bus tells us so.
    loaded.addEventListener(
      'load',
      () => {
        if (hasStarted) return run();
        if (loaded !== script) return;
        script = undefined;
        failed(failure('messenger/not-started'));
      },
      { once: true },
    );
  });
  follow('error', (refused) => {
    if (!isBootstrap(refused)) return;
    script = undefined;
    refused.remove();
    blocked(refused.src);
  });
  // A script may have failed before we came, and says so only once; or something holds it back.
  window.setTimeout(() => {
    if (isRunning || signal.aborted) return;
    if (isReal()) run();
    else if (!hasFailed) blocked(script?.src || deployment.region.bootstrap);
  }, patience);
  if (own) insertScript(window, own);
}

/** @throws Failure as `newScript` */
function newBootstrap(window: Window, { region }: Deployment): HTMLScriptElement {
  const script = newScript(window, region.bootstrap);
  script.async = true;
  script.charset = 'utf-8';
  return script;
}

/** Of the ways to do this, the one that works in every engine and for every kind of script. Whoever waits for it goes on. */
function keepFromRunning(document: Document, script: HTMLScriptElement): void {
  read(document, 'implementation').createHTMLDocument('').adoptNode(script);
  script.dispatchEvent(new Event('load'));
}

const bootstrapsIn = (document: Document): HTMLScriptElement[] =>
  queryAll(document, 'script').filter(isBootstrap);

const isBootstrap = (node: Node | undefined): node is HTMLScriptElement =>
  node instanceof HTMLScriptElement && node.src.includes('/genesys-bootstrap/');

/** Consent managers take scripts out of the page, give them a type that no browser runs, or take their address away. */
const isAlive = (script: HTMLScriptElement | undefined): boolean =>
  isBootstrap(script) && script.isConnected && /^(text\/javascript)?$/.test(script.type);

/** What waits in a stub that the page has left is kept. */
function installStub(
  window: Window,
  { deploymentId, region }: Deployment,
  whenDrained: () => void,
): GenesysFunction {
  const stub: GenesysFunction =
    genesysOf(window) ?? ((...call: unknown[]) => void (stub.q ??= []).push(call));
  stub.t = Date.now();
  stub.c = { environment: region.environment, deploymentId };
  window.Genesys = stub;
  window._genesysJs = 'Genesys';
  stub('subscribe', 'GenesysJS.ready', whenDrained);
  return stub;
}

function isSame(window: Window, { c }: GenesysFunction, { deploymentId, region }: Deployment): boolean {
  return (
    c?.deploymentId?.toLowerCase() === deploymentId.toLowerCase() &&
    regionOf(c.environment ?? '', window.location.hostname)?.domain === region.domain
  );
}

/**
 * The stub keeps what it is told in `q`; the real function, which holds the same `q`, does not.
 *
 * @param whenDrained called when Messenger has taken it from there: also one that no script has brought, but a bundle
 */
function isStub(genesys: GenesysFunction, whenDrained: () => void): boolean {
  const length = genesys.q?.length ?? 0;
  genesys('subscribe', 'GenesysJS.ready', whenDrained);
  return (genesys.q?.length ?? 0) > length;
}
