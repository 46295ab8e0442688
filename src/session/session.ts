import { failure, toFailure } from '../failure.js';
import type { Grant } from '../grant.js';
import { noAnswer } from '../messenger/bus.js';
import type { MessengerListener } from '../messenger/listener.js';
import type { Messenger } from '../messenger/messenger.js';
import { key } from '../names.js';
import { type Facts, initialFacts } from './facts.js';
import { parseGuard } from './guard.js';
import { type Change, done, happenings } from './happenings.js';
import { type Ports, type SessionEvent, guarded } from './ports.js';
import {
  type Action,
  type Limits,
  type Wait,
  type Shown,
  hidesChat,
  nextAction,
  shownOf,
  waitsOf,
} from './rules.js';

type Happenings = typeof happenings;
type Name = keyof Happenings;
type Values<N extends Name> = Happenings[N] extends (facts: Facts, ...values: infer V) => Change ? V : never;

/** What happened, without what may be secret: calls and grants are objects. */
const inWords = (value: unknown): string =>
  value instanceof Error
    ? value.message
    : typeof value === 'object' || typeof value === 'function'
      ? ''
      : String(value);

/** What throws at once has failed like anything else. */
function begun<Work extends Promise<unknown> | undefined>(start: () => Work): Work {
  try {
    return start();
  } catch (reason) {
    return Promise.reject(toFailure(reason)) as Work;
  }
}

/**
 * The visitor's session in this page. What happens changes the facts (happenings.ts), what follows from them is done
 * (rules.ts), and the page hears of it. This is the only writer of the facts, and decides nothing.
 */
export class Session {
  #facts: Facts = initialFacts;
  #hidesChat = false;
  #shown: Shown = { status: 'starting', asksAgain: false, forVisitor: false };
  #messenger?: Messenger;
  /** What has happened and is not taken in yet. */
  readonly #happened: { name: Name; values: readonly unknown[] }[] = [];
  #isBusy = false;
  /** Ends the interactive sign-in that is under way. */
  #inSight?: AbortController;
  /** What is waited for, and how to stop waiting. */
  readonly #waits = new Map<Wait, { of: unknown; cancel: () => void }>();

  readonly ports: Required<Ports>;

  constructor(ports: Ports) {
    this.ports = guarded(ports);
  }

  /** What the page has heard last. */
  get shown(): Shown {
    return this.#shown;
  }

  get isAuthenticated(): boolean {
    return this.#facts.authenticated;
  }

  /**
   * Begins: what an earlier page left for this one, and Messenger.
   *
   * @param lazily Messenger waits until there is something for it to do
   */
  start(lazily = false): void {
    const guard = parseGuard(this.ports.memory.getItem(this.#guardKey));
    const landing = begun(() => this.ports.signIn().arrive());
    // A page that the visitor only passes on the way back needs no Messenger: there the landing never settles.
    this.#happen('started', guard, this.ports.visible(), lazily || !!landing);
    // In the same task: Messenger can show nothing before.
    if (!this.ports.sameAccount()) this.compareAccount(false);
    if (!landing) return;
    this.#happen('landed');
    this.#follow(() => landing);
  }

  /**
   * The page names an account.
   *
   * @param isAnother it has named one before
   */
  compareAccount(isAnother: boolean): void {
    this.#happen('accountCompared', this.ports.sameAccount(), isAnother);
  }

  /** The visitor, or the page's own code, asks for a sign-in. */
  requestSignIn(): void {
    this.#happen('signInRequested');
  }

  /** The visitor asks to be logged out. */
  requestSignOut(): void {
    this.#happen('signOutRequested');
  }

  /** Another tab says that the visitor has logged out. */
  hearLogout(): void {
    this.#happen('logoutHeard', this.#hasLoggedOut);
  }

  /** The page was left and is back as it was, from the back/forward cache or because the visitor stopped the browser. */
  comeBack(): void {
    this.#happen('cameBack');
  }

  /** The page was hidden, or is seen again. */
  changeVisibility(): void {
    this.#happen('visibilityChanged', this.ports.visible());
  }

  readonly #listener: MessengerListener = {
    onReady: (authenticated) => {
      this.ports.remember(authenticated ? 'signed-in' : 'nothing');
      this.#happen('messengerReady', authenticated, this.ports.sameAccount());
    },
    onStepUp: () => this.#happen('stepUpFound'),
    onAnonymousChat: () => this.#happen('anonymousChatBegan'),
    onFailed: (reason) => this.#happen('messengerFailed', reason),
    onGetAuthCode: (call, forced) => this.#happen('codeCalled', call, forced),
    onReAuthenticate: (call) => this.#happen('reAuthenticateCalled', call),
    onSignIn: (call) => this.#happen('signInCalled', call),
    onExchangeBegan: () => this.#happen('exchangeBegan'),
    onAuthenticated: () => this.#happen('authenticated'),
    onExchangeFailed: (reason) => this.#happen('exchangeFailed', reason),
    onLoggedOut: () => this.#happen('loggedOut'),
  };

  /** Takes in what happened, does what follows, and announces it. What happens meanwhile has its turn at once. */
  #happen<N extends Name>(name: N, ...values: Values<N>): void {
    this.#happened.push({ name, values });
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      while (this.#takeIn() || this.#act());
    } finally {
      this.#isBusy = false;
    }
    this.#watch();
    this.#announce();
  }

