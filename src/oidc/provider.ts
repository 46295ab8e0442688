import { SigninState, State, WebStorageStateStore } from 'oidc-client-ts';
import { failure } from '../failure.js';
import type { Grant } from '../grant.js';
import { type Way, isSpent, newState, requestPrefix, spend } from './state.js';
import { parseUrl, secureUrl } from '../urls.js';
import { type Metadata, discover } from './discovery.js';
import { isReservedParameter } from './parameters.js';
import { type RequestData, checkResponse, requestLifetime, statelessError } from './response.js';

/** How the brand's provider is to be asked. Addresses are absolute and https (or loopback): the room's user checks that. */
export interface ProviderConfig {
  /** Compared exactly with what the provider calls itself. */
  issuer: string;
  clientId: string;
  /** Absolute; the same string goes into the request and into the grant. */
  redirectUri: string;
  /** Separated by spaces. */
  scope: string;
  /** As in OpenID Connect Core §3.1.2.1. */
  prompt?: string;
  /** Seconds. */
  maxAge?: number;
  /** Further parameters of the authorization request; reserved ones are left out. */
  authorizationParams?: ReadonlyArray<readonly [name: string, value: string]>;
  /** Makes discovery unnecessary, for providers that send no CORS header there. */
  authorizationEndpoint?: string;
  /** In place of the discovered one. With a query of its own it is complete and nothing is added. */
  endSessionEndpoint?: string;
  postLogoutRedirectUri?: string;
}

/** An authorization request, ready to be gone to. Both hold secrets. */
export interface AuthorizationRequest {
  url: string;
  state: string;
}

export interface RequestOptions {
  way: Way;
  /** Where the visitor is to be taken back to; ignored unless it is of the redirect URI's origin. */
  returnTo?: string;
}

/**
 * The brand's OpenID provider, as far as the browser half of a confidential client goes: up to the authorization code,
 * which Genesys Cloud redeems. Nothing here ever makes a request to the token endpoint. All rejections are
 * `Failure` objects.
 */
export interface Provider {
  /** Makes ready for `createRequest`. Concurrent calls share one discovery; a failed one is tried again by the next call. */
  prepare(): Promise<void>;
  /**
   * A new authorization request with fresh state, nonce and PKCE challenge (S256). It waits in sessionStorage until
   * it is answered or abandoned, for 15 minutes at most.
   */
  createRequest(options: RequestOptions): Promise<AuthorizationRequest>;
  /**
   * Checks an authorization response and gives its grant. The request is forgotten when it has failed; a grant can be
   * read again, after a reload, until it is spent: whoever hands it over calls `abandon`. Concurrent calls share the result.
   *
   * @param parameters of the response, URL-encoded
   * @param state of the request, where the response itself names none (an error of some providers)
   */
  readResponse(parameters: string, state: string): Promise<Grant>;
  /** Forgets a request whose answer is no longer wanted; a late answer is then `callback/repeated`. */
  abandon(request: Pick<AuthorizationRequest, 'state'>): void;
  /**
   * Where to go to end the provider's session (OpenID Connect RP-Initiated Logout §2; without an `id_token_hint`,
   * since the browser never has an ID token). undefined when the provider has no such place with https.
   */
  signOutUrl(): Promise<string | undefined>;
}

/** The outside world, for tests. */
export interface Seams {
  /** Default: sessionStorage. */
  storage?: Storage;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** For discovery; nothing else is ever fetched. */
  fetch?: typeof globalThis.fetch;
}

/** Responses being read, by state. */
const underWay = new Map<string, Promise<Grant>>();

