import { isDeepStrictEqual } from 'node:util';
import { failure } from '../../../../src/failure.js';
import type { Grant } from '../../../../src/grant.js';
import type { ErrorCode } from '../../../../src/explanations.js';
import type { MessengerListener } from '../../../../src/messenger/listener.js';
import type { Shown } from '../../../../src/session/rules.js';
import type { Ports, Remembered, SessionEvent } from '../../../../src/session/ports.js';
import { type Session, openSession } from '../../../../src/session/session.js';
import type { SignIn } from '../../../../src/sign-in/sign-in.js';
import { MemoryStorage } from '../../oidc/memory-storage.js';
import { Clock } from './clock.js';
import { SimulatedMessenger } from './messenger.js';
import { type Popup, SimulatedOwnSignIn, SimulatedSignIn, leavingTime } from './provider.js';

/** How long a grant can be counted on, in milliseconds. */
const grantLifetime = 60_000;
/** How long after a click a browser lets the page open a window, in milliseconds. */
const activationTime = 1_000;
const attemptWindow = 10 * 60_000;
const attemptLimit = 3;

/** What a session can do without. */
export const breakable = [
  'memory',
  'announceLogout',
  'remember',
  'recall',
  'visible',
  'notify',
  'trace',
  'after',
  'cancel',
] as const;

/** What does not change in a story. */
export interface Setup {
  mode: 'redirect' | 'popup';
  silent: boolean;
  lazy: boolean;
  /** The page has set `authorize`. */
  own: boolean;
  stepUp: boolean;
  /** In a step-up deployment: `getAuthCode` is called at load, and the chat waits for its answer. */
  asksAtLoad: boolean;
  chatWaits: boolean;
  asksBeforeReady: boolean;
  /** Messenger can renew its tokens without a code. */
  refreshTokens: boolean;
  /** Messenger redeems what `reAuthenticate` is answered with, and does not call `getAuthCode`. */
  takesReAuthentication: boolean;
  /** The page names the user that is signed in on the site. */
  account: boolean;
  /** The browser keeps pages that are left. */
  backForwardCache: boolean;
  /** sessionStorage takes nothing more. */
  storageIsFull: boolean;
  /** What throws whenever it is used. */
  broken: 'nothing' | (typeof breakable)[number];
  /** In the beginning. */
  weather: Partial<Weather>;
}

/** What goes well and what does not, at the moment. */
export const fairWeather = {
  network: 'fast' as 'fast' | 'slow' | 'never',
  provider: 'ok' as 'ok' | 'error' | 'unreachable' | 'never',
  /** The visitor has a session at the provider. */
  providerSession: true,
  /** Third-party cookies work, and the provider can be framed. */
  frames: true,
  popups: true,
  /** `mute`: it is ready and never asks for a code, as with a configuration that was not saved. */
  /** `conflict`, `forbidden`: its start fails at once, with another snippet in the page or Trusted Types. */
  messenger: 'ok' as 'ok' | 'late' | 'blocked' | 'off' | 'mute' | 'conflict' | 'forbidden',
  api: 200 as 200 | 400 | 401 | 403 | 404 | 409 | 429 | 500 | 504 | 'gone' | 'never',
  logout: 'ok' as 'ok' | 'refused' | 'never',
};
export type Weather = typeof fairWeather;

const networkTimes = { fast: 20, slow: 4_000 };

interface Issued {
  grant: Grant;
  owner: string;
  /** When and where the session got it. */
  at: number;
  page: Page;
  deliveries: number;
  redeemed: boolean;
}

let worlds = 0;

const full: Ports['memory'] = {
  getItem: () => null,
  setItem() {
    throw new DOMException('full', 'QuotaExceededError');
  },
};

/** One browser with some tabs of the brand's site, the provider, and Genesys Cloud. */
export class World {
  readonly clock = new Clock();
  readonly weather: Weather = { ...fairWeather };
  /** What the tabs share: localStorage. */
  readonly site = {
    tokens: false,
    /** Whose they are. */
    owner: undefined as string | undefined,
    remembered: null as Remembered | null,
    /** Whose session the element takes it for. */
    account: undefined as string | undefined,
  };
  /** Who is signed in on the brand's site. */
  user = 'ada';
  /** On another device. One tab that hears of it writes the record for all. */
  isLoggedOutElsewhere = false;
  readonly tabs: Tab[] = [];
  /** What has happened, in words. */
  readonly story: string[] = [];
  #broken?: BrokenInvariant;
  readonly #issued = new Map<string, Issued>();
  /** What waits for a network that does not answer. */
  #stalled: (() => void)[] = [];

