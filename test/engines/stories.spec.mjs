// The main flows, told once and run in three engines: Chromium, Firefox and WebKitGTK. docs/browsers.md says what was run where.
import { readFile } from 'node:fs/promises';
import { strictPolicy } from '../../scripts/policy.mjs';
import { snippet, tag } from '../e2e/brand.mjs';
import { expect, test } from './fixtures.mjs';

/** @typedef {import('./fixtures.mjs').World} World */
/** @typedef {import('../e2e/fixtures.mjs').Visitor} Visitor */
/** @typedef {import('../e2e/fixtures.mjs').Messenger} Messenger */

const dist = new URL('../../dist/', import.meta.url);
const nonce = 'c3RyaWN0';
const script = `<script nonce="${nonce}" src="/assets/genesys-auth-messenger.js"></script>`;
const own = '/own.html?tariff=windy%20nights&code=SPRING&x=1+2#prices';

/** Keeps what the element tells the page, and what goes wrong in it: a driver of WebKitGTK's hears of neither. */
const recorder = `<script nonce="${nonce}">
  window.told = [];
  const told = (type) => ({ detail, message, reason, effectiveDirective, blockedURI }) =>
    window.told.push({ type, detail: detail ?? String(message ?? reason ?? effectiveDirective + ' ' + blockedURI) });
  for (const type of ['signedIn', 'signInFailed', 'loggedOut', 'error', 'unhandledrejection', 'securitypolicyviolation'])
    addEventListener(type, told(type));
  addEventListener('pageshow', ({ persisted }) => persisted && (sessionStorage.kept = 'yes'));
</script>`;

/**
 * A page of the brand's.
 * @param {World} world
 * @param {import('../e2e/brand.mjs').Attributes} [attributes] The element's.
 * @param {object} [more]
 * @param {string} [more.path]
 * @param {string} [more.lang]
 * @param {string} [more.before] HTML before our file.
 * @param {string} [more.file] Our file.
 * @param {string} [more.after] HTML after it.
 * @param {Record<string, string>} [more.headers]
 */
async function publish(
  world,
  attributes,
  { path = '/own.html', lang = 'en', before = '', file = script, after = '', headers } = {},
) {
  const body = recorder + before + tag(attributes) + file + after;
  const html = `<!doctype html><html lang="${lang}"><head><title>${path}</title><link rel="icon" href="/logo.svg"></head><body>${body}</body></html>`;
  await world.site.page(path, html, headers);
}

/** What the page was told. @param {Visitor} visitor @param {string} type */
const heard = async (visitor, type) => (await visitor.events()).filter((event) => event.type === type);

/** What the element says to screen readers. @param {Visitor} visitor */
const textOf = ({ element }) =>
  // A page that is just being left cannot be asked.
  element
    .evaluate(({ shadowRoot }) => shadowRoot?.querySelector('[role="status"]')?.textContent)
    .catch(() => '');

/** Nothing went wrong in the page that is shown. @param {Visitor} visitor */
async function nothingIsAmiss(visitor) {
  const types = ['signInFailed', 'error', 'unhandledrejection', 'securitypolicyviolation'];
  expect((await visitor.events()).filter(({ type }) => types.includes(type))).toEqual([]);
}

/** This page of the provider's. @param {Visitor} visitor @param {string} title How its title begins. */
async function isShown({ page }, title) {
  // A page that is just being left cannot be asked.
  await expect.poll(() => page.title().catch(() => '')).toMatch(new RegExp(`^${title}.*Lumenwick ID`));
}

/** @param {World} world */
function isRedeemedOnce(world) {
  expect(world.genesys.log).toMatchObject([{ ok: true, pkce: true, nonce: true, iss: true }]);
  expect(world.provider.tokenRequests).toEqual([{ by: 'server' }]);
}

/** @param {World} world @returns {(string | null)[]} What the provider was asked, in a frame (`none`) or in sight. */
const prompts = (world) => world.provider.authorizationRequests.map(({ prompt }) => prompt);

