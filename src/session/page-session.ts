import { failure, toFailure } from '../failure.js';
import { startMessenger } from '../messenger/messenger.js';
import { read } from '../readings.js';
import { useNonce } from '../scripts.js';
import { chooseSignIn } from '../sign-in/choose.js';
import { type Arrival, firstAddress, land } from '../sign-in/landing.js';
import type { Authorize, SignIn } from '../sign-in/sign-in.js';
import { type SiteMemory, siteMemory } from '../site-memory.js';
import { Account } from './account.js';
import { browserPorts } from './browser-ports.js';
import {
  type Attributes,
  type Configuration,
  configuresAnything,
  isSameConfiguration,
  readConfiguration,
} from './configuration.js';
import { tell } from './explain.js';
import type { Options, Ports, SessionEvent } from './ports.js';
import type { Shown } from './rules.js';
import { Session } from './session.js';
import { checkSurroundings } from './surroundings.js';
import type { TraceLine, View } from './view.js';

/**
 * Messenger is one per page, so the session is too; the elements of a page are views of it. It outlives them: removing
 * and inserting an element again loses nothing.
 */
export class PageSession {
  readonly #window: Window;
  readonly #siteMemory: SiteMemory;
  readonly #account: Account;
  readonly #views = new Map<View, { attributes: Attributes; works: boolean }>();
  /** The address that the document was loaded with. */
  readonly #address: string;
  readonly #arrival: Promise<Arrival>;
  /** Whether this window was opened for a sign-in and has reported its answer. */
  readonly #over: Promise<boolean>;
  #session?: Session;
  /** Whose configuration is the page's: the script's, else that of the first element with a good one. */
  #author?: View;
  #authorIsScript = false;
  /** As configured now; the session looks at these three every time. */
  #configuration?: Configuration;
  #options!: Options;
  #signIn!: SignIn;
  #messengerStarted = false;
  #hasStarted = false;
  #accountKnown?: Promise<void>;
  /** The element that the visitor has used last: it speaks for all. */
  #used?: View;
  readonly #trace: TraceLine[] = [];
  #shown = Promise.resolve();

  constructor(window: Window) {
    this.#window = window;
    this.#siteMemory = siteMemory(window);
    this.#account = new Account(this.#siteMemory);
    this.#address = firstAddress(window);
    // Before anything else, and before any configuration is read.
    this.#arrival = land(window);
    this.#over = this.#arrival.then((arrival) => arrival === 'over');
    void this.#over.then((over) => over && window.close());
  }

  /**
   * The script's own tag configures the page.
   *
   * @returns the script's element; undefined where another script configures otherwise
   */
  configure<V extends View>(view: V, attributes: Attributes): V | undefined {
    if (!this.#authorIsScript && !this.#author) {
      this.#author = view;
      this.#authorIsScript = true;
      this.update(view, attributes);
      return view;
    }
    try {
      const same = this.#configuration && isSameConfiguration(this.#read(attributes), this.#configuration);
      if (same && this.#authorIsScript) return this.#author as V;
    } catch {
      // As good as another one.
    }
    void tell(failure('configuration/conflict', "that of another script's tag"));
    return undefined;
  }

  /**
   * An element has come, or its attributes have changed.
   *
   * @param attributes looked at again when another element changes
   */
  update(view: View, attributes: Attributes): void {
    if (view === this.#author || configuresAnything(attributes)) this.#updateConfiguring(view, attributes);
    else this.#updateFollowing(view, attributes);
  }

  #updateConfiguring(view: View, attributes: Attributes): void {
    this.#views.set(view, { attributes, works: false });
    try {
      const configuration = this.#read(attributes);
      const changed = this.#adopt(view, configuration, attributes);
      this.#views.set(view, { attributes, works: true });
      this.#showSession([view], []);
      if (changed) this.#updateOthers(view);
    } catch (reason) {
      this.#showFailure(view, reason);
      if (view === this.#author && this.#authorIsScript) this.#updateOthers(view);
    }
  }

  /** An element without deployment, issuer and client shows what the page's author has configured. */
  #updateFollowing(view: View, attributes: Attributes): void {
    const { document } = this.#window;
    const had = this.#ownAuthorize;
    this.#views.set(view, { attributes, works: !!this.#configuration });
    if (this.#configuration) {
      if (had !== this.#ownAuthorize) this.#reconfigure();
      this.#showSession([view], []);
    } else if (this.#authorIsScript || read(document, 'readyState') === 'complete') {
      try {
        this.#read(this.#authorIsScript ? this.#views.get(this.#author!)!.attributes : attributes);
      } catch (reason) {
        this.#showFailure(view, reason);
      }
    } else {
      // While the page loads, somebody may still configure it.
      this.#window.addEventListener('load', () => this.#views.has(view) && this.update(view, attributes), {
        once: true,
      });
    }
  }

  #updateOthers(author: View): void {
    for (const [view, { attributes }] of this.#views) if (view !== author) this.update(view, attributes);
  }

  /** What the page's configuration means; undefined while this element cannot show it. */
  configurationOf(view: View): Configuration | undefined {
    return this.#views.get(view)?.works ? this.#configuration : undefined;
  }

