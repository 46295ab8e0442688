import { Failure, failure, toFailure } from '../failure.js';
import type { Grant } from '../grant.js';
import type { MessengerListener } from '../messenger/listener.js';
import type { Messenger } from '../messenger/messenger.js';
import { type GuardRecord, afterRefusal, afterSuccess, afterTrip, mayRetry, parseGuard } from './guard.js';
import { key } from '../names.js';
import type { SignIn } from '../sign-in/sign-in.js';
import { type Action, type Facts, type Status, initialFacts, nextAction, statusOf } from './rules.js';

/** How long a code can be counted on, in milliseconds: some providers let it live no longer. */
const grantLifetime = 60_000;
/** How long Messenger may take to call after `reAuthenticate` was answered, in milliseconds. */
const resumeTime = 1_000;
/** How long an exchange or a logout may go unanswered, in milliseconds; the bus itself has no time-outs. */
const answerTime = 10_000;
/** How long a page that is being left may linger before its button works again, in milliseconds. */
const leavingTime = 15_000;

export type LogoutReason = 'visitor' | 'elsewhere' | 'expired';

/** What the page is told, beside the status. */
export type SessionEvent =
  | { type: 'signedIn'; restored: boolean }
  /** For the reason that is shown with the status. */
  | { type: 'signInFailed' }
  | { type: 'loggedOut'; reason: LogoutReason };

/** What a later page should know: `nothing` also when a session has run out. */
export type Remembered = 'signed-in' | 'logged-out' | 'nothing';

/** The outside world of a session. */
export interface Ports {
  /** As configured at the moment. */
  options(): Options;
  signIn(): SignIn;
  startMessenger(listener: MessengerListener): Messenger;
  /** Of this tab: sessionStorage. */
  memory: Pick<Storage, 'getItem' | 'setItem'>;
  /** Milliseconds since 1970. */
  now(): number;
  /** @returns a function that cancels it */
  after(milliseconds: number, then: () => void): () => void;
  /** Tells the site's other tabs that the visitor has logged out. */
  announceLogout(): void;
  /** Keeps for later pages whether a session waits for them. */
  remember(what: Remembered): void;
  /** Something has changed: the status, the error, or what the page is told. */
  notify(events: readonly SessionEvent[]): void;
}

export interface Options {
  mode: 'redirect' | 'popup';
  silent: boolean;
  /** Part of the names in storage: pages of one site may use several. */
  deploymentId: string;
}

/**
 * The visitor's session in this page: keeps the facts, does what the rules say follows from them, and tells the page.
 * Every happening runs through `#learn`, so that no order of happenings is special.
 */
export class Session {
  #facts: Facts = initialFacts;
  #status: Status = 'starting';
  #failure?: Failure;
  #restored = false;
  #announced = false;
  #logoutReason: LogoutReason = 'expired';
  #messenger?: Messenger;
  /** When the grant in hand is too old. */
  #grantEnd = 0;
  /** The visitor has logged out while a code was redeemed: what comes of it is ended at once. */
  #unwanted = false;
  /** The loop guard's record, where storage is full. */
  #unsavedGuard?: GuardRecord;
  /** How many trips have begun: what comes of any but the latest is not wanted any more. */
  #trips = 0;
  /** Cancels the timer of each kind that runs. */
  readonly #timers = new Map<string, () => void>();

  constructor(readonly ports: Ports) {}

  get status(): Status {
    return this.#status;
  }

  /** Why the status is `failed`. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /**
   * Begins: what an earlier page left for this one, and Messenger.
   *
   * @param lazily Messenger waits until there is something for it to do
   */
  start(lazily = false): void {
    const arrival = this.ports.signIn().arrive();
    if (arrival) {
      // A page that the visitor only passes on the way back needs no Messenger: there the arrival never settles.
      const begin = () => this.#startMessenger();
      arrival.then(begin, begin);
      this.#travel('arrival', () => arrival);
    }
    if (arrival || lazily) this.#tell();
    else this.#startMessenger();
  }

  /** The visitor asks to be signed in. */
  requestSignIn(): void {
    const { authenticated, wanted, messenger, failure } = this.#facts;
    if (authenticated || wanted) return;
    if (messenger === 'failed' && failure && failure.code !== 'messenger/blocked') {
      // Once the script has run there is no second start: the page is told again.
      this.#learn({ failure: new Failure(failure.code, failure.detail) });
      return;
    }
    const retry = messenger === 'failed';
    this.#learn({ wanted: true, resting: false, refusal: undefined, failure: retry ? failure : undefined });
    if (retry) this.#startMessenger();
  }

