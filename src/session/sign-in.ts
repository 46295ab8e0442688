import { failure } from '../errors.js';
import type { Grant } from '../grant.js';
import { type Callback, ownership, readCallback } from '../oidc/callback.js';
import type { Provider, ProviderConfig } from '../oidc/index.js';
import { openPopup } from '../oidc/popup.js';
import type { Configuration } from './configuration.js';
import { key } from './keys.js';
import type { SignIn } from './session.js';
import { SiteMemory } from './site-memory.js';

/** A grant on its way from the redirect URI's page to the page that the visitor came from. */
interface HandedOn {
  grant: Grant;
  /** Milliseconds since 1970. */
  expires: number;
}

/** How long after it was begun a sign-in may end in another tab, in milliseconds. */
const signInTime = 15 * 60_000;
/** Milliseconds. */
const handOnTime = 60_000;
/** How long a hidden frame may take, and how long one of another tab is waited for, in milliseconds. */
const frameTime = 5_000;

/**
 * What this tab has learned about hidden frames: `asked` the provider in vain, `signed-in` in sight since then, and
 * `useless` when it was in vain even so, because third-party cookies are blocked.
 */
type FrameRecord = 'asked' | 'signed-in' | 'useless';

type BuiltIn = Pick<Configuration, 'mode' | 'logout'> & { provider: ProviderConfig };

/** The built-in flow: an authorization request to the brand's provider, and its response. */
export class ProviderSignIn implements SignIn {
  readonly #window: Window;
  readonly #siteMemory: SiteMemory;
  readonly #configuration: BuiltIn;
  #oidc?: Promise<{ provider: Provider } & typeof import('../oidc/index.js')>;
  /** Ends the wait for an earlier popup. */
  #popupWait?: AbortController;
  #popupsBlocked = false;

  constructor(window: Window, configuration: BuiltIn) {
    this.#window = window;
    this.#siteMemory = new SiteMemory(window);
    this.#configuration = configuration;
  }

