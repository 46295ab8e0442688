// A local Genesys Cloud: bootstrap, deployment files and the token API, which really redeems codes at the provider
// (docs/messenger.md §1 and §6).
import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  ClientError,
  ClientSecretBasic,
  clockSkew,
  Configuration,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  refreshTokenGrant,
} from 'openid-client';
import { Faults } from './faults.mjs';
import { listen } from './loopback.mjs';
import { text } from './provider.mjs';

/** @typedef {'bootstrap' | 'domains' | 'config' | 'exchange' | 'refresh' | 'revoke' | 'echo'} GenesysRoute */

/**
 * @typedef {object} Deployment What an administrator has set up: a Messenger deployment, its configuration, and the
 *   OpenID Connect integration that it uses.
 * @property {string} id
 * @property {string} status `Active`, or anything else
 * @property {{enabled: boolean, allowSessionUpgrade: boolean}} auth
 * @property {boolean} allowAllDomains
 * @property {string[]} allowedDomains Hosts; everything below one is allowed too.
 * @property {{visibility: 'On' | 'Off' | 'OnDemand'}} launcherButton
 * @property {{clientId: string, clientSecret: string}} integration
 */

/**
 * @typedef {object} Redemption One line of the log; never a code, verifier, nonce or token.
 * @property {string} deploymentId
 * @property {boolean} ok
 * @property {number} status What the page was answered; 0 when the connection was cut.
 * @property {boolean} pkce Whether a verifier was handed over. With `ok` it was also verified, as are the next three.
 * @property {boolean} nonce
 * @property {boolean} iss
 * @property {number | undefined} maxAge Seconds.
 * @property {string} [sub]
 * @property {string} [name]
 * @property {string} [reason] Why it was refused; the page is not told.
 */

/**
 * @typedef {object} Session Somebody who has signed in with Genesys Cloud.
 * @property {string} deploymentId
 * @property {string} sub
 * @property {string} name
 * @property {string} [refreshToken] The provider's, not the page's.
 */

/**
 * @typedef {object} GenesysOptions
 * @property {'2.2.8' | 'current'} profile
 * @property {string} host The region's domain, without the port.
 * @property {URL | string} bootstrap The built double: a script that defines `bootMessenger`.
 * @property {string} discoveryUri As it stands in the integration: the issuer, or the address of its discovery document.
 * @property {(redemption: Redemption) => void} [onRedemption]
 */

/** Seconds that a JWT of Genesys Cloud is good for, at most. */
const JWT_LIFETIME = 15 * 60;

/** Milliseconds after which a provider that does not answer has not answered. */
const PROVIDER_TIMEOUT = 5_000;

/** @param {GenesysOptions} options @returns {Promise<LocalGenesys>} */
export async function startGenesys(options) {
  const provider = await discovery(new URL(options.discoveryUri), 'unused', undefined, undefined, {
    execute: [allowInsecureRequests],
  });
  /** @type {LocalGenesys | undefined} */
  let genesys;
  const names = ['apps', 'api', 'api-cdn'].map((service) => `${service}.${options.host}`);
  const listener = await listen(names, (...exchange) => genesys?.handle(...exchange));
  genesys = new LocalGenesys(listener, options, provider.serverMetadata());
  return genesys;
}

/** One region of Genesys Cloud as a test steers it. */
export class LocalGenesys {
  /** The region's domain, with its port: what the attribute `environment` and the snippet take. */
  domain;
  /** @type {'2.2.8' | 'current'} */
  profile;
  /** @type {Faults<GenesysRoute>} */
  faults = new Faults();
  /** @type {Map<string, Deployment>} */
  deployments = new Map();
  /** @type {Redemption[]} Oldest first. */
  log = [];
  /** @type {Record<GenesysRoute, number>} How often each was asked for, faults included, preflights not. */
  requests = noRequests();
  /** Seconds by which the clock of these servers is off. */
  clockOffBy = 0;
  /** @type {import('../../src/testing/types.js').BootOptions} What the double is booted with, apart from the profile. */
  bootOptions = {};

  #stop;
  #options;
  #provider;
  #key = randomBytes(32);
  /** @type {Map<string, Session>} By the JWT's identifier. */
  #sessions = new Map();
  /** @type {Map<string, Session>} By the page's refresh token. */
  #refreshable = new Map();
  /** @type {Deployment[]} As they were added. */
  #added = [];

  /**
   * @param {import('./loopback.mjs').Listener} listener
   * @param {GenesysOptions} options
   * @param {import('openid-client').ServerMetadata} provider
   */
  constructor({ port, stop }, options, provider) {
    this.#stop = stop;
    this.#options = options;
    this.#provider = provider;
    this.profile = options.profile;
    this.domain = `${options.host}:${port}`;
  }

