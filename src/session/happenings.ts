import { type Failure, failure } from '../failure.js';
import type { Grant } from '../grant.js';
import type { Call, ExchangeFailure } from '../messenger/listener.js';
import { type Change, type Facts, type LogoutReason, endOfOther, grantLifetime, signedIn } from './facts.js';
import { type GuardRecord, afterRefusal, afterSuccess, mayRetry } from './guard.js';

/** Everything that can happen, and what each changes. The facts change nowhere else; nothing here has an effect. */
export const happenings = {
  /** @param lazily Messenger waits until there is something for it to do */
  started: (_: Facts, guard: GuardRecord, visible: boolean, lazily: boolean): Change => ({
    guard,
    visible,
    messenger: lazily ? 'idle' : 'due',
  }),

  // The visitor

  signInRequested({ authenticated, requested, messenger, failure: reason }: Facts): Change {
    if (authenticated || requested) return {};
    const failed = messenger === 'failed';
    // Once the script has run there is no second start: it is announced again.
    if (failed && reason && reason.code !== 'messenger/blocked')
      return { visitorActed: true, failure: failure(reason.code, reason.detail, reason) };
    return {
      visitorActed: true,
      requested: true,
      waitsForVisitor: false,
      retried: false,
      refusal: undefined,
      failure: failed ? reason : undefined,
      ...(failed && { messenger: 'due' }),
    };
  },

  signOutRequested(facts: Facts): Change {
    if (!facts.authenticated || facts.logout) return {};
    return { ...nothingUnderWay(facts), visitorActed: true, logoutReason: 'visitor', logout: 'requested' };
  },

  /** The page was left and is back as it was, from the back/forward cache or because the visitor stopped the browser. */
  cameBack(facts: Facts): Change {
    if (!facts.leaving) return {};
    const ended = { signIn: undefined, leaving: false, requested: false, waitsForVisitor: true };
    return { ...ended, ...signInEnded(facts, 'provider/denied') };
  },

  // Messenger

  /** @param isSame the session that Messenger has is of the account that the page names */
  messengerReady(facts: Facts, authenticated: boolean, isSame: boolean): Change {
    const ready: Change = {
      messenger: 'ready',
      restored: authenticated,
      otherAccount: authenticated && !isSame,
      // Late is better than never.
      failure: facts.failure?.code.startsWith('messenger/') ? undefined : facts.failure,
    };
    if (!authenticated) return ready;
    if (isSame) return { ...ready, ...signedIn, ...withoutWindow(facts) };
    // What the visitor has asked for in this page goes on afterwards.
    return { ...ready, ...endOfOther };
  },

  /**
   * The page begins, or names another account than before.
   *
   * @param isSame it is the one that has signed in last
   * @param isAnother the page has named one before: what had begun, had begun for that one
   */
  accountCompared(facts: Facts, isSame: boolean, isAnother: boolean): Change {
    const { messenger, authenticated, expired, logout } = facts;
    if (messenger !== 'ready') return { otherAccount: !isSame, ...(isAnother && signInCancelled(facts)) };
    if (isSame && authenticated) return {};
    // Also when it is the one of before again: what has begun is of the one between.
    const ended = isAnother ? signInCancelled(facts) : {};
    if (isSame || logout || !(authenticated || expired)) return ended;
    // Messenger still shows the conversation of a session that has expired.
    return { ...nothingUnderWay(facts), ...ended, ...endOfOther, otherAccount: true };
  },

  /** Messenger has the tokens that another tab has stored. */
  sessionFound: (facts: Facts, isSame: boolean): Change =>
    isSame ? happenings.authenticated(facts) : { otherAccount: true, callDue: undefined, ...endOfOther },

  messengerFailed: (facts: Facts, reason: Failure): Change => ({
    messenger: 'failed',
    failure: reason,
    requested: false,
    ...withoutWindow(facts),
  }),

  /** Whoever has no chat yet misses nothing. */
  messengerRemoved: ({ authenticated, anonymousChat }: Facts): Change =>
    authenticated || anonymousChat ? { removed: failure('messenger/removed') } : {},

  stepUpFound: (): Change => ({ stepUp: true }),

  /** Told twice: that a sign-in is possible, and that the chat has begun, without which no step-up succeeds. */
  anonymousChatBegan: (): Change => ({ anonymousChat: true, callDue: undefined }),

  codeCalled({ authenticated, codeCalls }: Facts, call: Call<Grant | undefined>, forced: boolean): Change {
    const renewal = forced || authenticated;
    return { hasCalled: true, codeCalls: [...codeCalls, { ...call, renewal }] };
  },

  reAuthenticateCalled: (facts: Facts, call: Call<Grant | undefined>): Change => ({
    ...expired(facts),
    reAuthenticateCalls: [...facts.reAuthenticateCalls, call],
  }),

  /** Without a call for it, the code is the one in hand, with which `reAuthenticate` was answered. */
  exchangeBegan(facts: Facts): Change {
    if (facts.callDue !== 'after-re-authenticate') return {};
    return facts.grant ? handedOver(facts) : { callDue: undefined, exchangeUnwanted: true };
  },

  signInCalled(facts: Facts, call: Call<Grant>): Change {
    // Messenger knows no visitor, or it would not ask.
    const called = { ...expired(facts), signInCalls: [...facts.signInCalls, call] };
    if (facts.grant) return called;
    return { ...called, ...happenings.signInRequested({ ...facts, ...called }) };
  },

  authenticated(facts: Facts): Change {
    if (facts.exchangeUnwanted) return { exchangeUnwanted: false, unwantedSession: true, otherAccount: true };
    // Its tokens were refreshed, perhaps in order to be revoked.
    if (facts.otherAccount && !facts.exchanging) return facts.logout ? {} : { unwantedSession: true };
    return {
      ...signedIn,
      // What they asked for is there; an answer would make Messenger call for one more code.
      reAuthenticateCalls: [],
      restored: false,
      ...(facts.visitorActed && { achieved: 'signedIn', chatDue: true }),
      otherAccount: false,
      logoutEchoes: false,
      guard: afterSuccess(facts.guard),
      ...signInEnded(facts, 'signed in already'),
    };
  },

  /**
   * A code was not redeemed. Messenger may call for another one, for ever; it gets one more, and then the visitor is
   * waited for. Where Genesys Cloud is only unavailable, nobody has refused anything.
   */
  exchangeFailed(facts: Facts, { reason, callsAgain }: ExchangeFailure): Change {
    const isUnavailable = reason.code === 'exchange/unavailable';
    const guard = isUnavailable ? facts.guard : afterRefusal(facts.guard);
    if (!facts.exchanging) {
      const isLate = facts.exchangeLate && !isUnavailable;
      return { exchangeUnwanted: false, ...(isLate && { exchangeLate: false, guard }) };
    }
    const retry = callsAgain && !facts.retried && mayRetry(guard);
    return {
      exchanging: false,
      exchangeLate: isUnavailable,
      exchangeUnwanted: false,
      triedSilently: false,
      guard,
      ...(retry ? { refusal: reason, retried: true } : { failure: reason, waitsForVisitor: true }),
    };
  },

  loggedOut(facts: Facts): Change {
    // Only now is the launcher gone, too.
    if (facts.logoutEchoes) return { logoutEchoes: false, otherAccount: false };
    const ended = facts.logout === 'under-way' ? ownLogoutEnded(facts) : endedElsewhere(facts);
    return { ...ended, otherAccount: false };
  },

  /** @param unconfirmed Genesys Cloud did not confirm it: Messenger may still show the chat (docs/messenger.md §5) */
  logoutAnswered(facts: Facts, unconfirmed?: Failure): Change {
    if (facts.logout !== 'under-way') return {};
    return { ...ownLogoutEnded(facts, unconfirmed), logoutEchoes: !unconfirmed };
  },

  /**
   * Another tab says that the visitor has logged out. Any script of the site can say so, and what Messenger holds in this
   * tab is of an earlier time: it reads the site's tokens only when it loads (docs/messenger.md §9). So the site's record
   * is believed, which a logout writes before it is announced.
   *
   * @param isTrue the record says so, too; it may take longer to get here than the message
   */
  logoutHeard: (facts: Facts, isTrue: boolean): Change =>
    isTrue ? endedElsewhere(facts) : { logoutDoubted: true },

  logoutChecked: (facts: Facts, isTrue: boolean): Change =>
    isTrue ? endedElsewhere(facts) : { logoutDoubted: false },

  providerLogoutFailed: (_: Facts, reason: Failure): Change => ({ failure: reason }),

  // A sign-in

  /** The visitor is back from the sign-in that they asked for on an earlier page. */
  landed: (facts: Facts): Change => ({ ...signInBegan(facts, 'landing'), visitorActed: true }),

  /** @param number of the sign-in that it comes of; also of a window that seemed closed, unless another has begun */
  grantReceived(facts: Facts, number: number, grant: Grant, now: number): Change {
    if (number !== facts.signInNumber) return {};
    return {
      grant,
      grantEnd: now + grantLifetime,
      callDue: undefined,
      signIn: undefined,
      requested: false,
      triedSilently: false,
      refusal: undefined,
      failure: messengerFailure(facts),
      ...messengerWanted(facts),
    };
  },

  pageIsLeft: (facts: Facts, number: number): Change =>
    number === facts.signInNumber ? { leaving: true } : {},

  signInFailed(facts: Facts, number: number, reason: Failure): Change {
    const { signIn, waitsForVisitor } = facts;
    if (number !== facts.signInNumber || !signIn) return {};
    // Nobody was asked, so nobody has failed.
    if (signIn !== 'interactive' && reason.code === 'provider/login-required')
      return { signIn: undefined, ...(signIn === 'landing' && messengerWanted(facts)) };
    return {
      signIn: undefined,
      requested: false,
      waitsForVisitor: signIn !== 'silent' || waitsForVisitor,
      refusal: undefined,
      failure: messengerFailure(facts) ?? reason,
      ...(signIn === 'landing' && messengerWanted(facts)),
      ...signInEnded(facts, reason.code),
    };
  },

  // The page

  timePassed: (): Change => ({}),
  visibilityChanged: (_: Facts, visible: boolean): Change => ({ visible }),
  callMissed: (): Change => ({ callDue: undefined }),
  announced: (): Change => ({ announced: true }),
  logoutAnnounced: (): Change => ({ announced: false, logoutReason: 'expired' }),
} satisfies Record<string, (facts: Facts, ...values: never[]) => Change>;

