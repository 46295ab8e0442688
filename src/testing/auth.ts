import type { Plugin } from './bus.js';
import { call, type Answer, type Context } from './context.js';
import { TokenStore } from './tokens.js';
import type { AuthCodeGrant, Tokens } from './types.js';

const never = () => new Promise<never>(() => {});

/** Lets a command end as a piece of work does. */
const settle =
  (work: () => Promise<unknown>) =>
  (request: { resolve(value: unknown): void; reject(reason: unknown): void }): void =>
    void work().then(request.resolve, request.reject);

/**
 * The core plugin `Auth`: gets codes from the page's `AuthProvider`, has Genesys Cloud redeem them, and keeps the
 * tokens (docs/messenger.md §§4–5). Ready when `AuthProvider` is.
 */
export class Auth {
  readonly #context: Context;
  readonly #plugin: Plugin;
  readonly #tokens: TokenStore;
  /** Settles when `AuthProvider` has called `ready()`; until then nothing ever happens (§4.1). */
  readonly ready: Promise<void>;
  /** The sign-in that waits for the page's word. */
  #signingIn?: { resolve(grant: AuthCodeGrant): void; reject(reason: unknown): void } | undefined;

  constructor(context: Context) {
    this.#context = context;
    this.#plugin = context.bus.register('Auth')!;
    this.#tokens = new TokenStore(context.page, context.profile, context.snippet.deploymentId);
    this.#show(this.#tokens.get());

    const plugin = this.#plugin;
    plugin.registerCommand(
      'getTokens',
      settle(() => this.getTokens()),
    );
    plugin.registerCommand(
      'refreshToken',
      settle(() => this.refresh()),
    );
    plugin.registerCommand(
      'reAuthenticate',
      settle(() => {
        this.#wipe();
        return this.#reAuthenticate();
      }),
    );
    plugin.registerCommand(
      'logout',
      settle(() => this.#logout()),
    );
    plugin.subscribe('AuthProvider.signedIn', ({ data }) => {
      this.#signingIn?.resolve(data);
      this.#signingIn = undefined;
    });
    plugin.subscribe('AuthProvider.signInFailed', ({ data }) => {
      if (!this.#signingIn) return;
      plugin.publish('signInFailed', data);
      this.#signingIn.reject(data);
      this.#signingIn = undefined;
    });
    this.ready = new Promise((resolve) => {
      plugin.subscribe('AuthProvider.ready', () => {
        plugin.ready();
        resolve();
      });
    });
  }

  /** Whether this page takes its visitor for signed in. */
  get authenticated(): boolean {
    return this.#plugin.data('authenticated') === true;
  }

  get jwt(): string | undefined {
    return this.#tokens.get()?.jwt;
  }

  /** The stored tokens, expired or not (§4.2), else new ones. */
  async getTokens(): Promise<Tokens> {
    return this.#tokens.get() ?? this.#newTokens();
  }

  /** A new JWT: by the refresh token, else by a new code (§4.2). */
  async refresh(): Promise<Tokens> {
    const refreshToken = this.#tokens.get()?.refreshToken;
    if (!refreshToken) return this.#newTokens({ forceUpdate: true });

    const answer = await this.#post('token/refresh', { refreshToken });
    const { jwt } = answer.body;
    if (answer.status === 200 && typeof jwt === 'string') {
      const tokens = { jwt, refreshToken };
      this.#keep(tokens);
      if (this.#context.options.publishesAuthenticatedOnRefresh)
        this.#plugin.publish('authenticated', tokens);
      return tokens;
    }
    this.#plugin.publish('error', answer.body);
    if (![400, 401, 403].includes(answer.status)) throw answer.body;
    this.#wipe();
    return this.#reAuthenticate();
  }

  /** Redeems a code that the page has handed over (§4.1). */
  async exchange(grant: AuthCodeGrant): Promise<Tokens> {
    const { authCode, redirectUri, codeVerifier, nonce, maxAge, iss } = grant;
    this.#plugin.publish('authenticating', { authCode, redirectUri });
    const answer = await this.#post('token/oauthcodegrantjwtexchange', {
      deploymentId: this.#context.snippet.deploymentId,
      oauth: {
        code: authCode,
        redirectUri,
        // What is not truthy is lost, `maxAge: 0` too; 2.2.8 knows no `iss` (§4.1).
        ...(codeVerifier && { codeVerifier }),
        ...(nonce && { nonce }),
        ...(maxAge && { maxAge }),
        ...(iss && this.#context.profile !== '2.2.8' && { iss }),
      },
      journeyContext: { customer: { id: crypto.randomUUID(), idType: 'cookie' } },
    });
    const { jwt, refreshToken } = answer.body;
    if (answer.status === 200 && typeof jwt === 'string') {
      const tokens = { jwt, ...(typeof refreshToken === 'string' && { refreshToken }) };
      this.#keep(tokens);
      this.#plugin.publish('authenticated', tokens);
      return tokens;
    }
    if (answer.status === 200) {
      // The event is documented by its name only; an answer without a token is the likely reason.
      this.#plugin.publish('tokenError', answer.body);
      throw answer.body;
    }
    this.#plugin.publish('error', answer.body);
    if (answer.status === 401 || answer.status === 403) {
      this.#wipe();
      // On this path nothing waits for the answer: getAuthCode does not follow.
      void this.#plugin.command('AuthProvider.reAuthenticate');
    }
    if (answer.status === 504) {
      // Asked again without bound, and whoever was waiting is forgotten.
      this.#newTokens().catch(() => {});
      return never();
    }
    throw answer.body;
  }

  /**
   * Step-up (§4.3): the visitor signs in with the page, and the page's code is redeemed. The page must both publish
   * `signedIn` and resolve the command; one without the other leaves the chat waiting, as does a rejection without
   * `signInFailed`.
   */
  async signIn(): Promise<{ authCode?: string | undefined; jwt: string }> {
    this.#plugin.publish('signingIn');
    const published = new Promise<AuthCodeGrant>((resolve, reject) => {
      this.#signingIn = { resolve, reject };
    });
    const resolved = this.#plugin.command('AuthProvider.signIn').catch(never);
    const [grant] = await Promise.all([published, resolved]);
    this.#plugin.publish('signedIn', { authCode: grant.authCode });
    const { jwt } = await this.exchange(grant);
    return { authCode: grant.authCode, jwt };
  }

  /** Tells the page that an anonymous visitor may sign in (§4.3). */
  offerSignIn(): void {
    this.#plugin.publish('signInAvailable');
  }

  /** The visitor logged out in another tab. */
  loggedOutElsewhere(): void {
    if (!this.authenticated) return;
    this.#wipe();
    this.#plugin.publish('loggedOut');
  }

  /** Where the tabs of one deployment tell each other of a logout; it stands for the frame on each open socket (§5). */
  get channelName(): string {
    return `genesys-messenger:${this.#context.snippet.deploymentId}`;
  }

  async #newTokens(data: { forceUpdate?: true } = {}): Promise<Tokens> {
    const { deployment: deploymentConfig, snippet: snippetConfig } = this.#context;
    let grant: AuthCodeGrant | undefined;
    try {
      grant = (await this.#plugin.command('AuthProvider.getAuthCode', {
        deploymentConfig,
        snippetConfig,
        ...data,
      })) as typeof grant;
    } catch (reason) {
      if (reason === undefined) {
        // The SDK stumbles over a rejection without a reason, and nothing ever settles (§4.1).
        void Promise.reject(new TypeError('The reason of a rejected getAuthCode is undefined'));
        return never();
      }
      this.#plugin.publish('authProviderError');
      throw reason;
    }
    if (!grant?.authCode || !grant.redirectUri) {
      this.#plugin.publish('authError', grant);
      throw grant;
    }
    return this.exchange(grant);
  }

  /** Asks the page to sign the visitor in again, then for the code (§4.2). */
  async #reAuthenticate(): Promise<Tokens> {
    // A rejection is an unhandled one, and the caller waits for ever.
    await new Promise((resolve) => void this.#plugin.command('AuthProvider.reAuthenticate').then(resolve));
    return this.#newTokens();
  }

  async #logout(): Promise<unknown> {
    const { page, origins } = this.#context;
    const { jwt } = this;
    if (!jwt) throw 'user is not authenticated';
    const { status, statusText, body } = await call(
      this.#context,
      'DELETE',
      `${origins.api}/api/v2/webdeployments/token/revoke`,
      { jwt },
    );
    this.#wipe();
    if (status !== 204) {
      this.#plugin.publish('logoutError', body);
      throw body;
    }
    const result = { status, statusText, data: {} };
    this.#plugin.publish('loggedOut', result);
    const channel = new page.BroadcastChannel(this.channelName);
    channel.postMessage('loggedOut');
    channel.close();
    return result;
  }

  #post(path: string, body: unknown): Promise<Answer> {
    return call(this.#context, 'POST', `${this.#context.origins.api}/api/v2/webdeployments/${path}`, {
      body,
    });
  }

  #keep(tokens: Tokens): void {
    this.#tokens.set(tokens);
    this.#show(tokens);
  }

  #wipe(): void {
    this.#tokens.wipe();
    this.#show(undefined);
  }

  /** Other plugins read these with `data('Auth.…')` (§3). */
  #show(tokens: Tokens | undefined): void {
    this.#plugin.data('authenticated', Boolean(tokens));
    this.#plugin.data('jwt', tokens?.jwt ?? '');
    this.#plugin.data('refreshToken', tokens?.refreshToken ?? '');
  }
}