test.describe('by redirect', () => {
  test('a visitor signs in, chats as themselves, and logs out, at the very address where they began', async ({
    world,
    visitor,
    messenger,
  }) => {
    await publish(world);
    await visitor.opens(own);
    await visitor.isSignedOut();
    await messenger.isAbsent();
    await visitor.logsIn();
    await visitor.isSignedIn();
    expect(await visitor.page.url()).toBe(world.site.origin + own);
    await messenger.isAuthenticatedAs('Ada Lovelace');
    await nothingIsAmiss(visitor);
    isRedeemedOnce(world);
    await visitor.pressesLogout();
    await visitor.isSignedOut();
    await messenger.isAbsent();
    expect(await heard(visitor, 'loggedOut')).toMatchObject([{ detail: { reason: 'visitor' } }]);
  });

  test('a reload restores the session without a new code', async ({ world, visitor, messenger }) => {
    await publish(world);
    await visitor.opens(own);
    await visitor.logsIn('grace');
    await visitor.isSignedIn();
    await visitor.page.reload();
    await visitor.isSignedIn({ restored: true });
    await messenger.isAuthenticatedAs('Grace Hopper');
    await nothingIsAmiss(visitor);
    isRedeemedOnce(world);
  });

  test('a visitor who cancels reads so where they were, and can change their mind', async ({
    world,
    visitor,
    messenger,
  }) => {
    await publish(world);
    await visitor.opens(own);
    await visitor.pressesLogin();
    await visitor.cancels();
    await visitor.isTold('provider/denied');
    expect(await visitor.page.url()).toBe(world.site.origin + own);
    await visitor.logsIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    isRedeemedOnce(world);
  });
});

test.describe('in a popup', () => {
  for (const [where, provider, site] of /** @type {const} */ ([
    ['on neither side', false, false],
    ["on the provider's side", true, false],
    ["on the page's side", false, true],
    ['on both sides', true, true],
  ])) {
    test(`with Cross-Origin-Opener-Policy ${where}: the popup closes itself, and the page stays`, async ({
      world,
      visitor,
      messenger,
      browserName,
    }) => {
      if (provider) world.provider.cutOpener();
      const headers = site ? { 'cross-origin-opener-policy': 'same-origin' } : undefined;
      await publish(world, { mode: 'popup' }, { headers });
      await visitor.opens(own);
      const popup = await visitor.pressesLogin();
      await visitor.fillsIn('ada', undefined, popup);
      await visitor.isSignedIn();
      await expect.poll(() => popup.isClosed()).toBe(true);
      expect(await visitor.page.url()).toBe(world.site.origin + own);
      await messenger.isAuthenticatedAs('Ada Lovelace');
      // A headless Chromium leaves the focus with the page, which so takes a popup that it cannot see for closed.
      const seemsClosed = browserName === 'chromium' && (provider || site);
      if (!seemsClosed) await nothingIsAmiss(visitor);
      isRedeemedOnce(world);
      // The popup's page is a page of the site, but it starts no Messenger.
      expect(world.genesys.requests.bootstrap).toBe(1);
    });
  }

  for (const cut of [false, true])
    test(`an error without a state closes it, ${cut ? 'also where its opener is cut' : 'and the page says why'}`, async ({
      world,
      visitor,
      browserName,
    }) => {
      if (cut) world.provider.cutOpener();
      world.provider.faults.set('authorization', {
        redirect({ searchParams }) {
          if (!searchParams.has('iss')) return;
          for (const name of ['code', 'state']) searchParams.delete(name);
          searchParams.set('error', 'invalid_scope');
        },
      });
      await publish(world, { mode: 'popup' });
      await visitor.opens('/own.html');
      const popup = await visitor.pressesLogin();
      await visitor.fillsIn('ada', undefined, popup);
      await expect.poll(() => popup.isClosed()).toBe(true);
      // A headless Chromium leaves the focus with the page. It takes a popup that it cannot see for closed, if it looks
      // before the answer comes.
      const isTaken = cut && browserName === 'chromium';
      const told = isTaken ? /^(popup\/closed|provider\/error)$/ : /^provider\/error$/;
      await expect.poll(async () => (await visitor.failure().catch(() => undefined))?.code).toMatch(told);
      expect(world.genesys.requests.bootstrap).toBe(1);
    });

  test('closed by the visitor: the page says so, and the next click opens another', async ({
    world,
    visitor,
    messenger,
  }) => {
    await publish(world, { mode: 'popup' });
    const release = world.provider.faults.hold('discovery');
    await visitor.opens('/own.html');
    // Driven Chromium can hang in a window that is closed on its way to an address.
    await (await visitor.pressesLogin()).close();
    release();
    await visitor.isTold('popup/closed');
    await visitor.logsIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    isRedeemedOnce(world);
  });

  test('blocked: the page says so and stays, and the next click signs in without a popup', async ({
    world,
    visitor,
    messenger,
  }) => {
    // As a blocker does. Those of the engines let pass what a click opens.
    await publish(world, { mode: 'popup' }, { before: `<script>window.open = () => null;</script>` });
    await visitor.opens(own);
    await visitor.loginButton.click();
    await visitor.isTold('popup/blocked');
    expect(world.provider.authorizationRequests).toEqual([]);
    await visitor.loginButton.click();
    await visitor.fillsIn('ada');
    await visitor.isSignedIn();
    expect(await visitor.page.url()).toBe(world.site.origin + own);
    await messenger.isAuthenticatedAs('Ada Lovelace');
    isRedeemedOnce(world);
  });
});

