// Logging out: here, at the provider, and in every other tab.
import { addPage, anotherTab, listen } from './brand.mjs';
import { expect, retold, test } from './fixtures.mjs';

/** @typedef {import('./fixtures.mjs').World} World */
/** @typedef {import('./fixtures.mjs').Page} Page */

/** The next request that ends the provider's session. @param {Page} page @param {string} [path] */
async function nextEndSession(page, path = '/session/end') {
  const request = await page.waitForRequest((candidate) => new URL(candidate.url()).pathname === path);
  return new URL(request.url());
}

test.describe('logout="provider"', () => {
  test("the provider's session ends, too, and the visitor comes back", async ({
    page,
    world,
    visitor,
    messenger,
  }) => {
    const heard = await listen(page);
    await addPage(world, '/mine.html', { logout: 'provider', 'post-logout-redirect-uri': '/help.html' });
    await visitor.opens('/mine.html');
    await visitor.signsIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    const asked = nextEndSession(page);
    await visitor.pressesLogout();
    expect([...(await asked).searchParams]).toEqual([
      ['client_id', world.values.CLIENT_ID],
      ['post_logout_redirect_uri', world.site.url('/help.html')],
    ]);
    await visitor.confirmsLogout();
    await page.waitForURL(world.site.url('/help.html*'));
    expect(heard('loggedOut')).toMatchObject([{ detail: { reason: 'visitor' } }]);
    expect(world.genesys.requests.revoke).toBe(1);
    // The provider asks for the password again.
    await visitor.signsIn('grace');
    await messenger.isAuthenticatedAs('Grace Hopper');
  });

  test('without an address to come back to, none is sent', async ({ page, world, visitor }) => {
    await addPage(world, '/mine.html', { logout: 'provider' });
    await visitor.opens('/mine.html');
    await visitor.signsIn();
    const asked = nextEndSession(page);
    await visitor.pressesLogout();
    expect([...(await asked).searchParams.keys()]).toEqual(['client_id']);
    await visitor.confirmsLogout();
  });

  test('an address of its own with a query is gone to as it is written', async ({ page, world, visitor }) => {
    await addPage(world, '/bye.html', 'Bye');
    const endpoint = world.site.url('/bye.html?client_id=a%20b&logout_uri=https://brand.example/');
    await addPage(world, '/mine.html', {
      logout: 'provider',
      'end-session-endpoint': endpoint,
      'post-logout-redirect-uri': '/help.html',
    });
    await visitor.opens('/mine.html');
    await visitor.signsIn();
    await visitor.pressesLogout();
    await page.waitForURL(endpoint);
    expect(world.provider.endSessionRequests).toBe(0);
  });

  test('an address of its own without a query gets the standard parameters', async ({
    page,
    world,
    visitor,
  }) => {
    await addPage(world, '/bye.html', 'Bye');
    await addPage(world, '/mine.html', {
      logout: 'provider',
      'end-session-endpoint': world.site.url('/bye.html'),
      'post-logout-redirect-uri': '/help.html',
    });
    await visitor.opens('/mine.html');
    await visitor.signsIn();
    const asked = nextEndSession(page, '/bye.html');
    await visitor.pressesLogout();
    expect([...(await asked).searchParams.keys()]).toEqual(['client_id', 'post_logout_redirect_uri']);
    await page.waitForURL('**/bye.html?*');
  });

  test('a provider without such an address: logged out here, and the page is told', async ({
    page,
    world,
    visitor,
    messenger,
  }) => {
    const heard = await listen(page);
    world.provider.faults.set('discovery', {
      headers: { 'access-control-allow-origin': '*' },
      body: { issuer: world.provider.issuer, authorization_endpoint: `${world.provider.issuer}/auth` },
    });
    await addPage(world, '/mine.html', { logout: 'provider' });
    await visitor.opens('/mine.html');
    await visitor.signsIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    await visitor.pressesLogout();
    await expect(visitor.loginButton).toBeEnabled();
    await expect
      .poll(() => visitor.element.evaluate((element) => /** @type {any} */ (element).error?.code))
      .toBe('logout/no-endpoint');
    expect(heard('loggedOut')).toHaveLength(1);
    expect(heard('signInFailed')).toEqual([]);
    expect(page.url()).toBe(world.site.url('/mine.html'));
  });

  test('a provider that cannot be asked for its address: the same, and no sign-in has failed', async ({
    page,
    world,
    visitor,
  }) => {
    const heard = await listen(page);
    await addPage(world, '/mine.html', { logout: 'provider' });
    await visitor.opens('/mine.html');
    await visitor.signsIn();
    await visitor.isSignedIn();
    await page.reload();
    await visitor.isSignedIn({ restored: true });
    world.provider.breakDiscovery('down');
    await visitor.pressesLogout();
    await expect(visitor.loginButton).toBeEnabled();
    await expect.poll(async () => (await visitor.failure())?.code).toBe('logout/no-endpoint');
    expect(heard('signInFailed')).toEqual([]);
    await expect(visitor.element).not.toContainText(/did not work/);
  });

  for (const [
    index,
    [kind, fault],
  ] of /** @type {[string, import('../../demo/world/faults.mjs').Fault][]} */ ([
    ['answers 500', { status: 500, body: { code: 'internal', status: 500 } }],
    ['cannot be reached', { gone: true }],
    ['knows the JWT no longer', { status: 401, body: { code: 'unauthorized', status: 401 } }],
  ]).entries()) {
    test(
      `Genesys Cloud ${kind}: the provider's session ends all the same`,
      retold(index),
      async ({ page, world, visitor }) => {
        await addPage(world, '/mine.html', { logout: 'provider' });
        await visitor.opens('/mine.html');
        await visitor.signsIn();
        await expect(visitor.logoutButton).toBeVisible();
        world.genesys.faults.set('revoke', fault);
        await visitor.pressesLogout();
        await visitor.confirmsLogout();
        await visitor.opens('/mine.html');
        await expect(visitor.loginButton).toBeEnabled();
        await visitor.pressesLogin();
        await expect(page.getByLabel('Password')).toBeVisible();
      },
    );
  }

  test('Genesys Cloud never answers: after ten seconds it is done without it', async ({
    page,
    world,
    visitor,
  }) => {
    await page.clock.install();
    await addPage(world, '/mine.html', { logout: 'provider' });
    await visitor.opens('/mine.html');
    await visitor.signsIn();
    await expect(visitor.logoutButton).toBeVisible();
    world.genesys.faults.hold('revoke');
    const revoked = page.waitForRequest((request) => request.url().endsWith('/token/revoke'));
    // Asked for when the pointer comes to the button; for it, too, ten seconds would be over.
    const warm = page.waitForResponse((response) => response.url().endsWith('/openid-configuration'));
    await visitor.pressesLogout();
    await revoked;
    await (await warm).finished();
    await page.clock.fastForward(10_000);
    await visitor.confirmsLogout();
    expect(world.provider.endSessionRequests).toBe(1);
  });
});

