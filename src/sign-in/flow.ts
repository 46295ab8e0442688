import type { Failure } from '../failure.js';
import { failure } from '../failure.js';
import type { Grant } from '../grant.js';
import {
  type Callback,
  type Provider,
  type ResponseFailure,
  authorizeInFrame,
  authorizeInPopup,
  openProvider,
} from '../oidc/index.js';
import { frameFailed, frameWorked, signedInVisibly } from './frames.js';
import { type HandedOn, handOn } from './handed-on.js';
import { key } from '../names.js';
import type { ProviderOptions } from './sign-in.js';
import { SiteMemory } from '../site-memory.js';

export { reportCallback } from '../oidc/index.js';
export { obtain } from './own-grant.js';

/** How long a hidden frame may take, in milliseconds. */
const frameTime = 5_000;

/**
 * The built-in flow, from the moment that somebody signs in: one authorization request and its response, by each way.
 * Loaded then, together with the provider's part, and not for visitors who only look. Rejections are `Failure` objects.
 */
export class Flow {
  readonly #window: Window;
  readonly #configuration: ProviderOptions;
  readonly #provider: Provider;
  /** Ends the wait for an earlier popup. */
  #popupWait?: AbortController;

  constructor(window: Window, configuration: ProviderOptions) {
    this.#window = window;
    this.#configuration = configuration;
    this.#provider = openProvider(configuration.provider);
  }

  prepare(): Promise<void> {
    return this.#provider.prepare();
  }

  /** The visitor is back from the provider, by redirect. */
  async complete({ url }: Callback): Promise<Grant> {
    this.#rememberBegun(false);
    try {
      const { grant, returnTo } = await this.#provider.readResponse(url);
      signedInVisibly(this.#storage);
      await this.#goBack(returnTo, { grant });
      return grant;
    } catch (reason) {
      const { code, detail, returnTo } = reason as ResponseFailure;
      await this.#goBack(returnTo, { failure: failure(code, detail) });
      throw reason;
    }
  }

  async byRedirect(): Promise<undefined> {
    const { location } = this.#window;
    const { url } = await this.#provider.createRequest({ way: 'redirect', returnTo: location.href });
    this.#rememberBegun(true);
    location.assign(url);
  }

  /** @param whenBack the visitor is back in the page without an answer, which may come all the same */
  async inPopup(popup: Window, whenBack: () => void): Promise<Grant> {
    const window = this.#window;
    this.#popupWait?.abort();
    const { signal } = (this.#popupWait = new AbortController());
    const request = await this.#provider.createRequest({ way: 'popup' });
    signal.addEventListener('abort', () => this.#provider.abandon(request));
    this.#rememberBegun(true);
    // A popup looks closed also when the provider has cut the connection to it (Cross-Origin-Opener-Policy), and one that
    // is left open may never be found again: whoever is in this page can begin anew here.
    const onClosed = () => window.document.hasFocus() && whenBack();
    window.addEventListener('focus', whenBack);
    const answer = await authorizeInPopup(popup, request, { signal, onClosed }).finally(() => {
      window.removeEventListener('focus', whenBack);
      this.#rememberBegun(false);
    });
    const { grant } = await this.#provider.readResponse(answer);
    signedInVisibly(this.#storage);
    return grant;
  }

  async inFrame(): Promise<Grant> {
    const request = await this.#provider.createRequest({ way: 'frame' });
    try {
      const answer = await authorizeInFrame(request, { timeLimit: frameTime });
      const { grant } = await this.#provider.readResponse(answer);
      frameWorked(this.#storage);
      return grant;
    } catch (reason) {
      this.#provider.abandon(request);
      frameFailed(this.#storage);
      throw reason as Failure;
    }
  }

  async signOut(): Promise<void> {
    const url = await this.#provider.signOutUrl();
    if (!url) throw failure('logout/no-endpoint');
    this.#window.location.assign(url);
  }

  /**
   * Takes the visitor back to where they came from, if that is not here.
   *
   * @returns when this is the place; else never: the next page goes on from here
   */
  async #goBack(returnTo: string | undefined, outcome: HandedOn): Promise<void> {
    const { location } = this.#window;
    const [page, hash] = (returnTo ?? location.href).split('#');
    if (page !== location.href.split('#')[0]) {
      handOn(this.#storage, this.#configuration.provider, outcome);
      location.replace(returnTo!);
      await new Promise(() => {});
    }
    // By the address and not by history, so that the page scrolls there and its router hears of it.
    if (hash) location.replace(`#${hash}`);
  }

  /** For a tab, or a popup whose page is gone, in which a sign-in ends that was not begun there. */
  #rememberBegun(begun: boolean): void {
    new SiteMemory(this.#window).set(key('begun'), begun ? String(Date.now()) : undefined);
  }

  get #storage(): Storage {
    return this.#window.sessionStorage;
  }
}
