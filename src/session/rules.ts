import { type Failure, failure } from '../failure.js';
import { type Change, type Facts, type Status, grantLifetime } from './facts.js';
import { afterAttempt, mayAttempt } from './guard.js';
import type { Word } from '../words/sentences.js';
import { expired, handedOver, signInBegan } from './happenings.js';

/** What the configuration, this tab's past and the clock allow. */
export interface Limits {
  mode: 'redirect' | 'popup';
  /** Try a silent sign-in before the visitor asks. */
  silent: boolean;
  /** Silent sign-ins have not been found useless in this tab. */
  canBeSilent: boolean;
  /** Milliseconds since 1970. */
  now: number;
}

export type Action =
  | 'start-messenger'
  /** The grant in hand is too old. */
  | 'drop-grant'
  /** Answer `signIn` without a grant. */
  | 'reject-sign-in'
  /** Hand the grant to the oldest `signIn`, or `getAuthCode`. */
  | 'answer-sign-in'
  | 'answer-code'
  /** Answer `reAuthenticate`, whereupon Messenger calls for the code. */
  | 'answer-re-authenticate'
  /** Make Messenger call for the code. */
  | 'ask'
  | 'step-up'
  /** Make Messenger, which has tokens, get others. */
  | 'renew'
  /** Let the anonymous chat begin. */
  | 'answer-empty'
  | 'sign-in-silently'
  | 'sign-in-interactively'
  /** No way is left that needs no visitor. */
  | 'wait-for-visitor'
  /** Take the visitor for signed out who cannot go on without signing in again. */
  | 'expire'
  | 'log-out'
  /** Tell the other tabs and the provider. */
  | 'pass-logout-on'
  | 'end-unwanted-session'
  /** Open the chat, where the page wants that. */
  | 'open-chat';

/** What to do next; undefined: wait for something to happen. */
export function nextAction(facts: Facts, limits: Limits): Action | undefined {
  if (facts.grant && limits.now >= facts.grantEnd) return 'drop-grant';
  if (facts.signInRejection) return 'reject-sign-in';
  if (facts.messenger === 'due') return 'start-messenger';
  if (facts.unwantedSession) return 'end-unwanted-session';
  if (facts.chatDue) return 'open-chat';
  if (facts.logout === 'requested') return 'log-out';
  if (facts.logout === 'done') return 'pass-logout-on';
  if (facts.messenger === 'ready') {
    // Not into a session that is being ended.
    if (facts.grant && !facts.logout) return handOver(facts);
    if (isHeldUp(facts)) return 'answer-empty';
    if (hasExpired(facts)) return 'expire';
  }
  return facts.grant ? undefined : signIn(facts, limits);
}

/** A grant has one owner: whoever calls first, in the order of what the visitor is waiting for. */
function handOver(facts: Facts): Action | undefined {
  if (facts.signInCalls.length) return 'answer-sign-in';
  if (facts.codeCalls.length) return 'answer-code';
  if (facts.reAuthenticateCalls.length) return 'answer-re-authenticate';
  if (facts.callDue) return undefined;
  // After a redirect the tokens of before count until a call fails: what the visitor came back with is newer.
  // Another account's tokens must not be taken for those of this grant.
  if (facts.authenticated || facts.otherAccount) return 'renew';
  if (facts.stepUp && facts.anonymousChat) return 'step-up';
  return facts.hasCalled ? 'ask' : undefined;
}

/** An anonymous chat must not wait for a visitor who may never sign in (docs/messenger.md §4.3). */
function isHeldUp(facts: Facts): boolean {
  const { stepUp, authenticated, exchanging, signIn, codeCalls, waitsForVisitor, logout } = facts;
  // A logout must not wait either: Messenger calls where it cannot even log out without new tokens.
  if (logout) return codeCalls.length > 0;
  if (!stepUp || authenticated || exchanging || signIn === 'landing') return false;
  return codeCalls.some(({ renewal }) => !renewal || waitsForVisitor);
}

/** Messenger's tokens are no good any more, and only a click can get others. */
function hasExpired({ authenticated, waitsForVisitor, codeCalls }: Facts): boolean {
  return !!authenticated && !!waitsForVisitor && codeCalls.some(({ renewal }) => renewal);
}

/** In sight of the visitor only when asked to; everything automatic is silent, or waits (docs/design.md, The session, rule 3). */
function signIn(facts: Facts, { mode, silent, canBeSilent, now }: Limits): Action | undefined {
  if (facts.signIn || facts.exchanging || facts.logout) return undefined;
  if (facts.messenger === 'failed') return undefined;
  // A window opens only in the click, so Messenger is not waited for, unless it has failed before and may do so again.
  const mayOpenWindow = facts.requested && mode === 'popup' && !facts.failure;
  if (facts.messenger === 'loading' && !mayOpenWindow) return undefined;
  if (facts.requested) return 'sign-in-interactively';

  const maySignInSilently = canBeSilent && !facts.triedSilently && mayAttempt(facts.guard, now);
  if (isContinuing(facts) && !maySignInSilently) return 'wait-for-visitor';
  // Nobody is bothered for these: the visitor may be known, and the second of two calls made at once may be answered.
  const wanting = facts.authenticated
    ? facts.codeCalls.length + facts.reAuthenticateCalls.length > 0
    : silent;
  const worthATry = wanting && facts.messenger === 'ready' && !facts.waitsForVisitor;
  const wanted = isContinuing(facts) || worthATry;
  return wanted && maySignInSilently && facts.visible ? 'sign-in-silently' : undefined;
}

/** The visitor's session is to go on, without the visitor if possible. */
function isContinuing(facts: Facts): boolean {
  const isLost = !facts.authenticated && facts.reAuthenticateCalls.length > 0;
  const isRenewed = facts.codeCalls.some(({ renewal }) => renewal);
  return !facts.waitsForVisitor && (!!facts.refusal || isLost || isRenewed);
}

