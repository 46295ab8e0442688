import type { Grant } from '../grant.js';
import type { DeploymentConfig, DeploymentDomains, Profile } from './types.js';

/** The calls that Messenger makes. `echo` is the chat partner, a local extension. */
export type Endpoint = 'domains' | 'config' | 'exchange' | 'refresh' | 'revoke' | 'echo';

/** What a code was issued for. The exchange must repeat it exactly: what is missing, changed or added is refused. */
export interface CodeBindings {
  redirectUri: string;
  codeVerifier?: string;
  /** In place of the verifier, as an authorization request carries it: base64url of its SHA-256 (RFC 7636 §4.2). */
  codeChallenge?: string;
  nonce?: string;
  /** Seconds. */
  maxAge?: number;
  /** 2.2.8 always drops it; another value, or one for a code without, is refused. */
  iss?: string;
  /** The visitor's name, by which the echo greets them. Default: `Ada Lovelace`. */
  name?: string;
  /** Whether the exchange gives a refresh token too (scope `offline_access`). Default: `true`. */
  refreshToken?: boolean;
}

/** A call as the API saw it. It holds codes and tokens: for tests, not for logs. */
export interface ApiCall {
  endpoint: Endpoint;
  method: string;
  url: string;
  /** The parsed JSON body. */
  body: Record<string, unknown> | undefined;
  /** The Authorization header. */
  authorization: string | null;
  /** What was answered: an HTTP status, 0 for a broken network, `undefined` while the call is held. */
  status: number | undefined;
}

export interface MessengerApiOptions {
  deploymentId: string;
  /** Only calls to this region's hosts are answered, for example `mypurecloud.de`. Default: any region. */
  domain?: string;
  /** Default: every host is allowed. */
  allowedDomains?: string[];
  /** Which Messenger asks: `2.2.8` never hands `iss` over, so it is not missed then. Default: `current`. */
  profile?: Profile;
  /** Merged over an active deployment with authentication, without step-up. */
  config?: DeploymentConfig;
}

interface Visitor {
  name: string;
}

const routes: readonly (readonly [endpoint: Endpoint, method: string, path: RegExp])[] = [
  ['domains', 'GET', /^\/webdeployments\/v1\/deployments\/([^/]+)\/domains\.json$/],
  ['config', 'GET', /^\/webdeployments\/v1\/deployments\/([^/]+)\/config\.json$/],
  ['exchange', 'POST', /^\/api\/v2\/webdeployments\/token\/oauthcodegrantjwtexchange$/],
  ['refresh', 'POST', /^\/api\/v2\/webdeployments\/token\/refresh$/],
  ['revoke', 'DELETE', /^\/api\/v2\/webdeployments\/token\/revoke$/],
  ['echo', 'POST', /^\/local\/echo$/],
];

const errorCodes: Record<number, string> = {
  400: 'bad.request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not.found',
  500: 'internal.server.error',
  504: 'gateway.timeout',
};

/**
 * The Genesys Cloud API that Messenger needs, in memory and as a `fetch`: a deployment's files, and tokens for codes
 * (docs/messenger.md §§1 and 6). Each code is good once and only with what it was issued for; a code that fails is
 * spent too. What it refuses, it refuses with Genesys' status and error body.
 *
 * @example
 * const api = new MessengerApi({ deploymentId: '5a3c…' });
 * installSnippet(window, { deploymentId: '5a3c…', environment: 'prod-euc1' });
 * bootMessenger(window, { fetch: api.fetch });
 */
export class MessengerApi {
  /** `domains.json`; may be changed at any time. */
  domains: DeploymentDomains;
  /** `config.json`; may be changed at any time. */
  config: DeploymentConfig;
  /** Every call so far, in the order of arrival. */
  readonly calls: ApiCall[] = [];

  readonly #options: MessengerApiOptions;
  readonly #codes = new Map<string, CodeBindings>();
  readonly #jwts = new Map<string, Visitor>();
  readonly #refreshTokens = new Map<string, Visitor>();
  readonly #faults = new Map<Endpoint, { status: number; times: number }>();
  readonly #holds = new Map<Endpoint, Promise<void>>();

  constructor(options: MessengerApiOptions) {
    this.#options = options;
    this.domains = options.allowedDomains
      ? { allowedDomains: options.allowedDomains }
      : { allowAllDomains: true };
    this.config = {
      id: options.deploymentId,
      status: 'Active',
      ...options.config,
      auth: { enabled: true, allowSessionUpgrade: false, ...options.config?.auth },
    };
  }

  /** The exchanges so far, accepted or not. */
  get exchanges(): ApiCall[] {
    return this.calls.filter(({ endpoint }) => endpoint === 'exchange');
  }

  /** A new authorization code, as the provider would issue it for a request with these values. */
  issueCode(bindings: CodeBindings): string {
    const code = crypto.randomUUID();
    this.#codes.set(code, bindings);
    return code;
  }

  /**
   * A new grant, as the property `authorize` takes it: a code with what it was issued for.
   *
   * @param bindings `redirectUri` may be any address, as nobody is sent there. Default: `https://brand.example/`.
   */
  issueGrant(bindings: Partial<Omit<CodeBindings, 'codeChallenge'>> = {}): Grant {
    const { name, refreshToken, ...others } = bindings;
    const handedOver = { redirectUri: 'https://brand.example/', ...others };
    return { ...handedOver, authCode: this.issueCode({ ...handedOver, name, refreshToken }) };
  }

