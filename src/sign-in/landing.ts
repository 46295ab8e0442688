import { type Failure, failure } from '../failure.js';
import { key } from '../names.js';
import { type Answer, readAnswer, readStatelessError } from '../oidc/answer.js';
import { errorChannel, reportChannel, reportOnChannel, reportToParent } from '../oidc/report.js';
import { isSpent, isWaiting, returnToOf, spend } from '../oidc/state.js';
import { listen, read } from '../readings.js';
import { parseUrl } from '../urls.js';
import { frameFailed } from './frames.js';

/**
 * Where a visitor lands who comes back from the provider. The address is read once and first: every request that the page
 * makes would carry the answer as `Referer`, and a reload would present it again. An answer of ours is cleaned away at
 * once and kept in this tab until it is used.
 */

/** What a page finds when it begins. `over`: this window was opened for a sign-in, and has reported its answer. */
export type Arrival = 'over' | { answer: Answer } | { failure: Failure } | undefined;

/** How long an answer is kept, in milliseconds: codes of some providers live no longer. */
const lifetime = 60_000;
/** How long a popup waits for the page that asked to reply, in milliseconds. */
const replyTime = 2_000;
/** How long a page that is being left may linger, in milliseconds. */
const leavingTime = 5_000;

const answerKey = key('answer');
const leftKey = key('left');

type Found = { answer: Answer; stale?: boolean } | { error: string } | undefined;

/** Reads the address, cleans it, and says what has come with it. A page that is rendered ahead waits for its visitor. */
export function land(window: Window): Promise<Arrival> {
  const { document } = window;
  if (read(document as Document & { prerendering?: boolean }, 'prerendering') === true) {
    return new Promise((resolve) =>
      listen(document, 'prerenderingchange', () => resolve(land(window)), { once: true }),
    );
  }
  try {
    return arrive(window, readAddress(window, navigationOf(window)?.name)).catch(() => undefined);
  } catch {
    // Storage is refused: the configuration says so.
    return Promise.resolve(undefined);
  }
}

/** The address that the document was loaded with, without an answer: a router may have changed it since. */
export function firstAddress(window: Window): string {
  const first = navigationOf(window)?.name;
  const { href, origin } = window.location;
  const address = first && parseUrl(first)?.origin === origin ? first : href;
  return readAnswer(address)?.cleanUrl ?? address;
}

/** In the address; else, where a router or another library has taken it out, in the record of this navigation. */
function readAddress(window: Window, first: string | undefined): Found {
  const { sessionStorage: storage, location } = window;
  const inAddress = readAnswer(location.href);
  if (inAddress) {
    const { answer, cleanUrl } = inAddress;
    replaceAddress(window, sameDocument(returnToOf(answer.state, storage), cleanUrl) ?? cleanUrl);
    return { answer };
  }
  const error = readStatelessError(location.href);
  if (error) {
    const state = leftFor(storage);
    if (!state) return { error: error.parameters };
    replaceAddress(window, error.cleanUrl);
    return { answer: { state, way: 'redirect', parameters: error.parameters } };
  }
  const recovered = first === undefined ? undefined : readAnswer(first)?.answer;
  if (recovered && isWaiting(recovered.state, storage))
    return { answer: recovered, stale: window.performance.now() > lifetime };
  return undefined;
}

async function arrive(window: Window, found: Found): Promise<Arrival> {
  const { sessionStorage: storage } = window;
  if (found && 'error' in found && window.parent === window) {
    // Perhaps a popup's: then a page of this site waits for it.
    if (await reportOnChannel(errorChannel, found.error, replyTime / 4)) return 'over';
  }
  if (!found || 'error' in found) {
    const kept = takeKept(storage);
    return kept ? { answer: kept } : lostAnswer(window);
  }
  const { answer, stale } = found;
  const { state, way, parameters } = answer;
  const inFrame = window.parent !== window;
  if (way === 'frame' && inFrame && reportToParent(answer, window)) return 'over';
  if (way === 'popup' && !inFrame && (await reportOnChannel(reportChannel(state), parameters, replyTime)))
    return 'over';
  // An answer that lands in another kind of window than it was asked for is an arrival: a page that breaks out of frames
  // takes ours along.
  if (way === 'frame') frameFailed(storage);
  storage.removeItem(leftKey);
  if (!isWaiting(state, storage))
    return { failure: failure(isSpent(state, storage) ? 'callback/repeated' : 'callback/unknown') };
  if (stale) {
    spend(state, storage);
    return { failure: failure('callback/expired') };
  }
  keep(answer, storage);
  await goBack(window, returnToOf(state, storage));
  return { answer };
}

