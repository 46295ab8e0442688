import { type AuthMessengerError, type Failure, failure } from '../errors.js';
import { startMessenger } from '../messenger/messenger.js';
import {
  type Attributes,
  type Configuration,
  isSameConfiguration,
  readConfiguration,
} from './configuration.js';
import { explain } from './explain.js';
import type { Status } from './rules.js';
import { type Options, type Ports, Session, type SessionEvent, type SignIn } from './session.js';
import { ProviderSignIn } from './sign-in.js';

/** An element: it shows the page's session and tells what happens to it. */
export interface View {
  show(status: Status, error: AuthMessengerError | undefined, events: readonly SessionEvent[]): void;
}

/**
 * Messenger is one per page, so the session is too; the elements of a page are views of it. It outlives them: removing
 * and inserting an element again loses nothing.
 */
export class PageSession {
  readonly #window: Window;
  /** What each element configures; undefined while that is not usable. */
  readonly #views = new Map<View, Configuration | undefined>();
  #configuration?: Configuration;
  #session?: Session;
  /** As configured now; the session looks here every time. */
  readonly #options: Options = { mode: 'redirect', silent: false, frames: false };
  #signIn?: SignIn;
  #tabs?: BroadcastChannel;
  #told = Promise.resolve();

  constructor(window: Window) {
    this.#window = window;
  }

  /** An element has come, or its attributes have changed. */
  update(view: View, attributes: Attributes): void {
    try {
      const configuration = this.#read(attributes);
      this.#views.set(view, undefined);
      this.#adopt(configuration, attributes.nonce);
      this.#views.set(view, configuration);
      this.#show([view], []);
    } catch (reason) {
      this.#views.set(view, undefined);
      this.#tell([view], 'failed', reason as Failure, [{ type: 'signInFailed' }]);
    }
  }

  remove(view: View): void {
    this.#views.delete(view);
  }

  signIn(view: View): void {
    if (this.#views.get(view)) this.#session?.requestSignIn();
  }

  signOut(view: View): void {
    if (this.#views.get(view)) this.#session?.requestSignOut();
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
  #adopt(configuration: Configuration, nonce: string | undefined): void {
    const current = this.#configuration;
    if (current && isSameConfiguration(current, configuration)) return;
    if (current) {
      if (this.#working.length) {
        throw failure('configuration/conflict', 'another element of this page is configured differently');
      }
      if (
        current.deploymentId !== configuration.deploymentId ||
        current.region.domain !== configuration.region.domain
      ) {
        throw failure('configuration/conflict', `this page has loaded deployment ${current.deploymentId}`);
      }
    }
    this.#configuration = configuration;
    this.#options.mode = configuration.mode;
    this.#options.silent = configuration.silent;
    this.#signIn = new ProviderSignIn(this.#window, configuration);
    if (!this.#session) this.#start(configuration, nonce);
  }

  #start({ deploymentId, region }: Configuration, nonce: string | undefined): void {
    const window = this.#window;
    this.#tabs = new BroadcastChannel(`genesys-auth-messenger:${deploymentId}`);
    const ports: Ports = {
      startMessenger: (listener) => startMessenger(window, { deploymentId, region, nonce }, listener),
      signIn: {
        arrive: () => this.#signIn!.arrive(),
        silently: () => this.#signIn!.silently(),
        visibly: () => this.#signIn!.visibly(),
        signOut: () => this.#signIn!.signOut(),
      },
      memory: window.sessionStorage,
      now: () => Date.now(),
      after(milliseconds, then) {
        const timer = window.setTimeout(then, milliseconds);
        return () => window.clearTimeout(timer);
      },
      announceLogout: () => this.#tabs!.postMessage('loggedOut'),
      notify: (events) => this.#show(this.#working, events),
    };
    const session = new Session(this.#options, ports);
    this.#session = session;
    this.#tabs.onmessage = ({ data }) => data === 'loggedOut' && session.hearLogout();
    window.addEventListener('pageshow', ({ persisted }) => persisted && session.comeBack());
    session.start();
  }

  #show(views: readonly View[], events: readonly SessionEvent[]): void {
    const { status, failure } = this.#session!;
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
      const error = failure && (await explain(failure));
      for (const view of views) if (this.#views.has(view)) view.show(status, error, events);
    });
  }

  get #working(): View[] {
    return [...this.#views.keys()].filter((view) => this.#views.get(view));
  }
}

const key = Symbol.for('genesys-auth-messenger');

/** The one of this page, also when the element's code was loaded more than once. */
export function pageSession(window: Window & { [key]?: PageSession }): PageSession {
  return (window[key] ??= new PageSession(window));
}