/** What an action changes, so that it does not follow from the facts twice. */
export function done(action: Action, facts: Facts, now: number): Change {
  switch (action) {
    case 'start-messenger':
      return { messenger: 'loading' };
    case 'drop-grant':
      return grantExpired(facts);
    case 'reject-sign-in':
      return { signInRejection: undefined, signInCalls: [] };
    case 'answer-sign-in':
      return { ...handedOver(facts), signInCalls: facts.signInCalls.slice(1) };
    case 'answer-code':
      return { ...handedOver(facts), codeCalls: facts.codeCalls.slice(1) };
    case 'answer-empty':
      return {
        codeCalls: facts.codeCalls.filter(
          ({ renewal }) => renewal && !facts.waitsForVisitor && !facts.logout,
        ),
      };
    case 'answer-re-authenticate':
      return { reAuthenticateCalls: [], callDue: 'after-re-authenticate' };
    case 'ask':
    case 'step-up':
    case 'renew':
      return { callDue: 'after-command' };
    case 'sign-in-silently':
      return { ...signInBegan(facts, 'silent'), guard: afterAttempt(facts.guard, now) };
    case 'sign-in-interactively':
      return signInBegan(facts, 'interactive');
    case 'wait-for-visitor':
      return { waitsForVisitor: true, refusal: undefined, failure: facts.refusal ?? facts.failure };
    case 'expire':
      return expired(facts);
    case 'log-out':
      return { logout: 'under-way' };
    case 'pass-logout-on':
      return { logout: undefined, ...(!facts.announced && { logoutReason: 'expired' }) };
    case 'end-unwanted-session':
      return { unwantedSession: false, logoutEchoes: true };
    case 'open-chat':
      return { chatDue: false };
  }
}

/** Nobody has called for the grant in time. */
function grantExpired({ authenticated, messenger, failure: reason }: Facts): Change {
  if (authenticated) return { grant: undefined };
  const why = failure(messenger === 'ready' ? 'messenger/no-answer' : 'callback/expired');
  return { grant: undefined, waitsForVisitor: true, failure: reason ?? why };
}

/** The next person at the same computer never sees the last one's chat. */
export const hidesChat = ({ otherAccount, exchangeUnwanted }: Facts): boolean =>
  !!(otherAccount || exchangeUnwanted);

/** What the elements show. */
export interface Shown {
  status: Status;
  /** Why the status is `failed`. */
  failure?: Failure | undefined;
  /** The visitor can log out, also where the status is `failed`. */
  signedIn: boolean;
  /** What the visitor reads or hears, of what they did themselves. Authors hear of every failure. */
  word?: Word | undefined;
}

export function shownOf(facts: Facts): Shown {
  const status = statusOf(facts);
  const failed = status === 'failed';
  const reason = missed(facts) ?? facts.failure;
  return {
    status,
    failure: failed ? reason : undefined,
    signedIn: status === 'signed-in' || (failed && !!facts.authenticated),
    word: wordOf(facts, status, reason),
  };
}

function wordOf(facts: Facts, status: Status, reason: Failure | undefined): Word | undefined {
  const { expired: hasEnded, visitorActed, achieved } = facts;
  if (hasEnded && /^(signed-out|failed)$/.test(status)) return 'again';
  if (status === 'failed') return visitorActed && !isQuiet(reason!) ? 'failed' : undefined;
  if (/^signing-/.test(status)) return visitorActed ? 'wait' : undefined;
  return achieved;
}

/** The chat is gone from the page, and somebody had one. */
const missed = ({ removed, authenticated, anonymousChat }: Facts) =>
  authenticated || anonymousChat ? removed : undefined;

/** Visitors know that they have cancelled, and can mend neither a logout that was not confirmed nor a chat that is gone. */
const isQuiet = ({ code }: Failure) =>
  /^(popup\/closed|provider\/denied|messenger\/removed|logout\/.*)$/.test(code);

function statusOf(facts: Facts): Status {
  const { messenger, signIn, failure } = facts;
  // A session of another account was never announced: it ends unseen.
  if (facts.logout) return facts.logoutReason === 'account' && !facts.announced ? 'starting' : 'signing-out';
  if (facts.authenticated) return facts.removed ? 'failed' : 'signed-in';
  if (failure && messenger === 'failed') return 'failed';
  if (signIn === 'interactive' || signIn === 'landing' || facts.requested) return 'signing-in';
  if (facts.grant || facts.exchanging || isContinuing(facts)) return 'signing-in';
  if (messenger === 'due' || messenger === 'loading' || signIn === 'silent') return 'starting';
  return failure || missed(facts) ? 'failed' : 'signed-out';
}

/** What does not take longer than this, in milliseconds. */
export const timeLimits = {
  /** An exchange; the bus itself has no time-outs. */
  exchange: 10_000,
  logout: 10_000,
  /** Messenger's call after `reAuthenticate` was answered. */
  call: 1_000,
  /** Leaving the page, before its button works again. */
  leaving: 15_000,
  /** The site's record of a logout, which other tabs may see later than they hear of it. */
  record: 1_000,
  grant: grantLifetime,
};

export type Wait = keyof typeof timeLimits;

/** What is being waited for: another value for another one of the same kind, and nothing where nothing is. */
export const waitsOf = (facts: Facts): Record<Wait, unknown> => ({
  exchange: facts.exchanging && facts.exchanges,
  logout: facts.logout === 'under-way',
  call: facts.callDue === 'after-re-authenticate',
  leaving: facts.leaving && facts.signInNumber,
  record: facts.logoutDoubted,
  grant: facts.grant,
});
