import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describe as describeFailure } from '../../../src/explanations.js';
import type { Failure } from '../../../src/failure.js';
import { pageSignIn } from '../../../src/sign-in/authorize.js';
import { readGrant, takeGrant } from '../../../src/sign-in/own-grant.js';
import type { Authorize } from '../../../src/sign-in/sign-in.js';

const grant = { authCode: 'code', redirectUri: 'https://brand.example/' };
const full = { ...grant, nonce: 'nonce', maxAge: 60, codeVerifier: 'verifier', iss: 'https://login.example' };

describe('readGrant', () => {
  const good: [what: string, answer: object, read: object][] = [
    ['what Messenger has to know', grant, grant],
    ['all that Messenger knows', full, full],
    ['nothing that Messenger does not know', { ...full, accessToken: 'token' }, full],
    ['no key without a value', { ...grant, nonce: undefined }, grant],
  ];
  for (const [what, answer, read] of good)
    it(`takes ${what}`, () => assert.deepEqual(readGrant(answer), read));

  const bad: [answer: unknown, named: string][] = [
    ['code', 'authCode'],
    [{}, 'authCode'],
    [{ ...grant, authCode: '' }, 'authCode'],
    [{ ...grant, authCode: 7 }, 'authCode'],
    [{ authCode: 'code' }, 'redirectUri'],
    [{ ...grant, nonce: '' }, 'nonce'],
    [{ ...grant, nonce: null }, 'nonce'],
    [{ ...grant, codeVerifier: 1 }, 'codeVerifier'],
    [{ ...grant, iss: {} }, 'iss'],
    [{ ...grant, maxAge: '60' }, 'maxAge'],
    [{ ...grant, maxAge: 1.5 }, 'maxAge'],
  ];
  for (const [answer, named] of bad)
    it(`refuses ${JSON.stringify(answer)} and names ${named}`, () =>
      assert.throws(() => readGrant(answer), {
        code: 'configuration/authorize',
        detail: named,
      }));

  for (const answer of [{ idToken: 'secret' }, { ...grant, idToken: 'secret' }])
    it(`refuses the implicit flow in words, and not with the token: ${Object.keys(answer)}`, () =>
      assert.throws(
        () => readGrant(answer),
        (reason: Failure) => {
          const { message, hint, retryable } = describeFailure(reason);
          assert.match(message, /authorize function .*: idToken is refused\.$/);
          assert.match(hint, /Not an idToken \(implicit flow\): .*code/);
          assert.equal(retryable, false);
          assert.doesNotMatch(JSON.stringify([message, hint, String(reason), reason.stack]), /secret/);
          return true;
        },
      ));
});

describe('a page that signs its visitors in itself', () => {
  const signIn = (authorize: Authorize) =>
    pageSignIn(
      () => authorize,
      async () => {},
      takeGrant,
    );
  const never: Authorize = () => undefined;
  let number = 0;
  const fresh = () => ({ ...grant, authCode: `fresh code ${++number}` });

  it('is told whether it may ask the visitor', async () => {
    const asked: boolean[] = [];
    const own = signIn(({ interactive }) => {
      asked.push(interactive);
      return fresh();
    });
    await own.signInSilently();
    await own.signInInteractively();
    assert.deepEqual(asked, [false, true]);
  });

  it('has nothing to give without the visitor: nobody has failed', () =>
    assert.rejects(signIn(never).signInSilently(), { code: 'provider/login-required' }));

  it('has nothing to give because it is being left', async () =>
    assert.equal(await signIn(never).signInInteractively(), undefined));

  it('returns a code twice: it is taken once', async () => {
    const same = fresh();
    await signIn(() => same).signInInteractively();
    await assert.rejects(signIn(() => ({ ...same })).signInInteractively(), {
      code: 'configuration/authorize',
    });
  });

  it('throws: the text, which might hold anything, goes nowhere', () =>
    assert.rejects(signIn(() => Promise.reject(new TypeError('code=secret'))).signInInteractively(), {
      code: 'configuration/authorize',
      detail: 'TypeError',
    }));

  it('sets another function: the new one is asked', async () => {
    let authorize: Authorize = never;
    const own = pageSignIn(
      () => authorize,
      async () => {},
      takeGrant,
    );
    assert.equal(await own.signInInteractively(), undefined);
    authorize = fresh;
    assert.ok(await own.signInInteractively());
  });

  it('is called in the click itself: it may open a window of its own', () => {
    let called = false;
    void signIn(() => {
      called = true;
      return fresh();
    }).signInInteractively();
    assert.equal(called, true);
  });
});
