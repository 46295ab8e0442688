import { type Failure, failure, toFailure } from '../failure.js';
import type { Grant } from '../grant.js';
import { noAnswer } from '../messenger/bus.js';
import type { MessengerHappenings } from '../messenger/listener.js';
import type { Messenger } from '../messenger/messenger.js';
import { key } from '../names.js';
import type { SignIn } from '../sign-in/sign-in.js';
import { type Change, type Facts, initialFacts } from './facts.js';
import { parseGuard } from './guard.js';
import { happenings } from './happenings.js';
import { type Ports, type SessionEvent, guarded } from './ports.js';
import {
  type Action,
  type Limits,
  type Wait,
  type Shown,
  done,
  hidesChat,
  nextAction,
  shownOf,
  waitsOf,
} from './rules.js';
import { openWaits } from './waits.js';

type Happenings = typeof happenings;
type Name = keyof Happenings;
type Values<N extends Name> = Happenings[N] extends (facts: Facts, ...values: infer V) => Change ? V : never;

/** What happened, without what may be secret: calls and grants are objects. */
const inWords = (value: unknown): string =>
  value instanceof Error ? value.message : Object(value) === value ? '' : String(value);

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
export interface Session {
  /** What the page has heard last. */
  readonly shown: Shown;
  readonly isAuthenticated: boolean;
  /**
   * Begins: what an earlier page left for this one, and Messenger.
   *
   * @param lazily Messenger waits until there is something for it to do
   */
  start(lazily?: boolean): void;
  /**
   * The page names an account.
   *
   * @param isAnother it has named one before
   */
  compareAccount(isAnother: boolean): void;
  /** The visitor, or the page's own code, asks for a sign-in. */
  requestSignIn(): void;
  /** The visitor asks to be logged out. */
  requestSignOut(): void;
  /** Another tab says that the visitor has logged out. */
  hearLogout(): void;
  /** As the happening `cameBack`. */
  comeBack(): void;
  /** The page was hidden, or is seen again. */
  changeVisibility(): void;
}