  /** The visitor asks to be logged out. */
  requestSignOut(): void {
    if (!this.#facts.authenticated || this.#facts.loggingOut || !this.#messenger) return;
    this.#logoutReason = 'visitor';
    this.#learn({ ...this.#nothingUnderWay(), loggingOut: true });
    this.#after(answerTime, 'logout', () => this.#loggedOut('no answer'));
    this.#messenger.logOut().then(
      () => this.#loggedOut(),
      // The visitor was logged out already, for example because site data was cleared.
      (reason) => this.#loggedOut(/not authenticated/.test(textOf(reason)) ? undefined : textOf(reason)),
    );
  }

  get isAuthenticated(): boolean {
    return this.#facts.authenticated;
  }

  /** Another tab has logged out. */
  hearLogout(): void {
    if (this.#facts.authenticated) this.#lose('elsewhere');
  }

  /** The page was left and is back as it was, from the back/forward cache or because the visitor stopped the browser. */
  comeBack(): void {
    if (this.#timers.has('leaving')) this.#stay();
  }

  #stay(): void {
    this.#cancel('leaving');
    this.#giveUp('provider/denied', { trip: undefined, wanted: false, resting: true });
  }

  #startMessenger(): void {
    this.#learn({ messenger: 'loading' });
    this.#messenger = this.ports.startMessenger(this.#listener);
  }

  readonly #listener: MessengerListener = {
    onReady: (authenticated) => {
      this.#restored = authenticated;
      this.ports.remember(authenticated ? 'signed-in' : 'nothing');
      const { failure } = this.#facts;
      this.#learn({
        messenger: 'ready',
        // Late is better than never.
        failure: failure?.code.startsWith('messenger/') ? undefined : failure,
        ...(authenticated && { ...signedIn, ...this.#withoutWindow() }),
      });
    },
    onStepUp: () => this.#learn({ stepUp: true }),
    // Told twice: that a sign-in is possible, and that the chat has begun, without which no step-up succeeds.
    onAnonymousChat: () => this.#learn({ anonymousChat: true, nudged: false }),
    onFailed: (reason) =>
      this.#learn({ messenger: 'failed', failure: reason, wanted: false, ...this.#withoutWindow() }),
    onGetAuthCode: (call, forced) => {
      const { authenticated, codeCalls } = this.#facts;
      const again = forced || authenticated;
      this.#learn({ askedOnce: true, codeCalls: [...codeCalls, { ...call, again }] });
    },
    onReAuthenticate: (call) => {
      // Also the first sign of a refused exchange: its event is published later than this call is made.
      if (this.#facts.exchanging) this.#refused(401);
      this.#learn({
        authenticated: false,
        reAuthenticateCalls: [...this.#facts.reAuthenticateCalls, call],
      });
    },
    onSignIn: (call) => {
      // Messenger knows no visitor, or it would not ask.
      this.#learn({ authenticated: false, signInCalls: [...this.#facts.signInCalls, call] });
      if (this.#facts.signInCalls.length) this.requestSignIn();
    },
    onAuthenticated: () => {
      if (this.#unwanted) {
        this.#unwanted = false;
        this.#messenger!.logOut().catch(() => {});
        return;
      }
      this.#cancel('exchange');
      this.#restored = false;
      this.#guard = afterSuccess(this.#guard);
      this.#giveUp('signed in already', signedIn);
    },
    onExchangeFailed: (status) => {
      this.#unwanted = false;
      if (this.#facts.exchanging) this.#refused(status);
    },
    onLoggedOut: () => {
      if (this.#facts.loggingOut) this.#loggedOut();
      else if (this.#facts.authenticated) this.#lose('elsewhere');
    },
  };

  /**
   * A code was not redeemed. After 401, 403 and 504 Messenger itself asks for another code, for ever
   * (docs/messenger.md §4.1); it gets one more, and then only the visitor's click goes on.
   */
  #refused(status: number | undefined): void {
    this.#cancel('exchange');
    this.#guard = afterRefusal(this.#guard);
    const unavailable = status === undefined || status >= 500;
    const reason = failure(
      unavailable ? 'exchange/unavailable' : 'exchange/refused',
      status ? `HTTP status ${status}` : 'no answer',
    );
    const retry = (status === 401 || status === 403 || status === 504) && mayRetry(this.#guard);
    this.#learn({
      exchanging: false,
      triedSilently: false,
      ...(retry ? { refusal: reason } : { failure: reason, resting: true }),
    });
  }

  #loggedOut(unconfirmed?: string): void {
    if (!this.#facts.loggingOut) return;
    this.#cancel('logout');
    this.ports.announceLogout();
    this.#lose('visitor', unconfirmed === undefined ? undefined : failure('logout/incomplete', unconfirmed));
    this.ports
      .signIn()
      .signOut()
      .catch((reason) => this.#learn({ failure: failure('logout/no-endpoint', toFailure(reason).detail) }));
  }

  #lose(reason: LogoutReason, why?: Failure): void {
    this.#logoutReason = reason;
    this.#cancel('exchange');
    this.#unwanted = this.#facts.exchanging;
    this.#learn({
      ...(reason === 'elsewhere' && this.#nothingUnderWay()),
      authenticated: false,
      exchanging: false,
      loggingOut: false,
      anonymousChat: false,
      askedOnce: true,
      failure: why,
      resting: true,
      codeCalls: this.#facts.codeCalls.map((call) => ({ ...call, again: false })),
    });
  }

