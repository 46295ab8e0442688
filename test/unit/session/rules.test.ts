import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failure } from '../../../src/failure.js';
import {
  type Action,
  type CodeCall,
  type Facts,
  type Limits,
  type Status,
  initialFacts,
  nextAction,
  statusOf,
} from '../../../src/session/rules.js';

const call = { resolve() {}, reject() {} };
const waiting: CodeCall = { ...call, again: false };
const again: CodeCall = { ...call, again: true };
const grant = { authCode: 'code', redirectUri: 'https://brand.example/' };
const refusal = failure('exchange/refused');
const now = Date.UTC(2026, 10, 22);
const spent = { refusals: 0, trips: [now, now, now] };

const ready = { messenger: 'ready' } as const;
const stepUp = { messenger: 'ready', stepUp: true } as const;
const signedIn = { messenger: 'ready', authenticated: true, askedOnce: true } as const;

type Given = Partial<Facts>;
const facts = (given: Given): Facts => ({ ...initialFacts, ...given });

describe('nextAction', () => {
  const limits: Limits = {
    mode: 'redirect',
    silent: false,
    canBeSilent: true,
    guard: { refusals: 0, trips: [] },
    now,
  };
  const noFrames = { canBeSilent: false };
  const popup = { mode: 'popup' } as const;
  const silent = { silent: true };

  const table: [sentence: string, given: Given, action: Action | undefined, allowed?: Partial<Limits>][] = [
    // A grant in hand
    [
      'A grant waits for Messenger to be ready.',
      { messenger: 'loading', grant, codeCalls: [waiting] },
      undefined,
    ],
    ['A grant goes to the open getAuthCode.', { ...ready, grant, codeCalls: [waiting] }, 'answer-code'],
    [
      'A grant goes to signIn before getAuthCode.',
      { ...stepUp, grant, signInCalls: [call], codeCalls: [waiting] },
      'answer-sign-in',
    ],
    [
      'A grant goes to getAuthCode before reAuthenticate.',
      { ...ready, grant, codeCalls: [waiting], reAuthenticateCalls: [call] },
      'answer-code',
    ],
    [
      'With a grant in hand reAuthenticate is answered.',
      { ...ready, grant, reAuthenticateCalls: [call] },
      'resume',
    ],
    ['A grant waits for the first getAuthCode.', { ...ready, grant }, undefined],
    ['Messenger that has asked before is made to ask.', { ...ready, grant, askedOnce: true }, 'ask'],
    ['It is made to ask once.', { ...ready, grant, askedOnce: true, nudged: true }, undefined],
    ['An anonymous chat is stepped up.', { ...stepUp, grant, anonymousChat: true }, 'step-up'],
    ['Whoever comes back signed in has a newer grant.', { ...signedIn, grant }, 'renew'],
    ['Once.', { ...signedIn, grant, nudged: true }, undefined],

    // Step-up
    ['An anonymous chat is not held up.', { ...stepUp, codeCalls: [waiting] }, 'answer-empty'],
    [
      'It waits for who comes back from the provider.',
      { ...stepUp, trip: 'arrival', codeCalls: [waiting] },
      undefined,
    ],
    [
      'A session that is to go on is not answered empty.',
      { ...stepUp, codeCalls: [again] },
      'travel-silently',
    ],
    ['Unless only a click could go on.', { ...stepUp, codeCalls: [again], resting: true }, 'answer-empty'],

    // The visitor asks
    ['Whoever clicked is taken to the provider.', { ...ready, wanted: true }, 'travel-visibly'],
    ['Also before Messenger is loaded.', { wanted: true }, 'travel-visibly'],
    [
      'Also when automatic trips are used up.',
      { ...ready, wanted: true },
      'travel-visibly',
      { guard: spent },
    ],
    [
      'Not while Messenger is loading: it may have a session.',
      { messenger: 'loading', wanted: true },
      undefined,
    ],
    [
      'But a window opens only in the click.',
      { messenger: 'loading', wanted: true },
      'travel-visibly',
      popup,
    ],
    [
      'Not while Messenger is loading after it has failed: it may do so again.',
      { messenger: 'loading', wanted: true, failure: failure('messenger/blocked') },
      undefined,
      popup,
    ],
    ['Not twice.', { ...ready, wanted: true, trip: 'visible' }, undefined],
    ['Not while a code is redeemed.', { ...ready, wanted: true, exchanging: true }, undefined],
    ['Not during a logout.', { ...signedIn, wanted: true, loggingOut: true }, undefined],

    // Nobody asks
    ['getAuthCode waits for the visitor.', { ...ready, codeCalls: [waiting] }, undefined],
    [
      'With silent, it is tried without the visitor.',
      { ...ready, codeCalls: [waiting] },
      'travel-silently',
      silent,
    ],
    ['Once.', { ...ready, triedSilently: true }, undefined, silent],
    ['Not where frames are useless.', ready, undefined, { ...silent, ...noFrames }],
    ['Not after the visitor has given up or logged out.', { ...ready, resting: true }, undefined, silent],
    ['Not more than the guard allows.', ready, undefined, { ...silent, guard: spent }],
    ['Not before Messenger is wanted.', { messenger: 'idle' }, undefined, silent],
    ['Not for whoever is signed in.', signedIn, undefined, silent],

    // The session is to go on
    ['A new code is fetched silently.', { ...signedIn, codeCalls: [again] }, 'travel-silently'],
    ['Else by redirect.', { ...signedIn, codeCalls: [again] }, 'travel-visibly', noFrames],
    ['A popup needs a click.', { ...signedIn, codeCalls: [again] }, 'rest', { ...popup, ...noFrames }],
    ['And the button has to offer it.', { ...signedIn, codeCalls: [again], resting: true }, 'expire', popup],
    ['reAuthenticate is tried silently.', { ...ready, reAuthenticateCalls: [call] }, 'travel-silently'],
    ['Then by redirect.', { ...ready, reAuthenticateCalls: [call], triedSilently: true }, 'travel-visibly'],
    ['While the guard allows it.', { ...ready, reAuthenticateCalls: [call] }, 'rest', { guard: spent }],
    [
      'The second of two calls at once is answered silently.',
      { ...signedIn, codeCalls: [waiting] },
      'travel-silently',
    ],
    ['Nobody is sent to the provider for it.', { ...signedIn, codeCalls: [waiting] }, undefined, noFrames],

    // After a refusal
    ['The one attempt after a refusal is a redirect.', { ...ready, refusal }, 'travel-visibly'],
    ['In popup mode it is silent.', { ...ready, refusal }, 'travel-silently', popup],
    ['Then only a click goes on.', { ...ready, refusal, triedSilently: true }, 'rest', popup],
    ['After two refusals, too.', { ...ready, refusal }, 'rest', { guard: { refusals: 2, trips: [] } }],
  ];
  for (const [sentence, given, action, allowed] of table)
    it(sentence, () => assert.equal(nextAction(facts(given), { ...limits, ...allowed }), action));
});