  /** @param {Pick<Deployment, 'id' | 'integration'> & Partial<Deployment>} deployment Added, also for after a reset. */
  add(deployment) {
    this.#added.push({
      status: 'Active',
      auth: { enabled: true, allowSessionUpgrade: false },
      allowAllDomains: false,
      allowedDomains: ['brand.localhost'],
      launcherButton: { visibility: 'On' },
      ...deployment,
    });
    this.#restore(/** @type {Deployment} */ (this.#added.at(-1)));
  }

  /** Makes every JWT that is out there as worthless as one whose time is up; refresh tokens stay good. */
  expireTokens() {
    this.#sessions.clear();
  }

  /** Clears faults, log, counters and changes to deployments. Visitors who are signed in stay so. */
  reset() {
    this.faults.clear();
    this.log = [];
    this.requests = noRequests();
    this.clockOffBy = 0;
    this.bootOptions = {};
    this.deployments.clear();
    for (const deployment of this.#added) this.#restore(deployment);
  }

  /** @type {() => Promise<void>} */
  stop() {
    return this.#stop();
  }

  /** @param {Deployment} deployment */
  #restore(deployment) {
    this.deployments.set(deployment.id, structuredClone(deployment));
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  async handle(request, response) {
    const { pathname } = new URL(request.url ?? '/', `http://${request.headers.host}`);
    const [, service] = /^(apps|api|api-cdn)\./.exec(request.headers.host ?? '') ?? [];
    const [, deploymentId = '', file] = deploymentFile.exec(pathname) ?? [];
    const route = routes[`${service} ${file ?? pathname}`];
    if (!route) return send(response, 404, problem(404, 'not.found', 'The requested resource was not found'));
    if (route !== 'bootstrap') {
      response.setHeader('access-control-allow-origin', '*');
      response.setHeader('cache-control', 'no-store');
      if (request.method === 'OPTIONS') return preflight(response);
    }
    this.requests[route] += 1;
    const fault = await this.faults.hit(route, request, response);
    if (route === 'exchange') return this.#exchange(request, response, fault);
    if (fault) return;
    if (route === 'bootstrap') return this.#bootstrap(response);
    if (route === 'refresh') return this.#refresh(request, response);
    if (route === 'revoke') return this.#revoke(request, response);
    if (route === 'echo') return this.#echo(request, response);
    this.#deploymentFile(route, deploymentId, response);
  }

  /** @param {import('node:http').ServerResponse} response */
  async #bootstrap(response) {
    const double = await readFile(this.#options.bootstrap, 'utf8');
    const options = JSON.stringify({ ...this.bootOptions, profile: this.profile });
    response.writeHead(200, {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-store',
    });
    response.end(`(function () {\n${double}\n;bootMessenger(window, ${options});\n})();\n`);
  }

  /** @param {'domains' | 'config'} file @param {string} id @param {import('node:http').ServerResponse} response */
  #deploymentFile(file, id, response) {
    const deployment = this.deployments.get(id);
    if (!deployment) return send(response, 404, problem(404, 'not.found', 'The deployment was not found'));
    const { status, auth, allowAllDomains, allowedDomains, launcherButton } = deployment;
    if (file === 'domains') return send(response, 200, { allowAllDomains, allowedDomains });
    send(response, 200, { version: '1', id, status, auth, messenger: { enabled: true, launcherButton } });
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   * @param {boolean} fault Whether it has been answered (or cut off) already.
   */
  async #exchange(request, response, fault) {
    const { deploymentId = '', oauth = {} } = await json(request);
    const { codeVerifier, nonce, iss, maxAge } = oauth;
    const handedOver = { deploymentId, pkce: !!codeVerifier, nonce: !!nonce, iss: !!iss, maxAge };
    const record = (/** @type {Partial<Redemption> & {status: number}} */ outcome) => {
      const redemption = { ...handedOver, ok: outcome.status === 200, ...outcome };
      this.log.push(redemption);
      this.#options.onRedemption?.(redemption);
    };
    if (fault) {
      return record({
        status: response.headersSent ? response.statusCode : 0,
        reason: 'a fault of this local world',
      });
    }
    try {
      const session = await this.#redeem(deploymentId, oauth);
      record({ status: 200, sub: session.sub, name: session.name });
      const refreshToken = session.refreshToken && this.#remember(session);
      send(response, 200, { jwt: this.#issue(session), ...(refreshToken ? { refreshToken } : {}) });
    } catch (error) {
      const refusal = error instanceof Refusal ? error : refusalOf(error);
      record({ status: refusal.status, reason: refusal.reason });
      send(response, refusal.status, refusal.body);
    }
  }

  /**
   * What makes this world real: the code is redeemed at the provider's token endpoint, and the ID token validated.
   * @param {string} deploymentId
   * @param {Record<string, any>} oauth As Messenger hands it over.
   * @returns {Promise<Session>}
   */
  async #redeem(deploymentId, { code, redirectUri, codeVerifier, nonce, maxAge, iss }) {
    const deployment = this.deployments.get(deploymentId);
    if (!deployment) throw new Refusal(404, 'not.found', `no deployment ${deploymentId}`);
    if (deployment.status !== 'Active') throw new Refusal(403, 'forbidden', 'the deployment is not active');
    if (!deployment.auth.enabled) throw new Refusal(403, 'forbidden', 'authentication is off');
    if (typeof code !== 'string' || !URL.canParse(redirectUri)) {
      throw new Refusal(400, 'bad.request', 'code and redirectUri are mandatory');
    }
    const callback = new URL(redirectUri);
    callback.search = String(new URLSearchParams({ code, ...(iss ? { iss } : {}) }));
    const client = this.#client(deployment, redirectUri);
    const tokens = await authorizationCodeGrant(client, callback, {
      ...(codeVerifier ? { pkceCodeVerifier: codeVerifier } : {}),
      ...(nonce ? { expectedNonce: nonce } : {}),
      ...(maxAge ? { maxAge } : {}),
      idTokenExpected: true,
    });
    // A maximum age that is missing cannot be told here: providers name the time of sign-in for other reasons, too.
    const { sub, name = sub } = /** @type {Record<string, any>} */ (tokens.claims());
    return { deploymentId, sub, name, refreshToken: tokens.refresh_token };
  }

  /**
   * The integration as a client of the provider.
   * @param {Deployment} deployment
   * @param {string} [redirectUri]
   */
  #client({ integration: { clientId, clientSecret } }, redirectUri) {
    const server = { ...this.#provider };
    // Messenger 2.2.8 never hands `iss` over, so its region cannot insist on it.
    if (this.profile === '2.2.8') server.authorization_response_iss_parameter_supported = false;
    const metadata = { [clockSkew]: this.clockOffBy };
    const client = new Configuration(server, clientId, metadata, ClientSecretBasic(clientSecret));
    allowInsecureRequests(client);
    // Signatures, too: without encryption nothing else says who issued an ID token (OpenID Connect Core §3.1.3.7).
    enableNonRepudiationChecks(client);
    client.timeout = PROVIDER_TIMEOUT / 1000;
    client[customFetch] = (url, { body, ...options }) => {
      // Byte for byte what the page handed over, where the library would have tidied the address up.
      if (redirectUri && body instanceof URLSearchParams) body.set('redirect_uri', redirectUri);
      return fetch(url, /** @type {RequestInit} */ ({ ...options, body }));
    };
    return client;
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  async #refresh(request, response) {
    const { refreshToken = '' } = await json(request);
    const session = this.#refreshable.get(refreshToken);
    const deployment = session && this.deployments.get(session.deploymentId);
    try {
      if (!deployment) throw new Refusal(401, 'unauthorized', 'unknown refresh token');
      const tokens = await refreshTokenGrant(this.#client(deployment), session.refreshToken ?? '');
      session.refreshToken = tokens.refresh_token ?? session.refreshToken;
      send(response, 200, { jwt: this.#issue(session) });
    } catch (error) {
      const refusal = error instanceof Refusal ? error : refusalOf(error);
      // A provider that cannot be reached for a moment ends no session.
      if (refusal.status < 500) this.#refreshable.delete(refreshToken);
      send(response, refusal.status, refusal.body);
    }
  }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  #revoke(request, response) {
    const session = this.#authenticated(request);
    if (!session) return send(response, 401, problem(401, 'unauthorized', 'The JWT is missing or not valid'));
    for (const tokens of [this.#sessions, this.#refreshable]) {
      for (const [token, owner] of tokens) if (owner === session) tokens.delete(token);
    }
    response.writeHead(204).end();
  }

  /**
   * Not in the real API: the other end of the conversation, which says who it thinks it is talking to.
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  async #echo(request, response) {
    const { text: said = '' } = await json(request);
    const session = this.#authenticated(request);
    if (request.headers.authorization && !session) {
      return send(response, 401, problem(401, 'unauthorized', 'The JWT is missing or not valid'));
    }
    send(response, 200, { text: `Hello ${session?.name ?? 'there'}, you said: ${said}` });
  }

  /** @param {Session} session @returns {string} A refresh token for the page. */
  #remember(session) {
    const token = randomBytes(32).toString('base64url');
    this.#refreshable.set(token, session);
    return token;
  }

  /** @param {Session} session @returns {string} A signed JWT (RFC 7519, HS256). */
  #issue(session) {
    const jti = randomUUID();
    this.#sessions.set(jti, session);
    const { sub, name, deploymentId } = session;
    const exp = Math.floor(Date.now() / 1000) + JWT_LIFETIME;
    const content = [
      { alg: 'HS256', typ: 'JWT' },
      { iss: this.domain, jti, sub, name, deploymentId, exp },
    ]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    return `${content}.${this.#sign(content).toString('base64url')}`;
  }

  /** @param {string} content */
  #sign(content) {
    return createHmac('sha256', this.#key).update(content).digest();
  }

  /** @param {import('node:http').IncomingMessage} request @returns {Session | undefined} */
  #authenticated(request) {
    const [, content, , payload = '', signature = ''] =
      bearer.exec(request.headers.authorization ?? '') ?? [];
    if (!content) return undefined;
    const given = Buffer.from(signature, 'base64url');
    const expected = this.#sign(content);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    const { jti, exp } = JSON.parse(Buffer.from(payload, 'base64url').toString());
    return exp * 1000 > Date.now() ? this.#sessions.get(jti) : undefined;
  }
}