  /** No code is ever issued again, not even in another world. */
  readonly #number = ++worlds;

  constructor(readonly setup: Setup) {
    Object.assign(this.weather, setup.weather);
  }

  /** @throws BrokenInvariant */
  demand(holds: boolean, otherwise: string): void {
    if (holds) return;
    this.#broken ??= new BrokenInvariant(otherwise);
    throw this.#broken;
  }

  /** What was thrown may have been caught on the way. @throws BrokenInvariant */
  check(): void {
    if (this.#broken) throw this.#broken;
  }

  note(page: Page | undefined, what: string): void {
    this.story.push(page ? `  ${page.name}: ${what}` : what);
  }

  openTab(): void {
    const tab = new Tab(this, this.tabs.length + 1);
    this.tabs.push(tab);
    tab.load();
  }

  respond(then: () => void): void {
    const { network } = this.weather;
    if (network === 'never') this.#stalled.push(then);
    else this.clock.after(networkTimes[network], then);
  }

  /** Whatever was broken works again. */
  mend(): void {
    Object.assign(this.weather, fairWeather);
    const stalled = this.#stalled;
    this.#stalled = [];
    for (const then of stalled) this.clock.after(0, then);
  }

  issue(page: Page): Grant {
    const number = this.#issued.size + 1;
    const grant: Grant = {
      authCode: `code-${number}-of-world-${this.#number}-secret`,
      redirectUri: 'https://brand.example/',
      codeVerifier: `verifier-${number}-secret`,
      nonce: `nonce-${number}-secret`,
    };
    this.#issued.set(grant.authCode, {
      grant: { ...grant },
      owner: page.account,
      at: this.clock.now,
      page,
      deliveries: 0,
      redeemed: false,
    });
    return grant;
  }

  noteDelivery(page: Page, grant: Grant, isOpen: boolean): void {
    const issued = this.#issued.get(grant.authCode);
    if (!issued) return this.demand(false, 'something that is no grant is delivered');
    this.note(page, `grant ${grant.authCode.split('-')[1]} is delivered`);
    issued.deliveries++;
    this.demand(!page.isLoggedOut, 'a grant is delivered though the visitor has logged out');
    this.demand(isOpen, 'a grant is delivered to a call that is closed');
    this.demand(issued.deliveries === 1, 'a grant is delivered twice');
    this.demand(issued.page === page, "another page's grant is delivered");
    page.noteAnswered();
    this.demand(this.clock.now - issued.at <= grantLifetime, 'an old grant is delivered');
    this.demand(isDeepStrictEqual(issued.grant, grant), 'a changed grant is delivered');
  }

  ownerOf(grant: Grant): string {
    return this.#issued.get(grant.authCode)!.owner;
  }

  /** The answer of the API to an exchange. */
  redeem(grant: Grant): Exclude<Weather['api'], 'never'> {
    const issued = this.#issued.get(grant.authCode)!;
    const { api } = this.weather;
    if (api !== 200 && api !== 'never') return api;
    if (issued.redeemed) return 401;
    issued.redeemed = true;
    return 200;
  }

  noteRefusal(page: Page): void {
    const { tab } = page;
    tab.refusalsInARow++;
    this.demand(tab.refusalsInARow <= 2, 'a third code is tried after two refusals, and nobody has clicked');
  }

  noteSuccess({ tab }: Page): void {
    tab.refusalsInARow = 0;
  }

  holdsSecret(value: unknown): boolean {
    return /secret/.test(JSON.stringify(value) ?? '');
  }

  /** Those which have a socket open hear of a logout. */
  notifyOtherMessengers(page?: Page): void {
    for (const { page: other } of this.tabs) {
      if (other && other !== page && other.hasSocket) other.after(20, () => other.messenger?.hearLogout());
    }
  }

  announceLogout(page: Page): void {
    for (const { page: other } of this.tabs) {
      if (other && other !== page && other.state === 'live') other.after(1, () => other.hearLogout());
    }
  }
}

