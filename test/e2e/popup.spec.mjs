// Signing in in a window of its own: the page, with whatever the visitor has typed, stays where it is.
import { addPage, anotherTab, listen } from './brand.mjs';
import { expect, retold, test } from './fixtures.mjs';

/** @typedef {import('./fixtures.mjs').World} World */

const cut = { 'cross-origin-opener-policy': 'same-origin' };

/** @param {World} world */
function isSignedInOnce(world) {
  expect(world.genesys.log).toMatchObject([{ ok: true, pkce: true, nonce: true, iss: true }]);
  expect(world.provider.tokenRequests).toEqual([{ by: 'server' }]);
  // The popup's page is a page of the site, but it starts no Messenger.
  expect(world.genesys.requests.bootstrap).toBe(1);
}

/**
 * Logs in in the popup, which then closes itself.
 * @param {import('./fixtures.mjs').Visitor} visitor
 * @param {import('./fixtures.mjs').Page} popup
 * @param {'ada' | 'grace'} [who]
 */
async function finishes(visitor, popup, who) {
  const closed = popup.waitForEvent('close');
  await visitor.fillsIn(who, undefined, popup);
  await closed;
}

test('the visitor signs in in a popup, and the page is as they left it', async ({
  page,
  world,
  visitor,
  messenger,
}) => {
  await visitor.opens('/popup.html');
  await page.getByLabel('Meter reading').fill('004711');
  const popup = await visitor.pressesLogin();
  await finishes(visitor, popup);
  await messenger.isAuthenticatedAs('Ada Lovelace');
  await expect(visitor.logoutButton).toBeVisible();
  await expect(page.getByLabel('Meter reading')).toHaveValue('004711');
  expect(page.url()).toBe(world.site.url('/popup.html'));
  expect(visitor.console).toEqual([]);
  isSignedInOnce(world);
});

for (const [index, [where, provider, site]] of /** @type {const} */ ([
  ["the provider's and on the page's", true, true],
  ["the provider's", true, false],
  ["the page's", false, true],
]).entries()) {
  test(
    `with Cross-Origin-Opener-Policy on ${where} side`,
    retold(index),
    async ({ world, visitor, messenger }) => {
      if (provider) world.provider.cutOpener();
      if (site) world.site.headers('/popup.html', cut);
      await visitor.opens('/popup.html');
      const popup = await visitor.pressesLogin();
      await finishes(visitor, popup);
      await messenger.isAuthenticatedAs('Ada Lovelace');
      isSignedInOnce(world);
    },
  );
}

test('closed by the visitor: the next click opens another', async ({ page, world, visitor, messenger }) => {
  const heard = await listen(page);
  await visitor.opens('/popup.html');
  await visitor.closes(await visitor.pressesLogin());
  await expect(visitor.loginButton).toBeEnabled();
  expect(heard('signInFailed')).toMatchObject([{ detail: { code: 'popup/closed', retryable: true } }]);
  await visitor.signsIn('grace');
  await messenger.isAuthenticatedAs('Grace Hopper');
  expect(heard('signInFailed')).toHaveLength(1);
  isSignedInOnce(world);
});

test('closed before it could go anywhere', async ({ page, world, visitor, messenger }) => {
  const heard = await listen(page);
  const release = world.provider.faults.hold('discovery');
  await visitor.opens('/popup.html');
  await (await visitor.pressesLogin()).close();
  release();
  await expect(visitor.loginButton).toBeEnabled();
  expect(heard('signInFailed')).toMatchObject([{ detail: { code: 'popup/closed' } }]);
  expect(world.provider.authorizationRequests).toEqual([]);
  await visitor.signsIn();
  await messenger.isAuthenticatedAs('Ada Lovelace');
});

// A window without an opener that is at the provider can be closed by nobody but itself.
test('left open behind the page: a click begins anew, and the new one counts', async ({
  page,
  world,
  visitor,
  messenger,
}) => {
  await visitor.opens('/popup.html');
  // A headless browser never takes the focus from a page.
  const returnToPage = () => page.evaluate(() => void dispatchEvent(new Event('focus')));
  const left = await visitor.pressesLogin();
  await expect(left.getByLabel('Password')).toBeVisible();
  await returnToPage();
  await visitor.isTold('popup/closed');

  const another = await visitor.pressesLogin();
  await expect(another.getByLabel('Password')).toBeVisible();
  await returnToPage();
  await visitor.isTold('popup/closed');
  await visitor.fillsIn('ada', undefined, another);
  await messenger.isAuthenticatedAs('Ada Lovelace');
  isSignedInOnce(world);
});

