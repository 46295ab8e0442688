import type { Failure } from '../failure.js';
import type { Grant } from '../grant.js';
import type { Call } from '../messenger/listener.js';
import { type GuardRecord, emptyGuard } from './guard.js';

export type LogoutReason = 'visitor' | 'elsewhere' | 'expired' | 'account';

/** What the visitor and the page are shown. */
export type Status = 'starting' | 'signed-out' | 'signing-in' | 'signed-in' | 'signing-out' | 'failed';

/** An open `getAuthCode`. */
export interface CodeCall extends Call<Grant | undefined> {
  /** Messenger has a session that needs the code to go on. */
  renewal?: boolean | undefined;
}

/** All that is known at one moment, and what is missing is not so. happenings.ts says what changes it, rules.ts what follows from it. */
export interface Facts {
  /** `idle`: not asked for yet (`loading="lazy"`). `due`: to be loaded now. */
  messenger: 'idle' | 'due' | 'loading' | 'ready' | 'failed';
  /** The deployment lets anonymous visitors chat and sign in later. */
  stepUp?: boolean;
  /** Such a chat has begun. */
  anonymousChat?: boolean;
  /** Messenger's own call at start-up is over: it must be made to call again. */
  hasCalled?: boolean;
  /** Messenger holds tokens. */
  authenticated?: boolean;
  /** The session that it had has ended by itself: only the visitor can go on with it. */
  expired?: boolean;
  /** It held tokens when it started: they are of an earlier visit. */
  restored?: boolean;

  /** What Messenger had put into the page is gone: nobody sees a chat. */
  removed?: Failure;
  /** The visitor has signed in by a click: the chat may open. */
  chatDue?: boolean;

  /** Messenger has, or may have, a session of somebody else than the page's visitor: its chat is not shown. */
  otherAccount?: boolean;

  codeCalls: readonly CodeCall[];
  reAuthenticateCalls: readonly Call<Grant | undefined>[];
  signInCalls: readonly Call<Grant>[];
  /** The sign-in that Messenger asked for has ended without a code: why, as `signIn` is answered. */
  signInRejection?: string;

  /** In hand, not yet handed over. */
  grant?: Grant;
  /** When the grant in hand is too old, in milliseconds since 1970. */
  grantEnd: number;
  /** Messenger was made to call for the grant, and is about to. */
  callDue?: 'after-command' | 'after-re-authenticate';
  /** A grant was handed over and nothing is known yet of its redemption. */
  exchanging?: boolean;
  /** Genesys Cloud did not answer an exchange. A session may still come of it. */
  exchangeLate?: boolean;
  /** How many grants were handed over. */
  exchanges: number;
  /** The visitor has logged out while a code was redeemed: the session that comes of it is ended at once. */
  exchangeUnwanted?: boolean;
  /** That session has come. */
  unwantedSession?: boolean;
  /** The latest grant was refused, and one more attempt is made. */
  refusal?: Failure;
  /** That attempt is or was made; the visitor's next click allows another. */
  retried?: boolean;

  /** A sign-in under way: back from the provider, in a hidden frame, or in sight of the visitor. */
  signIn?: 'landing' | 'silent' | 'interactive';
  /** How many sign-ins have begun: what comes of any but the latest is ignored. */
  signInNumber: number;
  /** The page is being left for the provider. */
  leaving?: boolean;
  /** The visitor has asked to be signed in. */
  requested?: boolean;
  /** What fails now fails for the visitor, who has asked for it and waits to see what comes of it. */
  visitorActed?: boolean;
  /** What the visitor did last here, with success. */
  achieved?: 'signedIn' | 'loggedOut';
  /** A silent sign-in was tried for the present need. */
  triedSilently?: boolean;
  /** Nothing more is tried until the visitor asks. */
  waitsForVisitor?: boolean;
  /** Somebody may see the page. A hidden one starts nothing by itself. */
  visible: boolean;
  /** What is kept in this tab to end loops. */
  guard: GuardRecord;

  /** Asked for, passed to Messenger, or over and to be passed on. */
  logout?: 'requested' | 'under-way' | 'done';
  /** The logout was answered: what Messenger says of it next is no news. */
  logoutEchoes?: boolean;
  /** Another tab says that the visitor has logged out, and the site's record does not say so yet. */
  logoutDoubted?: boolean;
  /** Why the visitor is signed in no longer. */
  logoutReason: LogoutReason;
  /** The page has heard that the visitor is signed in. */
  announced?: boolean;
  failure?: Failure;
}

/** What a happening, or an action, changes. */
export type Change = Partial<Facts>;

/** How long a code can be counted on, in milliseconds: some providers let it live no longer. */
export const grantLifetime = 60_000;

export const initialFacts: Facts = {
  // Before the page knows what it lands with: a sign-in that its code asks for waits, as for Messenger.
  messenger: 'loading',
  codeCalls: [],
  reAuthenticateCalls: [],
  signInCalls: [],
  grantEnd: 0,
  exchanges: 0,
  signInNumber: 0,
  visible: true,
  guard: emptyGuard,
  logoutReason: 'expired',
};

/** What holds of whoever has just signed in. */
export const signedIn = {
  authenticated: true,
  expired: false,
  hasCalled: true,
  exchanging: false,
  exchangeLate: false,
  requested: false,
  visitorActed: false,
  waitsForVisitor: false,
  triedSilently: false,
  retried: false,
  refusal: undefined,
  failure: undefined,
} satisfies Change;

/** The session of another account ends: the next person at the same computer never sees the last one's chat. */
export const endOfOther = { logoutReason: 'account', logout: 'requested' } satisfies Change;