describe('statusOf', () => {
  const lost = failure('messenger/blocked');
  const table: [sentence: string, given: Given, status: Status][] = [
    ['Lazy, and nobody has acted.', {}, 'signed-out'],
    ['Messenger loads.', { messenger: 'loading' }, 'starting'],
    ['Nobody is signed in.', ready, 'signed-out'],
    ['Somebody is.', signedIn, 'signed-in'],
    ['Somebody is, and a new code is fetched.', { ...signedIn, trip: 'silent' }, 'signed-in'],
    ['Somebody logs out.', { ...signedIn, loggingOut: true }, 'signing-out'],
    ['The silent way is tried.', { ...ready, trip: 'silent' }, 'starting'],
    ['The visitor is at the provider.', { ...ready, trip: 'visible' }, 'signing-in'],
    ['They are back.', { messenger: 'loading', trip: 'arrival' }, 'signing-in'],
    ['They have clicked while Messenger loads.', { messenger: 'loading', wanted: true }, 'signing-in'],
    ['A grant waits.', { ...ready, grant }, 'signing-in'],
    ['A code is redeemed.', { ...ready, exchanging: true }, 'signing-in'],
    ['Another attempt follows a refusal.', { ...ready, refusal }, 'signing-in'],
    ['Messenger wants the visitor signed in again.', { ...ready, reAuthenticateCalls: [call] }, 'signing-in'],
    [
      'It does, and only a click can.',
      { ...ready, reAuthenticateCalls: [call], resting: true },
      'signed-out',
    ],
    ['It does, and that has failed.', { ...ready, resting: true, failure: refusal }, 'failed'],
    ['Messenger cannot be loaded.', { messenger: 'failed', failure: lost }, 'failed'],
    [
      'Messenger cannot be loaded, whoever comes back.',
      { messenger: 'failed', failure: lost, trip: 'arrival' },
      'failed',
    ],
  ];
  for (const [sentence, given, status] of table)
    it(`${status}: ${sentence}`, () => assert.equal(statusOf(facts(given)), status));
});
