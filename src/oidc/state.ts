import { attempt } from '../attempt.js';
import { key } from '../names.js';

/**
 * The `state` of an authorization request (RFC 6749 §4.1.1), and the request's memory in this tab's sessionStorage. Part
 * of the pasted file: a page must know its own answer before anything else runs.
 */

/** How an authorization request travels: in this page, in a window of its own, or in a hidden frame. */
export type Way = 'redirect' | 'popup' | 'frame';

const form = /^gam-(redirect|popup|frame)-[\da-f]{32}$/;

/** A new, unguessable `state`. Its form says whose it is, and how the request travels. */
export const newState = (way: Way): string => `gam-${way}-${crypto.randomUUID().replaceAll('-', '')}`;

/** @returns undefined for a `state` that is not of our form */
export const wayOf = (state: string): Way | undefined => form.exec(state)?.[1] as Way | undefined;

/** Before a `state`: where its request waits in sessionStorage. */
export const requestPrefix = key('state', '');

/** The `state`s that were used, latest first, separated by spaces. */
const spentKey = key('spent');
const spentLimit = 20;

/** Where the visitor was when a request that waits here was made: a URL of this origin, if nobody has written over it. */
export function returnToOf(state: string, storage: Storage): string | undefined {
  const returnTo = attempt<unknown>(() => JSON.parse(storage.getItem(requestPrefix + state)!).data.returnTo);
  return typeof returnTo === 'string' ? returnTo : undefined;
}

/** Where the answer to a request that waits here is to come, if nobody has written over it. */
export const redirectUriOf = (state: string, storage: Storage): unknown =>
  attempt<unknown>(() => JSON.parse(storage.getItem(requestPrefix + state)!).redirect_uri);

export const isWaiting = (state: string, storage: Storage): boolean =>
  storage.getItem(requestPrefix + state) !== null;

const spentStates = (storage: Storage): string[] => storage.getItem(spentKey)?.split(' ') ?? [];

/** Whether this is an answer from the history or a bookmark. */
export const isSpent = (state: string, storage: Storage): boolean => spentStates(storage).includes(state);

/** Forgets a request, and remembers that its answer is used up. */
export function spend(state: string, storage: Storage): void {
  storage.removeItem(requestPrefix + state);
  attempt(() => storage.setItem(spentKey, [state, ...spentStates(storage)].slice(0, spentLimit).join(' ')));
}