/** Signs in and out again, so that only the provider still knows the visitor. @param {World} world @param {Visitor} visitor */
async function hasSessionAtProvider(world, visitor) {
  await publish(world);
  await visitor.opens('/own.html');
  await visitor.logsIn();
  await visitor.isSignedIn();
  await visitor.pressesLogout();
  await visitor.isSignedOut();
  // As in a new tab, on a site that they have not used for long.
  await visitor.page.evaluate(() => {
    sessionStorage.clear();
    localStorage.clear();
  });
  world.reset();
}

/** The visitor's JWT is worthless, and Messenger has nothing to renew it with. @param {World} world */
const endSession = (world) => world.genesys.expireTokens();

test.describe('in a hidden frame, where third-party cookies are allowed', () => {
  test.use({ thirdPartyCookies: 'allowed' });

  test('a visitor with a session at the provider is signed in without a click', async ({
    world,
    visitor,
    messenger,
  }) => {
    await hasSessionAtProvider(world, visitor);
    await publish(world, { silent: true });
    await visitor.opens('/own.html');
    await visitor.isSignedIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    expect(prompts(world)).toEqual(['none']);
    await nothingIsAmiss(visitor);
    isRedeemedOnce(world);
  });

  test('the session is renewed, and the chat goes on', async ({ world, visitor, messenger }) => {
    await publish(world);
    await visitor.opens('/own.html');
    await visitor.logsIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    endSession(world);
    await messenger.says('Still there?');
    await expect.poll(() => world.genesys.log).toMatchObject([{ ok: true }, { ok: true }]);
    await messenger.isAuthenticatedAs('Ada Lovelace');
    expect(prompts(world)).toEqual([null, 'none']);
    await nothingIsAmiss(visitor);
  });
});

test.describe('where third-party cookies are blocked', () => {
  test.use({ thirdPartyCookies: 'blocked' });

  test('a visitor with a session at the provider sees the button, which signs them in at once', async ({
    world,
    visitor,
    messenger,
  }) => {
    await hasSessionAtProvider(world, visitor);
    await publish(world, { silent: true });
    await visitor.opens('/own.html');
    // A page that is not seen yet, as WebKit's may be for a moment, asks when it is.
    await expect.poll(() => prompts(world)).toEqual(['none']);
    await visitor.isSignedOut();
    await visitor.signsInAtOnce();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    isRedeemedOnce(world);
  });

  test('to be renewed, the session needs a click, and the page stays until then', async ({
    world,
    visitor,
    messenger,
  }) => {
    await publish(world);
    await visitor.opens(own);
    await visitor.logsIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    endSession(world);
    await messenger.says('Still there?');
    await visitor.isSignedOut();
    await expect.poll(() => textOf(visitor)).toContain('Log in again to continue.');
    await visitor.signsInAtOnce();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    expect(await visitor.page.url()).toBe(world.site.origin + own);
    expect(prompts(world)).toEqual([null, 'none', null]);
    expect(world.genesys.log).toMatchObject([{ ok: true }, { ok: true }]);
  });
});

test.describe('step-up', () => {
  const stepUp = { 'deployment-id': '%STEP_UP_DEPLOYMENT_ID%' };

  for (const mode of /** @type {const} */ (['redirect', 'popup'])) {
    test(`Messenger's own entry, by ${mode}: who has chatted without a name goes on under their own`, async ({
      world,
      visitor,
      messenger,
    }) => {
      await publish(world, { ...stepUp, mode });
      await visitor.opens(own);
      await messenger.isAnonymous();
      const opened = mode === 'popup' ? visitor.page.waitForEvent('popup') : visitor.page;
      await visitor.page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await visitor.fillsIn('alan', undefined, await opened);
      await visitor.isSignedIn();
      await messenger.isAuthenticatedAs('Alan Turing');
      if (mode === 'popup') await messenger.shows('Hello there');
      expect(await visitor.page.url()).toBe(world.site.origin + own);
      await nothingIsAmiss(visitor);
      isRedeemedOnce(world);
    });
  }
});

