import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { spend } from '../../../src/oidc/callback.js';
import { failure } from '../../../src/failure.js';
import { handOn } from '../../../src/sign-in/handed-on.js';
import { key } from '../../../src/names.js';
import { ProviderSignIn } from '../../../src/sign-in/provider.js';
import type { ProviderOptions } from '../../../src/sign-in/sign-in.js';
import { MemoryStorage } from '../oidc/memory-storage.js';

const page = 'https://brand.example/help';
const issuer = 'https://login.brand.example';
const callback = `${page}?topic=1&code=secret&state=known&iss=${encodeURIComponent(issuer)}`;
const grant = { authCode: 'code', redirectUri: page };
const provider = { issuer, clientId: 'messenger', redirectUri: page } as ProviderOptions['provider'];

/** As much of a window as is needed before anything can be loaded. */
function open(href: string, { mode = 'redirect', popup = null as object | null, isActive = true } = {}) {
  const replaced: string[] = [];
  const window = {
    location: { href },
    history: { state: 'kept', replaceState: (_: unknown, __: string, url: string) => replaced.push(url) },
    sessionStorage: new MemoryStorage(),
    localStorage: new MemoryStorage(),
    open: () => popup,
    navigator: { userActivation: { isActive } },
  };
  const configuration = { mode, logout: 'messenger', provider } as ProviderOptions;
  const signIn = new ProviderSignIn(window as unknown as Window, configuration);
  return { ...window, replaced, signIn };
}

describe('what a page finds when it loads', () => {
  it('nothing', () => {
    const { signIn, replaced } = open(page);
    assert.equal(signIn.arrive(), undefined);
    assert.deepEqual(replaced, []);
  });

  it('a grant from the page of the redirect URI', async () => {
    const { signIn, sessionStorage } = open(page);
    handOn(sessionStorage, provider, { grant });
    assert.deepEqual(await signIn.arrive(), grant);
    assert.equal(signIn.arrive(), undefined);
  });

  it('a failure from there', async () => {
    const { signIn, sessionStorage } = open(page);
    handOn(sessionStorage, provider, { failure: failure('provider/denied') });
    await assert.rejects(signIn.arrive()!, { code: 'provider/denied' });
  });

  it('its own answer once more, from the history: the address is cleaned', async () => {
    const { signIn, sessionStorage, replaced } = open(callback);
    spend({ state: 'known' }, sessionStorage);
    await assert.rejects(signIn.arrive()!, { code: 'callback/repeated' });
    assert.deepEqual(replaced, [`${page}?topic=1`]);
  });

  it("somebody else's answer: the address is left alone", () => {
    const { signIn, replaced } = open(callback);
    assert.equal(signIn.arrive(), undefined);
    assert.deepEqual(replaced, []);
  });

  it('an answer to a sign-in that began in another tab', async () => {
    const { signIn, localStorage, replaced } = open(callback);
    localStorage.setItem(key('begun'), String(Date.now()));
    await assert.rejects(signIn.arrive()!, { code: 'callback/unknown' });
    assert.deepEqual(replaced, []);
  });

  it('an answer from another provider while one is awaited', () => {
    const { signIn, localStorage } = open(callback.replace('login', 'other'));
    localStorage.setItem(key('begun'), String(Date.now()));
    assert.equal(signIn.arrive(), undefined);
  });

  it('an answer long after a sign-in began in another tab', () => {
    const { signIn, localStorage } = open(callback);
    localStorage.setItem(key('begun'), String(Date.now() - 15 * 60_000));
    assert.equal(signIn.arrive(), undefined);
  });
});

describe('a click in popup mode', () => {
  it('opens the window at once, while everything else is still to be loaded', () => {
    let isClosed = false;
    const { signIn } = open(page, { mode: 'popup', popup: { closed: true, close: () => (isClosed = true) } });
    // What becomes of it needs a document.
    signIn.visibly(() => {}).catch(() => {});
    assert.equal(isClosed, false);
  });

  it('is told when the browser blocks the window', () =>
    assert.rejects(
      open(page, { mode: 'popup' }).signIn.visibly(() => {}),
      { code: 'popup/blocked' },
    ));

  it('is told again, and not taken away, when the window was blocked for want of a click', async () => {
    const { signIn } = open(page, { mode: 'popup', isActive: false });
    for (let times = 0; times < 2; times++) {
      await assert.rejects(
        signIn.visibly(() => {}),
        { code: 'popup/blocked' },
      );
    }
  });
});