test('blocked: the page says so and stays, and the next click signs in without a popup', async ({
  page,
  world,
  visitor,
  messenger,
}) => {
  const heard = await listen(page);
  // As a blocker does. The one of Chromium lets pass what a click opens.
  await page.addInitScript(() => {
    window.open = () => null;
  });
  await visitor.opens('/popup.html');
  await visitor.loginButton.click();
  await expect.poll(() => heard('signInFailed')).toMatchObject([{ detail: { code: 'popup/blocked' } }]);
  expect(page.url()).toBe(world.site.url('/popup.html'));
  expect(world.provider.authorizationRequests).toEqual([]);
  await visitor.loginButton.click();
  await visitor.fillsIn('ada');
  await messenger.isAuthenticatedAs('Ada Lovelace');
  expect(page.url()).toBe(world.site.url('/popup.html'));
});

test('cancelled: the popup is gone, and the next click signs in', async ({
  page,
  visitor,
  messenger,
  world,
}) => {
  const heard = await listen(page);
  await visitor.opens('/popup.html');
  const popup = await visitor.pressesLogin();
  const closed = popup.waitForEvent('close');
  await visitor.cancels(popup);
  await closed;
  await expect.poll(() => heard('signInFailed')).toMatchObject([{ detail: { code: 'provider/denied' } }]);
  await visitor.signsIn();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  isSignedInOnce(world);
});

test('the code arrives late: the visitor came back to the page, and then to the popup', async ({
  page,
  world,
  visitor,
  messenger,
}) => {
  const heard = await listen(page);
  // To the page the popup looks closed from now on, though it is open.
  world.provider.cutOpener();
  await visitor.opens('/popup.html');
  const popup = await visitor.pressesLogin();
  await expect(popup.getByLabel('Password')).toBeVisible();
  await page.bringToFront();
  await expect(visitor.loginButton).toBeEnabled();
  expect(heard('signInFailed')).toMatchObject([{ detail: { code: 'popup/closed' } }]);
  await visitor.fillsIn('alan', undefined, popup);
  await messenger.isAuthenticatedAs('Alan Turing');
  await expect(visitor.logoutButton).toBeVisible();
  expect(popup.isClosed()).toBe(true);
  isSignedInOnce(world);
});

test('two popups: only the later one counts, whichever is finished first', async ({
  page,
  world,
  visitor,
  messenger,
}) => {
  world.provider.cutOpener();
  await visitor.opens('/popup.html');
  const first = await visitor.pressesLogin();
  await expect(first.getByLabel('Password')).toBeVisible();
  await page.bringToFront();
  await expect(visitor.loginButton).toBeEnabled();
  const second = await visitor.pressesLogin();
  // Its answer is received, so that it closes itself, and not used.
  await finishes(visitor, first, 'grace');
  await visitor.fillsIn('ada', undefined, second);
  await messenger.isAuthenticatedAs('Ada Lovelace');
  expect(world.genesys.log).toMatchObject([{ ok: true, name: 'Ada Lovelace' }]);
  await expect(page.locator('genesys-auth-messenger')).toHaveCount(1);
});

test('reloaded while the popup is open: its code is not used, and a click signs in', async ({
  page,
  world,
  visitor,
  messenger,
}) => {
  await visitor.opens('/popup.html');
  const popup = await visitor.pressesLogin();
  await expect(popup.getByLabel('Password')).toBeVisible();
  await page.reload();
  await expect(visitor.loginButton).toBeEnabled();
  await visitor.fillsIn('ada', undefined, popup);
  await popup.waitForURL(world.site.url('/popup.html**'));
  const told = () =>
    popup.locator('genesys-auth-messenger').evaluate((element) => /** @type {any} */ (element).error?.code);
  await expect.poll(told).toBe('callback/unknown');
  expect(world.genesys.log).toEqual([]);
  const another = await visitor.pressesLogin();
  await another.waitForEvent('close');
  await messenger.isAuthenticatedAs('Ada Lovelace');
  expect(world.genesys.log).toMatchObject([{ ok: true }]);
});

