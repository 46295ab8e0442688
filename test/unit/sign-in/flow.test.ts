import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { isSpent, newState, requestPrefix } from '../../../src/oidc/state.js';
import { Flow } from '../../../src/sign-in/flow.js';
import { leftFor } from '../../../src/sign-in/landing.js';
import { pageSignIn } from '../../../src/sign-in/authorize.js';
import { takeGrant } from '../../../src/sign-in/own-grant.js';
import type { Authorize } from '../../../src/sign-in/sign-in.js';
import { MemoryStorage } from '../oidc/memory-storage.js';
import { quiet } from '../session/page.js';

const page = 'https://brand.example/help';
const provider = {
  issuer: 'https://login.brand.example',
  clientId: 'messenger',
  redirectUri: page,
  scope: 'openid',
};

/** How often a request was begun: each looks first whether the page is secure, which this one is not. */
let begun = 0;
const secureContext = Object.getOwnPropertyDescriptor(globalThis, 'isSecureContext');

type Request = LockManager['request'];

/** A flow in a page whose browser has these locks, or none. */
function open(request?: (name: string, options: LockOptions, work: () => Promise<unknown>) => unknown) {
  begun = 0;
  const locks = request && { request: request as Request };
  const window = { location: { href: page }, sessionStorage: new MemoryStorage(), navigator: { locks } };
  return new Flow(window as unknown as Window, provider);
}

const wentOn = { code: 'configuration/insecure-context' };

describe('silent sign-ins of many tabs', () => {
  before(() =>
    Object.defineProperty(globalThis, 'isSecureContext', {
      get: () => {
        begun++;
        return false;
      },
      configurable: true,
    }),
  );
  after(() => {
    if (secureContext) Object.defineProperty(globalThis, 'isSecureContext', secureContext);
    else Reflect.deleteProperty(globalThis, 'isSecureContext');
  });

  it('take turns, by a lock that all pages of the site know by its name', async () => {
    const asked: string[] = [];
    const flow = open((name, _, work) => {
      asked.push(name);
      assert.equal(begun, 0, 'nothing begins before its turn');
      return work();
    });
    await assert.rejects(flow.inFrame(), wentOn);
    assert.deepEqual(asked, ['genesys-auth-messenger:silent']);
    assert.equal(begun, 1, 'what failed in its turn is not tried again');
  });

  it('give up after ten seconds in which others had their turn, without asking the provider', async (t) => {
    const limit = new AbortController();
    t.mock.method(AbortSignal, 'timeout', (milliseconds: number) => {
      assert.equal(milliseconds, 10_000);
      return limit.signal;
    });
    const flow = open(
      (_, { signal }) =>
        new Promise((_, reject) => signal!.addEventListener('abort', () => reject(signal!.reason as Error))),
    );
    const silent = flow.inFrame();
    await quiet();
    assert.equal(begun, 0, 'it waits for its turn');
    limit.abort(new DOMException('The operation timed out', 'TimeoutError'));
    await assert.rejects(silent, { code: 'provider/login-required', detail: 'other tabs' });
    assert.equal(begun, 0);
  });

  for (const [what, request] of [
    ['that browsers do not have', undefined],
    ['that are refused', () => Promise.reject(new DOMException('denied', 'SecurityError'))],
    [
      'that throw',
      () => {
        throw new DOMException('denied', 'SecurityError');
      },
    ],
  ] as const)
    it(`go on without locks ${what}`, async () => {
      await assert.rejects(open(request).inFrame(), wentOn);
      assert.equal(begun, 1);
    });
});

/** This tab's, until the next test. */
function useStorage(): Storage {
  const value = new MemoryStorage();
  Object.defineProperty(globalThis, 'sessionStorage', { value, configurable: true });
  return value;
}
const dropStorage = () => Reflect.deleteProperty(globalThis, 'sessionStorage');

describe('a redirect', () => {
  afterEach(dropStorage);
  before(() => Object.defineProperty(globalThis, 'isSecureContext', { value: true, configurable: true }));
  after(() => {
    if (secureContext) Object.defineProperty(globalThis, 'isSecureContext', secureContext);
    else Reflect.deleteProperty(globalThis, 'isSecureContext');
  });

  it('that does not come about, because the visitor stays, is waited for no longer than 15 seconds', async () => {
    const sessionStorage = useStorage();
    const went: string[] = [];
    const timers: { run: () => void; time: number }[] = [];
    const window = {
      location: { href: page, assign: (url: string) => went.push(url) },
      sessionStorage,
      setTimeout: (run: (storage: Storage) => void, time: number, storage: Storage) =>
        timers.push({ run: () => run(storage), time }),
    };
    const own = { ...provider, authorizationEndpoint: 'https://login.brand.example/authorize' };
    await new Flow(window as unknown as Window, own).byRedirect(new AbortController().signal);
    const state = new URL(went[0]!).searchParams.get('state')!;
    assert.equal(leftFor(sessionStorage), state);
    assert.deepEqual(
      timers.map(({ time }) => time),
      [15_000],
    );
    timers[0]!.run();
    assert.equal(leftFor(sessionStorage), undefined);
  });
});

describe('an answer', () => {
  afterEach(dropStorage);

  for (const [age, code] of [
    [60_001, 'callback/expired'],
    // It is looked at, and then the rest of its request is missing.
    [60_000, 'callback/unknown'],
    [undefined, 'callback/unknown'],
  ] as const)
    it(`that the page has had for ${age ?? 'nobody knows how many'} ms is ${code}, and used up`, async () => {
      const sessionStorage = useStorage();
      const state = newState('redirect');
      sessionStorage.setItem(requestPrefix + state, '{}');
      const performance = age === undefined ? {} : { now: () => age };
      const window = { location: { href: page }, sessionStorage, performance };
      const parameters = `code=the-code&state=${state}`;
      const answer = { state, way: 'redirect', parameters } as const;
      await assert.rejects(new Flow(window as unknown as Window, provider).complete(answer), { code });
      assert.equal(isSpent(state, sessionStorage), true);
    });
});

describe('a popup', () => {
  it('whose sign-in has ended while the part was loading goes nowhere', async () => {
    const popup = {} as Window;
    const ended = AbortSignal.abort('ended');
    await assert.rejects(open().inPopup(popup, assert.fail, ended), (reason) => reason === 'ended');
  });
});

describe("a page's own sign-in", () => {
  const signIn = (authorize: Authorize) =>
    pageSignIn(
      () => authorize,
      async () => {},
      takeGrant,
    );

  it('that throws is told by the kind of what was thrown, which the page can read itself', async () => {
    const error = new RangeError('code=secret');
    const own = signIn(() => Promise.reject(error));
    await assert.rejects(own.signInInteractively(), { detail: 'RangeError', cause: error });
  });

  it('that throws something else than an error does not pass it on in words', async () => {
    const own = signIn(() => {
      throw 'code=secret';
    });
    await assert.rejects(own.signInInteractively(), {
      code: 'configuration/authorize',
      detail: 'it threw',
      cause: 'code=secret',
    });
  });

  it('may answer null for nothing', async () => {
    const own = signIn(() => null);
    assert.equal(await own.signInInteractively(), undefined);
    await assert.rejects(own.signInSilently(), { code: 'provider/login-required', detail: 'authorize' });
  });

  it('that returns a code twice is told so', async () => {
    const own = signIn(() => ({ authCode: 'the same code again', redirectUri: page }));
    await own.signInInteractively();
    await assert.rejects(own.signInInteractively(), {
      code: 'configuration/authorize',
      detail: 'authCode was returned before',
    });
  });
});
