import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failure } from '../../../src/failure.js';
import { type CodeCall, type Facts, type Status, initialFacts } from '../../../src/session/facts.js';
import { type Action, type Limits, nextAction, shownOf } from '../../../src/session/rules.js';

const call = { resolve() {}, reject() {} };
const waiting: CodeCall = { ...call, renewal: false };
const again: CodeCall = { ...call, renewal: true };
const grant = { authCode: 'code', redirectUri: 'https://brand.example/' };
const refusal = failure('exchange/refused');
const now = Date.UTC(2026, 10, 22);
const spent = { refusals: 0, attempts: [now, now, now] };

const ready = { messenger: 'ready' } as const;
const stepUp = { messenger: 'ready', stepUp: true } as const;
const signedIn = { messenger: 'ready', authenticated: true, hasCalled: true } as const;

type Given = Partial<Facts>;
const facts = (given: Given): Facts => ({ ...initialFacts, grantEnd: now + 60_000, ...given });

describe('nextAction', () => {
  const limits: Limits = {
    mode: 'redirect',
    silent: false,
    canBeSilent: true,
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
      'answer-re-authenticate',
    ],
    ['A grant waits for the first getAuthCode.', { ...ready, grant }, undefined],
    ['Messenger that has asked before is made to ask.', { ...ready, grant, hasCalled: true }, 'ask'],
    ['It is made to ask once.', { ...ready, grant, hasCalled: true, callDue: 'after-command' }, undefined],
    ['An anonymous chat is stepped up.', { ...stepUp, grant, anonymousChat: true }, 'step-up'],
    ['Whoever comes back signed in has a newer grant.', { ...signedIn, grant }, 'renew'],
    ['Once.', { ...signedIn, grant, callDue: 'after-command' }, undefined],

    [
      "A session of another account is not taken for this grant's.",
      { ...ready, grant, otherAccount: true },
      'renew',
    ],
    [
      'A grant is not handed over into a session that is being ended.',
      { ...signedIn, grant, logout: 'under-way', codeCalls: [again] },
      'answer-empty',
    ],
    [
      'A grant that is too old is dropped, even where it could be handed over.',
      { ...ready, grant, grantEnd: now, codeCalls: [waiting] },
      'drop-grant',
    ],
    ['Until then it is good.', { ...ready, grant, grantEnd: now + 1, codeCalls: [waiting] }, 'answer-code'],
    ['With a grant in hand nobody signs in.', { messenger: 'idle', grant, requested: true }, undefined],

    // What comes before all else
    [
      'A signIn that has failed is answered.',
      { ...ready, signInRejection: 'popup/closed', chatDue: true },
      'reject-sign-in',
    ],
    ['Messenger is started when it is wanted.', { messenger: 'due', requested: true }, 'start-messenger'],
    [
      'A session that nobody wants is ended before a chat is opened.',
      { ...ready, unwantedSession: true, chatDue: true },
      'end-unwanted-session',
    ],
    ['The chat is opened for who has signed in.', { ...signedIn, chatDue: true }, 'open-chat'],
    ['The visitor is logged out.', { ...signedIn, logout: 'requested' }, 'log-out'],
    [
      'A logout is passed on when it is over.',
      { ...ready, logout: 'done', requested: true },
      'pass-logout-on',
    ],
    ['And not before.', { ...signedIn, logout: 'under-way' }, undefined],

    // Step-up
    [
      'A logout does not wait for a code, in any deployment.',
      { ...signedIn, logout: 'under-way', codeCalls: [again] },
      'answer-empty',
    ],
    [
      'An anonymous chat waits while a code is redeemed.',
      { ...stepUp, exchanging: true, codeCalls: [waiting] },
      undefined,
    ],
    [
      'Whoever is signed in has no anonymous chat.',
      { ...stepUp, authenticated: true, codeCalls: [waiting], waitsForVisitor: true },
      undefined,
    ],
    ['A grant waits for an anonymous chat to begin.', { ...stepUp, grant }, undefined],
    ['An anonymous chat is not held up.', { ...stepUp, codeCalls: [waiting] }, 'answer-empty'],
    [
      'It waits for who comes back from the provider.',
      { ...stepUp, signIn: 'landing', codeCalls: [waiting] },
      undefined,
    ],
    [
      'A session that is to go on is not answered empty.',
      { ...stepUp, codeCalls: [again] },
      'sign-in-silently',
    ],
    [
      'Unless only a click could go on.',
      { ...stepUp, codeCalls: [again], waitsForVisitor: true },
      'answer-empty',
    ],

    // The visitor asks
    ['Whoever clicked is taken to the provider.', { ...ready, requested: true }, 'sign-in-interactively'],
    ['Also before Messenger is wanted.', { messenger: 'idle', requested: true }, 'sign-in-interactively'],
    [
      'Also when automatic attempts are used up.',
      { ...ready, requested: true, guard: spent },
      'sign-in-interactively',
    ],
    [
      'Not while Messenger is loading: it may have a session.',
      { messenger: 'loading', requested: true },
      undefined,
    ],
    [
      'But a window opens only in the click.',
      { messenger: 'loading', requested: true },
      'sign-in-interactively',
      popup,
    ],
    [
      'Not while Messenger is loading after it has failed: it may do so again.',
      { messenger: 'loading', requested: true, failure: failure('messenger/blocked') },
      undefined,
      popup,
    ],
    ['Not twice.', { ...ready, requested: true, signIn: 'interactive' }, undefined],
    ['Not while a code is redeemed.', { ...ready, requested: true, exchanging: true }, undefined],
    ['Not during a logout.', { ...signedIn, requested: true, logout: 'under-way' }, undefined],

    ['Not while Messenger has failed.', { messenger: 'failed', requested: true }, undefined],

    // Nobody asks
    ['getAuthCode waits for the visitor.', { ...ready, codeCalls: [waiting] }, undefined],
    [
      'With silent, it is tried without the visitor.',
      { ...ready, codeCalls: [waiting] },
      'sign-in-silently',
      silent,
    ],
    ['Once.', { ...ready, triedSilently: true }, undefined, silent],
    ['Not while the page is hidden.', { ...ready, visible: false }, undefined, silent],
    ['Not where frames are useless.', ready, undefined, { ...silent, ...noFrames }],
    [
      'Not after the visitor has cancelled or logged out.',
      { ...ready, waitsForVisitor: true },
      undefined,
      silent,
    ],
    ['Not more than the guard allows.', { ...ready, guard: spent }, undefined, silent],
    ['Not before Messenger is wanted.', { messenger: 'idle' }, undefined, silent],
    ['Not for whoever is signed in.', signedIn, undefined, silent],

    // The session is to go on
    ['A new code is fetched silently.', { ...signedIn, codeCalls: [again] }, 'sign-in-silently'],
    ['Else the visitor is waited for.', { ...signedIn, codeCalls: [again] }, 'wait-for-visitor', noFrames],
    [
      'A popup needs a click.',
      { ...signedIn, codeCalls: [again] },
      'wait-for-visitor',
      { ...popup, ...noFrames },
    ],
    [
      'And the button has to offer it.',
      { ...signedIn, codeCalls: [again], waitsForVisitor: true },
      'expire',
      popup,
    ],
    [
      'Also beside a call that could wait.',
      { ...signedIn, codeCalls: [waiting, again], waitsForVisitor: true },
      'expire',
    ],
    ['reAuthenticate is tried silently.', { ...ready, reAuthenticateCalls: [call] }, 'sign-in-silently'],
    [
      'Then the visitor is waited for.',
      { ...ready, reAuthenticateCalls: [call], triedSilently: true },
      'wait-for-visitor',
    ],
    [
      'While the guard allows it.',
      { ...ready, reAuthenticateCalls: [call], guard: spent },
      'wait-for-visitor',
    ],
    [
      'The second of two calls at once is answered silently.',
      { ...signedIn, codeCalls: [waiting] },
      'sign-in-silently',
    ],
    [
      'So is an open reAuthenticate of a visitor who is signed in.',
      { ...signedIn, reAuthenticateCalls: [call] },
      'sign-in-silently',
    ],
    ['Nobody is sent to the provider for it.', { ...signedIn, codeCalls: [waiting] }, undefined, noFrames],

    ['A hidden page waits with it.', { ...signedIn, codeCalls: [again], visible: false }, undefined],

    // After a refusal
    ['The one attempt after a refusal is silent.', { ...ready, refusal }, 'sign-in-silently'],
    ['Where that cannot work there is none.', { ...ready, refusal }, 'wait-for-visitor', noFrames],
    ['Then only a click goes on.', { ...ready, refusal, triedSilently: true }, 'wait-for-visitor', popup],
    [
      'After two refusals, too.',
      { ...ready, refusal, guard: { refusals: 2, attempts: [] } },
      'wait-for-visitor',
    ],
  ];
  for (const [sentence, given, action, allowed] of table)
    it(sentence, () => assert.equal(nextAction(facts(given), { ...limits, ...allowed }), action));
});