test.describe('logout', () => {
  test('every other tab follows', async ({ world, visitor, messenger, opensTab }) => {
    await publish(world);
    await visitor.opens('/own.html');
    await visitor.logsIn();
    await visitor.isSignedIn();
    const other = await opensTab();
    await other.visitor.opens('/own.html');
    await other.visitor.isSignedIn({ restored: true });
    await other.messenger.isAuthenticatedAs('Ada Lovelace');
    // A browser hardly draws a tab that is not looked at.
    await visitor.page.bringToFront();
    await visitor.pressesLogout();
    await visitor.isSignedOut();
    await messenger.isAbsent();
    await other.page.bringToFront();
    await other.visitor.isSignedOut();
    await other.messenger.isAbsent();
    expect(await heard(visitor, 'loggedOut')).toMatchObject([{ detail: { reason: 'visitor' } }]);
    expect(await heard(other.visitor, 'loggedOut')).toMatchObject([{ detail: { reason: 'elsewhere' } }]);
  });

  test('with logout="provider" the provider\'s session ends, too', async ({ world, visitor, messenger }) => {
    await publish(world, { logout: 'provider', 'post-logout-redirect-uri': '/own.html' });
    await visitor.opens('/own.html');
    await visitor.logsIn();
    await visitor.isSignedIn();
    await visitor.pressesLogout();
    await expect.poll(() => world.provider.endSessionRequests).toBe(1);
    await isShown(visitor, 'Log out ');
    await visitor.page.getByRole('button', { name: 'Log out' }).click();
    await visitor.isSignedOut();
    // The provider asks for the password again.
    await visitor.logsIn('grace');
    await messenger.isAuthenticatedAs('Grace Hopper');
  });
});

test.describe('the Back button', () => {
  test.skip(
    ({ browserName }) => browserName === 'chromium',
    'Playwright switches its back/forward cache off: test/e2e/back-forward.spec.mjs tells these of a whole Chromium.',
  );

  /** @param {Visitor} visitor */
  async function goesBack({ page }) {
    // A page that is kept does not load, which is what drivers wait for.
    await page.evaluate(() => history.back());
    await expect.poll(() => page.evaluate(() => location.pathname).catch(() => undefined)).toBe('/own.html');
  }

  /** Pages that must not be stored are not kept either. */
  const headers = { 'cache-control': 'no-cache' };

  test('at the provider: the login button works again', async ({ world, visitor, messenger }) => {
    await publish(world, {}, { headers });
    await visitor.opens('/own.html');
    await visitor.pressesLogin();
    await isShown(visitor, 'Log in ');
    await goesBack(visitor);
    await expect.poll(() => visitor.page.evaluate(() => sessionStorage.kept)).toBe('yes');
    // Firefox's driver takes a page that comes back for one that still loads, and presses no button there.
    const status = () => /** @type {any} */ (document.querySelector('genesys-auth-messenger')).status;
    await expect.poll(() => visitor.page.evaluate(status)).toBe('signed-out');
    await visitor.page.evaluate(() =>
      document.querySelector('genesys-auth-messenger')?.shadowRoot?.querySelector('button')?.click(),
    );
    expect(world.genesys.requests.bootstrap).toBe(1);
    await visitor.fillsIn('ada');
    await visitor.isSignedIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    isRedeemedOnce(world);
  });

  test('to a page that was left signed in: it knows of a logout elsewhere', async ({
    world,
    visitor,
    messenger,
  }) => {
    await publish(world, {}, { headers });
    await publish(world, {}, { path: '/other.html' });
    await visitor.opens('/own.html');
    await visitor.logsIn();
    await visitor.isSignedIn();
    await visitor.opens('/other.html');
    await visitor.isSignedIn({ restored: true });
    await visitor.pressesLogout();
    await visitor.isSignedOut();
    // Firefox may have dropped the page that it has kept, and loads another then.
    await goesBack(visitor);
    await visitor.isSignedOut();
    await messenger.isAbsent();
  });
});

