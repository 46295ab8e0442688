import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failure } from '../../../src/failure.js';
import { type Change, type CodeCall, type Facts, initialFacts } from '../../../src/session/facts.js';
import { happenings } from '../../../src/session/happenings.js';
import { type Wait, done, hidesChat, shownOf, timeLimits, waitsOf } from '../../../src/session/rules.js';

const now = Date.UTC(2026, 10, 22);
const call = { resolve() {}, reject() {} };
const waiting: CodeCall = { ...call, renewal: false };
const renewal: CodeCall = { ...call, renewal: true };
const grant = { authCode: 'code', redirectUri: 'https://brand.example/' };
const blocked = failure('messenger/blocked');
const conflict = failure('configuration/conflict');
const refused = { reason: failure('exchange/refused'), callsAgain: true };
const unavailable = { reason: failure('exchange/unavailable'), callsAgain: true };
const unreachable = failure('provider/unreachable');

const facts = (given: Partial<Facts> = {}): Facts => ({ ...initialFacts, ...given });
const ready = facts({ messenger: 'ready', hasCalled: true });
const signedIn = facts({ messenger: 'ready', hasCalled: true, authenticated: true, announced: true });
const after = (before: Facts, change: Change): Facts => ({ ...before, ...change });
const has = (actual: Change, expected: Change) =>
  assert.deepEqual(
    Object.fromEntries(Object.keys(expected).map((name) => [name, actual[name as keyof Facts]])),
    expected,
  );

describe('a click', () => {
  it('asks for a sign-in, whatever has failed before', () => {
    const failed = after(ready, { failure: unreachable, waitsForVisitor: true, retried: true });
    has(happenings.signInRequested(failed), {
      requested: true,
      visitorActed: true,
      waitsForVisitor: false,
      retried: false,
      failure: undefined,
    });
  });

  it('changes nothing for a visitor who is signed in, or has asked already', () => {
    assert.deepEqual(happenings.signInRequested(signedIn), {});
    assert.deepEqual(happenings.signInRequested(after(ready, { requested: true })), {});
  });

  it('loads a script again that was blocked, and the failure stays until it is there', () => {
    const failed = facts({ messenger: 'failed', failure: blocked });
    has(happenings.signInRequested(failed), { messenger: 'due', requested: true, failure: blocked });
  });

  it('says once more what no click can mend', () => {
    const change = happenings.signInRequested(facts({ messenger: 'failed', failure: conflict }));
    assert.equal(change.requested, undefined);
    assert.notEqual(change.failure, conflict);
    has(change, { visitorActed: true });
    assert.equal(change.failure?.code, 'configuration/conflict');
  });

  it('logs out once, and only a visitor who is signed in', () => {
    has(happenings.signOutRequested(signedIn), { logout: 'requested', logoutReason: 'visitor' });
    assert.deepEqual(happenings.signOutRequested(ready), {});
    assert.deepEqual(happenings.signOutRequested(after(signedIn, { logout: 'under-way' })), {});
  });
});