export const signInBegan = (facts: Facts, signIn: NonNullable<Facts['signIn']>): Change => ({
  signIn,
  signInNumber: facts.signInNumber + 1,
  leaving: false,
  triedSilently: facts.triedSilently || signIn === 'silent',
});

/** The sign-in that Messenger may have asked for has ended without a code for it. */
const signInEnded = ({ signInCalls }: Facts, why: string): Change =>
  signInCalls.length ? { signInRejection: why } : {};

export const expired = (facts: Facts): Change => ({
  authenticated: false,
  expired: facts.authenticated || facts.expired,
});

/** Without Messenger nothing else matters, so this stays until Messenger comes or is tried again. */
const messengerFailure = ({ messenger, failure: reason }: Facts) =>
  messenger === 'failed' ? reason : undefined;

const messengerWanted = ({ messenger }: Facts): Change => (messenger === 'idle' ? { messenger: 'due' } : {});

const ownLogoutEnded = (facts: Facts, unconfirmed?: Failure): Change => ({
  logout: 'done',
  ...sessionEnded(facts, facts.logoutReason, unconfirmed),
});

/** A sign-in of another account has begun: nothing comes of it, not even of a window that is still open. */
const signInCancelled = (facts: Facts): Change => ({
  ...allEnded(facts, facts.exchangeLate),
  signIn: undefined,
  leaving: false,
  signInNumber: facts.signInNumber + 1,
  ...signInEnded(facts, 'another account'),
});

