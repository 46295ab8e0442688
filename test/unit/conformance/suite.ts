import assert from 'node:assert/strict';
import { type KeyObject, createHash, createHmac, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Grant } from '../../../src/grant.js';
import { readAnswer } from '../../../src/oidc/answer.js';
import { type ProviderConfig, openProvider } from '../../../src/oidc/index.js';
import { MemoryStorage } from '../oidc/memory-storage.js';

/**
 * The conformance suite's side of its tests for clients: a provider that does one thing wrong. The client is the element's
 * part, which obtains the code, and the local Genesys Cloud, which redeems it with openid-client.
 */

type Claims = Record<string, unknown>;

/** What a module changes. */
export interface Faults {
  metadata?: Record<string, unknown>;
  /** Of the authorization response. */
  response?: (parameters: URLSearchParams) => void;
  claims?: (claims: Claims) => void;
  /** Signs in another way than with RS256. */
  sign?: (content: string, header: Record<string, string>) => string;
  /** Of the ID token; another `kid`, or none. */
  header?: (header: Record<string, string>) => void;
  jwks?: (keys: Record<string, unknown>[]) => Record<string, unknown>[];
  /** What happens before the ID token is signed. */
  beforeSigning?: (provider: SuiteProvider) => void;
}

export const clientId = 'the-client';
const clientSecret = 'the secret of the integration';
const deploymentId = '6b1f4a52-9d7e-4c3b-8a65-2f0e9c7d1b34';
export const redirectUri = 'https://brand.example/signed-in?from=shop';

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const newKey = () => ({ kid: randomUUID(), ...generateKeyPairSync('rsa', { modulusLength: 2048 }) });

/** Loopback servers and the local Genesys Cloud are JavaScript, which this project's types do not cover. */
const load = (path: string) => import(new URL(`../../../demo/world/${path}`, import.meta.url).href);

export class SuiteProvider {
  issuer = '';
  faults: Faults = {};
  /** What was asked for, by path and, at the token endpoint, how the client made itself known. */
  requests: string[] = [];
  /** Whoever has come with an authorization request, by code. */
  readonly #requested = new Map<string, URLSearchParams>();
  #key = newKey();
  #stop!: () => Promise<void>;
  #genesys!: { domain: string; stop(): Promise<void>; log: { reason?: string }[] };

  static async start(): Promise<SuiteProvider> {
    const [{ listen, resolveLocalhostNames }, { startGenesys }] = await Promise.all([
      load('loopback.mjs'),
      load('genesys.mjs'),
    ]);
    resolveLocalhostNames();
    const suite = new SuiteProvider();
    const { port, stop } = await listen(
      ['suite.localhost'],
      (request: IncomingMessage, response: ServerResponse) => suite.#handle(request, response),
    );
    suite.issuer = `http://suite.localhost:${port}`;
    suite.#stop = stop;
    const region = {
      profile: 'current',
      host: 'genesys.localhost',
      bootstrap: '',
      discoveryUri: suite.issuer,
    };
    // What still listens keeps the tests from ending.
    const genesys = await startGenesys(region).catch(async (reason: unknown) => {
      await stop();
      throw reason;
    });
    genesys.add({ id: deploymentId, integration: { clientId, clientSecret } });
    suite.#genesys = genesys;
    return suite;
  }