describe('Messenger', () => {
  it('that comes late is better than none', () => {
    const late = facts({ messenger: 'failed', failure: failure('messenger/no-answer') });
    has(happenings.messengerReady(late, false, true), { messenger: 'ready', failure: undefined });
  });

  it('that comes when it is tried again takes its own failure away', () => {
    const again = facts({ messenger: 'loading', failure: failure('messenger/blocked') });
    has(happenings.messengerReady(again, false, true), { messenger: 'ready', failure: undefined });
  });

  it('that comes leaves another failure as it is', () => {
    const loading = facts({ messenger: 'loading', failure: unreachable });
    has(happenings.messengerReady(loading, false, true), { failure: unreachable });
  });

  it('that has a session makes the window useless that was opened meanwhile', () => {
    const opened = facts({ messenger: 'loading', signIn: 'interactive', signInNumber: 1, requested: true });
    has(happenings.messengerReady(opened, true, true), {
      authenticated: true,
      restored: true,
      signIn: undefined,
      signInNumber: 2,
    });
    has(happenings.messengerReady(opened, false, true), {
      restored: false,
      signInNumber: undefined as never,
    });
  });

  it('that asks a signed-in visitor for a code needs a new one to go on', () => {
    assert.equal(happenings.codeCalled(signedIn, call, false).codeCalls?.[0]?.renewal, true);
    assert.equal(happenings.codeCalled(ready, call, true).codeCalls?.[0]?.renewal, true);
    assert.equal(happenings.codeCalled(ready, call, false).codeCalls?.[0]?.renewal, undefined);
  });

  it('that wants the visitor signed in again has a session that has expired', () => {
    has(happenings.reAuthenticateCalled(signedIn, call), { authenticated: false, expired: true });
    has(happenings.reAuthenticateCalled(ready, call), { authenticated: false, expired: undefined });
    const twice = after(ready, { expired: true });
    has(happenings.reAuthenticateCalled(twice, call), { expired: true });
  });

  it('that asks for a sign-in asks for the visitor, unless a grant is in hand', () => {
    has(happenings.signInCalled(ready, call), { requested: true, visitorActed: true });
    has(happenings.signInCalled(after(ready, { grant }), call), {
      requested: undefined as never,
      visitorActed: undefined as never,
    });
  });

  it('that asks for a sign-in where one is asked for already only waits with it', () => {
    const change = happenings.signInCalled(after(ready, { requested: true }), call);
    assert.deepEqual(change, { authenticated: false, expired: undefined, signInCalls: [call] });
  });

  it('that has redeemed the code ends everything that waits', () => {
    const before = after(ready, {
      exchanging: true,
      expired: true,
      retried: true,
      visitorActed: true,
      waitsForVisitor: true,
      failure: unreachable,
      guard: { refusals: 1, attempts: [now] },
    });
    has(happenings.authenticated(before), {
      authenticated: true,
      exchanging: false,
      expired: false,
      retried: false,
      visitorActed: false,
      waitsForVisitor: false,
      failure: undefined,
      guard: { refusals: 0, attempts: [now] },
    });
  });

  it('that has redeemed a code which nobody wants any more gets the session ended', () => {
    assert.deepEqual(happenings.authenticated(after(ready, { exchangeUnwanted: true })), {
      exchangeUnwanted: false,
      unwantedSession: true,
      otherAccount: true,
    });
  });
});

describe('the page', () => {
  const guard = { refusals: 1, attempts: [now] };

  it('starts Messenger, or lets it wait until there is something for it to do', () => {
    const due = { guard, visible: false, messenger: 'due' };
    assert.deepEqual(happenings.started(facts(), guard, false, false), due);
    assert.deepEqual(happenings.started(facts(), guard, true, true), {
      guard,
      visible: true,
      messenger: 'idle',
    });
  });

  it('tells what needs no more than to be noted', () => {
    assert.deepEqual(happenings.timePassed(), {});
    assert.deepEqual(happenings.visibilityChanged(facts(), false), { visible: false });
    assert.deepEqual(happenings.announced(), { announced: true });
    assert.deepEqual(happenings.logoutAnnounced(), { announced: false, logoutReason: 'expired' });
    assert.deepEqual(happenings.stepUpFound(), { stepUp: true });
    assert.deepEqual(happenings.callMissed(), { callDue: undefined });
    assert.deepEqual(happenings.providerLogoutFailed(facts(), unreachable), { failure: unreachable });
    assert.deepEqual(happenings.pageIsLeft(after(ready, { signInNumber: 2 }), 2), { leaving: true });
  });
});