/** Makes no request and touches no storage before it is asked for something. */
export function openProvider(config: ProviderConfig, seams: Seams = {}): Provider {
  const { now = Date.now, fetch = globalThis.fetch } = seams;
  let metadata: Promise<Metadata> | undefined;

  const getMetadata = (): Promise<Metadata> =>
    (metadata ??= loadMetadata(config, fetch).catch((reason: unknown) => {
      metadata = undefined;
      throw reason;
    }));

  const storage = (): Storage => {
    try {
      const found = seams.storage ?? globalThis.sessionStorage;
      if (found) return found;
    } catch {
      // Reading the property is what throws where the visitor blocks site data.
    }
    throw failure('configuration/storage-blocked');
  };

  /** Requests that wait for their response, as the library keeps them. */
  const waiting = () => new WebStorageStateStore({ prefix: requestPrefix, store: storage() });

  /** Drawn before the click, which it would hold up, and used once: a request with its secrets and its PKCE challenge. */
  let drawn: Promise<SigninState> | undefined;

  const draw = (): Promise<SigninState> =>
    SigninState.create({
      authority: config.issuer,
      client_id: config.clientId,
      redirect_uri: config.redirectUri,
      scope: config.scope,
      // A string of its own: the library draws one by 93 calls (RFC 7636 §4.1: 43 to 128 characters, also `-`).
      code_verifier: `${crypto.randomUUID()}${crypto.randomUUID()}${crypto.randomUUID()}`,
      nonce: crypto.randomUUID(),
    });

  const createRequest = async ({ way, returnTo }: RequestOptions): Promise<AuthorizationRequest> => {
    const metadata = await getMetadata();
    const prompt = way === 'frame' ? 'none' : config.prompt;
    const requestData: RequestData = {
      issuer: metadata.issuer,
      issPromised: metadata.authorization_response_iss_parameter_supported === true,
      silent: prompt === 'none',
      maxAge: config.maxAge,
      returnTo: sameOrigin(returnTo, config.redirectUri),
    };
    const store = waiting();
    const ready = drawn ?? draw();
    drawn = undefined;
    const request = Object.assign(await ready, {
      id: newState(way),
      request_type: way,
      created: Math.floor(Date.now() / 1000),
      data: requestData,
    });
    try {
      await State.clearStaleState(store, requestLifetime / 1000);
      await store.set(request.id, request.toStorageString());
    } catch {
      // Refused, or full.
      throw failure('configuration/storage-blocked');
    }
    return {
      url: authorizationUrl(metadata.authorization_endpoint, request, prompt, config),
      state: request.id,
    };
  };

  const readResponse = async (parameters: URLSearchParams, state: string): Promise<Grant> => {
    const store = storage();
    const stored = store.getItem(requestPrefix + state);
    if (stored === null) throw failure(isSpent(state, store) ? 'callback/repeated' : 'callback/unknown');
    try {
      if (!parameters.get('state')) throw statelessError(parameters);
      if (parameters.get('state') !== state) throw failure('callback/mismatch', 'state');
      return checkResponse(parameters, await restore(stored), { ...config, now: now() });
    } catch (reason) {
      spend(state, store);
      throw reason;
    }
  };

  return {
    async prepare() {
      await getMetadata();
      await (drawn ??= draw());
    },
    createRequest,
    readResponse(parameters, state) {
      const reading =
        underWay.get(state) ??
        readResponse(new URLSearchParams(parameters), state).finally(() => underWay.delete(state));
      underWay.set(state, reading);
      return reading;
    },
    abandon: ({ state }) => spend(state, storage()),
    async signOutUrl() {
      const { clientId, endSessionEndpoint, postLogoutRedirectUri } = config;
      const endpoint = endSessionEndpoint ?? (await getMetadata()).end_session_endpoint;
      const url = secureUrl(endpoint);
      if (!url) return undefined;
      if (endSessionEndpoint && url.search) return endSessionEndpoint;
      url.searchParams.set('client_id', clientId);
      if (postLogoutRedirectUri) url.searchParams.set('post_logout_redirect_uri', postLogoutRedirectUri);
      return url.href;
    },
  };
}

/** Without a secure context there is no `crypto.subtle`, and so no PKCE: said first, because nothing else helps. */
async function loadMetadata(config: ProviderConfig, fetch: typeof globalThis.fetch): Promise<Metadata> {
  if (!globalThis.isSecureContext) throw failure('configuration/insecure-context');
  const { issuer, authorizationEndpoint } = config;
  if (authorizationEndpoint === undefined) return discover(issuer, fetch);
  return { issuer, authorization_endpoint: authorizationEndpoint };
}

/** @throws Failure `callback/unknown` when somebody has written over the stored request */
async function restore(stored: string): Promise<SigninState> {
  try {
    const request = await SigninState.fromStorageString(stored);
    if (isRequestData(request.data) && request.code_verifier && request.redirect_uri) return request;
  } catch {
    // Not JSON.
  }
  throw failure('callback/unknown');
}

const isRequestData = (data: unknown): data is RequestData =>
  typeof (Object(data) as Partial<RequestData>).issuer === 'string';

/** OpenID Connect Core §3.1.2.1, RFC 7636 §4.3. Further parameters may repeat (`resource`, RFC 8707 §2). */
function authorizationUrl(
  endpoint: string,
  request: SigninState,
  prompt: string | undefined,
  { maxAge, authorizationParams = [] }: ProviderConfig,
): string {
  const parameters: ReadonlyArray<readonly [name: string, value: string | undefined]> = [
    ['client_id', request.client_id],
    ['redirect_uri', request.redirect_uri],
    ['response_type', 'code'],
    ['scope', request.scope],
    ['state', request.id],
    ['nonce', request.nonce],
    ['code_challenge', request.code_challenge],
    ['code_challenge_method', 'S256'],
    ['prompt', prompt],
    ['max_age', maxAge?.toString()],
    ...authorizationParams.filter(([name]) => !isReservedParameter(name)),
  ];
  const url = new URL(endpoint);
  for (const [name, value] of parameters) if (value !== undefined) url.searchParams.append(name, value);
  return url.href;
}

/** Keeps an open redirect out: only addresses of this origin are gone back to. */
function sameOrigin(url: string | undefined, base: string): string | undefined {
  const found = url === undefined ? undefined : parseUrl(url, base);
  return found?.origin === new URL(base).origin ? found.href : undefined;
}
