import { attempt } from '../attempt.js';
import { failure } from '../failure.js';
import type { Grant } from '../grant.js';
import {
  type Answer,
  type AuthorizationRequest,
  type Provider,
  type ProviderConfig,
  authorizeInFrame,
  authorizeInPopup,
  openProvider,
} from '../oidc/index.js';
import { key } from '../names.js';
import { hasFocus } from '../readings.js';
import { leavingTime } from './arrival.js';
import { frameFailed, frameWorked, signedInVisibly } from './frames.js';
import { forgetAnswer, forgetLeaving, lifetime, rememberLeaving } from './landing.js';

export { discover } from '../oidc/discovery.js';
export { arrive } from './arrival.js';
export { takeGrant } from './own-grant.js';

/** How long a hidden frame may take, in milliseconds. */
const frameTime = 5_000;
/** How long the silent sign-ins of other tabs are waited for, in milliseconds. */
const turnTime = 10_000;

/** Whether the browser has what signing in cannot do without. Those that we are made for do. */
const isSupported = (): boolean => 'timeout' in AbortSignal && 'randomUUID' in crypto;

/**
 * The provider's way, from the moment that somebody signs in: one authorization request and its response, by redirect,
 * popup or frame. Loaded then, and not for visitors who only look. Rejections are `Failure`s.
 */
export class Flow {
  readonly #window: Window;
  readonly #provider: Provider;
  /** The request whose grant is in hand. */
  #answered?: Pick<AuthorizationRequest, 'state'>;
  /** Ends the wait for an earlier popup. */
  #popupWait?: AbortController;

  /**
   * @param asked the discovery document, which the click has asked for already
   * @throws Failure `browser/unsupported`
   */
  constructor(window: Window, provider: ProviderConfig, asked?: Promise<Response>) {
    if (!isSupported()) throw failure('browser/unsupported');
    this.#window = window;
    this.#provider = openProvider(provider, {
      fetch: (...request) => {
        const answer = asked ?? fetch(...request);
        asked = undefined;
        return answer;
      },
    });
  }

  prepare(): Promise<void> {
    return this.#provider.prepare();
  }

  /** The visitor has come back from the provider to this page. */
  async complete({ parameters, state, way }: Answer): Promise<Grant | undefined> {
    try {
      // The element has come late: what the page has had for so long may be too old.
      if (attempt(() => this.#window.performance.now())! > lifetime) throw failure('callback/expired');
      const grant = await this.#read(parameters, { state });
      if (way !== 'frame') signedInVisibly(this.#storage);
      return grant;
    } catch (reason) {
      forgetAnswer(this.#storage);
      this.#provider.abandon({ state });
      throw reason;
    }
  }

  async byRedirect(wanted: AbortSignal): Promise<undefined> {
    const { location } = this.#window;
    const { url, state } = await this.#provider.createRequest({ way: 'redirect', returnTo: location.href });
    if (wanted.aborted) throw wanted.reason;
    rememberLeaving(state, this.#storage);
    location.assign(url);
    // Whoever is still here then has stayed, and what they open next is no answer.
    this.#window.setTimeout(forgetLeaving, leavingTime, this.#storage);
  }

  /** @param whenBack the visitor is back in the page without an answer, which may come all the same */
  async inPopup(popup: Window, whenBack: () => void, wanted: AbortSignal): Promise<Grant> {
    const window = this.#window;
    this.#popupWait?.abort();
    const wait = (this.#popupWait = new AbortController());
    wanted.addEventListener('abort', () => wait.abort());
    const { signal } = wait;
    // After the click's own task, which opening the window has made long. Not by a timer: one of a page that is hidden
    // behind its popup may have to wait a second.
    const { port1, port2 } = new MessageChannel();
    port2.postMessage(0);
    await new Promise((resolve) => (port1.onmessage = resolve));
    port1.close();
    if (wanted.aborted) throw wanted.reason;
    const request = await this.#provider.createRequest({ way: 'popup' });
    signal.addEventListener('abort', () => this.#provider.abandon(request));
    // A popup looks closed also when the provider has cut the connection to it (Cross-Origin-Opener-Policy), and one that
    // is left open may never be found again: whoever is in this page can begin anew here.
    const onClosed = () => hasFocus(window.document) && whenBack();
    window.addEventListener('focus', whenBack);
    const parameters = await authorizeInPopup(popup, request, { signal, onClosed }).finally(() =>
      window.removeEventListener('focus', whenBack),
    );
    const grant = await this.#read(parameters, request);
    signedInVisibly(this.#storage);
    return grant;
  }

  /** One tab at a time: ten tabs that open at once must not all rush to the provider. */
  async inFrame(): Promise<Grant> {
    const signal = AbortSignal.timeout(turnTime);
    let begun = false;
    const inTurn = () => {
      begun = true;
      return this.#inFrame();
    };
    try {
      return await this.#window.navigator.locks.request(key('silent'), { signal }, inTurn);
    } catch (reason) {
      if (begun) throw reason;
      if (signal.aborted) throw failure('provider/login-required', 'other tabs');
      // Locks are missing or refused: taking turns is a courtesy.
      return this.#inFrame();
    }
  }

  async #inFrame(): Promise<Grant> {
    const returnTo = this.#window.location.href;
    const request = await this.#provider.createRequest({ way: 'frame', returnTo });
    try {
      const parameters = await authorizeInFrame(request, { timeLimit: frameTime });
      const grant = await this.#read(parameters, request);
      frameWorked(this.#storage);
      return grant;
    } catch (reason) {
      this.#provider.abandon(request);
      frameFailed(this.#storage);
      throw reason;
    }
  }

  /** The grant is handed over, or not wanted any more: its answer is used up, also after a reload. */
  forget(): void {
    if (this.#answered) this.#provider.abandon(this.#answered);
    this.#answered = undefined;
  }

  async signOut(): Promise<void> {
    const url = await this.#provider.signOutUrl();
    if (!url) throw failure('logout/no-endpoint');
    this.#window.location.assign(url);
  }

  async #read(parameters: string, request: Pick<AuthorizationRequest, 'state'>): Promise<Grant> {
    const grant = await this.#provider.readResponse(parameters, request.state);
    this.#answered = request;
    return grant;
  }

  get #storage(): Storage {
    return this.#window.sessionStorage;
  }
}
