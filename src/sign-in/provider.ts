import { failure } from '../failure.js';
import type { Grant } from '../grant.js';
import { type Callback, readCallback } from '../oidc/callback.js';
import { openPopup } from '../oidc/popup.js';
import type { Flow } from './flow.js';
import { canUseFrame } from './frames.js';
import { takeHandedOn } from './handed-on.js';
import { key } from '../names.js';
import { loadFlow } from './load-flow.js';
import type { ProviderOptions, SignIn } from './sign-in.js';
import { SiteMemory } from '../site-memory.js';

/** How long after it was begun a sign-in may end in another tab, in milliseconds. */
const signInTime = 15 * 60_000;
/** How long the silent sign-ins of other tabs are waited for, in milliseconds. */
const turnTime = 10_000;

/** Signing in with the brand's provider: what has to happen at once. All that can wait is in flow.ts. */
export class ProviderSignIn implements SignIn {
  readonly #window: Window;
  readonly #configuration: ProviderOptions;
  #flow?: Flow;
  #popupsBlocked = false;

  constructor(window: Window, configuration: ProviderOptions) {
    this.#window = window;
    this.#configuration = configuration;
  }

  arrive(): Promise<Grant> | undefined {
    const handedOn = takeHandedOn(this.#storage, this.#configuration.provider);
    if (handedOn)
      return 'grant' in handedOn ? Promise.resolve(handedOn.grant) : Promise.reject(handedOn.failure);
    const callback = readCallback(this.#window.location.href, this.#storage);
    if (callback?.owner) {
      cleanAddress(this.#window, callback);
      if (callback.owner === 'spent') return Promise.reject(failure('callback/repeated'));
      return this.#open().then((flow) => flow.complete(callback));
    }
    // An unknown answer is not ours to touch.
    return callback && this.#isFromOtherTab(callback)
      ? Promise.reject(failure('callback/unknown'))
      : undefined;
  }

  get canBeSilent(): boolean {
    return canUseFrame(this.#storage);
  }

  /** One tab at a time: ten tabs that open at once must not all rush to the provider. */
  async silently(): Promise<Grant> {
    const flow = await this.#open();
    const { locks } = this.#window.navigator;
    if (!locks) return flow.inFrame();
    const signal = AbortSignal.timeout(turnTime);
    try {
      return await locks.request(key('silent'), { signal }, () => flow.inFrame());
    } catch (reason) {
      throw reason === signal.reason ? failure('provider/login-required', 'other tabs') : reason;
    }
  }

  visibly(whenBack: () => void): Promise<Grant | undefined> {
    if (this.#configuration.mode === 'redirect' || this.#popupsBlocked) {
      return this.#open().then((flow) => flow.byRedirect());
    }
    const clicked = this.#window.navigator.userActivation?.isActive ?? true;
    const popup = openPopup(this.#window);
    if (popup) return this.#inPopup(popup, whenBack);
    // A redirect would lose the page's work unasked. The next click knows.
    this.#popupsBlocked = clicked;
    return Promise.reject(failure('popup/blocked'));
  }

  async signOut(): Promise<void> {
    if (this.#configuration.logout === 'provider') await (await this.#open()).signOut();
  }

  warm(): void {
    this.#open()
      .then((flow) => flow.prepare())
      .catch(() => {
        // Whoever acts is told.
      });
  }

  async #inPopup(popup: Window, whenBack: () => void): Promise<Grant> {
    try {
      return await (await this.#open()).inPopup(popup, whenBack);
    } finally {
      popup.close();
    }
  }

  /** Visitors continue in another tab than the one in which they began, for example from a link in a mail. */
  #isFromOtherTab({ url }: Callback): boolean {
    const iss = new URL(url).searchParams.get('iss');
    const begun = Number(new SiteMemory(this.#window).get(key('begun')));
    return (!iss || iss === this.#configuration.provider.issuer) && Date.now() - begun < signInTime;
  }

  async #open(): Promise<Flow> {
    const { Flow } = await loadFlow();
    return (this.#flow ??= new Flow(this.#window, this.#configuration));
  }

  get #storage(): Storage {
    return this.#window.sessionStorage;
  }
}

/**
 * Takes our parameters out of the address before anything else runs: every request that the page makes would carry
 * them as `Referer`, and a reload would present them again.
 */
export function cleanAddress(window: Window, { cleanUrl }: Callback): void {
  window.history.replaceState(window.history.state, '', cleanUrl);
}
