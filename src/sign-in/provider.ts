import { type Failure, failure } from '../failure.js';
import type { Grant } from '../grant.js';
import { key } from '../names.js';
import { openPopup } from '../oidc/popup.js';
import { loadPart } from '../parts.js';
import type { Flow } from './flow.js';
import { canUseFrame } from './frames.js';
import { type Arrival, forgetAnswer } from './landing.js';
import type { ProviderOptions, SignIn } from './sign-in.js';

/** How long the silent sign-ins of other tabs are waited for, in milliseconds. */
const turnTime = 10_000;

/** Signing in with the brand's provider: what has to happen at once, in the click. All that can wait is in flow.ts. */
export class ProviderSignIn implements SignIn {
  readonly #window: Window;
  readonly #options: ProviderOptions;
  #arrival: Exclude<Arrival, 'over'>;
  #flow?: Flow;
  #popupsBlocked = false;

  /** @param arrival what the page has found when it began */
  constructor(window: Window, options: ProviderOptions, arrival?: Exclude<Arrival, 'over'>) {
    this.#window = window;
    this.#options = options;
    this.#arrival = arrival;
  }

  arrive(): Promise<Grant | undefined> | undefined {
    const arrival = this.#arrival;
    this.#arrival = undefined;
    if (!arrival) return undefined;
    if ('failure' in arrival) return Promise.reject(arrival.failure);
    return this.#open().then((flow) => flow.complete(arrival.answer));
  }

  get canBeSilent(): boolean {
    return canUseFrame(this.#storage);
  }

  /** One tab at a time: ten tabs that open at once must not all rush to the provider. */
  async silently(): Promise<Grant> {
    const flow = await this.#open();
    const signal = AbortSignal.timeout(turnTime);
    let begun = false;
    const inTurn = () => {
      begun = true;
      return flow.inFrame();
    };
    try {
      return await this.#window.navigator.locks.request(key('silent'), { signal }, inTurn);
    } catch (reason) {
      if (begun) throw reason as Failure;
      if (signal.aborted) throw failure('provider/login-required', 'other tabs');
      // Locks are missing or refused: taking turns is a courtesy.
      return flow.inFrame();
    }
  }

  visibly(whenBack: () => void, signal: AbortSignal): Promise<Grant | undefined> {
    if (!this.#usesPopup) {
      return this.#open().then((flow) => flow.byRedirect(signal));
    }
    const clicked = this.#window.navigator.userActivation?.isActive ?? true;
    const popup = openPopup(this.#window);
    if (popup) return this.#inPopup(popup, whenBack, signal);
    // A redirect would lose the page's work unasked. The next click knows.
    this.#popupsBlocked = clicked;
    return Promise.reject(failure('popup/blocked'));
  }

  forget(): void {
    forgetAnswer(this.#storage);
    this.#flow?.forget();
  }

  async signOut(): Promise<void> {
    if (this.#options.logout === 'provider') await (await this.#open()).signOut();
  }

  warm(): void {
    this.#open()
      .then((flow) => flow.prepare())
      .catch(() => {
        // Ignored: a click tries again and reports the failure.
      });
  }

  /** A frame cannot be taken to the provider, which would not be shown in it. Without channels no popup can report. */
  get #usesPopup(): boolean {
    const { mode } = this.#options;
    const inFrame = this.#window.parent !== this.#window;
    if (inFrame) return true;
    return mode === 'popup' && !this.#popupsBlocked && 'BroadcastChannel' in this.#window;
  }

  async #inPopup(popup: Window, whenBack: () => void, signal: AbortSignal): Promise<Grant> {
    try {
      return await (await this.#open()).inPopup(popup, whenBack, signal);
    } finally {
      popup.close();
    }
  }

  async #open(): Promise<Flow> {
    const { Flow } = await loadPart('sign-in');
    return (this.#flow ??= new Flow(this.#window, this.#options.provider));
  }

  get #storage(): Storage {
    return this.#window.sessionStorage;
  }
}
