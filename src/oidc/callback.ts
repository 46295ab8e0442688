/**
 * What a page must know about its own address before anything else runs: does it hold an authorization response
 * (RFC 6749 §4.1.2), is that response ours, and what does the address look like without it. Part of the file that
 * people paste, so it needs neither the OpenID Connect library nor a window.
 */

/** How an authorization request travels: in this page, in a window of its own, or in a hidden frame. */
export type Way = 'redirect' | 'popup' | 'frame';

/**
 * Whose response it is. `ours`: a request with this state waits in this storage. `spent`: it did once, so this is an
 * address from the history or a bookmark. undefined: somebody else's; touch nothing.
 */
export type Owner = 'ours' | 'spent' | undefined;

/** An authorization response in an address. */
export interface Callback {
  /** The `state` parameter: names the request that this answers. A secret while the request is open. */
  state: string;
  /** The whole address. Holds the code: never show, log or send it. */
  url: string;
  /** The address without the parameters of the response; everything else byte for byte as it was. */
  cleanUrl: string;
  owner: Owner;
}

/** Authorization requests that wait for their response: sessionStorage keys are this and the `state`. */
export const statePrefix = 'genesys-auth-messenger:state:';

/** The sessionStorage key of the `state`s that were used, latest first, separated by spaces. */
const spentKey = 'genesys-auth-messenger:spent';
const spentLimit = 20;

/** RFC 6749 §4.1.2, RFC 9207 §2, OpenID Connect Session Management §2. */
const responseParameters = new Set([
  'code',
  'state',
  'iss',
  'session_state',
  'error',
  'error_description',
  'error_uri',
]);

/**
 * The authorization response in an address: a `state` in the query, together with a `code` or an `error`, or that of a
 * request which waits here.
 *
 * @param url absolute
 * @returns undefined when there is none; then nothing in the address is ours
 */
export function readCallback(url: string, storage: Storage): Callback | undefined {
  const parameters = new URL(url).searchParams;
  const state = parameters.get('state');
  if (!state) return undefined;
  const owner = ownership({ state }, storage);
  if (!(owner || parameters.get('code') || parameters.get('error'))) return undefined;
  return { state, url, cleanUrl: withoutResponse(url), owner };
}

/** Works on the text, because URLSearchParams would write foreign parameters anew, in another encoding. */
function withoutResponse(url: string): string {
  const [, page = '', query = '', hash = ''] = /^([^?#]*)\??([^#]*)(.*)$/s.exec(url) ?? [];
  const foreign = query.split('&').filter((pair) => !responseParameters.has(parameterName(pair)));
  return page + (foreign.length ? `?${foreign.join('&')}` : '') + hash;
}

/** The leading `&` keeps URLSearchParams from taking a question mark away. */
const parameterName = (pair: string): string => new URLSearchParams(`&${pair}`).keys().next().value ?? '';

export function ownership({ state }: Pick<Callback, 'state'>, storage: Storage): Owner {
  if (storage.getItem(statePrefix + state) !== null) return 'ours';
  return spentStates(storage).includes(state) ? 'spent' : undefined;
}

/** How the waiting request of this response travelled; undefined when none waits here. */
export function wayOf({ state }: Pick<Callback, 'state'>, storage: Storage): Way | undefined {
  const request = storage.getItem(statePrefix + state);
  return request === null ? undefined : (JSON.parse(request) as { request_type: Way }).request_type;
}

/** Remembers that a request was used, and forgets the request. */
export function spend({ state }: Pick<Callback, 'state'>, storage: Storage): void {
  storage.removeItem(statePrefix + state);
  storage.setItem(spentKey, [state, ...spentStates(storage)].slice(0, spentLimit).join(' '));
}

const spentStates = (storage: Storage): string[] => storage.getItem(spentKey)?.split(' ') ?? [];