describe('Messenger in the page', () => {
  it('that has failed leaves nothing to wait for, and no window', () => {
    const opened = facts({ signIn: 'interactive', signInNumber: 1, requested: true, leaving: true });
    assert.deepEqual(happenings.messengerFailed(opened, blocked), {
      messenger: 'failed',
      failure: blocked,
      requested: false,
      signIn: undefined,
      leaving: false,
      signInNumber: 2,
    });
    assert.equal('signIn' in happenings.messengerFailed(facts({ signIn: 'landing' }), blocked), false);
  });

  it('that is taken out of the page is missed by who has a chat', () => {
    for (const chat of [{ authenticated: true }, { anonymousChat: true }])
      assert.equal(happenings.messengerRemoved(after(ready, chat)).removed?.code, 'messenger/removed');
    assert.deepEqual(happenings.messengerRemoved(ready), {});
  });

  it('whose anonymous chat has begun calls for nothing any more', () =>
    assert.deepEqual(happenings.anonymousChatBegan(), { anonymousChat: true, callDue: undefined }));

  it('that finds the session of another tab takes it, or ends it where it is of another account', () => {
    has(happenings.sessionFound(ready, true), { authenticated: true, otherAccount: false });
    assert.deepEqual(happenings.sessionFound(ready, false), {
      otherAccount: true,
      callDue: undefined,
      logout: 'requested',
      logoutReason: 'account',
    });
  });

  it('whose session of another account was refreshed is made to end it, unless that is under way', () => {
    const others = after(ready, { otherAccount: true });
    assert.deepEqual(happenings.authenticated(others), { unwantedSession: true });
    assert.deepEqual(happenings.authenticated(after(others, { logout: 'requested' })), {});
    has(happenings.authenticated(after(others, { exchanging: true })), { authenticated: true });
  });

  it('opens the chat for a visitor who has acted, and says that they are signed in', () => {
    has(happenings.authenticated(after(ready, { visitorActed: true })), {
      chatDue: true,
      achieved: 'signedIn',
    });
    assert.equal('chatDue' in happenings.authenticated(ready), false);
  });

  it('that signs in otherwise answers the sign-in it has asked for', () => {
    const asked = after(ready, { signInCalls: [call] });
    has(happenings.authenticated(asked), { signInRejection: 'signed in already', reAuthenticateCalls: [] });
    assert.equal('signInRejection' in happenings.authenticated(ready), false);
  });

  it('that says once more what a logout was answered with says no news', () => {
    const answered = after(ready, { logoutEchoes: true, otherAccount: true });
    assert.deepEqual(happenings.loggedOut(answered), { logoutEchoes: false, otherAccount: false });
  });
});

describe('a code that was not redeemed', () => {
  it('late, after Genesys Cloud was unavailable, counts as a refusal, once', () => {
    const late = after(ready, { exchangeLate: true });
    assert.deepEqual(happenings.exchangeFailed(late, refused), {
      exchangeUnwanted: false,
      exchangeLate: false,
      guard: { refusals: 1, attempts: [] },
    });
    assert.deepEqual(happenings.exchangeFailed(late, unavailable), { exchangeUnwanted: false });
    has(happenings.exchangeFailed(after(ready, { exchanging: true }), unavailable), { exchangeLate: true });
    has(happenings.exchangeFailed(after(ready, { exchanging: true }), refused), { exchangeLate: false });
  });

  const exchanging = after(ready, { exchanging: true, triedSilently: true });

  it('for long, and then was, is done with: what fails after that is a refresh, and no refusal', () => {
    const late = after(ready, { exchangeLate: true });
    const redeemed = after(late, happenings.authenticated(late));
    has(redeemed, { authenticated: true, exchangeLate: false });
    assert.deepEqual(happenings.exchangeFailed(redeemed, refused), { exchangeUnwanted: false });
  });

  it('is followed by one attempt, where Messenger calls again', () => {
    has(happenings.exchangeFailed(exchanging, refused), {
      exchanging: false,
      triedSilently: false,
      exchangeUnwanted: false,
      refusal: refused.reason,
      retried: true,
      guard: { refusals: 1, attempts: [] },
    });
  });

  it('is the end where Messenger does not', () => {
    has(happenings.exchangeFailed(exchanging, { ...refused, callsAgain: false }), {
      exchangeUnwanted: false,
      failure: refused.reason,
      waitsForVisitor: true,
      guard: { refusals: 1, attempts: [] },
    });
  });

  it('is the end after that attempt, and in a page that follows it', () => {
    for (const given of [{ retried: true }, { guard: { refusals: 1, attempts: [] } }])
      has(happenings.exchangeFailed(after(exchanging, given), refused), {
        failure: refused.reason,
        waitsForVisitor: true,
      });
  });

  it('is no refusal when Genesys Cloud was only unavailable', () => {
    const change = happenings.exchangeFailed(exchanging, unavailable);
    has(change, { refusal: unavailable.reason, retried: true, guard: exchanging.guard });
    const again = after(exchanging, { retried: true });
    has(happenings.exchangeFailed(again, unavailable), {
      failure: unavailable.reason,
      waitsForVisitor: true,
    });
  });

  it('is no news when no code was handed over: a refresh has failed', () => {
    assert.deepEqual(happenings.exchangeFailed(signedIn, refused), { exchangeUnwanted: false });
  });
});

