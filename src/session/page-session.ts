import { attempt } from '../attempt.js';
import { failure, toFailure } from '../failure.js';
import { startMessenger } from '../messenger/messenger.js';
import { loadPart } from '../parts.js';
import { read } from '../readings.js';
import { useNonce } from '../scripts.js';
import { pageSignIn } from '../sign-in/authorize.js';
import { type Arrival, firstAddress, land } from '../sign-in/landing.js';
import { providerSignIn } from '../sign-in/provider.js';
import type { Authorize, SignIn } from '../sign-in/sign-in.js';
import { siteMemory } from '../site-memory.js';
import { openAccount } from './account.js';
import { browserPorts } from './browser-ports.js';
import {
  type Attributes,
  type Configuration,
  configuresAnything,
  isSameConfiguration,
  readConfiguration,
} from './configuration.js';
import { explain } from './explain.js';
import type { Ports, SessionEvent } from './ports.js';
import type { Shown } from './rules.js';
import { type Session, openSession } from './session.js';
import { checkSurroundings } from './surroundings.js';
import type { TraceLine, View } from './view.js';

/**
 * Messenger is one per page, so the session is too; the elements of a page are views of it. It outlives them: removing
 * and inserting an element again loses nothing.
 */
export interface PageSession {
  /**
   * The script's own tag configures the page.
   *
   * @returns the script's element; undefined where another script configures otherwise
   */
  configure<V extends View>(view: V, attributes: Attributes): V | undefined;
  /**
   * An element has come, or its attributes have changed.
   *
   * @param attributes looked at again when another element changes
   */
  update(view: View, attributes: Attributes): void;
  /** What the page's configuration means; undefined while this element cannot show it. */
  configurationOf(view: View): Configuration | undefined;
  remove(view: View): void;
  /** What has happened and was done since this was asked last: for the doctor's report. */
  takeTrace(): TraceLine[];
  /** The visitor's pointer or focus is on the button: what the click will need is fetched now. */
  prepare(view: View): void;
  signIn(view: View): void;
  signOut(view: View): void;
}

