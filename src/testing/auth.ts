import type { Plugin } from './bus.js';
import { call, type Answer, type Context } from './context.js';
import { TokenStore } from './tokens.js';
import type { AuthCodeGrant, Tokens } from './types.js';

/** What a failed exchange or refresh is rejected with; the API's words come by `Auth.error` alone (§4.1). */
const failed = 'Unable to fetch authentication token';

const never = () => new Promise<never>(() => {});

/** The SDK throws where nobody catches, and whoever waits does so for ever (§4.1). */
function stumble(message: string): Promise<never> {
  void Promise.reject(new TypeError(message));
  return never();
}

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
    // Without it nothing ever happens (§4.1).
    plugin.subscribe('AuthProvider.ready', () => plugin.ready());
  }

  /** Whether this page takes its visitor for signed in. */
  get authenticated(): boolean {
    return this.#plugin.data('authenticated') === true;
  }

  get jwt(): string | undefined {
    return this.#tokens.get()?.jwt;
  }

  /**
   * Tokens for a new code of the page, whatever tokens there are (§4.1).
   *
   * @returns undefined when the page has no code
   */
  async getTokens(data: { forceUpdate?: true } = {}): Promise<Tokens | undefined> {
    const { deployment: deploymentConfig, snippet: snippetConfig } = this.#context;
    let grant: AuthCodeGrant | undefined;
    try {
      grant = (await this.#plugin.command('AuthProvider.getAuthCode', {
        deploymentConfig,
        snippetConfig,
        ...data,
      })) as typeof grant;
    } catch (reason) {
      if (reason === undefined) return stumble('The reason of a rejected getAuthCode is undefined');
      this.#plugin.publish('authProviderError');
      throw reason;
    }
    if (grant?.authCode && grant.redirectUri) return this.exchange(grant);
    this.#plugin.publish('authError', grant);
    return undefined;
  }

  /** A new JWT: by the refresh token, else by a new code (§4.2). */
  async refresh(): Promise<Tokens | undefined> {
    const refreshToken = this.#tokens.get()?.refreshToken;
    if (!refreshToken) return this.getTokens({ forceUpdate: true });

    const answer = await this.#post('token/refresh', { refreshToken });
    return this.#accept(answer, (status) => {
      if (![400, 401, 403].includes(status)) return;
      this.#wipe();
      // Goes on by itself: whoever wanted the refresh hears that it failed.
      this.#reAuthenticate().catch(() => {});
    });
  }

  /** Redeems a code that the page has handed over (§4.1). */
  async exchange(grant: AuthCodeGrant): Promise<Tokens> {
    const { authCode, redirectUri, codeVerifier, nonce, maxAge, iss } = grant;
    const current = this.#context.profile !== '2.2.8';
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
        ...(iss && current && { iss }),
      },
      ...(current && { journeyContext: { customer: { id: crypto.randomUUID(), idType: 'cookie' } } }),
    });
    return this.#accept(answer, (status) => {
      if (status === 401 || status === 403) {
        this.#wipe();
        // On this path nothing waits for the answer: getAuthCode does not follow.
        void this.#plugin.command('AuthProvider.reAuthenticate');
      }
      // Asked again without bound; the chat does not load for what comes of it.
      if (status === 504) this.getTokens().catch(() => {});
    });
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

  /** Keeps what an exchange or a refresh was answered with, and publishes that; else says so and what follows. */
  async #accept({ status, body }: Answer, whenRefused: (status: number) => void): Promise<Tokens> {
    const { jwt, refreshToken } = body;
    if (status === 200) {
      if (typeof jwt !== 'string') return stumble('The answer has no jwt');
      const tokens = { jwt, ...(typeof refreshToken === 'string' && { refreshToken }) };
      this.#tokens.set(tokens);
      this.#show(this.#tokens.get());
      this.#plugin.publish('authenticated', tokens);
      return tokens;
    }
    // The tokens stay stored, and count again on the next page.
    this.#plugin.data('authenticated', false);
    this.#plugin.publish('error', body);
    whenRefused(status);
    throw failed;
  }

  /** Asks the page to sign the visitor in again, then for the code, where that was not the answer (§4.2). */
  #reAuthenticate(): Promise<Tokens | undefined> {
    const { profile, options } = this.#context;
    const goOn = (answer: unknown) => {
      const grant = answer as AuthCodeGrant | undefined;
      const isTaken = options.reAuthenticateBringsCode && profile !== '2.2.8';
      return isTaken && grant?.authCode && grant.redirectUri ? this.exchange(grant) : this.getTokens();
    };
    return new Promise((resolve, reject) => {
      // A rejection is an unhandled one, and the caller waits for ever.
      void this.#plugin
        .command('AuthProvider.reAuthenticate')
        .then((answer) => void goOn(answer).then(resolve, reject));
    });
  }

  async #logout(): Promise<unknown> {
    if (!this.authenticated || !this.jwt) throw 'user is not authenticated';
    let answer = await this.#revoke();
    if (answer.status === 401) {
      // A token that has expired is renewed in order to be revoked (§5); a refresh that fails has said so itself.
      const refreshed = await this.refresh().catch(() => undefined);
      if (refreshed) answer = await this.#revoke();
    }
    const { status, statusText, body } = answer;
    this.#wipe();
    if (status !== 204) {
      this.#plugin.publish('logoutError', status ? { status } : {});
      throw body;
    }
    const result = { status, statusText, data: '' };
    this.#plugin.publish('loggedOut', result);
    const channel = new this.#context.page.BroadcastChannel(this.channelName);
    channel.postMessage('loggedOut');
    channel.close();
    return result;
  }

  #revoke(): Promise<Answer> {
    const { jwt } = this;
    return call(this.#context, 'DELETE', `${this.#context.origins.api}/api/v2/webdeployments/token/revoke`, {
      jwt,
    });
  }

  #post(path: string, body: unknown): Promise<Answer> {
    return call(this.#context, 'POST', `${this.#context.origins.api}/api/v2/webdeployments/${path}`, {
      body,
    });
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