  arrive(): Promise<Grant> | undefined {
    const handedOn = this.#takeHandedOn();
    if (handedOn) return Promise.resolve(handedOn);
    const callback = readCallback(this.#window.location.href);
    if (!callback) return undefined;
    const owner = ownership(callback, this.#storage);
    // An unknown answer is not ours to touch.
    if (!owner)
      return this.#isFromOtherTab(callback) ? Promise.reject(failure('callback/unknown')) : undefined;
    cleanAddress(this.#window, callback);
    return owner === 'ours' ? this.#complete(callback) : Promise.reject(failure('callback/repeated'));
  }

  get canBeSilent(): boolean {
    const record = this.#frames;
    return record !== 'asked' && record !== 'useless';
  }

  /** One tab at a time: ten tabs that open at once must not all rush to the provider. */
  async silently(): Promise<Grant> {
    const { locks } = this.#window.navigator;
    if (!locks) return this.#inFrame();
    const signal = AbortSignal.timeout(frameTime * 2);
    try {
      return await locks.request(key('silent'), { signal }, () => this.#inFrame());
    } catch (reason) {
      throw reason === signal.reason
        ? failure('provider/login-required', 'another tab is signing in')
        : reason;
    }
  }

  visibly(whenClosed: () => void): Promise<Grant | undefined> {
    if (this.#configuration.mode === 'redirect' || this.#popupsBlocked) return this.#byRedirect();
    const popup = openPopup(this.#window);
    if (popup) return this.#inPopup(popup, whenClosed);
    // A redirect would lose the page's work unasked. The next click knows.
    this.#popupsBlocked = true;
    return Promise.reject(failure('popup/blocked'));
  }

  async signOut(): Promise<void> {
    if (this.#configuration.logout !== 'provider') return;
    const { provider } = await this.#open();
    const url = await provider.signOutUrl();
    if (!url) throw failure('logout/no-endpoint');
    this.#window.location.assign(url);
  }

  warm(): void {
    this.#open()
      .then(({ provider }) => provider.prepare())
      .catch(() => {
        // Whoever acts is told.
      });
  }

  async #byRedirect(): Promise<undefined> {
    const { provider } = await this.#open();
    const { url } = await provider.createRequest({ way: 'redirect', returnTo: this.#window.location.href });
    this.#siteMemory.set(key('begun'), String(Date.now()));
    this.#window.location.assign(url);
  }

  async #inPopup(popup: Window, whenClosed: () => void): Promise<Grant> {
    this.#popupWait?.abort();
    const { signal } = (this.#popupWait = new AbortController());
    try {
      const { provider, authorizeInPopup } = await this.#open();
      const request = await provider.createRequest({ way: 'popup' });
      signal.addEventListener('abort', () => provider.abandon(request));
      const onClosed = () => whenFocused(this.#window, signal, whenClosed);
      const { grant } = await provider.readResponse(
        await authorizeInPopup(popup, request, { signal, onClosed }),
      );
      this.#signedInVisibly();
      return grant;
    } catch (reason) {
      popup.close();
      throw reason;
    }
  }

  async #inFrame(): Promise<Grant> {
    const { provider, authorizeInFrame } = await this.#open();
    const request = await provider.createRequest({ way: 'frame' });
    try {
      const { grant } = await provider.readResponse(
        await authorizeInFrame(request, { timeLimit: frameTime }),
      );
      this.#frames = undefined;
      return grant;
    } catch (reason) {
      provider.abandon(request);
      this.#frames = this.#frames === 'signed-in' ? 'useless' : 'asked';
      throw reason;
    }
  }

  async #complete({ url }: Callback): Promise<Grant> {
    this.#siteMemory.set(key('begun'), undefined);
    const { provider } = await this.#open();
    const { grant, returnTo } = await provider.readResponse(url);
    this.#signedInVisibly();
    const { location } = this.#window;
    const [page, hash] = (returnTo ?? location.href).split('#');
    if (page !== location.href.split('#')[0]) {
      this.#handOn(grant);
      location.replace(returnTo!);
      // The next page goes on from here.
      return new Promise(() => {});
    }
    // By the address and not by history, so that the page scrolls there and its router hears of it.
    if (hash) location.replace(`#${hash}`);
    return grant;
  }

  /** Visitors continue in another tab than the one in which they began, for example from a link in a mail. */
  #isFromOtherTab({ url }: Callback): boolean {
    const iss = new URL(url).searchParams.get('iss');
    const begun = Number(this.#siteMemory.get(key('begun')));
    return (!iss || iss === this.#configuration.provider.issuer) && Date.now() - begun < signInTime;
  }

  #handOn(grant: Grant): void {
    const handedOn: HandedOn = { grant, expires: Date.now() + handOnTime };
    this.#storage.setItem(this.#handedOnKey, JSON.stringify(handedOn));
  }

  #takeHandedOn(): Grant | undefined {
    const stored = this.#storage.getItem(this.#handedOnKey);
    if (!stored) return undefined;
    this.#storage.removeItem(this.#handedOnKey);
    const { grant, expires } = JSON.parse(stored) as HandedOn;
    return Date.now() < expires ? grant : undefined;
  }

  /** A grant is good for the client that it was issued to: another page of the site may use another one. */
  get #handedOnKey(): string {
    const { issuer, clientId } = this.#configuration.provider;
    return key('grant', issuer, clientId);
  }

  #signedInVisibly(): void {
    if (this.#frames !== 'useless') this.#frames = 'signed-in';
  }

  get #frames(): FrameRecord | undefined {
    return (this.#storage.getItem(key('frames')) as FrameRecord | null) ?? undefined;
  }

  set #frames(record: FrameRecord | undefined) {
    if (record) this.#storage.setItem(key('frames'), record);
    else this.#storage.removeItem(key('frames'));
  }

  /** The provider's part of the code is loaded when somebody signs in, not for visitors who only look. */
  #open() {
    this.#oidc ??= import('../oidc/index.js').then(
      (oidc) => ({ ...oidc, provider: oidc.openProvider(this.#configuration.provider) }),
      (error: unknown) => {
        this.#oidc = undefined;
        throw failure('configuration/chunk-missing', error instanceof Error ? error.message : undefined);
      },
    );
    return this.#oidc;
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

/**
 * A popup looks closed also when the provider has cut the connection to it (Cross-Origin-Opener-Policy). The visitor
 * who closed it is back in this page; the one who is still signing in is not.
 */
function whenFocused(window: Window, signal: AbortSignal, then: () => void): void {
  if (window.document.hasFocus()) then();
  else window.addEventListener('focus', then, { once: true, signal });
}