describe('shownOf', () => {
  const lost = failure('messenger/blocked');
  const table: [sentence: string, given: Given, status: Status][] = [
    ['The page does not know yet what it lands with.', {}, 'starting'],
    ['Lazy, and nobody has acted.', { messenger: 'idle' }, 'signed-out'],
    ['Messenger is wanted.', { messenger: 'due' }, 'starting'],
    ['Messenger loads.', { messenger: 'loading' }, 'starting'],
    ['Nobody is signed in.', ready, 'signed-out'],
    ['Somebody is.', signedIn, 'signed-in'],
    ['Somebody is, and a new code is fetched.', { ...signedIn, signIn: 'silent' }, 'signed-in'],
    ['Somebody logs out.', { ...signedIn, logout: 'under-way' }, 'signing-out'],
    ['The silent way is tried.', { ...ready, signIn: 'silent' }, 'starting'],
    ['The visitor is at the provider.', { ...ready, signIn: 'interactive' }, 'signing-in'],
    ['They are back.', { messenger: 'loading', signIn: 'landing' }, 'signing-in'],
    ['They have clicked while Messenger loads.', { messenger: 'loading', requested: true }, 'signing-in'],
    ['A grant waits.', { ...ready, grant }, 'signing-in'],
    ['A code is redeemed.', { ...ready, exchanging: true }, 'signing-in'],
    ['Another attempt follows a refusal.', { ...ready, refusal }, 'signing-in'],
    ['Messenger wants the visitor signed in again.', { ...ready, reAuthenticateCalls: [call] }, 'signing-in'],
    [
      'It does, and only a click can.',
      { ...ready, reAuthenticateCalls: [call], waitsForVisitor: true },
      'signed-out',
    ],
    ['It does, and that has failed.', { ...ready, waitsForVisitor: true, failure: refusal }, 'failed'],
    ['Messenger cannot be loaded.', { messenger: 'failed', failure: lost }, 'failed'],
    [
      'Messenger cannot be loaded, whoever comes back.',
      { messenger: 'failed', failure: lost, signIn: 'landing' },
      'failed',
    ],
  ];
  for (const [sentence, given, status] of table)
    it(`${status}: ${sentence}`, () => assert.equal(shownOf(facts(given)).status, status));

  it('keeps a session of another account unseen that ends before it was announced', () => {
    const ending = { ...ready, logout: 'under-way', logoutReason: 'account' } as const;
    assert.equal(shownOf(facts(ending)).status, 'starting');
    assert.equal(shownOf(facts({ ...ending, announced: true })).status, 'signing-out');
  });

  it('shows that the chat is gone only to who had one', () => {
    const removed = failure('messenger/removed');
    const of = (given: Given) => shownOf(facts({ ...ready, ...given, removed }));
    assert.deepEqual(
      [of({ authenticated: true }).status, of({ authenticated: true }).failure],
      ['failed', removed],
    );
    assert.equal(of({ authenticated: true }).signedIn, true, 'the visitor can log out');
    assert.equal(of({ anonymousChat: true }).failure, removed);
    assert.equal(of({ anonymousChat: true }).signedIn, false);
    assert.deepEqual([of({}).status, of({}).failure], ['signed-out', undefined]);
  });

  it('says to visitors what they did, and what comes of it', () => {
    const word = (given: Given) => shownOf(facts({ ...ready, ...given })).word;
    assert.equal(word({ requested: true, visitorActed: true }), 'wait');
    assert.equal(word({ exchanging: true }), undefined, 'they have done nothing');
    assert.equal(word({ ...signedIn, logout: 'under-way', visitorActed: true }), 'wait');
    assert.equal(word({ ...signedIn, achieved: 'signedIn' }), 'signedIn');
    assert.equal(word({ achieved: 'loggedOut' }), 'loggedOut');
    const quiet = { ...signedIn, removed: failure('messenger/removed'), visitorActed: true };
    assert.equal(word(quiet), undefined, 'they cannot mend it');
  });

  it('has a failure only where that is the status', () => {
    assert.equal(shownOf(facts({ ...signedIn, failure: lost })).failure, undefined);
    assert.equal(shownOf(facts({ ...ready, failure: lost })).failure, lost);
    assert.equal(shownOf(facts(signedIn)).signedIn, true);
    assert.equal(shownOf(facts(ready)).signedIn, false);
  });

  it('asks for the click again when the session has expired', () => {
    const asks = (given: Given) => shownOf(facts({ ...ready, ...given })).word === 'again';
    assert.equal(asks({ expired: true }), true);
    assert.equal(asks({ expired: true, failure: refusal }), true);
    assert.equal(asks({}), false, 'nobody was signed in');
    assert.equal(asks({ expired: true, signIn: 'interactive' }), false, 'the visitor has clicked');
    assert.equal(asks({ expired: true, signIn: 'silent' }), false, 'it may go on by itself');
  });
});