test('every other tab follows, with one loggedOut each', async ({ page, world, visitor, messenger }) => {
  const heard = await listen(page);
  await visitor.opens();
  await visitor.signsIn();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  // One with an open chat, which hears of it from Messenger as well, and one without.
  const chatting = await anotherTab(page, world);
  const looking = await anotherTab(page, world);
  await chatting.visitor.opens('/popup.html');
  await chatting.messenger.isAuthenticatedAs('Ada Lovelace');
  await looking.visitor.opens('/help.html');
  await expect(looking.visitor.logoutButton).toBeVisible();

  // A browser hardly draws a tab that is not looked at.
  await page.bringToFront();
  await visitor.pressesLogout();
  for (const tab of [visitor, chatting.visitor, looking.visitor]) {
    await expect(tab.loginButton).toBeEnabled();
  }
  // Whatever else the tabs might say about it, they have said by the end of another sign-in.
  await visitor.signsInAtOnce();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  for (const [tab, reason] of /** @type {const} */ ([
    [page, 'visitor'],
    [chatting.page, 'elsewhere'],
    [looking.page, 'elsewhere'],
  ])) {
    expect(heard('loggedOut', tab)).toMatchObject([{ detail: { reason } }]);
  }
  expect(visitor.console).toEqual([]);
});

test('two tabs log out and in again, one after the other', async ({ page, world, visitor, messenger }) => {
  await visitor.opens();
  await visitor.signsIn();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  const other = await anotherTab(page, world);
  await other.visitor.opens('/popup.html');
  await other.messenger.isAuthenticatedAs('Ada Lovelace');
  await visitor.pressesLogout();
  await expect(visitor.loginButton).toBeEnabled();
  await expect(other.visitor.loginButton).toBeEnabled();

  await visitor.signsInAtOnce();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  // This tab's Messenger finds the tokens that the other one has stored, and asks for no code.
  await other.visitor.pressesLogin();
  await expect(other.visitor.logoutButton).toBeVisible();
  await other.messenger.isAuthenticatedAs('Ada Lovelace');
  expect(world.genesys.log.every(({ ok }) => ok)).toBe(true);
});