  async stop(): Promise<void> {
    await Promise.all([this.#stop(), this.#genesys.stop()]);
  }

  begin(faults: Faults): void {
    this.faults = faults;
    this.requests = [];
  }

  rotateKeys(): void {
    this.#key = newKey();
  }

  /** Why Genesys Cloud refused the latest code. */
  get reason(): string {
    return this.#genesys.log.at(-1)?.reason ?? '';
  }

  /** The element's part: an authorization request, the provider's answer to it, and the grant that comes of it. */
  client(changes: Partial<ProviderConfig> = {}, storage: Storage = new MemoryStorage()) {
    const config = { issuer: this.issuer, clientId, redirectUri, scope: 'openid profile email', ...changes };
    const provider = openProvider(config, { storage });
    return {
      provider,
      storage,
      request: (way: 'redirect' | 'frame' = 'redirect') => provider.createRequest({ way }),
      /** Goes to the provider, which knows the visitor, and comes back. @returns the address */
      answerTo: async (url: string) => {
        const response = await fetch(url, { redirect: 'manual' });
        assert.equal(response.status, 302, await response.text());
        return response.headers.get('location')!;
      },
      /** Reads the address as the page does: undefined where there is no answer of ours in it. */
      read: async (address: string): Promise<Grant | undefined> => {
        const answer = readAnswer(address)?.answer;
        return answer && provider.readResponse(answer.parameters, answer.state);
      },
    };
  }

  /** All of it. @returns the grant, or undefined where no answer came */
  async signIn(changes?: Partial<ProviderConfig>): Promise<Grant | undefined> {
    const client = this.client(changes);
    return client.read(await client.answerTo((await client.request()).url));
  }

  /** Hands a grant over, as Messenger does. @returns the status */
  async redeem({ authCode, ...grant }: Grant): Promise<number> {
    const url = `http://api.${this.#genesys.domain}/api/v2/webdeployments/token/oauthcodegrantjwtexchange`;
    const body = JSON.stringify({ deploymentId, oauth: { code: authCode, ...grant }, journeyContext: {} });
    return (await fetch(url, { method: 'POST', body })).status;
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url!, this.issuer);
    this.requests.push(pathname);
    if (pathname === '/authorize') return this.#authorize(searchParams, response);
    const answer = (value: unknown, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value));
    };
    if (pathname === '/jwks') return answer({ keys: this.#keys() });
    if (pathname === '/token') return answer(...(await this.#redeem(request)));
    answer({
      issuer: this.issuer,
      authorization_endpoint: `${this.issuer}/authorize`,
      token_endpoint: `${this.issuer}/token`,
      jwks_uri: `${this.issuer}/jwks`,
      end_session_endpoint: `${this.issuer}/logout`,
      authorization_response_iss_parameter_supported: true,
      id_token_signing_alg_values_supported: ['RS256'],
      code_challenge_methods_supported: ['S256'],
      ...this.faults.metadata,
    });
  }

  /** Checks the request as the suite does, and answers it at once. */
  #authorize(request: URLSearchParams, response: ServerResponse): void {
    const names = [...request.keys()];
    assert.equal(new Set(names).size, names.length, 'a parameter twice (RFC 6749 §3.1)');
    assert.equal(request.get('response_type'), 'code');
    assert.equal(request.get('client_id'), clientId);
    assert.equal(request.get('redirect_uri'), redirectUri);
    assert.equal(request.get('code_challenge_method'), 'S256');
    assert.ok(request.get('scope')!.split(' ').includes('openid'));
    const code = randomUUID();
    this.#requested.set(code, request);
    const parameters = new URLSearchParams({ code, state: request.get('state')!, iss: this.issuer });
    this.faults.response?.(parameters);
    response.writeHead(302, { location: `${redirectUri}&${parameters}` }).end();
  }

  async #redeem(request: IncomingMessage): Promise<[body: object, status?: number]> {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const form = new URLSearchParams(text);
    this.requests.push(`authorization: ${request.headers.authorization?.split(' ')[0]}`);
    const requested = this.#requested.get(form.get('code')!);
    this.#requested.delete(form.get('code')!);
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (requested?.get('code_challenge') !== challenge || form.get('redirect_uri') !== redirectUri)
      return [{ error: 'invalid_grant' }, 400];
    const access_token = randomUUID();
    return [{ access_token, token_type: 'Bearer', expires_in: 300, id_token: this.#idToken(requested) }];
  }

  #idToken(request: URLSearchParams): string {
    const now = Math.floor(Date.now() / 1000);
    const claims: Claims = {
      iss: this.issuer,
      sub: 'ada',
      aud: clientId,
      iat: now,
      exp: now + 300,
      auth_time: now,
      nonce: request.get('nonce'),
      name: 'Ada Lovelace',
    };
    this.faults.claims?.(claims);
    this.faults.beforeSigning?.(this);
    const header: Record<string, string> = { alg: 'RS256', kid: this.#key.kid };
    this.faults.header?.(header);
    const content = `${base64url(header)}.${base64url(claims)}`;
    const signed = this.faults.sign?.(content, header) ?? signWith(this.#key.privateKey, content);
    return `${content}.${signed}`;
  }

  #keys() {
    const keys = [
      { ...this.#key.publicKey.export({ format: 'jwk' }), kid: this.#key.kid, alg: 'RS256', use: 'sig' },
    ];
    return this.faults.jwks?.(keys) ?? keys;
  }
}

export const signWith = (key: KeyObject, content: string): string =>
  sign('RSA-SHA256', Buffer.from(content), key).toString('base64url');

export const signWithSecret = (content: string, secret = clientSecret): string =>
  createHmac('sha256', secret).update(content).digest('base64url');

export const signWithCurve = (content: string): string =>
  sign('SHA256', Buffer.from(content), {
    key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey,
    dsaEncoding: 'ieee-p1363',
  }).toString('base64url');

/** A second key of the provider's kind. */
export const otherKey = () => newKey();
