import { type Failure, failure, toFailure } from '../failure.js';
import type { AuthMessengerError } from '../explanations.js';
import { startMessenger } from '../messenger/messenger.js';
import { readCallback, wayOf } from '../oidc/callback.js';
import {
  type Attributes,
  type Configuration,
  isSameConfiguration,
  readConfiguration,
} from './configuration.js';
import { explain } from './explain.js';
import { key } from '../names.js';
import { loadFlow } from '../sign-in/load-flow.js';
import { OwnSignIn } from '../sign-in/authorize.js';
import type { Status } from './facts.js';
import type { Options, Ports, SessionEvent } from './ports.js';
import { Session } from './session.js';
import { ProviderSignIn, cleanAddress } from '../sign-in/provider.js';
import type { Authorize, SignIn } from '../sign-in/sign-in.js';
import { SiteMemory } from '../site-memory.js';

/** An element: it shows the page's session and tells what happens to it. */
export interface View {
  show(status: Status, error: AuthMessengerError | undefined, events: readonly SessionEvent[]): void;
  /** This window was opened for a sign-in, which is over; the visitor can close it if it does not close itself. */
  finish(): void;
}

/**
 * Messenger is one per page, so the session is too; the elements of a page are views of it. It outlives them: removing
 * and inserting an element again loses nothing.
 */
export class PageSession {
  readonly #window: Window;
  readonly #siteMemory: SiteMemory;
  readonly #views = new Map<View, { attributes: Attributes; configuration?: Configuration }>();
  #session?: Session;
  /** As configured now; the session looks at these three every time. */
  #configuration!: Configuration;
  #options!: Options;
  #signIn!: SignIn;
  /** The page's own function, where it has set one. */
  #authorize?: Authorize;
  #tabs?: BroadcastChannel;
  /** Whether reporting a popup's or frame's answer was all there was to do in this window. */
  readonly #errand: Promise<boolean>;
  #told = Promise.resolve();

  constructor(window: Window) {
    this.#window = window;
    this.#siteMemory = new SiteMemory(window);
    // Before any configuration is read: the page that asked waits for the answer, however this one is configured.
    this.#errand = this.#runErrand().catch(() => false);
  }

  /**
   * An element has come, or its attributes have changed.
   *
   * @param attributes looked at again when another element changes
   */
  update(view: View, attributes: Attributes): void {
    this.#views.set(view, { attributes });
    try {
      const configuration = this.#read(attributes);
      this.#adopt(configuration, attributes);
      this.#views.set(view, { attributes, configuration });
      this.#show([view], []);
    } catch (reason) {
      this.#tell([view], 'failed', toFailure(reason), [{ type: 'signInFailed' }]);
    }
  }

  /** What the element's attributes mean; undefined while they are not usable. */
  configurationOf(view: View): Configuration | undefined {
    return this.#views.get(view)?.configuration;
  }

  remove(view: View): void {
    this.#views.delete(view);
  }

  /** The visitor's pointer or focus is on the button: what the click will need is fetched now. */
  warm(view: View): void {
    if (this.configurationOf(view)) this.#signIn.warm();
  }

  signIn(view: View): void {
    if (this.configurationOf(view)) this.#session?.requestSignIn();
  }

  signOut(view: View): void {
    if (this.configurationOf(view)) this.#session?.requestSignOut();
  }

  #read(attributes: Attributes): Configuration {
    const { document, location } = this.#window;
    if (!this.#window.isSecureContext) throw failure('configuration/insecure-context');
    try {
      this.#window.sessionStorage.getItem('');
    } catch {
      throw failure('configuration/storage-blocked');
    }
    return readConfiguration(attributes, { baseURI: document.baseURI, href: location.href });
  }