  #takeIn(): boolean {
    const happening = this.#happened.shift();
    if (!happening) return false;
    const { name, values } = happening;
    this.ports.trace([name, ...values.map(inWords)].filter(Boolean).join(' '));
    const change = happenings[name] as (facts: Facts, ...values: readonly unknown[]) => Change;
    this.#change(change(this.#facts, ...values));
    return true;
  }

  #act(): boolean {
    const before = this.#facts;
    const action = nextAction(before, this.#limits);
    if (!action) return false;
    this.ports.trace(`→ ${action}`);
    this.#change(done(action, before, this.ports.now()));
    this.#do(action, before);
    return true;
  }

  get #limits(): Limits {
    const { canBeSilent } = this.ports.signIn();
    return { ...this.ports.options(), canBeSilent, now: this.ports.now() };
  }

  /** The one place where the facts change. */
  #change(change: Change): void {
    const before = this.#facts;
    this.#facts = { ...before, ...change };
    const { guard, grant, signInNumber } = this.#facts;
    if (before.grant && !grant) this.ports.signIn().forget();
    if (before.signInNumber !== signInNumber) this.#inSight?.abort();
    if (guard !== before.guard) this.ports.memory.setItem(this.#guardKey, JSON.stringify(guard));
  }

  /** @param before the facts that the action follows from; they have changed already */
  #do(action: Action, before: Facts): void {
    const { grant, codeCalls, signInCalls, reAuthenticateCalls } = before;
    const signIn = this.ports.signIn();
    const messenger = this.#messenger!;
    switch (action) {
      case 'start-messenger':
        try {
          this.#messenger = this.ports.startMessenger(this.#listener);
        } catch (reason) {
          this.#happen('messengerFailed', toFailure(reason));
        }
        break;
      case 'reject-sign-in':
        for (const call of signInCalls) call.reject(before.signInRejection!);
        break;
      case 'answer-sign-in':
        signInCalls[0]!.resolve(grant!);
        break;
      case 'answer-code':
        codeCalls[0]!.resolve(grant!);
        break;
      case 'answer-empty':
        for (const call of codeCalls) if (!this.#facts.codeCalls.includes(call)) call.resolve(undefined);
        break;
      case 'answer-re-authenticate':
        // A code is good once: where it could be taken twice, it is left to getAuthCode.
        for (const call of reAuthenticateCalls)
          call.resolve(before.callDue || reAuthenticateCalls.length > 1 ? undefined : grant);
        break;
      case 'ask':
        messenger.ask().then(
          () => {
            // It has no need to call: another tab has signed in meanwhile, and Messenger's tokens are the site's.
            if (grant === this.#facts.grant && !before.stepUp)
              this.#happen('sessionFound', this.ports.sameAccount());
          },
          () => {},
        );
        break;
      case 'step-up':
      case 'renew':
        // Whether it worked is seen by whether Messenger calls.
        messenger[action]().catch(() => {});
        break;
      case 'sign-in-silently':
        this.#follow(() => signIn.silently());
        break;
      case 'sign-in-interactively': {
        const { signal } = (this.#inSight = new AbortController());
        this.#follow((whenBack) => signIn.visibly(whenBack, signal));
        break;
      }
      case 'log-out':
        messenger.logOut().then(
          () => this.#happen('logoutAnswered'),
          (reason) => this.#happen('logoutAnswered', toFailure(reason)),
        );
        break;
      case 'pass-logout-on':
        // First the record, by which the other tabs know that it is true.
        this.ports.remember('logged-out');
        this.ports.keepAccount(false);
        this.ports.announceLogout();
        // The provider's session may be the one of who is here now.
        if (before.logoutReason === 'account') break;
        begun(() => signIn.signOut()).catch((reason) =>
          this.#happen('providerLogoutFailed', failure('logout/no-endpoint', toFailure(reason).detail)),
        );
        break;
      case 'end-unwanted-session':
        messenger.logOut().catch(() => {});
    }
  }

  /** Starts the sign-in that has been noted, and takes in what comes of it. */
  #follow(start: (whenBack: () => void) => Promise<Grant | undefined>): void {
    const number = this.#facts.signInNumber;
    const whenBack = () => this.#happen('signInFailed', number, failure('popup/closed'));
    begun(() => start(whenBack)).then(
      (grant) => {
        if (grant && number !== this.#facts.signInNumber) this.ports.signIn().forget();
        if (grant) this.#happen('grantReceived', number, grant, this.ports.now());
        else this.#happen('pageIsLeft', number);
      },
      (reason) => this.#happen('signInFailed', number, toFailure(reason)),
    );
  }

  /** Waits for what the facts say is to come in time. */
  #watch(): void {
    const waits = waitsOf(this.#facts);
    for (const [wait, { of, cancel }] of this.#waits) {
      if (waits.some((other) => other.wait === wait && other.of === of)) continue;
      cancel();
      this.#waits.delete(wait);
    }
    for (const { wait, of, limit } of waits) {
      if (this.#waits.has(wait)) continue;
      const cancel = this.ports.after(limit, () => {
        // A timer that could not be cancelled is of another wait.
        if (this.#waits.get(wait) !== entry) return;
        this.#waits.delete(wait);
        this.#timeOut(wait);
      });
      const entry = { of, cancel };
      this.#waits.set(wait, entry);
    }
  }

  #timeOut(wait: Wait): void {
    switch (wait) {
      case 'exchange':
        return this.#happen('exchangeFailed', noAnswer());
      case 'logout':
        return this.#happen('logoutAnswered', failure('logout/incomplete', 'no answer'));
      case 'call':
        return this.#happen('callMissed');
      case 'leaving':
        return this.#happen('cameBack');
      case 'record':
        return this.#happen('logoutChecked', this.#hasLoggedOut);
      case 'grant':
        return this.#happen('timePassed');
    }
  }

  /** Announces what has changed since the last time. */
  #announce(): void {
    const facts = this.#facts;
    const shown = shownOf(facts);
    const { status, failure } = shown;
    if (hidesChat(facts) !== this.#hidesChat) {
      this.#hidesChat = !this.#hidesChat;
      this.ports.hideChat(this.#hidesChat);
    }
    const events: SessionEvent[] = [];
    if (status === 'signed-in' && !facts.announced) {
      this.#change(happenings.announced());
      this.ports.remember('signed-in');
      if (!facts.restored) this.ports.keepAccount(true);
      events.push({ type: 'signedIn', restored: facts.restored });
    } else if (facts.announced && (status === 'signed-out' || status === 'failed')) {
      const reason = facts.logoutReason;
      this.#change(happenings.logoutAnnounced());
      this.ports.remember(reason === 'expired' ? 'nothing' : 'logged-out');
      events.push({ type: 'loggedOut', reason });
    }
    const last = this.#shown;
    if (failure && failure !== last.failure && !failure.code.startsWith('logout/')) {
      events.push({ type: 'signInFailed' });
    }
    const isSame = (Object.keys(shown) as (keyof Shown)[]).every((name) => shown[name] === last[name]);
    if (isSame && !events.length) return;
    this.#shown = shown;
    this.ports.notify(shown, events);
  }

  get #hasLoggedOut(): boolean {
    return this.ports.recall() === 'logged-out';
  }

  /** The guard's record survives the redirect, which is the point of it. */
  get #guardKey(): string {
    return key('guard', this.ports.options().deploymentId);
  }
}