const sessionEnded = (facts: Facts, logoutReason: LogoutReason, why?: Failure): Change => ({
  ...(logoutReason === 'elsewhere' && nothingUnderWay(facts)),
  logoutReason,
  achieved: logoutReason === 'visitor' ? 'loggedOut' : undefined,
  exchangeUnwanted: facts.exchanging,
  authenticated: false,
  expired: false,
  exchanging: false,
  anonymousChat: false,
  hasCalled: true,
  failure: why,
  waitsForVisitor: true,
  codeCalls: notToRenew(facts),
});

/** Ends also what had begun before, except what the visitor has asked for here. */
function endedElsewhere(facts: Facts): Change {
  const { announced, authenticated, requested, signIn, logout, logoutReason } = facts;
  const reason = logout ? logoutReason : 'elsewhere';
  if (authenticated || announced) return { ...sessionEnded(facts, reason), logoutDoubted: false };
  return { ...(!requested && signIn !== 'interactive' && allEnded(facts)), logoutDoubted: false };
}

/** Nothing comes of what had begun. */
const allEnded = (facts: Facts, isLate = false): Change => ({
  ...nothingUnderWay(facts),
  exchangeUnwanted: facts.exchanging || facts.exchangeUnwanted || isLate,
  exchanging: false,
  waitsForVisitor: true,
  codeCalls: notToRenew(facts),
});

const notToRenew = ({ codeCalls }: Facts) => codeCalls.map((call) => ({ ...call, renewal: false }));

/** A window that was opened while Messenger loaded is of no use any more. */
const withoutWindow = ({ signIn, signInNumber }: Facts): Change =>
  signIn === 'interactive' ? { signIn: undefined, leaving: false, signInNumber: signInNumber + 1 } : {};

/** Whoever is logged out is not signed in again by what had begun before. */
function nothingUnderWay({ signIn, signInNumber }: Facts): Change {
  const begun = { grant: undefined, requested: false, refusal: undefined };
  // A page that is being left cannot be held back.
  return signIn === 'interactive' ? begun : { ...begun, signIn: undefined, signInNumber: signInNumber + 1 };
}

export const handedOver = ({ exchanges }: Facts): Change => ({
  grant: undefined,
  callDue: undefined,
  exchanging: true,
  exchanges: exchanges + 1,
  exchangeLate: false,
  exchangeUnwanted: false,
  requested: false,
});
