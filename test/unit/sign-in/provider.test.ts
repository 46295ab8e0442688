import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failure } from '../../../src/failure.js';
import { providerSignIn } from '../../../src/sign-in/provider.js';
import type { ProviderOptions } from '../../../src/sign-in/sign-in.js';
import { MemoryStorage } from '../oidc/memory-storage.js';

const page = 'https://brand.example/help';
const provider = {
  issuer: 'https://login.brand.example',
  clientId: 'messenger',
  redirectUri: page,
} as ProviderOptions['provider'];

/** As much of a window as is needed before anything can be loaded. */
function open(
  { popup = null as object | null, isActive = true } = {},
  arrival?: Parameters<typeof providerSignIn>[2],
) {
  const window: Record<string, unknown> = {
    location: { href: page },
    sessionStorage: new MemoryStorage(),
    open: () => popup,
    navigator: { userActivation: { isActive } },
    BroadcastChannel,
  };
  window['parent'] = window;
  const options: ProviderOptions = { mode: 'popup', logout: 'messenger', provider };
  return providerSignIn(window as unknown as Window, options, arrival);
}

describe('what a page has found when it began', () => {
  it('is nothing as a rule', () => assert.equal(open().complete(), undefined));

  it('is a failure: it comes once', async () => {
    const signIn = open({}, { failure: failure('callback/unknown') });
    await assert.rejects(signIn.complete()!, { code: 'callback/unknown' });
    assert.equal(signIn.complete(), undefined);
  });
});

describe('a click in popup mode', () => {
  it('opens the window at once, while everything else is still to be loaded', () => {
    let isClosed = false;
    const popup = { closed: true, close: () => (isClosed = true) };
    // What becomes of it needs a document.
    open({ popup })
      .signInInteractively(() => {}, new AbortController().signal)
      .catch(() => {});
    assert.equal(isClosed, false);
  });

  it('is told when the browser blocks the window', () =>
    assert.rejects(
      open({}).signInInteractively(() => {}, new AbortController().signal),
      { code: 'popup/blocked' },
    ));

  it('is told again, and not taken away, when the window was blocked for want of a click', async () => {
    const signIn = open({ isActive: false });
    for (let times = 0; times < 2; times++) {
      await assert.rejects(
        signIn.signInInteractively(() => {}, new AbortController().signal),
        { code: 'popup/blocked' },
      );
    }
  });
});
