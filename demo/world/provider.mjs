// The brand's OpenID provider: panva/oidc-provider, a certified implementation, with pages of its own.
import { createHmac, randomBytes } from 'node:crypto';
import { Faults } from './faults.mjs';
import { listen } from './loopback.mjs';
import { errorPage, loginPage, logoutPage, signedOutPage } from './provider-pages.mjs';
import { visitors } from './visitors.mjs';

/** @typedef {'discovery' | 'authorization' | 'login' | 'token' | 'jwks' | 'end-session' | 'other'} ProviderRoute */

/**
 * @typedef {object} AuthorizationRequest What a page asked for; nothing secret.
 * @property {string | null} clientId
 * @property {string | null} redirectUri
 * @property {string | null} scope
 * @property {string | null} prompt
 * @property {string | null} maxAge
 * @property {string | null} responseMode
 * @property {boolean} framed Whether a frame asked (Fetch Metadata, `Sec-Fetch-Dest`).
 */

/**
 * @typedef {object} TokenRequest
 * @property {'server' | 'browser'} by A browser sends an Origin header, Genesys Cloud does not.
 */

/**
 * Ways in which a discovery document disappoints:
 * no CORS header (`no-cors`), nobody there (`down`), a page instead of JSON, no endpoints, somebody else's issuer.
 * @typedef {'no-cors' | 'down' | 'not-json' | 'no-endpoints' | 'other-issuer'} DiscoveryFault
 */

/** The scopes that the provider knows, and what each tells about a visitor. */
const claims = {
  openid: ['sub'],
  profile: ['name', 'given_name', 'preferred_username'],
  email: ['email', 'email_verified'],
};

const HOST = 'login.localhost';

/**
 * @typedef {object} ProviderForm How another product writes its addresses. Somebody has to bring what is asked of them here, by
 *   `handle`.
 * @property {string} issuer
 * @property {string} authorization The address of the authorization endpoint, on whose host are the others, too.
 */

/** Seconds that an authorization code is good for; short, as at Keycloak and PingFederate. */
const CODE_LIFETIME = 60;
const SESSION_LIFETIME = 86_400;

/**
 * Starts the provider on a free port of its own.
 * @param {ProviderForm} [form] Its own, unless told.
 * @returns {Promise<LocalProvider>}
 */
export async function startProvider(form) {
  return quietly(async () => {
    const { default: Provider } = await import('oidc-provider');
    /** @type {LocalProvider | undefined} */
    let provider;
    const listener = await listen([HOST], (...exchange) => provider?.handle(...exchange));
    provider = new LocalProvider(listener, Provider, form);
    return provider;
  });
}

/** The provider as a test steers it. */
export class LocalProvider {
  /** The issuer identifier: its address, without a slash at the end; or what its form says. */
  issuer;
  /** Where Genesys Cloud finds the provider's discovery document. */
  discoveryUri;
  /** Confidential clients. `web` is the one that Genesys Cloud's integration uses; `other` belongs to another app. */
  clients = {
    web: { id: 'lumenwick-web', secret: randomBytes(24).toString('base64url') },
    other: { id: 'lumenwick-app', secret: randomBytes(24).toString('base64url') },
  };
  /** @type {Faults<ProviderRoute>} */
  faults = new Faults();
  /** @type {AuthorizationRequest[]} Oldest first. */
  authorizationRequests = [];
  /** @type {TokenRequest[]} Oldest first. */
  tokenRequests = [];
  /** How often a visitor has asked to end the provider's session. */
  endSessionRequests = 0;

  #cookieKey = randomBytes(24).toString('base64url');
  #stop;
  #oidc;
  #serve;
  #form;
  /** @type {Set<any>} Codes that may not have been redeemed yet. */
  #codes = new Set();