export class BrokenInvariant extends Error {}

export class Tab {
  readonly memory = new MemoryStorage();
  page?: Page | undefined;
  /** Where the visitor is, if not on the brand's page. */
  away?: 'at the provider' | 'elsewhere' | undefined;
  /** What the provider has put into the address. */
  arrival?: 'code' | 'error' | undefined;
  popup?: Popup | undefined;
  refusalsInARow = 0;
  automaticSignIns: number[] = [];

  constructor(
    readonly world: World,
    readonly number: number,
  ) {}

  /** @param asks the page's code calls signIn() before the session begins */
  load(asks = false): void {
    this.page?.discard();
    this.away = undefined;
    this.page = new Page(this);
    if (asks) this.page.ask(false);
    this.page.start();
  }

  close(): void {
    this.page?.discard();
    this.page = undefined;
    this.away = undefined;
  }

  /** The visitor goes somewhere else in this tab. */
  goAway(where: NonNullable<Tab['away']>): void {
    if (this.world.setup.backForwardCache) this.page!.freeze();
    else this.page!.discard();
    this.away = where;
  }

  /** Back, from there. */
  comeBack(): void {
    this.away = undefined;
    if (this.page?.state === 'frozen') this.page.thaw();
    else this.load();
  }
}

/** One load of the brand's page. */
export class Page {
  readonly world: World;
  readonly session: Session;
  messenger?: SimulatedMessenger;
  state: 'live' | 'frozen' | 'gone' = 'live';
  /** This page's Messenger hears of logouts elsewhere. */
  hasSocket = false;
  /** The user whom the page names. */
  account: string;
  /** Messenger's chat cannot be seen. */
  isChatHidden = false;
  readonly name: string;
  readonly #signIn: SignIn;
  readonly #events: SessionEvent[] = [];
  /** What falls due while the page is frozen. */
  #held: (() => void)[] = [];
  #clickedAt = -Infinity;
  /** The visitor has asked for a sign-in that has not begun. */
  #isAsked = false;
  /** The visitor has logged out and not asked to be signed in since. */
  isLoggedOut = false;
  isVisible = true;
  /** The visitor has done something here, or before they came back from the provider. */
  hasActed = false;
  /** Why Messenger cannot be used, since it was started last. */
  messengerFailure?: ErrorCode | undefined;
  /** Something has happened since the page heard of anything. */
  #hasCause = false;
  /** What the visitor came back with is still wanted. */
  landingCounts = true;
  /** A code was got and has not been handed over. */
  #owesAnswer = false;
  /** The visitor has really logged out, here or elsewhere; Messenger may say so late. */
  #hasHeardTruly = false;
  #last: Shown = { status: 'starting', signedIn: false };
  /** The sign-in in sight of the visitor that is under way. */
  #visible?: { isUnderWay(): boolean } | undefined;
  /** It was left for the provider. */
  #isLeft = false;
  #navigation?: (() => void) | undefined;