  /** What becomes of a window that was opened while Messenger loaded is of no use any more. */
  #withoutWindow(): Partial<Facts> {
    if (this.#facts.trip !== 'visible') return {};
    this.#trips++;
    return { trip: undefined };
  }

  /** Whoever is logged out is not signed in again by what had begun before. */
  #nothingUnderWay(): Partial<Facts> {
    // A page that is being left cannot be held back.
    const trip = this.#facts.trip === 'visible' ? 'visible' : undefined;
    if (!trip) this.#trips++;
    return { grant: undefined, trip, wanted: false, refusal: undefined };
  }

  /** Takes in what happened, does what follows, and tells the page. */
  #learn(news: Partial<Facts>): void {
    this.#facts = { ...this.#facts, ...news };
    // Timers are late where a computer or a page has slept.
    if (this.#facts.grant && this.ports.now() >= this.#grantEnd) this.#forgetGrant();
    for (;;) {
      const action = nextAction(this.#facts, {
        ...this.ports.options(),
        canBeSilent: this.ports.signIn().canBeSilent,
        guard: this.#guard,
        now: this.ports.now(),
      });
      if (!action) break;
      this.#do(action);
    }
    this.#tell();
  }

  /** Changes the facts so that no action follows from them twice. */
  #do(action: Action): void {
    const facts = this.#facts;
    const { grant } = facts;
    switch (action) {
      case 'answer-sign-in': {
        const [call, ...signInCalls] = facts.signInCalls;
        this.#facts = { ...facts, ...handedOver, signInCalls };
        this.#awaitExchange();
        call!.resolve(grant!);
        break;
      }
      case 'answer-code': {
        const [call, ...codeCalls] = facts.codeCalls;
        this.#facts = { ...facts, ...handedOver, codeCalls };
        this.#awaitExchange();
        call!.resolve(grant!);
        break;
      }
      case 'answer-empty': {
        this.#facts = { ...facts, codeCalls: facts.codeCalls.filter((call) => call.again && !facts.resting) };
        for (const call of facts.codeCalls)
          if (!this.#facts.codeCalls.includes(call)) call.resolve(undefined);
        break;
      }
      case 'resume': {
        this.#facts = { ...facts, reAuthenticateCalls: [], nudged: true };
        this.#after(resumeTime, 'resume', () => this.#learn({ nudged: false }));
        for (const call of facts.reAuthenticateCalls) call.resolve();
        break;
      }
      case 'ask':
      case 'step-up':
      case 'renew': {
        this.#facts = { ...facts, nudged: true };
        // Whether it worked is seen by whether Messenger calls.
        this.#messenger![action]().then(
          () => {
            // It has no need to: another tab has signed in meanwhile, and Messenger's tokens are the site's.
            if (action === 'ask' && grant === this.#facts.grant && !facts.stepUp)
              this.#listener.onAuthenticated();
          },
          () => {},
        );
        break;
      }
      case 'travel-silently':
        this.#guardTrip();
        this.#travel('silent', () => this.ports.signIn().silently());
        break;
      case 'travel-visibly':
        if (!facts.wanted) this.#guardTrip();
        this.#travel('visible', (whenBack) => this.ports.signIn().visibly(whenBack));
        break;
      case 'rest': {
        const exhausted =
          this.ports.options().mode === 'redirect' ? failure('provider/too-many-trips') : undefined;
        this.#facts = {
          ...facts,
          resting: true,
          refusal: undefined,
          failure: facts.refusal ?? facts.failure ?? exhausted,
        };
        break;
      }
      case 'expire':
        this.#facts = { ...facts, authenticated: false };
    }
  }

  #travel(
    trip: NonNullable<Facts['trip']>,
    start: (whenBack: () => void) => Promise<Grant | undefined>,
  ): void {
    this.#facts = { ...this.#facts, trip, triedSilently: this.#facts.triedSilently || trip === 'silent' };
    const number = ++this.#trips;
    this.#cancel('leaving');
    const fail = (reason: Failure) => {
      if (number === this.#trips && this.#facts.trip) this.#failTrip(trip, reason);
    };
    start(() => fail(failure('popup/closed'))).then(
      (grant) => {
        // Also from a window that seemed closed, unless the visitor has begun anew.
        if (grant && number === this.#trips) this.#receive(grant);
        else if (!grant) this.#after(leavingTime, 'leaving', () => this.#stay());
      },
      (reason) => fail(toFailure(reason)),
    );
  }

  #receive(grant: Grant): void {
    if (this.#facts.messenger === 'idle') this.#startMessenger();
    this.#grantEnd = this.ports.now() + grantLifetime;
    this.#after(grantLifetime, 'grant', () => this.#learn({}));
    this.#learn({
      grant,
      nudged: false,
      trip: undefined,
      wanted: false,
      triedSilently: false,
      refusal: undefined,
      failure: undefined,
    });
  }

  /** Nobody has asked for it in time. */
  #forgetGrant(): void {
    const facts = { ...this.#facts, grant: undefined };
    this.#facts = facts.authenticated
      ? facts
      : { ...facts, resting: true, failure: facts.failure ?? failure('messenger/no-answer') };
  }

  #failTrip(trip: NonNullable<Facts['trip']>, reason: Failure): void {
    // Nobody was asked, so nobody has failed.
    if (trip === 'silent' && reason.code === 'provider/login-required') {
      this.#learn({ trip: undefined });
      return;
    }
    this.#giveUp(reason.code, {
      trip: undefined,
      wanted: false,
      resting: trip !== 'silent' || this.#facts.resting,
      refusal: undefined,
      failure: reason,
    });
  }

  /** The sign-in that Messenger may have asked for has ended without a code for it. */
  #giveUp(why: string, news: Partial<Facts>): void {
    const { signInCalls } = this.#facts;
    this.#learn({ ...news, signInCalls: [] });
    for (const call of signInCalls) call.reject(why);
  }

  #awaitExchange(): void {
    this.#unwanted = false;
    this.#cancel('grant');
    this.#after(answerTime, 'exchange', () => this.#refused(undefined));
  }

  /** Tells the page what has changed since it was told last. */
  #tell(): void {
    const facts = this.#facts;
    const status = statusOf(facts);
    const shown = status === 'failed' ? facts.failure : undefined;
    const events: SessionEvent[] = [];
    if (status === 'signed-in' && !this.#announced) {
      this.#announced = true;
      this.ports.remember('signed-in');
      events.push({ type: 'signedIn', restored: this.#restored });
    } else if (this.#announced && (status === 'signed-out' || status === 'failed')) {
      this.#announced = false;
      this.ports.remember(this.#logoutReason === 'expired' ? 'nothing' : 'logged-out');
      events.push({ type: 'loggedOut', reason: this.#logoutReason });
      this.#logoutReason = 'expired';
    }
    if (shown && shown !== this.#failure && !shown.code.startsWith('logout/')) {
      events.push({ type: 'signInFailed' });
    }
    if (status === this.#status && shown === this.#failure && !events.length) return;
    this.#status = status;
    this.#failure = shown;
    this.ports.notify(events);
  }

  #after(milliseconds: number, kind: string, then: () => void): void {
    this.#cancel(kind);
    const cancel = this.ports.after(milliseconds, () => {
      this.#timers.delete(kind);
      then();
    });
    this.#timers.set(kind, cancel);
  }

  #cancel(kind: string): void {
    this.#timers.get(kind)?.();
    this.#timers.delete(kind);
  }

  #guardTrip(): void {
    this.#guard = afterTrip(this.#guard, this.ports.now());
  }

  get #guardKey(): string {
    return key('guard', this.ports.options().deploymentId);
  }

  /** Survives the redirect, which is the point of it. */
  get #guard(): GuardRecord {
    return this.#unsavedGuard ?? parseGuard(this.ports.memory.getItem(this.#guardKey));
  }

  set #guard(record: GuardRecord) {
    try {
      this.ports.memory.setItem(this.#guardKey, JSON.stringify(record));
    } catch {
      this.#unsavedGuard = record;
    }
  }
}

const handedOver = { grant: undefined, exchanging: true, wanted: false } satisfies Partial<Facts>;

const signedIn = {
  authenticated: true,
  askedOnce: true,
  exchanging: false,
  wanted: false,
  resting: false,
  triedSilently: false,
  refusal: undefined,
  failure: undefined,
} satisfies Partial<Facts>;

/** Messenger rejects with a text, or with the API's error body. */
function textOf(reason: unknown): string {
  const { message } = Object(reason) as { message?: unknown };
  return String(message ?? reason);
}
