import { attempt } from '../attempt.js';
import type { Failure } from '../failure.js';
import { key } from '../names.js';
import { type Answer, type StatelessError, readAnswer, readStatelessError } from '../oidc/answer.js';
import { popupKey } from '../oidc/popup.js';
import { isSpent, isWaiting, returnToOf } from '../oidc/state.js';
import { loadPart } from '../parts.js';
import { listen, read } from '../readings.js';
import { parseUrl } from '../urls.js';

/**
 * Where a visitor lands who comes back from the provider. The address is read once and first: every request that the page
 * makes would carry the answer as `Referer`, and a reload would present it again. An answer of ours is cleaned away at
 * once and kept in this tab until it is used.
 */

/** What a page finds when it begins. `over`: this window was opened for a sign-in, and has reported its answer. */
export type Arrival = 'over' | { answer: Answer } | { failure: Failure } | undefined;

/** How old an answer may be, in milliseconds: codes of some providers live no longer. */
export const lifetime = 60_000;

const answerKey = key('answer');
const leftKey = key('left');

/** What the address held. `stale` is there only where the page had taken it out already. */
export type Found = { answer: Answer; stale?: boolean } | { error: StatelessError } | undefined;

/**
 * Reads the address, cleans it, keeps what has come with it, and says what that is. A page that is rendered ahead waits for
 * its visitor.
 *
 * @param isWanted whether the page has an element that the answer is for, when it is left
 */
export function land(window: Window, isWanted: () => boolean): Promise<Arrival> {
  const { document } = window;
  if (read(document as Document & { prerendering?: boolean }, 'prerendering')) {
    return new Promise((resolve) =>
      listen(document, 'prerenderingchange', () => resolve(land(window, isWanted))),
    );
  }
  return takeArrival(window, isWanted).catch((failure: Failure) => ({ failure }));
}

async function takeArrival(window: Window, isWanted: () => boolean): Promise<Arrival> {
  let found: Found;
  try {
    found = readAddress(window);
    const { sessionStorage: storage } = window;
    if (found && 'answer' in found && isWaiting(found.answer.state, storage)) keep(found.answer, storage);
    // A page that nothing can come to loads nothing, nor does a frame, which shares the storage of the page that it is in.
    const isExpecting = [answerKey, leftKey, popupKey].some((name) => storage.getItem(name) !== null);
    if (!(found && 'answer' in found) && (window.parent !== window || !isExpecting)) return undefined;
  } catch {
    // Storage is refused: the configuration says so.
    return undefined;
  }
  const { arrive } = await loadPart('sign-in');
  return arrive(window, found, isWanted);
}

/** The address that the document was loaded with, without an answer: a router may have changed it since. */
export function firstAddress(window: Window): string {
  const first = navigationOf(window)?.name;
  const { href, origin } = window.location;
  const address = first && parseUrl(first)?.origin === origin ? first : href;
  return readAnswer(address)?.cleanUrl ?? address;
}

/** In the address; else, where a router or another library has taken it out, in the record of this navigation. */
function readAddress(window: Window): Found {
  const { sessionStorage: storage, location } = window;
  const inAddress = readAnswer(location.href);
  if (inAddress) {
    const { answer, cleanUrl } = inAddress;
    replaceAddress(window, sameDocument(returnToOf(answer.state, storage), cleanUrl) ?? cleanUrl);
    return { answer };
  }
  const error = readStatelessError(location.href);
  if (error) return { error };
  const answer = readAnswer(navigationOf(window)?.name ?? '')?.answer;
  if (!answer) return undefined;
  // A popup does not have the request: it was made after the window.
  const isOpen =
    isWaiting(answer.state, storage) || (answer.way === 'popup' && !isSpent(answer.state, storage));
  return isOpen ? { answer, stale: window.performance.now() > lifetime } : undefined;
}

/** The page leaves for the provider. */
export function rememberLeaving(state: string, storage: Storage): void {
  attempt(() => storage.setItem(leftKey, state));
}

/** The visitor is back in the page that left, without an answer. */
export function forgetLeaving(storage: Storage): void {
  storage.removeItem(leftKey);
}

/** The request that this tab has left for and that waits. */
export function leftFor(storage: Storage): string | undefined {
  const state = storage.getItem(leftKey);
  return state !== null && isWaiting(state, storage) ? state : undefined;
}

/** Until it is used, also by the page that is gone back to. */
export function keep(answer: Answer, storage: Storage): void {
  attempt(() => storage.setItem(answerKey, JSON.stringify({ ...answer, expires: Date.now() + lifetime })));
}

/** What `keep` has kept, perhaps in an earlier page of this tab; undefined also where somebody has written over it. */
export function keptAnswer(storage: Storage): (Answer & { expires: number }) | undefined {
  return attempt(() => JSON.parse(storage.getItem(answerKey) ?? '') as Answer & { expires: number });
}

/** The answer in it was handed over, or refused. */
export function forgetAnswer(storage: Storage): void {
  storage.removeItem(answerKey);
}

export function replaceAddress(window: Window, url: string): void {
  // Safari allows 100 in 30 seconds; an address that stays is no reason to stop.
  attempt(() => window.history.replaceState(window.history.state, '', url));
}

/** The provider may have added parameters of its own: where the visitor was on the redirect URI's page, all of it goes. */
function sameDocument(returnTo: string | undefined, cleanUrl: string): string | undefined {
  const [back, clean] = [withoutHash(returnTo ?? ''), withoutHash(cleanUrl)];
  return back && !back.includes('?') && clean.startsWith(`${back}?`) ? back : undefined;
}

export const withoutHash = (url: string): string => url.split('#')[0]!;

export const navigationOf = (window: Window): PerformanceNavigationTiming | undefined =>
  attempt(() => window.performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming);
