import { failure } from '../failure.js';
import type { Answer, StatelessError } from '../oidc/answer.js';
import { popupKey } from '../oidc/popup.js';
import { errorChannel, reportChannel, reportOnChannel, reportToParent } from '../oidc/report.js';
import { isSpent, isWaiting, redirectUriOf, returnToOf, spend } from '../oidc/state.js';
import { read } from '../readings.js';
import { parseUrl } from '../urls.js';
import { frameFailed } from './frames.js';
import {
  type Arrival,
  type Found,
  forgetAnswer,
  forgetLeaving,
  keep,
  keptAnswer,
  leftFor,
  navigationOf,
  replaceAddress,
  withoutHash,
} from './landing.js';

/** How long a popup waits for the page that asked to reply, in milliseconds. */
const replyTime = 2_000;
/** How long a page that is being left may linger, in milliseconds: the one that it is left for may be slow. */
export const leavingTime = 15_000;

/**
 * What becomes of an answer that a page has found, or of a request that waits without one. It is decided once, by what this
 * window is: a popup or a frame that was opened for a sign-in reports to the page that asked; any other is where the
 * visitor arrives. Loaded only where there is something to decide.
 *
 * @param isWanted as for `land`
 */
export async function arrive(window: Window, inAddress: Found, isWanted: () => boolean): Promise<Arrival> {
  const { sessionStorage: storage } = window;
  const found = inAddress && 'error' in inAddress ? await readError(window, inAddress.error) : inAddress;
  if (found === 'over') return over(storage);
  if (!found) {
    const kept = takeKept(storage);
    if (!kept) return lostAnswer(window);
    // The redirect URI's page was loaded again before it could take the visitor back.
    const isReload = navigationOf(window)?.type === 'reload';
    const isOnTheWay = isReload && isOn(window.location, redirectUriOf(kept.state, storage));
    return settle(window, kept, isWanted, isOnTheWay);
  }
  const { answer, stale } = found;
  const { state, way, parameters } = answer;
  const inFrame = window.parent !== window;
  if (way === 'frame' && inFrame && reportToParent(answer, window)) return over(storage);
  if (way === 'popup' && !inFrame && (await reportOnChannel(reportChannel(state), parameters, replyTime)))
    return over(storage);
  // An answer that lands in another kind of window than it was asked for is an arrival: a page that breaks out of frames
  // takes ours along.
  if (way === 'frame') frameFailed(storage);
  forgetLeaving(storage);
  if (!isWaiting(state, storage)) {
    // The visitor has set out from an address with an old answer in it, and is taken back there with a new one.
    const kept = inFrame ? undefined : takeKept(storage);
    if (kept) return settle(window, kept, isWanted);
    // What the page has taken out of the address, and nobody waits for, needs no word.
    return stale === undefined
      ? { failure: failure(isSpent(state, storage) ? 'callback/repeated' : 'callback/unknown') }
      : undefined;
  }
  if (stale) {
    spend(state, storage);
    forgetAnswer(storage);
    return { failure: failure('callback/expired') };
  }
  return settle(window, answer, isWanted, true);
}

/** @param goesBack the visitor is not yet where they were */
async function settle(
  window: Window,
  answer: Answer,
  isWanted: () => boolean,
  goesBack = false,
): Promise<Arrival> {
  const { state } = answer;
  // The page that is gone back to is the one that uses the answer.
  const isBeingLeft = goesBack && (await goBack(window, returnToOf(state, window.sessionStorage)));
  if (!isBeingLeft) forgetUnlessWanted(window, state, isWanted);
  return { answer };
}

/**
 * An error without a state, which is taken for an answer only in the popup that was opened for one, and on the redirect
 * URI of the request that this tab has left for.
 */
async function readError(
  window: Window,
  { parameters, cleanUrl }: StatelessError,
): Promise<{ answer: Answer; stale?: boolean } | 'over' | undefined> {
  const { sessionStorage: storage, location } = window;
  if (storage.getItem(popupKey) !== null) {
    storage.removeItem(popupKey);
    if (await reportOnChannel(errorChannel, parameters, replyTime)) return 'over';
  }
  const state = leftFor(storage);
  if (!state || !isVisit(window) || !isOn(location, redirectUriOf(state, storage))) return undefined;
  // The page that has set out may have an error of its own in its address.
  if (location.href === returnToOf(state, storage)) return undefined;
  replaceAddress(window, cleanUrl);
  const answer: Answer = { state, way: 'redirect', parameters };
  keep(answer, storage);
  return { answer };
}

const isOn = ({ pathname }: Location, url: unknown): boolean => parseUrl(String(url))?.pathname === pathname;

/** Neither a reload nor a way through the history. */
const isVisit = (window: Window): boolean => navigationOf(window)?.type === 'navigate';

/** An answer is kept for a reload; but not by a page that is complete and has nobody who could use it. */
function forgetUnlessWanted(window: Window, state: string, isWanted: () => boolean): void {
  const { sessionStorage: storage, document } = window;
  window.addEventListener('pagehide', () => {
    if (isWanted() || read(document, 'readyState') !== 'complete' || !isWaiting(state, storage)) return;
    spend(state, storage);
    forgetAnswer(storage);
  });
}

function over(storage: Storage): Arrival {
  forgetAnswer(storage);
  storage.removeItem(popupKey);
  return 'over';
}

/**
 * Takes the visitor back to where they were, byte for byte. Whoever is still here afterwards goes on here.
 *
 * @returns whether this page may yet be left for it
 */
async function goBack(window: Window, returnTo: string | undefined): Promise<boolean> {
  const { location } = window;
  const { href } = location;
  const target = parseUrl(returnTo ?? '');
  if (target?.origin !== location.origin || target.href === href) return false;
  // By the address and not by history, so that the page scrolls there and its router hears of it.
  location.replace(target.href);
  if (withoutHash(target.href) === withoutHash(href)) return false;
  // A router can turn a navigation into one within this document, to an address of its own making, and a visitor can stop it.
  for (let waited = 0; waited < leavingTime && location.href === href; waited += 50)
    await new Promise((resolve) => window.setTimeout(resolve, 50));
  return location.href === href;
}

/**
 * A request waits, the visit is a new one, and nothing has come with it: a redirect has dropped the answer. Or the visitor
 * has opened this page from the provider's, and goes on there afterwards: so the request still waits.
 */
function lostAnswer(window: Window): Arrival {
  const { sessionStorage: storage } = window;
  const state = leftFor(storage);
  forgetLeaving(storage);
  const isLost = state && isVisit(window) && !isForeignAnswer(window.location.href);
  return isLost ? { failure: failure('callback/lost') } : undefined;
}

/** Somebody else's: the visitor has gone on to something else. */
function isForeignAnswer(url: string): boolean {
  const { searchParams } = new URL(url);
  return !!searchParams.get('state') && (searchParams.has('code') || searchParams.has('error'));
}

/** What an earlier page of this tab has kept: the one on the redirect URI, or this one before a reload. */
function takeKept(storage: Storage): Answer | undefined {
  const kept = keptAnswer(storage);
  if (!kept) return undefined;
  const { expires, ...answer } = kept;
  const { state, parameters } = answer;
  if (Date.now() < expires && typeof parameters === 'string' && isWaiting(state, storage)) return answer;
  spend(state, storage);
  forgetAnswer(storage);
  return undefined;
}