export function openSession(unguarded: Ports): Session {
  const ports = guarded(unguarded);
  let facts: Facts = initialFacts;
  let chatIsHidden = false;
  let shown: Shown = { status: 'starting', signedIn: false };
  let messenger: Messenger | undefined;
  /** What has happened and is not taken in yet. */
  const happened: { name: Name; values: readonly unknown[] }[] = [];
  let isBusy = false;
  /** What the grant in hand came from: the page may have been configured anew since. */
  let granting: SignIn | undefined;
  /** Ends the interactive sign-in that is under way. */
  let inSight: AbortController | undefined;
  const watchTime = openWaits(ports, waitedInVain);

  const hear = (name: keyof MessengerHappenings, ...values: unknown[]): void => {
    if (name === 'flawFound') return ports.tell(values[0] as Failure);
    if (name === 'messengerReady') {
      ports.remember(values[0] ? 'signed-in' : 'nothing');
      values.push(ports.sameAccount());
    }
    happen(name, ...(values as never));
  };

  /** Takes in what happened, does what follows, and announces it. What happens meanwhile has its turn at once. */
  function happen<N extends Name>(name: N, ...values: Values<N>): void {
    happened.push({ name, values });
    if (isBusy) return;
    isBusy = true;
    try {
      while (takeIn() || act());
    } finally {
      isBusy = false;
    }
    watchTime(waitsOf(facts));
    announce();
  }

  function takeIn(): boolean {
    const happening = happened.shift();
    if (!happening) return false;
    const { name, values } = happening;
    ports.trace([name, ...values.map(inWords)].filter(Boolean).join(' '));
    const change = happenings[name] as (facts: Facts, ...values: readonly unknown[]) => Change;
    apply(change(facts, ...values));
    return true;
  }

  function act(): boolean {
    const before = facts;
    const action = nextAction(before, limits());
    if (!action) return false;
    ports.trace(`→ ${action}`);
    apply(done(action, before, ports.now()));
    carryOut(action, before);
    return true;
  }

  function limits(): Limits {
    const { canBeSilent } = ports.signIn();
    return { ...ports.options(), canBeSilent, now: ports.now() };
  }

  /** The one place where the facts change. */
  function apply(change: Change): void {
    const before = facts;
    facts = { ...before, ...change };
    const { guard, grant, signInNumber } = facts;
    if (before.grant && !grant) granting!.forget();
    if (before.signInNumber !== signInNumber) inSight?.abort();
    if (guard !== before.guard) ports.memory.setItem(guardKey(), JSON.stringify(guard));
  }

  /** @param before the facts that the action follows from; they have changed already */
  function carryOut(action: Action, before: Facts): void {
    const { grant, codeCalls, signInCalls, reAuthenticateCalls } = before;
    const signIn = ports.signIn();
    switch (action) {
      case 'start-messenger':
        try {
          messenger = ports.startMessenger(hear);
        } catch (reason) {
          happen('messengerFailed', toFailure(reason));
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
        for (const call of codeCalls) if (!facts.codeCalls.includes(call)) call.resolve(undefined);
        break;
      case 'answer-re-authenticate':
        // A code is good once: where it could be taken twice, it is left to getAuthCode.
        for (const call of reAuthenticateCalls)
          call.resolve(before.callDue || reAuthenticateCalls.length > 1 ? undefined : grant);
        break;
      case 'ask':
        messenger!.ask().then(
          () => {
            // It has no need to call: another tab has signed in meanwhile, and Messenger's tokens are the site's.
            if (grant === facts.grant && !before.stepUp) happen('sessionFound', ports.sameAccount());
          },
          () => {},
        );
        break;
      case 'step-up':
      case 'renew':
        // Whether it worked is seen by whether Messenger calls.
        messenger![action]().catch(() => {});
        break;
      case 'sign-in-silently':
        follow(() => signIn.signInSilently());
        break;
      case 'sign-in-interactively': {
        const { signal } = (inSight = new AbortController());
        follow((whenBack) => signIn.signInInteractively(whenBack, signal));
        break;
      }
      case 'log-out':
        messenger!.logOut().then(
          () => happen('logoutAnswered'),
          (reason) => happen('logoutAnswered', toFailure(reason)),
        );
        break;
      case 'pass-logout-on':
        // First the record, by which the other tabs know that it is true.
        ports.remember('logged-out');
        ports.keepAccount(false);
        ports.announceLogout();
        // The provider's session may be the one of who is here now.
        if (before.logoutReason === 'account') break;
        begun(() => signIn.signOut()).catch((reason) =>
          happen('providerLogoutFailed', failure('logout/no-endpoint', toFailure(reason).detail)),
        );
        break;
      case 'end-unwanted-session':
        messenger!.logOut().catch(() => {});
        break;
      case 'open-chat':
        if (ports.options().open) messenger![action]();
    }
  }

  /** Starts the sign-in that has been noted, and takes in what comes of it. */
  function follow(start: (whenBack: () => void) => Promise<Grant | undefined>): void {
    const number = facts.signInNumber;
    const signIn = ports.signIn();
    const whenBack = () => happen('signInFailed', number, failure('popup/closed'));
    begun(() => start(whenBack)).then(
      (grant) => {
        if (!grant) return happen('pageIsLeft', number);
        if (number !== facts.signInNumber) return signIn.forget();
        granting = signIn;
        happen('grantReceived', number, grant, ports.now());
      },
      (reason) => happen('signInFailed', number, toFailure(reason)),
    );
  }

  function waitedInVain(wait: Wait): void {
    switch (wait) {
      case 'exchange':
        return happen('exchangeFailed', noAnswer());
      case 'logout':
        return happen('logoutAnswered', failure('logout/incomplete', 'no answer'));
      case 'call':
        return happen('callMissed');
      case 'leaving':
        return happen('cameBack');
      case 'record':
        return happen('logoutChecked', hasLoggedOut());
      case 'grant':
        return happen('timePassed');
    }
  }

  /** Announces what has changed since the last time. */
  function announce(): void {
    const last = shown;
    const next = shownOf(facts);
    const { status, failure, signedIn } = next;
    if (hidesChat(facts) !== chatIsHidden) {
      chatIsHidden = !chatIsHidden;
      ports.hideChat(chatIsHidden);
    }
    const events: SessionEvent[] = [];
    if (signedIn && !facts.announced) {
      apply(happenings.announced());
      ports.remember('signed-in');
      if (!facts.restored) ports.keepAccount(true);
      events.push({ type: 'signedIn', detail: { restored: !!facts.restored } });
    } else if (facts.announced && !signedIn && (status === 'signed-out' || status === 'failed')) {
      const reason = facts.logoutReason;
      apply(happenings.logoutAnnounced());
      ports.remember(reason === 'expired' ? 'nothing' : 'logged-out');
      events.push({ type: 'loggedOut', detail: { reason } });
    }
    if (failure && failure !== last.failure && !failure.code.startsWith('logout/')) {
      events.push({ type: 'signInFailed' });
    }
    const isSame = (Object.keys(next) as (keyof Shown)[]).every((name) => next[name] === last[name]);
    if (isSame && !events.length) return;
    shown = next;
    ports.notify(next, events);
  }

  const hasLoggedOut = () => ports.recall() === 'logged-out';

  /** The guard's record survives the redirect, which is the point of it. */
  const guardKey = () => key('guard', ports.options().deploymentId);

  const compareAccount = (isAnother: boolean) => happen('accountCompared', ports.sameAccount(), isAnother);

  return {
    get shown() {
      return shown;
    },
    get isAuthenticated() {
      return !!facts.authenticated;
    },
    start(lazily = false) {
      const guard = parseGuard(ports.memory.getItem(guardKey()));
      const landing = begun(() => ports.signIn().complete());
      // Before anything that was asked for is done.
      if (landing) happen('landed');
      // A page that the visitor only passes on the way back needs no Messenger: there the landing never settles.
      happen('started', guard, ports.visible(), lazily || !!landing);
      // In the same task: Messenger can show nothing before.
      if (!ports.sameAccount()) compareAccount(false);
      if (landing) follow(() => landing);
    },
    compareAccount,
    requestSignIn: () => happen('signInRequested'),
    requestSignOut: () => happen('signOutRequested'),
    hearLogout: () => happen('logoutHeard', hasLoggedOut()),
    comeBack: () => happen('cameBack'),
    changeVisibility: () => happen('visibilityChanged', ports.visible()),
  };
}