  remove(view: View): void {
    // The script's own tag still configures.
    if (view !== this.#author || !this.#authorIsScript) this.#views.delete(view);
  }

  /** What has happened and was done since this was asked last: for the doctor's report. */
  takeTrace(): TraceLine[] {
    return this.#trace.splice(0);
  }

  /** The visitor's pointer or focus is on the button: what the click will need is fetched now. */
  warm(view: View): void {
    if (this.configurationOf(view)) this.#signIn.warm();
  }

  signIn(view: View): void {
    this.#used = view;
    if (this.configurationOf(view)) this.#session?.requestSignIn();
  }

  signOut(view: View): void {
    this.#used = view;
    if (this.configurationOf(view)) this.#session?.requestSignOut();
  }

  #read(attributes: Attributes): Configuration {
    const window = this.#window;
    const authorize = attributes.authorize ?? this.#ownAuthorize;
    checkSurroundings(window, !!authorize);
    const place = { baseURI: read(window.document, 'baseURI'), href: this.#address };
    return readConfiguration(attributes, place, authorize);
  }

  /** The page's own function, whichever element it was set on. */
  get #ownAuthorize(): Authorize | undefined {
    const views = [...this.#views.values()];
    return views.find(({ attributes }) => attributes.authorize)?.attributes.authorize;
  }

  /**
   * Makes this the page's configuration, if the element may.
   *
   * @returns whether something has changed
   */
  #adopt(view: View, configuration: Configuration, { nonce }: Attributes): boolean {
    const { deploymentId, region } = configuration;
    const current = this.#configuration;
    const author = this.#author;
    if (current && isSameConfiguration(current, configuration)) {
      // Whoever says the same as an author that is gone takes their part.
      if (!this.#authorIsScript && !this.#views.has(author!)) this.#author = view;
      if (this.#author === view) this.#useAccount(configuration);
      return false;
    }
    if (author && author !== view) {
      throw failure(
        'configuration/conflict',
        `that of ${this.#authorIsScript ? 'the script' : 'another element'}`,
      );
    }
    if (current && this.#messengerStarted) {
      if (current.deploymentId !== deploymentId || current.region.domain !== region.domain)
        throw failure('configuration/conflict', `deployment ${current.deploymentId}`);
    }
    this.#author = view;
    useNonce(nonce);
    this.#use(configuration);
    return true;
  }

  #reconfigure(): void {
    const author = this.#author && this.#views.get(this.#author);
    if (!author) return;
    try {
      this.#use(this.#read(author.attributes));
    } catch {
      // The author's own element shows what is wrong.
    }
  }

  #use(configuration: Configuration): void {
    const { deploymentId, mode, silent } = configuration;
    this.#configuration = configuration;
    // A page's own sign-in is asked to show itself only after a click, as a popup is.
    this.#options = { mode: configuration.ownSignIn ? 'popup' : mode, silent, deploymentId };
    if (this.#session) this.#signIn = this.#newSignIn(configuration);
    else void this.#start();
    this.#useAccount(configuration);
  }

  #useAccount({ deploymentId, account }: Configuration): void {
    this.#accountKnown = this.#account.use(deploymentId, account).then((isAnother) => {
      if (isAnother !== undefined && this.#hasStarted) this.#session!.compareAccount(isAnother);
    });
  }

  #newSignIn(configuration: Configuration, arrival?: Arrival): SignIn {
    return chooseSignIn(this.#window, configuration, () => this.#ownAuthorize!, arrival);
  }

  async #start(): Promise<void> {
    const window = this.#window;
    const browser = browserPorts(window, this.#siteMemory, this.#account, () => this.#configuration!);
    const ports: Ports = {
      ...browser,
      // Who has logged out is not signed in again unasked.
      options: () => ({
        ...this.#options,
        silent: this.#options.silent && browser.recall() !== 'logged-out',
      }),
      signIn: () => this.#signIn,
      startMessenger: (listener) => {
        this.#messengerStarted = true;
        return startMessenger(window, this.#configuration!, listener);
      },
      notify: (_, events) => this.#showSession(this.#working, events),
      trace: (what) => void this.#trace.push({ time: Date.now(), what }),
    };
    const session = new Session(ports);
    this.#session = session;
    this.#signIn = this.#newSignIn(this.#configuration!);
    const arrival = await this.#arrival;
    if (arrival === 'over') return;
    this.#signIn = this.#newSignIn(this.#configuration!, arrival);
    browser.follow(session);
    // A digest takes a moment; where none is needed, nothing waits.
    if (this.#account.isUsed) await this.#accountKnown;
    this.#hasStarted = true;
    session.start(this.#configuration!.loading === 'lazy' && browser.recall() !== 'signed-in');
  }

  #showSession(views: readonly View[], events: readonly SessionEvent[]): void {
    this.#show(views, this.#session!.shown, events);
  }

  /** What an element's own attributes have done. Nobody but the page's author can mend it. */
  #showFailure(view: View, reason: unknown): void {
    const shown = {
      status: 'failed',
      failure: toFailure(reason),
      asksAgain: false,
      forVisitor: false,
    } as const;
    this.#show([view], shown, [{ type: 'signInFailed' }]);
  }

  /** In the order of what happened, though failures have to be put into words first. */
  #show(views: readonly View[], shown: Shown, events: readonly SessionEvent[]): void {
    const { status, failure, asksAgain, forVisitor } = shown;
    this.#shown = this.#shown.then(async () => {
      const over = await this.#over;
      const error = failure && !over ? await tell(failure, views[0]) : undefined;
      const speaker = this.#used ?? [...this.#views.keys()][0];
      for (const view of views) {
        if (!this.#views.has(view)) continue;
        const aloud = view === speaker && (status !== 'failed' || forVisitor);
        if (over) view.finish();
        else view.show({ status, error, aloud, asksAgain: asksAgain && view === speaker }, events);
      }
    });
  }

  get #working(): View[] {
    return [...this.#views.keys()].filter((view) => this.configurationOf(view));
  }
}

const name = Symbol.for('genesys-auth-messenger');

/** The one of this page, also when the element's code was loaded more than once. */
export function pageSession(window: Window & { [name]?: PageSession }): PageSession {
  return (window[name] ??= new PageSession(window));
}