describe('a logout', () => {
  it('here is over when Messenger says so, by event or by answer', () => {
    const out = after(signedIn, { logout: 'under-way', logoutReason: 'visitor' });
    for (const change of [happenings.loggedOut(out), happenings.logoutAnswered(out)])
      has(change, { logout: 'done', authenticated: false, logoutReason: 'visitor', failure: undefined });
    const unconfirmed = failure('logout/incomplete');
    has(happenings.logoutAnswered(out, unconfirmed), { logout: 'done', failure: unconfirmed });
    assert.deepEqual(happenings.logoutAnswered(signedIn), {});
  });

  it('leaves nothing of the session, and says whether the visitor did it', () => {
    const full = after(signedIn, {
      ...{ logout: 'under-way', logoutReason: 'visitor', expired: true, exchanging: true },
      ...{ anonymousChat: true, hasCalled: false, codeCalls: [renewal] },
    });
    assert.deepEqual(happenings.loggedOut(full), {
      logout: 'done',
      logoutReason: 'visitor',
      achieved: 'loggedOut',
      exchangeUnwanted: true,
      authenticated: false,
      expired: false,
      exchanging: false,
      anonymousChat: false,
      hasCalled: true,
      failure: undefined,
      waitsForVisitor: true,
      codeCalls: [waiting],
      otherAccount: false,
    });
    has(happenings.logoutAnswered(full), { logoutEchoes: true });
    has(happenings.logoutAnswered(full, failure('logout/incomplete')), { logoutEchoes: false });
    has(happenings.loggedOut(after(full, { logoutReason: 'account' })), { achieved: undefined });
    has(happenings.loggedOut(signedIn), { achieved: undefined, logoutReason: 'elsewhere' });
  });

  it('elsewhere ends a renewal and a silent sign-in', () => {
    const renewing = after(signedIn, { codeCalls: [renewal], signIn: 'silent', signInNumber: 1 });
    has(happenings.loggedOut(renewing), {
      authenticated: false,
      logoutReason: 'elsewhere',
      signIn: undefined,
      signInNumber: 2,
      waitsForVisitor: true,
      codeCalls: [waiting],
    });
  });

  it('elsewhere, while this tab logs out, too, leaves this one its reason', () => {
    for (const logoutReason of ['visitor', 'account'] as const) {
      const both = after(signedIn, { logout: 'under-way', logoutReason });
      has(happenings.logoutHeard(both, true), { authenticated: false, logoutReason });
    }
  });

  it('elsewhere ends what had begun in a page where nobody is signed in yet', () => {
    const begun = after(ready, { grant, signInNumber: 1, failure: unreachable });
    const change = happenings.loggedOut(begun);
    has(change, { grant: undefined, waitsForVisitor: true, signInNumber: 2 });
    assert.equal('failure' in change, false, 'what failed stays failed');
    has(happenings.loggedOut(after(ready, { exchanging: true })), {
      exchanging: false,
      exchangeUnwanted: true,
    });
    has(happenings.loggedOut(after(ready, { exchangeUnwanted: true })), { exchangeUnwanted: true });
  });

  it('elsewhere does not end what the visitor has asked for here', () => {
    for (const given of [{ requested: true }, { signIn: 'interactive' }] as const)
      assert.deepEqual(happenings.loggedOut(after(ready, given)), {
        logoutDoubted: false,
        otherAccount: false,
      });
  });

  it('elsewhere does not hold back a page that is being left for the provider', () => {
    const leaving = { signIn: 'interactive', signInNumber: 1, leaving: true } as const;
    const left = after(signedIn, { ...leaving, requested: true, grant });
    const out = after(left, happenings.loggedOut(left));
    has(out, { ...leaving, authenticated: false, requested: false, grant: undefined });
    // The visitor stops the browser, or comes back.
    has(happenings.cameBack(out), { signIn: undefined, leaving: false });
  });

  it('elsewhere ends a session whose renewal Messenger has asked for', () => {
    const lost = after(signedIn, { authenticated: false, expired: true, reAuthenticateCalls: [call] });
    has(happenings.logoutHeard(lost, true), { logoutReason: 'elsewhere', expired: false });
  });

  it('that the record does not know is doubted, looked up once more, and then not believed', () => {
    assert.deepEqual(happenings.logoutHeard(signedIn, false), { logoutDoubted: true });
    assert.deepEqual(happenings.logoutChecked(signedIn, false), { logoutDoubted: false });
    has(happenings.logoutChecked(signedIn, true), { authenticated: false, logoutDoubted: false });
  });
});

