import { failure } from '../errors.js';
import type { Grant } from '../grant.js';
import { type Callback, ownership, readCallback } from '../oidc/callback.js';
import type { Provider } from '../oidc/index.js';
import type { Configuration } from './configuration.js';
import type { SignIn } from './session.js';

/** A grant on its way from the redirect URI's page to the page that the visitor came from. */
interface HandedOn {
  grant: Grant;
  /** Whose it is: another element of the site may use another client. */
  issuer: string;
  clientId: string;
  /** Milliseconds since 1970. */
  expires: number;
}

const handedOnKey = 'genesys-auth-messenger:grant';
/** Milliseconds. */
const handOnTime = 60_000;

/** The built-in flow: an authorization request to the brand's provider, and its response. */
export class ProviderSignIn implements SignIn {
  readonly #window: Window;
  readonly #configuration: Configuration;
  #provider?: Promise<Provider>;

  constructor(window: Window, configuration: Configuration) {
    this.#window = window;
    this.#configuration = configuration;
  }

  arrive(): Promise<Grant> | undefined {
    const handedOn = this.#takeHandedOn();
    if (handedOn) return Promise.resolve(handedOn);
    const callback = readCallback(this.#window.location.href);
    const owner = callback && ownership(callback, this.#storage);
    if (!callback || !owner) return undefined;
    cleanAddress(this.#window, callback);
    return owner === 'ours' ? this.#complete(callback) : Promise.reject(failure('callback/repeated'));
  }

  async silently(): Promise<Grant> {
    throw failure('provider/login-required');
  }

  async visibly(): Promise<undefined> {
    const provider = await this.#open();
    const { url } = await provider.createRequest({ way: 'redirect', returnTo: this.#window.location.href });
    this.#window.location.assign(url);
  }

  async signOut(): Promise<void> {
    if (this.#configuration.logout !== 'provider') return;
    const url = await (await this.#open()).signOutUrl();
    if (url) this.#window.location.assign(url);
  }

  async #complete({ url }: Callback): Promise<Grant> {
    const provider = await this.#open();
    const { grant, returnTo } = await provider.readResponse(url);
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

  #handOn(grant: Grant): void {
    const { issuer, clientId } = this.#configuration.provider;
    const handedOn: HandedOn = { grant, issuer, clientId, expires: Date.now() + handOnTime };
    this.#storage.setItem(handedOnKey, JSON.stringify(handedOn));
  }

  #takeHandedOn(): Grant | undefined {
    const stored = this.#storage.getItem(handedOnKey);
    if (!stored) return undefined;
    this.#storage.removeItem(handedOnKey);
    const { grant, issuer, clientId, expires } = JSON.parse(stored) as HandedOn;
    const { provider } = this.#configuration;
    const usable = issuer === provider.issuer && clientId === provider.clientId && Date.now() < expires;
    return usable ? grant : undefined;
  }

  /** The provider's part of the code is loaded when somebody signs in, not for visitors who only look. */
  #open(): Promise<Provider> {
    this.#provider ??= import('../oidc/index.js').then(
      ({ openProvider }) => openProvider(this.#configuration.provider),
      (error: unknown) => {
        this.#provider = undefined;
        throw failure('configuration/chunk-missing', error instanceof Error ? error.message : undefined);
      },
    );
    return this.#provider;
  }

  get #storage(): Storage {
    return this.#window.sessionStorage;
  }
}

/**
 * Takes our parameters out of the address before anything else runs: every request that the page makes would carry
 * them as `Referer`, and a reload would present them again.
 */
function cleanAddress(window: Window, { cleanUrl }: Callback): void {
  window.history.replaceState(window.history.state, '', cleanUrl);
}