  /**
   * @param {import('./loopback.mjs').Listener} listener
   * @param {any} Provider The class of oidc-provider.
   * @param {ProviderForm} [form]
   */
  constructor({ port, stop }, Provider, form) {
    const address = `http://${HOST}:${port}`;
    this.#stop = stop;
    this.#form = form ?? { issuer: address, authorization: `${address}/auth` };
    this.issuer = this.#form.issuer;
    this.discoveryUri = `${address}${discoveryPath}`;
    this.#oidc = new Provider(this.issuer, this.#configuration());
    // Browsers treat http://*.localhost as secure and keep Secure cookies from it; Koa has to be told, or it sends none.
    // Without SameSite=None; Secure no frame could ever see the provider's session. WebKit is the exception: it refuses
    // Secure cookies over http, and takes SameSite=None without.
    Object.defineProperty(this.#oidc.request, 'secure', {
      get() {
        return !isWebKit(this.get('user-agent'));
      },
    });
    this.#oidc.on('authorization_code.saved', (/** @type {any} */ code) => this.#codes.add(code));
    this.#oidc.on('authorization_code.destroyed', (/** @type {any} */ code) => this.#codes.delete(code));
    this.#serve = this.#oidc.callback();
  }

  /** @returns {object} */
  #configuration() {
    const cookie = { sameSite: 'none', httpOnly: true };
    return {
      clients: Object.values(this.clients).map(({ id, secret }) => ({
        client_id: id,
        client_secret: secret,
        client_name: 'Lumenwick',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_basic',
        redirect_uris: [`${this.issuer}/unused`],
        post_logout_redirect_uris: [],
      })),
      pkce: { required: () => true },
      routes: { authorization: this.#authorizationPath },
      scopes: ['openid', 'offline_access', 'profile', 'email'],
      claims,
      // Genesys Cloud reads the visitor's name from the ID token, not from the userinfo endpoint.
      conformIdTokenClaims: false,
      cookies: { keys: [this.#cookieKey], long: cookie, short: cookie },
      features: {
        devInteractions: { enabled: false },
        revocation: { enabled: true },
        rpInitiatedLogout: {
          enabled: true,
          logoutSource: (/** @type {any} */ ctx, /** @type {string} */ form) =>
            void (ctx.body = logoutPage(form)),
          postLogoutSuccessSource: (/** @type {any} */ ctx) => void (ctx.body = signedOutPage()),
        },
      },
      interactions: { url: (/** @type {any} */ _ctx, /** @type {any} */ { uid }) => `/login/${uid}` },
      renderError: (/** @type {any} */ ctx, /** @type {any} */ { error, error_description }) => {
        ctx.type = 'html';
        ctx.body = errorPage(error, error_description);
      },
      findAccount: (/** @type {any} */ _ctx, /** @type {string} */ sub) => account(sub),
      loadExistingGrant: grantEverything,
      rotateRefreshToken: true,
      ttl: {
        AccessToken: 300,
        AuthorizationCode: CODE_LIFETIME,
        Grant: 14 * 86400,
        IdToken: 300,
        Interaction: 600,
        RefreshToken: 14 * 86400,
        Session: SESSION_LIFETIME,
      },
    };
  }

  /**
   * Registers a page as a redirect URI, and as an address to return to after signing out. Compared byte for byte.
   * @param {string} uri
   */
  async register(uri) {
    for (const { id } of Object.values(this.clients)) {
      const client = await this.#oidc.Client.find(id);
      if (client.redirectUris.includes(uri)) continue;
      client.redirectUris.push(uri);
      client.postLogoutRedirectUris.push(uri);
    }
  }

  /** @param {string} uri Forgotten: authorization requests that name it are refused. */
  async unregister(uri) {
    for (const { id } of Object.values(this.clients)) {
      const client = await this.#oidc.Client.find(id);
      for (const list of [client.redirectUris, client.postLogoutRedirectUris]) {
        if (list.includes(uri)) list.splice(list.indexOf(uri), 1);
      }
    }
  }

  /**
   * A session of somebody who has logged in for another app of the brand's.
   * @param {import('./visitors.mjs').Visitor} visitor
   * @returns {Promise<{name: string, value: string}[]>} Its cookies, on `login.localhost`.
   */
  async sessionOf({ login }) {
    const session = new this.#oidc.Session({ accountId: login, loginTs: Math.floor(Date.now() / 1000) });
    await session.save(SESSION_LIFETIME);
    const name = this.#oidc.cookieName('session');
    // As the library Cookies signs: https://github.com/pillarjs/cookies#readme
    const signature = createHmac('sha1', this.#cookieKey).update(`${name}=${session.id}`).digest('base64url');
    return [
      { name, value: session.id },
      { name: `${name}.sig`, value: signature },
    ];
  }

  /** Makes every code that has not been redeemed yet as worthless as one whose time is up. */
  async expireCodes() {
    for (const code of [...this.#codes]) await code.destroy();
  }

  /** @param {DiscoveryFault} kind */
  breakDiscovery(kind) {
    const endpoint = (/** @type {string} */ path) => `${this.issuer}${path}`;
    const other = { issuer: 'https://somebody-else.example', authorization_endpoint: endpoint('/auth') };
    /** @type {Record<DiscoveryFault, import('./faults.mjs').Fault>} */
    const kinds = {
      'no-cors': { headers: { 'access-control-allow-origin': undefined } },
      down: { gone: true },
      'not-json': { ...open, body: '<!doctype html><title>Welcome</title>' },
      'no-endpoints': { ...open, body: { issuer: this.issuer } },
      'other-issuer': { ...open, body: other },
    };
    this.faults.set('discovery', kinds[kind]);
  }

  /** Sends `Cross-Origin-Opener-Policy: same-origin` with the login page, as Microsoft Entra ID and Cognito do. */
  cutOpener() {
    this.faults.set('login', { headers: { 'cross-origin-opener-policy': 'same-origin' } });
  }

  /** Answers `prompt=none` in a frame with a page that forbids framing, which gives the asking page no event at all. */
  refuseFrames() {
    this.faults.set('authorization', {
      when: (request) => request.headers['sec-fetch-dest'] === 'iframe',
      headers: { 'x-frame-options': 'DENY' },
      body: '<!doctype html><title>Not in a frame</title>',
    });
  }

  /** @param {string | undefined} iss What authorization responses claim to come from; `undefined` leaves it out. */
  answerWithIssuer(iss) {
    this.faults.set('authorization', {
      redirect: ({ searchParams }) => {
        if (!searchParams.has('iss')) return;
        if (iss === undefined) searchParams.delete('iss');
        else searchParams.set('iss', iss);
      },
    });
  }

  /** Clears faults and counters. Registered pages and visitors' sessions stay. */
  reset() {
    this.faults.clear();
    this.authorizationRequests = [];
    this.tokenRequests = [];
    this.endSessionRequests = 0;
  }

  /** @type {() => Promise<void>} */
  stop() {
    return this.#stop();
  }

  get #authorizationPath() {
    return new URL(this.#form.authorization).pathname;
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  async handle(request, response) {
    this.#translate(request);
    const url = new URL(request.url ?? '/', this.issuer);
    const route = routeOf(url.pathname, this.#authorizationPath);
    this.#record(route, url, request);
    if (await this.faults.hit(route, request, response)) return;
    if (route === 'login') await this.#login(url, request, response);
    else this.#serve(request, response);
  }

  /**
   * The discovery document stands below the issuer, and names endpoints on the host that it is asked of.
   * @param {import('node:http').IncomingMessage} request
   */
  #translate(request) {
    const { issuer, authorization } = this.#form;
    const { host, pathname } = new URL(issuer);
    if (request.headers.host !== host || request.url !== `${pathname.replace(/\/$/, '')}${discoveryPath}`)
      return;
    request.url = discoveryPath;
    request.headers.host = new URL(authorization).host;
  }

  /** @param {ProviderRoute} route @param {URL} url @param {import('node:http').IncomingMessage} request */
  #record(route, url, request) {
    const query = url.searchParams;
    if (url.pathname === this.#authorizationPath) {
      this.authorizationRequests.push({
        clientId: query.get('client_id'),
        redirectUri: query.get('redirect_uri'),
        scope: query.get('scope'),
        prompt: query.get('prompt'),
        maxAge: query.get('max_age'),
        responseMode: query.get('response_mode'),
        framed: request.headers['sec-fetch-dest'] === 'iframe',
      });
    } else if (url.pathname === '/session/end') {
      this.endSessionRequests += 1;
    } else if (route === 'token' && request.method === 'POST') {
      this.tokenRequests.push({ by: request.headers.origin ? 'browser' : 'server' });
    }
  }

  /**
   * The login page: shown, sent with a name and a password, or cancelled.
   * @param {URL} url
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  async #login(url, request, response) {
    const finish = (/** @type {object} */ result) =>
      this.#oidc.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    try {
      const { prompt, params } = await this.#oidc.interactionDetails(request, response);
      if (url.pathname.endsWith('/cancel')) {
        return await finish({ error: 'access_denied', error_description: 'The visitor pressed Cancel.' });
      }
      // Nobody is asked for consent: the brand's site and its provider are the same house.
      if (prompt.name === 'consent') return await finish({ consent: {} });
      const page = { action: url.pathname, login: params.login_hint ?? '' };
      if (request.method !== 'POST') return html(response, 200, loginPage(page));
      const form = new URLSearchParams(await text(request));
      const login = (form.get('login') ?? '').trim().toLowerCase();
      const visitor = Object.values(visitors).find((candidate) => candidate.login === login);
      if (!visitor || visitor.password !== form.get('password')) {
        return html(response, 401, loginPage({ ...page, login, refused: true }));
      }
      return await finish({ login: { accountId: visitor.login } });
    } catch {
      html(
        response,
        400,
        errorPage('This sign-in is over', 'Go back to the page you came from and start again.'),
      );
    }
  }
}

const open = { headers: { 'access-control-allow-origin': '*' } };

const discoveryPath = '/.well-known/openid-configuration';

/** Chromium says that it is WebKit, too. @param {string} userAgent */
const isWebKit = (userAgent) => /AppleWebKit\/(?!.*Chrom)/.test(userAgent);

/** @param {string} path @param {string} authorization @returns {ProviderRoute} */
function routeOf(path, authorization) {
  if (path === discoveryPath) return 'discovery';
  if (`${path}/`.startsWith(`${authorization}/`)) return 'authorization';
  if (path.startsWith('/login/')) return 'login';
  if (path === '/token') return 'token';
  if (path === '/jwks') return 'jwks';
  return path.startsWith('/session/end') ? 'end-session' : 'other';
}

/** @param {string} sub */
function account(sub) {
  const visitor = Object.values(visitors).find(({ login }) => login === sub);
  if (!visitor) return undefined;
  const { login, name, givenName, email } = visitor;
  return {
    accountId: sub,
    claims: () => ({
      sub,
      name,
      given_name: givenName,
      preferred_username: login,
      email,
      email_verified: true,
    }),
  };
}

/** The visitor's standing consent, made up on the spot. @param {any} ctx */
async function grantEverything({ oidc }) {
  const { clientId } = oidc.client;
  const grantId = oidc.session.grantIdFor(clientId);
  const grant =
    (grantId && (await oidc.provider.Grant.find(grantId))) ??
    new oidc.provider.Grant({ clientId, accountId: oidc.session.accountId });
  grant.addOIDCScope('openid offline_access profile email');
  await grant.save();
  return grant;
}

/**
 * oidc-provider warns, while it starts, of what would be wrong in production: keys and storage of this process only. Here
 * that is wanted.
 * @template T
 * @param {() => Promise<T>} start
 */
async function quietly(start) {
  const { warn } = console;
  console.warn = () => {};
  try {
    return await start();
  } finally {
    console.warn = warn;
  }
}

/** @param {import('node:http').ServerResponse} response @param {number} status @param {string} page */
function html(response, status, page) {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  response.end(page);
}

/** @param {import('node:http').IncomingMessage} request */
export async function text(request) {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}