function openPageSession(window: Window): PageSession {
  const memory = siteMemory(window);
  const account = openAccount(memory);
  const views = new Map<View, { attributes: Attributes; works: boolean; failed?: Shown }>();
  /** The address that the document was loaded with. */
  const address = firstAddress(window);
  // Before anything else, and before any configuration is read.
  const landing = land(window, () => views.size > 0);
  /** Whether this window was opened for a sign-in and has reported its answer. */
  const ended = landing.then((arrival) => arrival === 'over');
  void ended.then((isOver) => isOver && window.close());
  /** Whose configuration is the page's: the script's, else that of the first element with a good one. */
  let author: View | undefined;
  let authorIsScript = false;
  /** As configured now; the session looks at both every time. */
  let current: Configuration | undefined;
  let way: SignIn;
  let session: Session | undefined;
  let messengerStarted = false;
  let hasStarted = false;
  let accountKnown: Promise<void> | undefined;
  /** The element that the visitor has used last. */
  let used: View | undefined;
  /** One speaks for all: that one, or the first that can be seen. */
  const speaker = () =>
    views.has(used!) ? used : [...views.keys()].find((view) => view.getClientRects().length);
  let hasReturned = false;
  const trace: TraceLine[] = [];
  let drawn = Promise.resolve();

  function update(view: View, attributes: Attributes): void {
    if (view === author || configuresAnything(attributes)) updateConfiguring(view, attributes);
    else updateFollowing(view, attributes);
  }

  function updateConfiguring(view: View, attributes: Attributes): void {
    views.set(view, { attributes, works: false });
    try {
      const changed = adopt(view, readAttributes(attributes), attributes);
      views.set(view, { attributes, works: true });
      showSession([view], []);
      if (changed) updateOthers(view);
    } catch (reason) {
      showFailure(view, reason);
      if (view === author && authorIsScript) updateOthers(view);
    }
  }

  /** An element without deployment, issuer and client shows what the page's author has configured. */
  function updateFollowing(view: View, attributes: Attributes): void {
    const had = ownAuthorize();
    views.set(view, { attributes, works: !!current });
    if (current) {
      if (had !== ownAuthorize()) reconfigure();
      showSession([view], []);
    } else if (authorIsScript || read(window.document, 'readyState') === 'complete') {
      try {
        readAttributes(authorIsScript ? views.get(author!)!.attributes : attributes);
      } catch (reason) {
        showFailure(view, reason);
      }
    } else {
      // While the page loads, somebody may still configure it.
      window.addEventListener('load', () => views.has(view) && update(view, attributes), { once: true });
    }
  }

  function updateOthers(changed: View): void {
    for (const [view, { attributes }] of views) if (view !== changed) update(view, attributes);
  }

  const working = () => [...views.keys()].filter(configurationOf);

  const configurationOf = (view: View) => (views.get(view)?.works ? current : undefined);

  function readAttributes(attributes: Attributes): Configuration {
    const authorize = attributes.authorize ?? ownAuthorize();
    checkSurroundings(window, !!authorize);
    const place = { baseURI: read(window.document, 'baseURI'), href: address };
    return readConfiguration(attributes, place, authorize);
  }

  /** The page's own function, whichever element it was set on. */
  const ownAuthorize = (): Authorize | undefined =>
    [...views.values()].find(({ attributes }) => attributes.authorize)?.attributes.authorize;

  /**
   * Makes this the page's configuration, if the element may.
   *
   * @returns whether something has changed
   */
  function adopt(view: View, configuration: Configuration, { nonce }: Attributes): boolean {
    if (current && isSameConfiguration(current, configuration)) {
      // Whoever says the same as an author that is gone takes their part.
      if (!authorIsScript && !views.has(author!)) author = view;
      if (author === view) useAccount(configuration);
      return false;
    }
    if (author && author !== view)
      throw failure('configuration/conflict', authorIsScript ? 'the script' : 'another element');
    if (current && messengerStarted) {
      const { deploymentId, region } = configuration;
      if (current.deploymentId !== deploymentId || current.region.domain !== region.domain)
        throw failure('configuration/conflict', `deployment ${current.deploymentId}`);
    }
    author = view;
    useNonce(nonce);
    use(configuration);
    return true;
  }

  /** What is wrong is shown by the author's own element, when it is looked at next. An author that has gone changes nothing. */
  function reconfigure(): void {
    attempt(() => use(readAttributes(views.get(author!)!.attributes)));
  }

  function use(configuration: Configuration): void {
    current = configuration;
    if (session) way = chooseWay();
    else void start();
    useAccount(configuration);
  }

  function useAccount(configuration: Configuration): void {
    accountKnown = account.use(configuration.deploymentId, configuration.account).then((isAnother) => {
      if (isAnother !== undefined && hasStarted) session!.compareAccount(isAnother);
    });
  }

  /** The page's own way to a grant where it has one, else the provider's. */
  function chooseWay(arrival?: Exclude<Arrival, 'over'>): SignIn {
    const builtIn = providerSignIn(window, current!, arrival);
    if (!current!.ownSignIn) return builtIn;
    return pageSignIn(
      () => ownAuthorize()!,
      builtIn.signOut,
      async (answer) => (await loadPart('sign-in')).takeGrant(answer),
    );
  }

  async function start(): Promise<void> {
    const browser = browserPorts(window, memory, account, () => current!);
    const ports: Ports = {
      ...browser,
      options: () => {
        const { deploymentId, mode, silent, open, ownSignIn } = current!;
        return {
          deploymentId,
          // A page's own sign-in is asked to show itself only after a click, as a popup is.
          mode: ownSignIn ? 'popup' : mode,
          // Who has logged out is not signed in again unasked.
          silent: silent && browser.recall() !== 'logged-out',
          open,
        };
      },
      signIn: () => way,
      startMessenger: (listener) => {
        messengerStarted = true;
        return startMessenger(window, current!, listener);
      },
      notify: (_, events) => showSession(working(), events),
      async tell(failure) {
        const detail = await explain(failure);
        showSession(working(), [{ type: 'signInFailed', detail }]);
      },
      trace: (what) => void trace.push({ time: Date.now(), what }),
    };
    session = openSession(ports);
    way = chooseWay();
    const arrival = await landing;
    if (arrival === 'over') return;
    hasReturned = !!arrival;
    way = chooseWay(arrival);
    browser.follow(session);
    // Whoever Messenger has a session of is compared with them at once.
    await accountKnown;
    hasStarted = true;
    session.start(current!.loading === 'lazy' && browser.recall() !== 'signed-in');
  }

  function showSession(shownIn: readonly View[], events: readonly SessionEvent[]): void {
    show(shownIn, session!.shown, events);
  }

  /** What an element's own attributes have done. Nobody but the page's author can mend it. */
  function showFailure(view: View, reason: unknown): void {
    const failed: Shown = { status: 'failed', failure: toFailure(reason), signedIn: false };
    views.get(view)!.failed = failed;
    show([view], failed, [{ type: 'signInFailed' }]);
  }

  /** In the order of what happened, though failures have to be put into words first. */
  function show(shownIn: readonly View[], shown: Shown, events: readonly SessionEvent[]): void {
    const { status, failure, signedIn } = shown;
    drawn = drawn.then(async () => {
      const isOver = await ended;
      const error = failure && !isOver ? await explain(failure, shownIn[0]) : undefined;
      // Who that is is looked at where there is something to say.
      const speaking = shown.word || hasReturned ? (speaker() ?? shownIn[0]) : undefined;
      for (const view of shownIn) {
        if (!views.has(view)) continue;
        let word = view === speaking ? shown.word : undefined;
        // Whether another try is of use is known by its explanation.
        if (word === 'failed' && !error?.retryable) word = 'unavailable';
        if (isOver) view.show({ status: 'starting', signedIn, word: 'finished' }, []);
        else view.show({ status, error, signedIn, word }, events);
      }
      if (!hasReturned) return;
      hasReturned = false;
      speaking?.takeFocus();
    });
  }

  return {
    configure<V extends View>(view: V, attributes: Attributes) {
      if (!authorIsScript && !author) {
        author = view;
        authorIsScript = true;
        update(view, attributes);
        return view;
      }
      // What is no good is as good as another one.
      const isSame = attempt(
        () => authorIsScript && isSameConfiguration(readAttributes(attributes), current!),
      );
      if (isSame) return author as V;
      void explain(failure('configuration/conflict', 'another script'));
      return undefined;
    },

    update,
    configurationOf,

    remove(view) {
      // The script's own tag still configures.
      if (view !== author || !authorIsScript) views.delete(view);
    },

    takeTrace: () => trace.splice(0),

    prepare(view) {
      if (configurationOf(view)) way.prepare();
    },

    signIn(view) {
      used = view;
      const found = views.get(view);
      if (found?.works) session!.requestSignIn();
      else if (found?.failed) show([view], { ...found.failed, word: 'failed' }, []);
    },

    signOut(view) {
      used = view;
      if (configurationOf(view)) session!.requestSignOut();
    },
  };
}

const name = Symbol.for('genesys-auth-messenger');

/** The one of this page, also when the element's code was loaded more than once. */
export function pageSession(window: Window & { [name]?: PageSession }): PageSession {
  return (window[name] ??= openPageSession(window));
}