describe('an exchange that begins', () => {
  const answered = after(ready, { grant, callDue: 'after-re-authenticate' });

  it('after reAuthenticate was answered, and without a call, is of the code in hand: that is handed over', () => {
    has(happenings.exchangeBegan(answered), { grant: undefined, callDue: undefined, exchanging: true });
  });

  it('is of a code that was called for: nothing changes', () => {
    assert.deepEqual(happenings.exchangeBegan(after(ready, { grant })), {});
    const called = after(answered, { codeCalls: [renewal] });
    const delivered = after(called, done('answer-code', called, now));
    assert.deepEqual(happenings.exchangeBegan(delivered), {});
  });

  it('is of a code that was dropped meanwhile: what comes of it is ended', () => {
    const dropped = after(answered, { grant: undefined });
    const change = happenings.exchangeBegan(dropped);
    has(change, { exchangeUnwanted: true });
    has(happenings.authenticated(after(dropped, change)), { unwantedSession: true });
  });
});

describe('a sign-in', () => {
  const silent = after(ready, { signIn: 'silent', signInNumber: 3 });

  it('that is not the latest is ignored', () => {
    assert.deepEqual(happenings.grantReceived(silent, 2, grant, now), {});
    assert.deepEqual(happenings.signInFailed(silent, 2, unreachable), {});
    assert.deepEqual(happenings.pageIsLeft(silent, 2), {});
  });

  it('gives a grant, which can be counted on for a minute', () => {
    has(happenings.grantReceived(silent, 3, grant, now), {
      grant,
      grantEnd: now + 60_000,
      signIn: undefined,
    });
  });

  it('makes good what has failed before, or takes its place', () => {
    const before = after(silent, {
      failure: conflict,
      refusal: refused.reason,
      requested: true,
      triedSilently: true,
    });
    has(happenings.grantReceived(before, 3, grant, now), {
      failure: undefined,
      refusal: undefined,
      requested: false,
      triedSilently: false,
      callDue: undefined,
    });
    has(happenings.signInFailed(before, 3, unreachable), {
      failure: unreachable,
      refusal: undefined,
      requested: false,
    });
  });

  it('that gives a grant before Messenger is wanted makes it load', () => {
    has(happenings.grantReceived(facts({ messenger: 'idle' }), 0, grant, now), { messenger: 'due' });
  });

  it('does not make good that Messenger has failed', () => {
    const failed = facts({ messenger: 'failed', failure: conflict, signIn: 'landing' });
    has(happenings.grantReceived(failed, 0, grant, now), { failure: conflict });
    has(happenings.signInFailed(failed, 0, unreachable), { failure: conflict });
  });

  it('that was silent and found no session has not failed', () => {
    assert.deepEqual(happenings.signInFailed(silent, 3, failure('provider/login-required')), {
      signIn: undefined,
    });
  });

  it('that was silent and has failed leaves it open what comes next; else the visitor is waited for', () => {
    has(happenings.signInFailed(silent, 3, unreachable), {
      failure: unreachable,
      waitsForVisitor: undefined,
    });
    const interactive = after(silent, { signIn: 'interactive' });
    has(happenings.signInFailed(interactive, 3, unreachable), { waitsForVisitor: true });
    has(happenings.signInFailed(interactive, 3, failure('provider/login-required')), {
      waitsForVisitor: true,
    });
  });

  it('that fails answers the sign-in that Messenger has asked for', () => {
    const asked = after(silent, { signIn: 'interactive', signInCalls: [call] });
    has(happenings.signInFailed(asked, 3, unreachable), { signInRejection: 'provider/unreachable' });
    assert.equal('signInRejection' in happenings.signInFailed(silent, 3, unreachable), false);
  });

  it('that the visitor has come back from makes Messenger load, whatever came of it', () => {
    const landed = facts({ messenger: 'idle', signIn: 'landing' });
    for (const reason of [unreachable, failure('provider/login-required')])
      has(happenings.signInFailed(landed, 0, reason), { messenger: 'due' });
    for (const signIn of ['interactive', 'silent'] as const)
      for (const reason of [unreachable, failure('provider/login-required')]) {
        const change = happenings.signInFailed(facts({ messenger: 'idle', signIn }), 0, reason);
        assert.equal('messenger' in change, false, 'nor does any other');
      }
  });

  it('that has ended already cannot fail any more', () =>
    assert.deepEqual(happenings.signInFailed(ready, 0, unreachable), {}));

  it('that the visitor has come back from is their doing', () => {
    has(happenings.landed(facts()), { signIn: 'landing', visitorActed: true, signInNumber: 1 });
  });

  it('that the visitor has come back from without an answer is over', () => {
    const left = after(silent, { signIn: 'interactive', leaving: true, requested: true });
    has(happenings.cameBack(left), { signIn: undefined, leaving: false, waitsForVisitor: true });
    assert.deepEqual(happenings.cameBack(silent), {});
  });
});