test.describe('a page', () => {
  for (const mode of /** @type {const} */ (['redirect', 'popup'])) {
    test(`with the strictest policy, by ${mode}: no violation from load to logout`, async ({
      world,
      visitor,
      messenger,
    }) => {
      const { genesys, provider } = world;
      const issuer = new URL(provider.issuer).origin;
      const policy = strictPolicy({ nonce, domain: genesys.domain, issuer, local: true });
      const headers = { 'content-security-policy': policy.replaceAll('\n', ' ') };
      await publish(world, { mode }, { headers });
      await visitor.opens('/own.html');
      await nothingIsAmiss(visitor);
      await visitor.logsIn();
      await visitor.isSignedIn();
      await messenger.isAuthenticatedAs('Ada Lovelace');
      await visitor.pressesLogout();
      await visitor.isSignedOut();
      await nothingIsAmiss(visitor);
    });
  }

  test('whose policy is in force: a script without the nonce does not run', async ({ world, visitor }) => {
    const headers = { 'content-security-policy': `script-src 'nonce-${nonce}'` };
    await publish(world, {}, { before: '<script>document.title = "ran";</script>', headers });
    await visitor.opens('/own.html');
    expect(await heard(visitor, 'securitypolicyviolation')).toMatchObject([
      { detail: 'script-src-elem inline' },
    ]);
    expect(await visitor.page.title()).toBe('/own.html');
  });

  test('that may not store anything says so', async ({ world, visitor }) => {
    await publish(world, {}, { headers: { 'content-security-policy': 'sandbox allow-scripts' } });
    await visitor.opens('/own.html');
    await visitor.isTold('configuration/storage-blocked');
    await visitor.pressesLogin();
    expect(world.provider.authorizationRequests).toEqual([]);
  });

  test('whose own snippet comes after our file has one Messenger', async ({ world, visitor, messenger }) => {
    await publish(world, {}, { after: snippet('%DEPLOYMENT_ID%') });
    await visitor.opens('/own.html');
    await visitor.isSignedOut();
    await visitor.logsIn();
    await visitor.isSignedIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    // Before and after the trip to the provider.
    expect(world.genesys.requests.config).toBe(2);
    await nothingIsAmiss(visitor);
    isRedeemedOnce(world);
  });

  for (const [what, code] of /** @type {const} */ ([
    ['replaces the address', "history.replaceState(null, '', location.pathname)"],
    ['goes to its route', "history.pushState(null, '', location.pathname)"],
  ])) {
    test(`whose router ${what} before our file runs: the answer is kept`, async ({
      world,
      visitor,
      messenger,
    }) => {
      const before = `<script>if (location.search.includes('iss=')) ${code};</script>`;
      await publish(world, {}, { before });
      await visitor.opens(own);
      await visitor.logsIn();
      await visitor.isSignedIn();
      expect(await visitor.page.url()).toBe(world.site.origin + own);
      await messenger.isAuthenticatedAs('Ada Lovelace');
      isRedeemedOnce(world);
    });
  }
});

test('what a page has put into its history stays', async ({ world, visitor }) => {
  const before = `<script>if (location.search.includes('iss=')) history.replaceState({ page: 'own' }, '');</script>`;
  await publish(world, {}, { before });
  await visitor.opens('/own.html');
  await visitor.logsIn();
  await visitor.isSignedIn();
  expect(await visitor.page.evaluate(() => history.state)).toEqual({ page: 'own' });
  expect(await visitor.page.url()).toBe(world.site.url('/own.html'));
});

test.describe('in Japanese, with integrity on the tag', () => {
  /** They sign in and out again. @param {World} world @param {Visitor} visitor @param {Messenger} messenger */
  async function chats(world, visitor, messenger) {
    const integrity = JSON.parse(await readFile(new URL('integrity.json', dist), 'utf8'));
    const name = 'genesys-auth-messenger.js';
    // Another origin, as a host for files is.
    const src = world.site.url(`/assets/${name}`).replace('//brand.', '//cdn.');
    const file = `<script src="${src}" integrity="${integrity[name]}" crossorigin></script>`;
    await publish(world, {}, { lang: 'ja', file });
    await visitor.opens('/own.html');
    await visitor.element.getByRole('button', { name: 'ログイン' }).click();
    await visitor.fillsIn('ada');
    const logout = visitor.element.getByRole('button', { name: 'ログアウト' });
    await visitor.canPress(logout);
    await messenger.isAuthenticatedAs('Ada Lovelace');
    await logout.click();
  }

  test('the sentences are loaded', async ({ world, visitor, messenger }) => {
    await chats(world, visitor, messenger);
    await expect.poll(() => textOf(visitor)).toBe('ログアウトしました。');
    await nothingIsAmiss(visitor);
  });

  test('sentences that somebody has changed never run, and English ones take their place', async ({
    world,
    visitor,
    messenger,
  }) => {
    const path = 'genesys-auth-messenger.languages/ja.js';
    const code = await readFile(new URL(path, dist), 'utf8');
    await world.site.page(`/assets/${path}`, `globalThis.ran = true;\n${code}`);
    await chats(world, visitor, messenger);
    await expect.poll(() => textOf(visitor)).toBe('You are logged out.');
    expect(await visitor.page.evaluate(() => 'ran' in globalThis)).toBe(false);
  });
});