  constructor(readonly tab: Tab) {
    this.world = tab.world;
    this.name = `tab ${tab.number}`;
    const { world } = this;
    const { setup } = world;
    this.account = world.user;
    this.#signIn = setup.own ? new SimulatedOwnSignIn(this) : new SimulatedSignIn(this);
    const ports: Ports = {
      // As PageSession has it: a page's own sign-in shows itself only after a click, as a popup does.
      options: () => ({
        mode: setup.own ? 'popup' : setup.mode,
        silent: setup.silent,
        open: true,
        deploymentId: 'deployment',
      }),
      signIn: () => this.#signIn,
      startMessenger: (listener) => {
        this.messengerFailure = undefined;
        this.messenger = new SimulatedMessenger(this, this.#watched(listener));
        this.messenger.start();
        return this.messenger;
      },
      memory: setup.storageIsFull ? full : tab.memory,
      now: () => world.clock.now,
      after: (milliseconds, then) => this.after(milliseconds, then),
      announceLogout: () => world.announceLogout(this),
      remember: (what) => {
        if (what !== 'nothing') world.site.remembered = what;
        else if (world.site.remembered === 'signed-in') world.site.remembered = null;
      },
      recall: () => world.site.remembered,
      sameAccount: () => !setup.account || world.site.account === this.account,
      keepAccount: (kept) => (world.site.account = kept ? this.account : undefined),
      hideChat: (hidden) => (this.isChatHidden = hidden),
      visible: () => this.isVisible,
      tell: (reason) => world.demand(false, `${reason.code} is told, and Messenger has found no flaw`),
      notify: (shown, events) => this.#hear(shown, events),
    };
    this.session = openSession(this.#broken(ports));
  }

  #broken(ports: Ports): Ports {
    const { broken } = this.world.setup;
    const fail = () => {
      throw new TypeError('broken');
    };
    switch (broken) {
      case 'nothing':
        return ports;
      case 'memory':
        return { ...ports, memory: { getItem: fail, setItem: fail } };
      case 'cancel':
        return { ...ports, after: (...timer) => (ports.after(...timer), fail) };
      case 'notify':
        return { ...ports, notify: (...news) => (ports.notify(...news), fail()) };
      default:
        return { ...ports, [broken]: fail };
    }
  }

  start(): void {
    const { setup, site } = this.world;
    this.session.start(setup.lazy && site.remembered !== 'signed-in');
  }

  // The page's own time

  /** @returns a function that cancels it */
  after(milliseconds: number, then: () => void): () => void {
    return this.world.clock.after(milliseconds, () => this.#run(then));
  }

  /** After the network's time. */
  respond(then: () => void): void {
    this.world.respond(() => this.#run(then));
  }

  #run(task: () => void): void {
    if (this.state === 'live') task();
    else if (this.state === 'frozen') this.#held.push(task);
  }

  discard(): void {
    this.state = 'gone';
  }

  freeze(): void {
    this.state = 'frozen';
    this.#visible = undefined;
  }

  /** As PageSession does when it is shown again. */
  thaw(): void {
    this.state = 'live';
    const wasLeft = this.#isLeft;
    this.#isLeft = false;
    for (const task of this.#held) this.after(0, task);
    this.#held = [];
    const isIn = this.session.isAuthenticated;
    const isSame = !this.world.setup.account || this.world.site.account === this.account;
    if (isIn === (this.world.site.remembered === 'signed-in') && (!isIn || isSame)) {
      this.session.comeBack();
      this.world.demand(
        this.session.shown.status !== 'signing-in' || !wasLeft,
        'the button is busy, back from the provider',
      );
    } else this.tab.load();
  }

  // The visitor

  get isActivated(): boolean {
    return this.world.clock.now - this.#clickedAt < activationTime;
  }

  /** @param byVisitor a click, with which the browser lets the page open a window */
  ask(byVisitor: boolean, act = () => this.session.requestSignIn()): void {
    if (byVisitor) this.#clickedAt = this.world.clock.now;
    this.#isAsked = true;
    this.#hasCause = true;
    this.hasActed = true;
    // Whoever begins anew waits for the new answer.
    this.#owesAnswer = false;
    this.isLoggedOut = false;
    this.tab.refusalsInARow = 0;
    act();
  }

  logOut(): void {
    this.isLoggedOut = true;
    this.#hasHeardTruly = true;
    this.#hasCause = true;
    this.hasActed = true;
    this.session.requestSignOut();
  }

  hearLogout(): void {
    // Without the record nobody can know whether it is true.
    if (this.world.site.remembered === 'logged-out' && this.world.setup.broken !== 'recall') {
      this.noteLogout();
      this.messenger?.reportLoggedOut();
    }
    this.session.hearLogout();
  }

  /** The visitor has logged out elsewhere: nothing goes on here but what they have asked for here. */
  noteLogout(): void {
    this.#hasCause = true;
    this.#hasHeardTruly = true;
    const goesOn = this.#isAsked || this.#visible?.isUnderWay();
    if (this.session.isAuthenticated || !goesOn) this.isLoggedOut = true;
  }

  /** Somebody else has signed in on the site, and this page is told without a reload. */
  changeAccount(account: string): void {
    this.account = account;
    this.landingCounts = false;
    this.#hasCause = true;
    this.#visible = undefined;
    this.#isAsked = false;
    this.#owesAnswer = false;
    this.isLoggedOut = true;
    this.session.compareAccount(true);
  }

  /** A script says so, and it is not true. */
  hearForgedLogout(): void {
    this.session.hearLogout();
  }

  see(visible: boolean): void {
    this.isVisible = visible;
    this.session.changeVisibility();
  }

  stopNavigation(): void {
    this.#navigation?.();
    this.#navigation = undefined;
  }

  get isLeaving(): boolean {
    return this.#navigation !== undefined;
  }

  // The ways to the provider

  /** @param counts the visitor waits for it: it is of no hidden frame, and not of a window of the past */
  receiveGrant(counts = true): Grant {
    this.#isAsked = false;
    this.#hasCause = true;
    this.#owesAnswer = counts && !this.isLoggedOut;
    return this.world.issue(this);
  }

  noteSignIn(kind: 'silent' | 'interactive'): void {
    const { world, tab } = this;
    const isUnasked = kind === 'interactive' && !this.#isAsked;
    world.demand(!isUnasked, 'the visitor is taken to the provider though nobody has asked');
    const { now } = world.clock;
    world.demand(!this.#visible?.isUnderWay(), `a ${kind} sign-in begins while a sign-in is in sight`);
    const isAutomatic = kind === 'silent';
    world.note(this, `${kind} sign-in begins${isAutomatic ? ' by itself' : ''}`);
    if (isAutomatic) {
      tab.automaticSignIns = [...tab.automaticSignIns.filter((at) => now - at < attemptWindow), now];
      world.demand(
        tab.automaticSignIns.length <= attemptLimit,
        'a fourth automatic sign-in begins within ten minutes',
      );
      world.demand(!this.isLoggedOut, 'a sign-in begins by itself after a logout');
      const isSeen = this.isVisible || world.setup.broken === 'visible';
      world.demand(isSeen, 'a hidden page signs in by itself');
    }
    if (kind === 'interactive') {
      this.#isAsked = false;
      this.#visible = { isUnderWay: () => true };
    }
  }

  noteAnswered(): void {
    this.#owesAnswer = false;
  }

  noteFailure(): void {
    this.#visible = undefined;
  }

  /** Messenger has failed, or has a session: a popup that is still open is nobody's concern, and a click closes it. */
  noteWindowIsOfNoUse(): void {
    if (this.tab.popup?.page === this) this.#visible = undefined;
  }

  /** The page navigates to the provider; that takes its time. */
  leave(): void {
    const begun = this.world.clock.now;
    const visible = (this.#visible = {
      isUnderWay: () => this.world.clock.now - begun < leavingTime,
    });
    let isStopped = false;
    this.#navigation = () => (isStopped = true);
    this.respond(() => {
      if (isStopped) return;
      this.#navigation = undefined;
      this.#isLeft = this.#visible === visible;
      this.tab.goAway('at the provider');
    });
  }

  /** @returns undefined for a page's own function that gives nothing */
  openPopup(whenBack: () => void): Promise<Grant | undefined> {
    this.tab.popup?.answer(failure('provider/error', 'aborted'));
    return new Promise<Grant | undefined>((resolve, reject) => {
      const visible = (this.#visible = { isUnderWay: () => true });
      const isOver = () => {
        if (this.#visible === visible) this.#visible = undefined;
      };
      const popup: Popup = (this.tab.popup = {
        page: this,
        answer: (outcome) =>
          void this.after(0, () => {
            const counts = this.#visible === visible;
            isOver();
            if (this.tab.popup === popup) this.tab.popup = undefined;
            if (outcome === 'code') resolve(this.receiveGrant(counts));
            else if (outcome === 'nothing') resolve(undefined);
            else reject(outcome);
          }),
        close: () =>
          void this.after(0, () => {
            isOver();
            whenBack();
          }),
      });
    });
  }

  /** Everything that Messenger says or asks is a reason for a change. */
  #watched(listener: MessengerListener): MessengerListener {
    return (name, ...values) => {
      this.#hasCause = true;
      listener(name, ...values);
    };
  }

  // What the page hears

  #hear(shown: Shown, events: readonly SessionEvent[]): void {
    const { world, session, messenger } = this;
    const last = this.#last;
    this.#last = shown;
    world.demand(shown === session.shown, 'the page hears something else than the session shows');
    const { status, failure: reason } = shown;
    const changes = last.status === 'failed' && (status !== 'failed' || reason?.code !== last.failure?.code);
    world.demand(!changes || this.#hasCause, `${last.failure?.code} is over, and nothing has changed`);
    this.#hasCause = false;
    const isShown = !this.messengerFailure || reason?.code === this.messengerFailure;
    world.demand(isShown, `${this.messengerFailure}, but ${status} ${reason?.code ?? ''} is shown`);
    world.demand(
      !shown.word || shown.word === 'again' || this.hasActed,
      `the visitor is told "${shown.word}" and has done nothing`,
    );
    if (reason || this.isLoggedOut) this.#owesAnswer = false;
    world.demand(this.state === 'live', 'a page that is gone hears something');
    world.demand(!world.holdsSecret([events, session.shown.failure]), 'the page hears a secret');
    const isOthers = world.setup.account && messenger?.reported && messenger.owner !== this.account;
    world.demand(
      status !== 'signed-in' || !isOthers,
      'a session of another account is announced as signed in',
    );
    world.demand(!isOthers || this.isChatHidden, "another account's chat is shown");
    world.note(
      this,
      [session.shown.status, session.shown.failure?.code, ...events.map(({ type }) => `→ ${type}`)]
        .filter(Boolean)
        .join(' '),
    );
    for (const event of events) {
      // Another was named and then the one whose session it is: nobody has ended it.
      if (event.type === 'signedIn' && event.detail.restored && !this.#hasHeardTruly)
        this.isLoggedOut = false;
      if (event.type === 'signInFailed') {
        world.demand(session.shown.failure !== undefined, 'signInFailed without a reason');
        continue;
      }
      // Messenger keeps the tokens that are good for nothing any more.
      if (event.type === 'loggedOut' && event.detail.reason === 'expired' && messenger?.reported) {
        world.demand(messenger.hasAskedAgain, 'the session is ended though nothing was wrong with it');
        messenger.reported = false;
      }
      if (event.type === 'loggedOut' && event.detail.reason === 'elsewhere')
        world.demand(
          this.#hasHeardTruly || world.isLoggedOutElsewhere,
          'a logout that did not happen is believed',
        );
      const last = this.#events.at(-1)?.type ?? 'loggedOut';
      world.demand(last !== event.type, `${event.type} twice`);
      this.#events.push(event);
    }
  }

  /** What must hold whenever nothing is going on. */
  checkQuiet(): void {
    const { world, session, messenger } = this;
    const isIn = session.shown.status === 'signed-in';
    world.demand(!this.#owesAnswer || isIn, 'a code was neither handed over nor failed');
    const { status } = session.shown;
    world.demand(!/^(starting|signing)/.test(status), `it stays ${status} for ever`);
    const open = messenger?.openCalls ?? [];
    const isOpen = (name: string) => open.some((call) => call.name === name);
    // Whoever is signed in has no anonymous chat that could be held up (docs/messenger.md §4.3).
    const isHeldUp = isOpen('getAuthCode') && world.setup.stepUp && !isIn;
    world.demand(!isHeldUp, 'getAuthCode holds up an anonymous chat');
    const isForgotten = open.some((call) => call.name === 'reAuthenticate' && !call.isPassedOver);
    world.demand(!(isForgotten && isIn), 'reAuthenticate is never answered');
    world.demand(!isOpen('signIn'), 'signIn is never answered');
    if (open.some(({ isAgain }) => isAgain)) {
      world.demand(!isIn, 'getAuthCode waits though somebody is signed in');
    } else if (!isOpen('getAuthCode')) {
      world.demand(
        isIn === (messenger?.reported ?? false),
        `${status}, which is not what Messenger has reported`,
      );
    }
    const last = this.#events.at(-1)?.type ?? 'loggedOut';
    world.demand((last === 'signedIn') === isIn, `${status}, and the last event was ${last}`);
    world.demand(
      (status === 'failed') === (session.shown.failure !== undefined),
      `${status} with a wrong reason`,
    );
  }
}
