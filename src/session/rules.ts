import type { Failure } from '../failure.js';
import type { Grant } from '../grant.js';
import type { Call } from '../messenger/listener.js';
import { type GuardRecord, mayTravel } from './guard.js';

/** What the visitor and the page are shown. */
export type Status = 'starting' | 'signed-out' | 'signing-in' | 'signed-in' | 'signing-out' | 'failed';

/** An open `getAuthCode`. */
export interface CodeCall extends Call<Grant | undefined> {
  /** Messenger has a session that needs it to go on: a new code is fetched without waiting for the visitor. */
  again: boolean;
}

/** All that is known at one moment. The two functions below say what follows from it. */
export interface Facts {
  /** `idle`: not asked for yet (`loading="lazy"`). */
  messenger: 'idle' | 'loading' | 'ready' | 'failed';
  /** The deployment lets anonymous visitors chat and sign in later. */
  stepUp: boolean;
  /** Such a chat has begun. */
  anonymousChat: boolean;
  /** Messenger's own call at start-up is over: it must be asked to ask again. */
  askedOnce: boolean;
  /** Messenger holds tokens. */
  authenticated: boolean;

  codeCalls: readonly CodeCall[];
  reAuthenticateCalls: readonly Call<void>[];
  signInCalls: readonly Call<Grant>[];

  /** In hand, not yet handed over. */
  grant?: Grant;
  /** Messenger was told that there is a grant; it is about to call. */
  nudged: boolean;
  /** A grant was handed over and nothing is known yet of its redemption. */
  exchanging: boolean;
  /** The latest grant was refused, and one more attempt is allowed. */
  refusal?: Failure;

  /** A trip to the provider: coming back from one, in a hidden frame, or in sight of the visitor. */
  trip?: 'arrival' | 'silent' | 'visible';
  /** The visitor has asked to be signed in. */
  wanted: boolean;
  /** The silent way was tried for the present need. */
  triedSilently: boolean;
  /** Nothing more is tried until the visitor asks. */
  resting: boolean;

  loggingOut: boolean;
  failure?: Failure;
}

export const initialFacts: Facts = {
  messenger: 'idle',
  stepUp: false,
  anonymousChat: false,
  askedOnce: false,
  authenticated: false,
  codeCalls: [],
  reAuthenticateCalls: [],
  signInCalls: [],
  nudged: false,
  exchanging: false,
  wanted: false,
  triedSilently: false,
  resting: false,
  loggingOut: false,
};

/** What the configuration, this tab's past and the clock allow. */
export interface Limits {
  mode: 'redirect' | 'popup';
  /** Try the silent way before the visitor asks. */
  silent: boolean;
  /** The silent way has not been found useless in this tab. */
  canBeSilent: boolean;
  guard: GuardRecord;
  /** Milliseconds since 1970. */
  now: number;
}

export type Action =
  /** Hand the grant to the oldest `signIn`, or `getAuthCode`. */
  | 'answer-sign-in'
  | 'answer-code'
  /** Answer `reAuthenticate`, whereupon Messenger asks for the code. */
  | 'resume'
  /** Make Messenger ask for the code. */
  | 'ask'
  | 'step-up'
  /** Make Messenger, which has tokens, get others. */
  | 'renew'
  /** Let the anonymous chat begin. */
  | 'answer-empty'
  | 'travel-silently'
  | 'travel-visibly'
  /** No way is left that needs no visitor. */
  | 'rest'
  /** Take for signed out whoever cannot go on without signing in again. */
  | 'expire';

/** What to do next; undefined: wait for something to happen. */
export function nextAction(facts: Facts, limits: Limits): Action | undefined {
  if (facts.messenger === 'ready') {
    if (facts.grant) return handOver(facts);
    if (isHeldUp(facts)) return 'answer-empty';
    if (hasExpired(facts)) return 'expire';
  }
  return facts.grant ? undefined : travel(facts, limits);
}

/** A grant has one owner: whoever asks first, in the order of what the visitor is waiting for. */
function handOver(facts: Facts): Action | undefined {
  if (facts.signInCalls.length) return 'answer-sign-in';
  if (facts.codeCalls.length) return 'answer-code';
  if (facts.reAuthenticateCalls.length) return 'resume';
  if (facts.nudged) return undefined;
  // After a redirect the tokens of before count until a call fails: what the visitor came back with is newer.
  if (facts.authenticated) return 'renew';
  if (facts.stepUp && facts.anonymousChat) return 'step-up';
  return facts.askedOnce ? 'ask' : undefined;
}

/** An anonymous chat must not wait for a visitor who may never sign in (docs/messenger.md §4.3). */
function isHeldUp({ stepUp, authenticated, exchanging, trip, codeCalls, resting }: Facts): boolean {
  if (!stepUp || authenticated || exchanging || trip === 'arrival') return false;
  return codeCalls.some((call) => !call.again || resting);
}

/** Messenger's tokens are no good any more, and only a click can get others. */
function hasExpired({ authenticated, resting, codeCalls }: Facts): boolean {
  return authenticated && resting && codeCalls.some((call) => call.again);
}

function travel(facts: Facts, { mode, silent, canBeSilent, guard, now }: Limits): Action | undefined {
  if (facts.trip || facts.exchanging || facts.loggingOut) return undefined;
  if (facts.messenger === 'failed') return undefined;
  // A window opens only in the click, so Messenger is not waited for, unless it has failed before and may do so again.
  const mayOpenWindow = facts.wanted && mode === 'popup' && !facts.failure;
  if (facts.messenger === 'loading' && !mayOpenWindow) return undefined;
  if (facts.wanted) return 'travel-visibly';

  const untried = canBeSilent && !facts.triedSilently;
  if (isContinuing(facts)) {
    const byRedirect = mode === 'redirect' && mayTravel(guard, now);
    // After a refused code there is one attempt in all, so it is made the way that surely works.
    if (untried && mayTravel(guard, now) && !(facts.refusal && byRedirect)) return 'travel-silently';
    return byRedirect ? 'travel-visibly' : 'rest';
  }
  // Nobody is bothered for these: the visitor may be known, and the second of two calls made at once may be answered.
  const wanting = facts.authenticated
    ? facts.codeCalls.length + facts.reAuthenticateCalls.length > 0
    : silent;
  const worthATry = wanting && facts.messenger === 'ready' && !facts.resting;
  return worthATry && untried && mayTravel(guard, now) ? 'travel-silently' : undefined;
}

/** The visitor's session is to go on, without the visitor if possible. */
function isContinuing({ authenticated, resting, refusal, reAuthenticateCalls, codeCalls }: Facts): boolean {
  const isLost = !authenticated && reAuthenticateCalls.length > 0;
  return !resting && (!!refusal || isLost || codeCalls.some((call) => call.again));
}

export function statusOf(facts: Facts): Status {
  const { messenger, trip, failure } = facts;
  if (facts.loggingOut) return 'signing-out';
  if (facts.authenticated) return 'signed-in';
  if (failure && messenger === 'failed') return 'failed';
  if (trip === 'visible' || trip === 'arrival' || facts.wanted) return 'signing-in';
  if (facts.grant || facts.exchanging || isContinuing(facts)) return 'signing-in';
  if (messenger === 'loading' || trip === 'silent') return 'starting';
  return failure ? 'failed' : 'signed-out';
}
