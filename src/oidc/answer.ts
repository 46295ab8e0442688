import { wayOf, type Way } from './state.js';

/**
 * An authorization response (RFC 6749 §4.1.2) to a request of ours, as it stands in an address. Recognised by the form of
 * its `state` alone, so that somebody else's `?code=…&state=…` costs nothing and is left as it is. Part of the pasted file.
 */
export interface Answer {
  /** Names the request that this answers. A secret while the request is open. */
  state: string;
  /** How that request travelled. */
  way: Way;
  /** All parameters, URL-encoded. They hold the code: never show, log or send them to another origin. */
  parameters: string;
}

/** RFC 6749 §4.1.2, RFC 9207 §2, OpenID Connect Session Management §2. */
const responseParameters = new Set<string | undefined>([
  'code',
  'state',
  'iss',
  'session_state',
  'error',
  'error_description',
  'error_uri',
]);

/**
 * Finds an answer of ours.
 *
 * @param url absolute
 * @returns the answer, and the address without it: everything foreign stays as it was, byte for byte
 */
export function readAnswer(url: string): { answer: Answer; cleanUrl: string } | undefined {
  const found = findResponse(url, (response) => response.getAll('state').find(wayOf));
  if (!found) return undefined;
  const { parameters, cleanUrl, value: state } = found;
  return { answer: { state, way: wayOf(state)!, parameters }, cleanUrl };
}

export interface StatelessError {
  parameters: string;
  /** The address without it. */
  cleanUrl: string;
}

/** An error without a `state` (against RFC 6749 §4.1.2.1): some providers answer so when they refuse a request early. */
export function readStatelessError(url: string): StatelessError | undefined {
  const isError = (response: URLSearchParams) =>
    response.has('error') && !response.get('state') && !response.has('code');
  return findResponse(url, isError);
}

/**
 * In the query or, where a provider puts it there unasked, in the fragment. Works on the text, because URLSearchParams would
 * write foreign parameters anew, in another encoding.
 */
function findResponse<T>(url: string, valueOf: (response: URLSearchParams) => T) {
  const [page = '', query = '', hash = ''] = /^([^?#]*)\??([^#]*)(.*)$/s.exec(url)?.slice(1) ?? [];
  const foreign = query.split('&').filter((pair) => !responseParameters.has(parameterName(pair)));
  const places = [
    { parameters: query, cleanUrl: page + (foreign.length ? `?${foreign.join('&')}` : '') + hash },
    { parameters: hash.slice(1), cleanUrl: page + (query && `?${query}`) },
  ];
  for (const { parameters, cleanUrl } of places) {
    const value = valueOf(new URLSearchParams(parameters));
    if (value) return { value, parameters, cleanUrl };
  }
  return undefined;
}

/** The leading `&` keeps URLSearchParams from taking a question mark away. */
const parameterName = (pair: string): string | undefined =>
  new URLSearchParams(`&${pair}`).keys().next().value;