test("the provider's part of the code is slow to load: the popup waits for it", async ({
  world,
  visitor,
  messenger,
}) => {
  /** @type {(value?: unknown) => void} */
  let release = () => {};
  const until = new Promise((resolve) => (release = resolve));
  world.site.faults.set('asset', { until, when: ({ url }) => !!url?.endsWith('.sign-in.js') });
  await visitor.opens('/popup.html');
  const popup = await visitor.pressesLogin();
  expect(popup.url()).toBe('about:blank');
  release();
  await visitor.fillsIn('ada', undefined, popup);
  await messenger.isAuthenticatedAs('Ada Lovelace');
  isSignedInOnce(world);
});

test('the provider cannot be reached: no empty popup stays', async ({ page, world, visitor, messenger }) => {
  const heard = await listen(page);
  world.provider.breakDiscovery('down');
  await visitor.opens('/popup.html');
  const popup = await visitor.pressesLogin();
  await expect.poll(() => popup.isClosed()).toBe(true);
  await expect
    .poll(() => heard('signInFailed'))
    .toMatchObject([{ detail: { code: 'provider/unreachable' } }]);
  world.provider.faults.clear();
  await visitor.signsIn();
  await messenger.isAuthenticatedAs('Ada Lovelace');
});

test('the redirect URI is another page, which reports to the page that asked', async ({
  world,
  visitor,
  messenger,
}) => {
  await addPage(world, '/mine.html', { mode: 'popup', 'redirect-uri': '/callback.html' });
  await visitor.opens('/mine.html');
  await visitor.signsIn();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  isSignedInOnce(world);
});

test('the redirect URI is a page whose own element is set up wrongly', async ({
  world,
  visitor,
  messenger,
}) => {
  await addPage(world, '/mine.html', { mode: 'popup', 'redirect-uri': '/wrong.html' });
  await addPage(world, '/wrong.html', { 'deployment-id': undefined, 'redirect-uri': '/wrong.html' });
  await visitor.opens('/mine.html');
  const popup = await visitor.pressesLogin();
  await finishes(visitor, popup);
  await messenger.isAuthenticatedAs('Ada Lovelace');
  isSignedInOnce(world);
});

test('two tabs sign in at the same time, each in its own popup', async ({
  page,
  world,
  visitor,
  messenger,
}) => {
  const other = await anotherTab(page, world);
  await visitor.opens('/popup.html');
  await other.visitor.opens('/popup.html');
  const mine = await visitor.pressesLogin();
  const theirs = await other.visitor.pressesLogin();
  await Promise.all([visitor.fillsIn('ada', undefined, mine), expect(visitor.logoutButton).toBeVisible()]);
  await other.visitor.fillsIn('ada', undefined, theirs);
  await expect(other.visitor.logoutButton).toBeVisible();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  await other.messenger.isAuthenticatedAs('Ada Lovelace');
  expect(world.genesys.log).toMatchObject([{ ok: true }, { ok: true }]);
});

test('a window of somebody else cannot hand a code in', async ({ page, world, visitor }) => {
  const heard = await listen(page);
  await visitor.opens('/popup.html');
  const asked = page.context().waitForEvent('request', (request) => request.url().includes('/auth?'));
  const popup = await visitor.pressesLogin();
  const state = new URL((await asked).url()).searchParams.get('state');
  await expect(popup.getByLabel('Password')).toBeVisible();
  const forge = (/** @type {string | null} */ state) => ({
    type: 'genesys-auth-messenger:answer',
    parameters: `code=forged&state=${state}&iss=${world.provider.issuer}`,
  });
  // The provider's pages know the state and have no opener; other scripts of the page do not know it.
  expect(await popup.evaluate(() => opener)).toBeNull();
  await page.evaluate((report) => postMessage(report, location.origin), forge(state));
  await page.evaluate((report) => postMessage(report, location.origin), forge('forged'));
  await visitor.fillsIn('ada', undefined, popup);
  await expect(visitor.logoutButton).toBeVisible();
  expect(world.genesys.log).toMatchObject([{ ok: true }]);
  expect(heard('signInFailed')).toEqual([]);
});
