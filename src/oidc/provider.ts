import { OidcClient, WebStorageStateStore } from 'oidc-client-ts';
import { failure } from '../errors.js';
import { type Way, ownership, spend, statePrefix } from './callback.js';
import { type Metadata, discover, isSecureUrl } from './discovery.js';
import { isReservedParameter } from './parameters.js';
import { type CheckedResponse, type RequestData, checkResponse, requestLifetime } from './response.js';

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
  /** In place of the configured one; a frame's is always `none` unless said here. */
  prompt?: string;
  /** JSON that comes back with the response. */
  data?: unknown;
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
   * Checks an authorization response and gives its grant: once. Concurrent calls with the same response share the
   * result, later ones are refused with `callback/repeated`. Rejects with a `ResponseFailure`.
   */
  readResponse(callbackUrl: string): Promise<CheckedResponse>;
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

/** Responses being read, by state: taking a request out of the library's store is not atomic. */
const underWay = new Map<string, Promise<CheckedResponse>>();

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

  const client = (metadata?: Metadata) =>
    new OidcClient({
      authority: config.issuer,
      client_id: config.clientId,
      redirect_uri: config.redirectUri,
      scope: config.scope,
      metadata,
      stateStore: new WebStorageStateStore({ prefix: statePrefix, store: storage() }),
      staleStateAgeInSeconds: requestLifetime / 1000,
    });

  const createRequest = async ({
    way,
    returnTo,
    prompt,
    data,
  }: RequestOptions): Promise<AuthorizationRequest> => {
    const metadata = await getMetadata();
    const effectivePrompt = prompt ?? (way === 'frame' ? 'none' : config.prompt);
    const requestData: RequestData = {
      issuer: metadata.issuer,
      issPromised: metadata.authorization_response_iss_parameter_supported === true,
      silent: effectivePrompt === 'none',
      maxAge: config.maxAge,
      returnTo: sameOrigin(returnTo, config.redirectUri),
      data,
    };
    const request = await client(metadata)
      .createSigninRequest({
        request_type: way,
        nonce: crypto.randomUUID(),
        prompt: effectivePrompt,
        max_age: config.maxAge,
        state: requestData,
      })
      .catch(() => {
        // All that is left to fail here is sessionStorage: refused, or full.
        throw failure('configuration/storage-blocked');
      });
    return { url: withParameters(request.url, config.authorizationParams), state: request.state.id };
  };

  const readResponse = async (callbackUrl: string, state: string): Promise<CheckedResponse> => {
    const store = storage();
    const owned = ownership({ state }, store);
    if (owned !== 'ours') throw failure(owned === 'spent' ? 'callback/repeated' : 'callback/unknown');
    const { state: request } = await client()
      .readSigninResponseState(callbackUrl, true)
      .catch(() => {
        // Somebody has written over the stored request.
        throw failure('callback/unknown');
      });
    spend({ state }, store);
    return checkResponse(new URL(callbackUrl).searchParams, request, { ...config, now: now() });
  };

  return {
    prepare: async () => void (await getMetadata()),
    createRequest,
    readResponse(callbackUrl) {
      const state = new URL(callbackUrl).searchParams.get('state') ?? '';
      const reading =
        underWay.get(state) ?? readResponse(callbackUrl, state).finally(() => underWay.delete(state));
      underWay.set(state, reading);
      return reading;
    },
    abandon: (request) => spend(request, storage()),
    async signOutUrl() {
      const { clientId, endSessionEndpoint, postLogoutRedirectUri } = config;
      const endpoint = endSessionEndpoint ?? (await getMetadata()).end_session_endpoint;
      if (!isSecureUrl(endpoint)) return undefined;
      const url = new URL(endpoint);
      if (endSessionEndpoint && url.search) return endSessionEndpoint;
      url.searchParams.append('client_id', clientId);
      if (postLogoutRedirectUri) url.searchParams.append('post_logout_redirect_uri', postLogoutRedirectUri);
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

/** Not by the library's `extraQueryParams`, which can hold a name only once (`resource` may be repeated, RFC 8707 §2). */
function withParameters(request: string, parameters: ProviderConfig['authorizationParams'] = []): string {
  const url = new URL(request);
  for (const [name, value] of parameters)
    if (!isReservedParameter(name)) url.searchParams.append(name, value);
  return url.href;
}

/** Keeps an open redirect out: only addresses of this origin are gone back to. */
function sameOrigin(url: string | undefined, base: string): string | undefined {
  if (url === undefined || !URL.canParse(url, base)) return undefined;
  const { href, origin } = new URL(url, base);
  return origin === new URL(base).origin ? href : undefined;
}