  /** Makes this the page's configuration, unless another element or Messenger itself holds on to another one. */
  #adopt(configuration: Configuration, { authorize, nonce }: Attributes): void {
    const { deploymentId, region, mode, silent } = configuration;
    if (this.#session) {
      const current = this.#configuration;
      if (!isSameConfiguration(current, configuration)) {
        if (this.#working.some((other) => this.#differs(other, configuration))) {
          throw failure('configuration/conflict', 'that of another element');
        }
        if (current.deploymentId !== deploymentId || current.region.domain !== region.domain) {
          throw failure('configuration/conflict', `deployment ${current.deploymentId}`);
        }
        this.#signIn = this.#newSignIn(configuration);
      }
    }
    this.#authorize = authorize;
    this.#configuration = configuration;
    // A page's own sign-in is asked to show itself only after a click, as a popup is.
    this.#options = { mode: configuration.ownSignIn ? 'popup' : mode, silent, deploymentId };
    if (!this.#session) {
      this.#signIn = this.#newSignIn(configuration);
      void this.#start(nonce);
    }
  }

  /** As the other element is configured now: a page that changes several changes one after the other. */
  #differs(other: View, configuration: Configuration): boolean {
    try {
      return !isSameConfiguration(this.#read(this.#views.get(other)!.attributes), configuration);
    } catch {
      // It is told when its turn comes.
      return false;
    }
  }

  #newSignIn(configuration: Configuration): SignIn {
    const { provider } = configuration;
    const builtIn = provider && new ProviderSignIn(this.#window, { ...configuration, provider });
    if (builtIn && !configuration.ownSignIn) return builtIn;
    return new OwnSignIn(
      () => this.#authorize!,
      async () => builtIn?.signOut(),
    );
  }

  async #start(nonce: string | undefined): Promise<void> {
    const window = this.#window;
    const { deploymentId, region, loading } = this.#configuration;
    const sessionKey = key('session', deploymentId);
    const recall = () => this.#siteMemory.get(sessionKey);
    const isRemembered = () => recall() === 'signed-in';
    const ports: Ports = {
      // Who has logged out is not signed in again unasked.
      options: () => ({ ...this.#options, silent: this.#options.silent && recall() !== 'logged-out' }),
      signIn: () => this.#signIn,
      startMessenger: (listener) => startMessenger(window, { deploymentId, region, nonce }, listener),
      memory: window.sessionStorage,
      now: () => Date.now(),
      after(milliseconds, then) {
        const timer = window.setTimeout(then, milliseconds);
        return () => window.clearTimeout(timer);
      },
      announceLogout: () => this.#tabs?.postMessage('loggedOut'),
      remember: (what) => {
        if (what !== 'nothing') this.#siteMemory.set(sessionKey, what);
        else if (isRemembered()) this.#siteMemory.set(sessionKey, undefined);
      },
      recall,
      visible: () => window.document.visibilityState !== 'hidden',
      notify: (_, events) => this.#show(this.#working, events),
    };
    const session = new Session(ports);
    this.#session = session;

    if (await this.#errand) return;
    this.#followTabs(session, deploymentId, isRemembered);
    window.document.addEventListener('visibilitychange', () => session.changeVisibility());
    session.start(loading === 'lazy' && !isRemembered());
  }

  /** What other tabs do, and what they did while this page lay in the back/forward cache. */
  #followTabs(session: Session, deploymentId: string, isRemembered: () => boolean): void {
    const listen = () => {
      this.#tabs = new BroadcastChannel(key('tabs', deploymentId));
      this.#tabs.onmessage = ({ data }) => data === 'loggedOut' && session.hearLogout();
    };
    listen();
    // An open channel would keep the page out of the back/forward cache in some browsers.
    this.#window.addEventListener('pagehide', () => this.#tabs?.close());
    this.#window.addEventListener('pageshow', ({ persisted }) => {
      if (!persisted) return;
      listen();
      // Messenger, too, holds the truth of another time, and it cannot be restarted.
      if (session.isAuthenticated === isRemembered()) session.comeBack();
      else this.#window.location.reload();
    });
  }

  /** A popup or frame in which the provider comes back has one errand: to report to the page that asked for it. */
  async #runErrand(): Promise<boolean> {
    const window = this.#window;
    await activation(window.document);
    const callback = readCallback(window.location.href, window.sessionStorage);
    if (!callback || callback.owner === 'spent') return false;
    const way = wayOf(callback, window.sessionStorage);
    if (way === 'redirect') return false;
    if (way === 'frame') cleanAddress(window, callback);
    // An unknown state can be a popup's that has no copy of this tab's storage: only the page that asked can tell.
    const { reportCallback } = await loadFlow();
    const reported = await reportCallback(callback, { window });
    if (reported) {
      cleanAddress(window, callback);
      window.close();
    }
    return reported || way === 'frame';
  }

  #show(views: readonly View[], events: readonly SessionEvent[]): void {
    const { status, failure } = this.#session!.shown;
    this.#tell(views, status, failure, events);
  }

  /** In the order of what happened, though failures have to be put into words first. */
  #tell(
    views: readonly View[],
    status: Status,
    failure: Failure | undefined,
    events: readonly SessionEvent[],
  ): void {
    this.#told = this.#told.then(async () => {
      const finished = await this.#errand;
      const error = failure && !finished ? await explain(failure, views[0]) : undefined;
      for (const view of views) {
        if (!this.#views.has(view)) continue;
        if (finished) view.finish();
        else view.show(status, error, events);
      }
    });
  }

  get #working(): View[] {
    return [...this.#views.keys()].filter((view) => this.configurationOf(view));
  }
}

/** Nothing begins in a page that is rendered ahead of the visitor's coming. */
async function activation(document: Document & { prerendering?: boolean }): Promise<void> {
  if (document.prerendering) {
    await new Promise((resolve) => document.addEventListener('prerenderingchange', resolve, { once: true }));
  }
}

const name = Symbol.for('genesys-auth-messenger');

/** The one of this page, also when the element's code was loaded more than once. */
export function pageSession(window: Window & { [name]?: PageSession }): PageSession {
  return (window[name] ??= new PageSession(window));
}