describe('what is done', () => {
  it('counts only what is automatic', () => {
    assert.deepEqual(done('sign-in-silently', ready, now).guard, { refusals: 0, attempts: [now] });
    assert.equal(done('sign-in-interactively', ready, now).guard, undefined);
  });

  it('in sight of the visitor leaves the silent way untried', () => {
    has(done('sign-in-silently', ready, now), { signIn: 'silent', triedSilently: true });
    for (const change of [done('sign-in-interactively', ready, now), happenings.landed(ready)])
      has(change, { triedSilently: false });
    const tried = after(ready, { triedSilently: true });
    has(done('sign-in-interactively', tried, now), { triedSilently: true });
  });

  it('names what a grant has grown too old for', () => {
    const holding = after(ready, { grant });
    has(done('drop-grant', holding, now), { grant: undefined, waitsForVisitor: true });
    assert.equal(done('drop-grant', holding, now).failure?.code, 'messenger/no-answer');
    const loading = after(holding, { messenger: 'loading' });
    assert.equal(done('drop-grant', loading, now).failure?.code, 'callback/expired');
    const failed = after(holding, { messenger: 'failed', failure: conflict });
    assert.equal(done('drop-grant', failed, now).failure, conflict);
    assert.deepEqual(done('drop-grant', after(signedIn, { grant }), now), { grant: undefined });
  });

  it('makes a refusal the failure when the visitor is waited for', () => {
    has(done('wait-for-visitor', after(ready, { refusal: refused.reason }), now), {
      failure: refused.reason,
      refusal: undefined,
      waitsForVisitor: true,
    });
  });

  it('ends what it was wanted for', () => {
    const calls = { codeCalls: [waiting, renewal], signInCalls: [call, call], reAuthenticateCalls: [call] };
    const holding = after(ready, {
      ...calls,
      grant,
      exchanges: 4,
      callDue: 'after-command',
      requested: true,
    });
    const handedOver = {
      grant: undefined,
      callDue: undefined,
      exchanging: true,
      exchanges: 5,
      exchangeLate: false,
      exchangeUnwanted: false,
      requested: false,
    };
    const expected: [Parameters<typeof done>[0], Change][] = [
      ['start-messenger', { messenger: 'loading' }],
      ['reject-sign-in', { signInRejection: undefined, signInCalls: [] }],
      ['answer-sign-in', { ...handedOver, signInCalls: [call] }],
      ['answer-code', { ...handedOver, codeCalls: [renewal] }],
      ['answer-re-authenticate', { reAuthenticateCalls: [], callDue: 'after-re-authenticate' }],
      ['ask', { callDue: 'after-command' }],
      ['step-up', { callDue: 'after-command' }],
      ['renew', { callDue: 'after-command' }],
      ['log-out', { logout: 'under-way' }],
      ['end-unwanted-session', { unwantedSession: false, logoutEchoes: true }],
      ['open-chat', { chatDue: false }],
    ];
    for (const [action, change] of expected) assert.deepEqual(done(action, holding, now), change, action);
  });

  it('leaves those calls open that a new code is for, unless only a click could get it or the visitor logs out', () => {
    const open = after(ready, { codeCalls: [waiting, renewal] });
    assert.deepEqual(done('answer-empty', open, now), { codeCalls: [renewal] });
    for (const given of [{ waitsForVisitor: true }, { logout: 'under-way' }] as const)
      assert.deepEqual(done('answer-empty', after(open, given), now), { codeCalls: [] });
  });

  it('takes a logout that nobody has heard of for the end of an earlier session', () => {
    assert.deepEqual(done('pass-logout-on', signedIn, now), { logout: undefined });
    assert.deepEqual(done('pass-logout-on', ready, now), { logout: undefined, logoutReason: 'expired' });
  });

  it('keeps what has failed before when the visitor is waited for without a refusal', () => {
    has(done('wait-for-visitor', after(ready, { failure: unreachable }), now), { failure: unreachable });
  });

  it('expires only a session that there was', () => {
    has(done('expire', signedIn, now), { authenticated: false, expired: true });
  });
});