  /**
   * Makes an endpoint fail.
   *
   * @param status - an HTTP status, or `network` for no answer at all
   * @param times - how many calls fail; default: all, until {@link recover}
   */
  fail(endpoint: Endpoint, status: number | 'network', times = Infinity): void {
    this.#faults.set(endpoint, { status: status === 'network' ? 0 : status, times });
  }

  /** Ends {@link fail}. */
  recover(endpoint: Endpoint): void {
    this.#faults.delete(endpoint);
  }

  /** Lets the calls to an endpoint wait until the function that is returned is called. */
  hold(endpoint: Endpoint): () => void {
    let release!: () => void;
    this.#holds.set(endpoint, new Promise((resolve) => (release = resolve)));
    return () => {
      this.#holds.delete(endpoint);
      release();
    };
  }

  /** Every JWT issued so far has expired: the next message answers 401, and Messenger refreshes. */
  expireJwts(): void {
    this.#jwts.clear();
  }

  /** Every refresh token issued so far is refused from now on. */
  expireRefreshTokens(): void {
    this.#refreshTokens.clear();
  }

  /** The API as a `fetch`: hand it to `bootMessenger`. */
  readonly fetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const { hostname, pathname } = new URL(request.url);
    const { domain } = this.#options;
    if (domain && hostname !== `api.${domain}` && hostname !== `api-cdn.${domain}`) {
      throw new TypeError('Failed to fetch');
    }
    for (const [endpoint, method, path] of routes) {
      const match = path.exec(pathname);
      if (!match || method !== request.method) continue;
      const body = method === 'POST' ? await request.json() : undefined;
      const authorization = request.headers.get('authorization');
      const call: ApiCall = { endpoint, method, url: request.url, body, authorization, status: undefined };
      this.calls.push(call);
      await this.#holds.get(endpoint);
      const fault = this.#fault(endpoint);
      if (fault === 0) {
        call.status = 0;
        throw new TypeError('Failed to fetch');
      }
      const response = fault ? refuse(fault) : await this.#answer(call, match[1]);
      call.status = response.status;
      return response;
    }
    return refuse(404);
  };

  #fault(endpoint: Endpoint): number | undefined {
    const fault = this.#faults.get(endpoint);
    return fault && fault.times-- > 0 ? fault.status : undefined;
  }

  async #answer({ endpoint, body, authorization }: ApiCall, deploymentId?: string): Promise<Response> {
    const jwt = authorization?.replace('Bearer ', '') ?? '';
    switch (endpoint) {
      case 'domains':
      case 'config':
        return deploymentId === this.#options.deploymentId ? Response.json(this[endpoint]) : refuse(404);
      case 'exchange':
        return this.#exchange(body ?? {});
      case 'refresh': {
        const visitor = this.#refreshTokens.get(String(body?.refreshToken));
        return visitor ? Response.json({ jwt: this.#issueJwt(visitor) }) : refuse(401);
      }
      case 'revoke':
        return this.#jwts.delete(jwt)
          ? new Response(null, { status: 204, statusText: 'No Content' })
          : refuse(401);
      case 'echo': {
        const visitor = this.#jwts.get(jwt);
        if (authorization && !visitor) return refuse(401);
        return Response.json({ text: `Hello ${visitor?.name ?? 'there'}, you said: ${String(body?.text)}` });
      }
    }
  }

  async #exchange({ deploymentId, oauth }: Record<string, unknown>): Promise<Response> {
    const { code, ...given } = (oauth ?? {}) as Omit<CodeBindings, 'name'> & { code?: string };
    const bindings = this.#codes.get(String(code));
    this.#codes.delete(String(code));
    if (deploymentId !== this.#options.deploymentId || !bindings) return refuse(401);

    const { codeVerifier } = given;
    const same =
      given.redirectUri === bindings.redirectUri &&
      given.nonce === bindings.nonce &&
      given.maxAge === bindings.maxAge &&
      (given.iss === bindings.iss || (given.iss === undefined && this.#options.profile === '2.2.8')) &&
      (bindings.codeChallenge
        ? codeVerifier !== undefined && (await challengeOf(codeVerifier)) === bindings.codeChallenge
        : codeVerifier === bindings.codeVerifier);
    if (!same) return refuse(401);

    const visitor = { name: bindings.name ?? 'Ada Lovelace' };
    const jwt = this.#issueJwt(visitor);
    if (bindings.refreshToken === false) return Response.json({ jwt });
    const refreshToken = crypto.randomUUID();
    this.#refreshTokens.set(refreshToken, visitor);
    return Response.json({ jwt, refreshToken });
  }

  #issueJwt(visitor: Visitor): string {
    const jwt = `jwt.${crypto.randomUUID()}.signature`;
    this.#jwts.set(jwt, visitor);
    return jwt;
  }
}

/** Genesys' error body (docs/messenger.md §6): the page is not told why. */
function refuse(status: number): Response {
  const code = errorCodes[status] ?? 'error';
  const contextId = crypto.randomUUID();
  return Response.json(
    { message: code.replaceAll('.', ' '), code, status, contextId, details: [], errors: [] },
    { status },
  );
}

/** RFC 7636 §4.2, S256. */
async function challengeOf(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return btoa(String.fromCharCode(...new Uint8Array(digest)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