/** @type {Record<string, GenesysRoute | undefined>} Service, then path or the name of a deployment's file. */
const routes = {
  'apps /genesys-bootstrap/genesys.min.js': 'bootstrap',
  'api-cdn domains.json': 'domains',
  'api-cdn config.json': 'config',
  'api /api/v2/webdeployments/token/oauthcodegrantjwtexchange': 'exchange',
  'api /api/v2/webdeployments/token/refresh': 'refresh',
  'api /api/v2/webdeployments/token/revoke': 'revoke',
  'api /local/echo': 'echo',
};

const deploymentFile = /^\/webdeployments\/v1\/deployments\/([^/]+)\/(domains\.json|config\.json)$/;

const bearer = /^Bearer (([\w-]+)\.([\w-]+))\.([\w-]+)$/i;

/** @returns {Record<GenesysRoute, number>} */
function noRequests() {
  return { bootstrap: 0, domains: 0, config: 0, exchange: 0, refresh: 0, revoke: 0, echo: 0 };
}

/** A request that is answered as Genesys Cloud answers: a status and a body that does not say why. */
class Refusal extends Error {
  /** @param {number} status @param {string} code @param {string} reason For the log, not for the page. */
  constructor(status, code, reason) {
    super(reason);
    this.status = status;
    this.reason = reason;
    this.body = problem(status, code, messages[status] ?? 'The request was refused');
  }
}