describe('whether a failure is news for the visitor', () => {
  const isNews = (given: Partial<Facts>) => shownOf(after(ready, given)).word === 'failed';

  it('is so when they have asked for what failed', () => {
    assert.equal(isNews({ failure: unreachable, visitorActed: true }), true);
    assert.equal(isNews({ failure: unreachable }), false);
    assert.equal(isNews({ visitorActed: true }), false, 'nothing has failed');
  });

  for (const code of ['popup/closed', 'provider/denied', 'logout/incomplete', 'logout/no-endpoint'] as const)
    it(`is not so when they know or cannot mend it: ${code}`, () => {
      assert.equal(isNews({ failure: failure(code), visitorActed: true }), false);
    });
});

describe('what is waited for', () => {
  const waits = (given: Partial<Facts>) =>
    Object.entries(waitsOf(after(ready, given)))
      .filter(([, of]) => of)
      .map(([wait]) => [wait, timeLimits[wait as Wait]]);

  it('has an end', () => {
    assert.deepEqual(waits({}), []);
    assert.deepEqual(waits({ exchanges: 1, signInNumber: 1 }), [], 'what is over');
    assert.deepEqual(waits({ exchanging: true, exchanges: 1 }), [['exchange', 10_000]]);
    assert.deepEqual(waits({ logout: 'under-way' }), [['logout', 10_000]]);
    assert.deepEqual(waits({ logout: 'requested' }), []);
    assert.deepEqual(waits({ callDue: 'after-re-authenticate' }), [['call', 1_000]]);
    assert.deepEqual(waits({ callDue: 'after-command' }), []);
    assert.deepEqual(waits({ leaving: true, signInNumber: 1 }), [['leaving', 15_000]]);
    assert.deepEqual(waits({ logoutDoubted: true }), [['record', 1_000]]);
    assert.deepEqual(waits({ grant }), [['grant', 60_000]]);
  });

  it('is waited for anew for another grant, and for another exchange', () => {
    const of = (given: Partial<Facts>) => Object.values(waitsOf(after(ready, given))).find(Boolean);
    assert.notEqual(of({ grant }), of({ grant: { ...grant } }));
    assert.notEqual(of({ exchanging: true, exchanges: 1 }), of({ exchanging: true, exchanges: 2 }));
  });
});