/** Takes the visitor back to where they were, byte for byte. Whoever is still here afterwards goes on here. */
async function goBack(window: Window, returnTo: string | undefined): Promise<void> {
  const { location } = window;
  const target = parseUrl(returnTo ?? '');
  if (target?.origin !== location.origin || target.href === location.href) return;
  const leaving = withoutHash(target.href) !== withoutHash(location.href);
  // By the address and not by history, so that the page scrolls there and its router hears of it.
  location.replace(target.href);
  if (!leaving) return;
  // A router can turn a navigation into one within this document, and a visitor can stop it.
  for (let waited = 0; waited < leavingTime && location.href !== target.href; waited += 50)
    await new Promise((resolve) => window.setTimeout(resolve, 50));
}

/** A request waits, the visit is a new one, and nothing has come with it: a redirect has dropped the answer. */
function lostAnswer(window: Window): Arrival {
  const { sessionStorage: storage } = window;
  const state = leftFor(storage);
  storage.removeItem(leftKey);
  if (!state) return undefined;
  spend(state, storage);
  const isVisit = navigationOf(window)?.type === 'navigate' && !isForeignAnswer(window.location.href);
  return isVisit ? { failure: failure('callback/lost') } : undefined;
}

/** Somebody else's: the visitor has gone on to something else. */
function isForeignAnswer(url: string): boolean {
  const { searchParams } = new URL(url);
  return searchParams.has('state') && (searchParams.has('code') || searchParams.has('error'));
}

/** The page leaves for the provider. */
export function rememberLeaving(state: string, storage: Storage): void {
  storage.setItem(leftKey, state);
}

/** The visitor is back in the page that left, without an answer. */
export function forgetLeaving(storage: Storage): void {
  storage.removeItem(leftKey);
}

function leftFor(storage: Storage): string | undefined {
  const state = storage.getItem(leftKey);
  return state !== null && isWaiting(state, storage) ? state : undefined;
}

function keep(answer: Answer, storage: Storage): void {
  storage.setItem(answerKey, JSON.stringify({ ...answer, expires: Date.now() + lifetime }));
}

/** The answer in it was handed over, or refused. */
export function forgetAnswer(storage: Storage): void {
  storage.removeItem(answerKey);
}

/** What an earlier page of this tab has kept: the one on the redirect URI, or this one before a reload. */
function takeKept(storage: Storage): Answer | undefined {
  try {
    const { expires, ...answer } = JSON.parse(storage.getItem(answerKey) ?? '') as Answer & {
      expires: number;
    };
    const { state, parameters } = answer;
    if (Date.now() < expires && typeof parameters === 'string' && isWaiting(state, storage)) return answer;
    spend(state, storage);
  } catch {
    // None, or somebody has written over it.
  }
  forgetAnswer(storage);
  return undefined;
}

function replaceAddress(window: Window, url: string): void {
  try {
    window.history.replaceState(window.history.state, '', url);
  } catch {
    // Safari allows 100 in 30 seconds; an address that stays is no reason to stop.
  }
}

/** The provider may have added parameters of its own: where the visitor was on the redirect URI's page, all of it goes. */
function sameDocument(returnTo: string | undefined, cleanUrl: string): string | undefined {
  const [back, clean] = [withoutHash(returnTo ?? ''), withoutHash(cleanUrl)];
  return back && !back.includes('?') && clean.startsWith(`${back}?`) ? back : undefined;
}

const withoutHash = (url: string): string => url.split('#')[0]!;

function navigationOf(window: Window): PerformanceNavigationTiming | undefined {
  const [entry] = window.performance.getEntriesByType('navigation');
  return entry as PerformanceNavigationTiming | undefined;
}