/** @type {Record<number, string>} */
const messages = {
  400: 'The request could not be understood by the server due to malformed syntax',
  401: 'Authentication with the identity provider failed',
  403: 'You are not authorized to perform the requested action',
  504: 'The identity provider did not answer in time',
};

/**
 * A provider that cannot be reached is a gateway's time-out; whatever it, or the validation of its answer, refuses is 401.
 * @param {any} error
 */
function refusalOf(error) {
  const causes = [error, error?.cause, error?.cause?.cause];
  const unreachable =
    !(error instanceof ClientError) &&
    causes.some((cause) => cause?.name === 'TimeoutError' || cause?.syscall);
  if (
    unreachable ||
    causes.some((cause) => cause?.name === 'TimeoutError' || cause?.message === 'fetch failed')
  ) {
    return new Refusal(504, 'gateway.timeout', 'the provider does not answer');
  }
  // A refused client is told by a WWW-Authenticate challenge (RFC 6749 §5.2), other refusals in the body.
  const { error: name, error_description: description } = error?.cause?.[0]?.parameters ?? error ?? {};
  const said = [name, description].filter(Boolean).join(': ');
  return new Refusal(401, 'unauthorized', said || error?.cause?.message || error?.message || String(error));
}

/**
 * Genesys Cloud's error body.
 * @param {number} status
 * @param {string} code
 * @param {string} message
 */
function problem(status, code, message) {
  return { message, code, status, contextId: randomUUID(), details: [], errors: [] };
}

/** @param {import('node:http').ServerResponse} response @param {number} status @param {object} body */
function send(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** @param {import('node:http').ServerResponse} response */
function preflight(response) {
  response.writeHead(204, {
    'access-control-allow-methods': 'GET, POST, DELETE',
    'access-control-allow-headers': 'authorization, content-type',
    'access-control-max-age': '600',
  });
  response.end();
}

/** @param {import('node:http').IncomingMessage} request @returns {Promise<Record<string, any>>} Empty when it is not JSON. */
async function json(request) {
  try {
    return JSON.parse(await text(request)) ?? {};
  } catch {
    return {};
  }
}