describe('another account', () => {
  const loading = facts({ messenger: 'loading', otherAccount: true });
  const others = after(loading, happenings.messengerReady(loading, true, false));

  it('than that of the restored session ends it, unannounced and unseen', () => {
    has(others, { authenticated: undefined, logout: 'requested', logoutReason: 'account' });
    assert.equal(hidesChat(others), true);
    assert.equal(shownOf(others).status, 'starting');
  });

  it('is none where Messenger has no session', () => {
    for (const isSame of [true, false])
      has(happenings.messengerReady(loading, false, isSame), {
        otherAccount: false,
        logout: undefined as never,
      });
    has(happenings.messengerReady(loading, true, true), { otherAccount: false });
  });

  it('does not take from the visitor what they have asked for in this page', () => {
    has(after({ ...loading, requested: true }, happenings.messengerReady(loading, true, false)), {
      requested: true,
    });
  });

  it('is shown again when Messenger has taken its launcher away, not before', () => {
    const answered = after(
      { ...others, logout: 'under-way' },
      happenings.logoutAnswered({ ...others, logout: 'under-way' }),
    );
    assert.equal(hidesChat(answered), true);
    assert.equal(hidesChat(after(answered, happenings.loggedOut(answered))), false);
  });

  it('that is named before Messenger is there is remembered until then', () => {
    assert.deepEqual(happenings.accountCompared(facts(), false, false), { otherAccount: true });
    assert.deepEqual(happenings.accountCompared(facts(), true, false), { otherAccount: false });
    has(happenings.accountCompared(facts({ requested: true }), false, true), {
      otherAccount: true,
      requested: false,
      waitsForVisitor: true,
    });
  });

  it('ends also a session that has expired, whose chat is still shown, but none that is being ended', () => {
    const lost = after(ready, { expired: true, grant });
    has(happenings.accountCompared(lost, false, false), {
      logout: 'requested',
      otherAccount: true,
      grant: undefined,
    });
    assert.deepEqual(happenings.accountCompared(after(lost, { logout: 'under-way' }), false, false), {});
    assert.deepEqual(happenings.accountCompared(ready, false, false), {}, 'there is no session');
  });

  it('ends a code that Genesys Cloud has not answered in time, should a session come of it', () => {
    has(happenings.accountCompared(after(ready, { exchangeLate: true }), false, true), {
      exchangeUnwanted: true,
    });
    has(happenings.accountCompared(ready, false, true), { exchangeUnwanted: false });
  });

  it('answers the sign-in that Messenger has asked for', () => {
    has(happenings.accountCompared(after(ready, { signInCalls: [call] }), false, true), {
      signInRejection: 'another account',
    });
  });

  it('is not announced when its tokens are refreshed in order to be revoked', () => {
    assert.deepEqual(happenings.authenticated({ ...others, logout: 'under-way' }), {});
  });

  it('ends the session that the page shows', () => {
    has(happenings.accountCompared(signedIn, false, true), { logout: 'requested', logoutReason: 'account' });
    assert.deepEqual(happenings.accountCompared(signedIn, true, true), {});
  });

  it('cancels a sign-in that had begun for the one before, and only then', () => {
    const begun = after(ready, {
      ...{ signIn: 'interactive', signInNumber: 1, leaving: true, exchanging: true },
      ...{ grant, requested: true, refusal: refused.reason, codeCalls: [renewal] },
    });
    const cancelled = {
      ...{ signIn: undefined, signInNumber: 2, leaving: false, exchanging: false, exchangeUnwanted: true },
      ...{
        grant: undefined,
        requested: false,
        refusal: undefined,
        codeCalls: [waiting],
        waitsForVisitor: true,
      },
    };
    has(happenings.accountCompared(begun, false, true), cancelled);
    // Also when the one of before is back: it was begun for the one between.
    has(happenings.accountCompared(begun, true, true), cancelled);
    assert.deepEqual(happenings.accountCompared(begun, false, false), {});
  });
});
