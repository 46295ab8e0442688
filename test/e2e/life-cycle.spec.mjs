// Elements, pages and tabs come and go at any time; the visitor's session does not mind.
import { addPage, anotherTab, listen, script, tag } from './brand.mjs';
import { expect, Messenger, test, Visitor } from './fixtures.mjs';

/** @typedef {import('./fixtures.mjs').World} World */
/** @typedef {import('./fixtures.mjs').Page} Page */

const popup = { mode: 'popup' };

/** Each element's status, in the order of the page. @param {Page} page */
const statuses = (page) =>
  page
    .locator('genesys-auth-messenger')
    .evaluateAll((elements) => elements.map((element) => /** @type {any} */ (element).status));

/** Each element's error. @param {Page} page */
const errors = (page) =>
  page
    .locator('genesys-auth-messenger')
    .evaluateAll((elements) => elements.map((element) => /** @type {any} */ (element).error?.code));

/** What a page fetches from now on, apart from itself: the last part of each address. @param {Page} page */
function fetches(page) {
  /** @type {string[]} */
  const requests = [];
  page.on('request', (request) => {
    if (!request.isNavigationRequest() && !request.url().startsWith('data:')) {
      requests.push(new URL(request.url()).pathname.split('/').at(-1) ?? '');
    }
  });
  return requests;
}

test.describe('several elements', () => {
  test('with the same configuration they show the same session', async ({ page, world, messenger }) => {
    await addPage(world, '/two.html', tag(popup) + tag(popup) + script);
    const visitor = new Visitor(page, world);
    await visitor.opens('/two.html');
    await expect.poll(() => statuses(page)).toEqual(['signed-out', 'signed-out']);
    const opened = page.waitForEvent('popup');
    await visitor.loginButton.last().click();
    await expect.poll(() => statuses(page)).toEqual(['signing-in', 'signing-in']);
    await visitor.fillsIn('ada', undefined, await opened);
    await expect.poll(() => statuses(page)).toEqual(['signed-in', 'signed-in']);
    await messenger.isAuthenticatedAs('Ada Lovelace');
    await visitor.logoutButton.first().click();
    await expect.poll(() => statuses(page)).toEqual(['signed-out', 'signed-out']);
    expect(world.genesys.requests.bootstrap).toBe(1);
    expect(world.genesys.log).toMatchObject([{ ok: true }]);
  });

  test('with different configurations the first works, and the second says why it does not', async ({
    page,
    world,
    visitor,
    messenger,
  }) => {
    await addPage(world, '/two.html', tag(popup) + tag({ ...popup, scope: 'openid' }) + script);
    await visitor.opens('/two.html');
    await expect.poll(() => statuses(page)).toEqual(['signed-out', 'failed']);
    expect(await errors(page)).toEqual([undefined, 'configuration/conflict']);
    const opened = page.waitForEvent('popup');
    await visitor.loginButton.first().click();
    await visitor.fillsIn('ada', undefined, await opened);
    await messenger.isAuthenticatedAs('Ada Lovelace');
    expect(await statuses(page)).toEqual(['signed-in', 'failed']);
  });

  test('when the first is removed, the second takes over', async ({ page, world, visitor, messenger }) => {
    await addPage(world, '/two.html', tag(popup) + tag({ ...popup, scope: 'openid profile' }) + script);
    await visitor.opens('/two.html');
    await expect.poll(() => statuses(page)).toEqual(['signed-out', 'failed']);
    await visitor.element.first().evaluate((element) => element.remove());
    // Any change makes it look again.
    await visitor.element.evaluate((element) => element.setAttribute('login-label', 'Log in'));
    await visitor.element.evaluate((element) => element.setAttribute('scope', 'openid profile email'));
    await expect.poll(() => statuses(page)).toEqual(['signed-out']);
    await visitor.signsIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
  });
});

test.describe('an element', () => {
  test('is removed and inserted again while the visitor signs in', async ({
    page,
    world,
    visitor,
    messenger,
  }) => {
    const heard = await listen(page);
    await visitor.opens('/popup.html');
    const opened = await visitor.pressesLogin();
    const element = await visitor.element.elementHandle();
    await element?.evaluate((node) => node.remove());
    await visitor.fillsIn('ada', undefined, opened);
    await messenger.isAuthenticatedAs('Ada Lovelace');
    await page.evaluate((node) => node && document.body.prepend(node), element);
    await expect(visitor.logoutButton).toBeVisible();
    // A new one shows the same.
    await element?.evaluate((node) => node.replaceWith(node.cloneNode()));
    await expect(visitor.logoutButton).toBeVisible();
    expect(world.genesys.requests.bootstrap).toBe(1);
    expect(heard('signInFailed')).toEqual([]);
  });

  test('is moved to another place, as frameworks do, and nothing happens', async ({
    page,
    world,
    visitor,
  }) => {
    await visitor.opens('/popup.html');
    await visitor.signsIn();
    await expect(visitor.logoutButton).toBeVisible();
    const heard = await listen(page);
    await visitor.element.evaluate((element) => document.querySelector('footer')?.append(element));
    await expect(page.locator('footer').getByRole('button', { name: 'Log out' })).toBeVisible();
    expect(heard()).toEqual([]);
    expect(world.genesys.requests.bootstrap).toBe(1);
  });

  test('gets its attributes late, and wrong ones are corrected', async ({
    page,
    world,
    visitor,
    messenger,
  }) => {
    const heard = await listen(page);
    await addPage(world, '/late.html', `<genesys-auth-messenger></genesys-auth-messenger>${script}`);
    await visitor.opens('/late.html');
    const set = (/** @type {string} */ name, /** @type {string} */ value) =>
      visitor.element.evaluate(
        (element, [name, value]) => element.setAttribute(String(name), String(value)),
        [name, value],
      );
    const { values } = world;
    for (const [code, name, value] of /** @type {const} */ ([
      ['configuration/deployment-id', 'deployment-id', values.DEPLOYMENT_ID],
      ['configuration/issuer', 'environment', values.ENVIRONMENT],
      ['configuration/issuer', 'issuer', values.ISSUER],
      ['configuration/client-id', 'client-id', values.CLIENT_ID],
    ])) {
      await expect.poll(() => errors(page)).toEqual([code]);
      expect(world.genesys.requests.bootstrap).toBe(0);
      await set(name, value ?? '');
    }
    await expect(visitor.loginButton).toBeEnabled();
    await set('mode', 'carrier pigeon');
    await expect.poll(() => errors(page)).toEqual(['configuration/option']);
    await set('mode', 'popup');
    // This page does not correct itself in the popup.
    await set('redirect-uri', '/callback.html');
    await expect.poll(() => errors(page)).toEqual([undefined]);
    await visitor.signsIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    expect(world.genesys.requests.bootstrap).toBe(1);
    expect(heard('signInFailed').map(({ detail }) => detail.code)).toContain('configuration/client-id');
  });

  test('whose file is loaded twice, as a script and as a module, is there once', async ({
    world,
    visitor,
    messenger,
  }) => {
    const module = script.replace('<script', '<script type="module"');
    await addPage(world, '/twice.html', tag(popup) + script + script + module);
    await visitor.opens('/twice.html');
    await visitor.signsIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    expect(world.genesys.requests.bootstrap).toBe(1);
    expect(world.genesys.log).toMatchObject([{ ok: true }]);
    expect(visitor.console).toEqual([]);
  });
});

test.describe('loading="lazy"', () => {
  const lazy = { loading: 'lazy' };

  test('before the click there is one request; warm, there is none between click and provider', async ({
    page,
    world,
    visitor,
    messenger,
  }) => {
    await addPage(world, '/lazy.html', lazy);
    const requests = fetches(page);
    await visitor.opens('/lazy.html');
    await expect(visitor.loginButton).toBeEnabled();
    expect(requests).toEqual(['genesys-auth-messenger.js']);

    const needed = ['openid-configuration', 'genesys-auth-messenger.sign-in.js'];
    const warm = needed.map((file) =>
      page.waitForResponse((response) => response.url().endsWith(`/${file}`)),
    );
    await visitor.loginButton.hover();
    for (const response of warm) await (await response).finished();
    expect(requests).toEqual(['genesys-auth-messenger.js', ...needed]);

    requests.length = 0;
    await visitor.pressesLogin();
    await expect(page.getByLabel('Password')).toBeVisible();
    expect(requests).toEqual([]);
    await visitor.fillsIn('ada');
    await messenger.isAuthenticatedAs('Ada Lovelace');
    expect(page.url()).toBe(world.site.url('/lazy.html'));
  });

  test('a session that waits is loaded at once; after a logout nothing is', async ({
    page,
    world,
    visitor,
    messenger,
  }) => {
    await addPage(world, '/lazy.html', { ...lazy, ...popup });
    await visitor.opens('/lazy.html');
    await visitor.signsIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    await page.reload();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    await visitor.pressesLogout();
    await expect(visitor.loginButton).toBeEnabled();
    expect(world.genesys.requests.bootstrap).toBe(2);
    await page.reload();
    await expect(visitor.loginButton).toBeEnabled();
    expect(world.genesys.requests.bootstrap).toBe(2);
  });
});

test.describe('coming back', () => {
  test('by the Back button from the provider: the login button works again', async ({
    page,
    world,
    visitor,
    messenger,
  }) => {
    const heard = await listen(page);
    await visitor.opens();
    await visitor.pressesLogin();
    await expect(page.getByLabel('Password')).toBeVisible();
    await page.goBack();
    await expect(visitor.loginButton).toBeEnabled();
    expect(heard('signInFailed')).toEqual([]);
    await visitor.signsIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    expect(world.genesys.log).toMatchObject([{ ok: true }]);
  });

  test('by the Back button after the sign-in: still signed in, and no code is used twice', async ({
    page,
    world,
    visitor,
    messenger,
  }) => {
    await visitor.opens();
    await visitor.signsIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    await visitor.opens('/help.html');
    await expect(visitor.logoutButton).toBeVisible();
    await page.goBack();
    await expect(visitor.logoutButton).toBeVisible();
    await page.goForward();
    await expect(visitor.logoutButton).toBeVisible();
    expect(world.genesys.log).toMatchObject([{ ok: true }]);
  });

  test(
    'the visitor stops the browser while it is leaving for the provider',
    { tag: '@chromium' },
    async ({ page, world, visitor, messenger }) => {
      await page.clock.install();
      await visitor.opens();
      // The provider does not answer, so the page stays as it is.
      const release = world.provider.faults.hold('authorization');
      const asked = page.waitForRequest((request) => request.url().includes('/auth?'));
      await visitor.loginButton.click({ noWaitAfter: true });
      await asked;
      const client = await page.context().newCDPSession(page);
      await client.send('Page.stopLoading');
      await expect(visitor.loginButton).toBeDisabled();
      await page.clock.fastForward(15_000);
      await expect(visitor.loginButton).toBeEnabled();
      release();
      await visitor.signsIn();
      await messenger.isAuthenticatedAs('Ada Lovelace');
    },
  );
});

test.describe('tabs', () => {
  test('a sign-in begun in one tab and finished in another: said plainly, and the address is cleaned', async ({
    page,
    world,
    visitor,
    messenger,
  }) => {
    const heard = await listen(page);
    await visitor.opens();
    await visitor.pressesLogin();
    await expect(page.getByLabel('Password')).toBeVisible();
    const other = await anotherTab(page, world);
    await other.page.goto(page.url());
    await other.visitor.fillsIn('ada');
    await expect(other.visitor.loginButton).toBeEnabled();
    await expect
      .poll(() => heard('signInFailed', other.page))
      .toMatchObject([{ detail: { code: 'callback/unknown' } }]);
    expect(other.page.url()).toBe(world.site.url('/'));
    expect(world.genesys.log).toEqual([]);
    // The provider knows them by now, so one click is enough in either tab.
    await other.visitor.signsInAtOnce();
    await other.messenger.isAuthenticatedAs('Ada Lovelace');
    await page.goto(world.site.url('/'));
    await messenger.isAuthenticatedAs('Ada Lovelace');
    expect(world.genesys.log).toMatchObject([{ ok: true }]);
  });

  test('a tab is duplicated while it comes back: one of the two gets the code', async ({
    page,
    world,
    visitor,
  }) => {
    await visitor.opens();
    await visitor.signsIn();
    await expect(visitor.logoutButton).toBeVisible();
    const [redeemed] = visitor.redeemed;
    const other = await anotherTab(page, world);
    // The address that the provider sent them to, from the history or a bookmark.
    const state = await page.evaluate(() =>
      sessionStorage.getItem('genesys-auth-messenger:spent')?.split(' ').at(0),
    );
    const address = world.site.url(`/?code=${redeemed}&state=${state}&iss=${world.provider.issuer}`);
    await page.goto(address);
    await other.page.goto(address);
    await expect(visitor.logoutButton).toBeVisible();
    await expect(other.visitor.logoutButton).toBeVisible();
    expect(visitor.redeemed).toEqual([redeemed]);
  });
});

test('a single-page application changes the address: the visitor comes back to where they were', async ({
  page,
  world,
  visitor,
  messenger,
}) => {
  await visitor.opens('/?page=start');
  await page.evaluate(() => history.pushState({ mine: 1 }, '', '/help.html?page=tariffs#windy'));
  await visitor.signsIn();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  expect(page.url()).toBe(world.site.url('/help.html?page=tariffs#windy'));
  expect(world.genesys.log).toMatchObject([{ ok: true }]);
});

test('two deployments on one site do not take each other for themselves', async ({
  page,
  world,
  visitor,
  messenger,
}) => {
  await visitor.opens();
  await visitor.signsIn();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  await visitor.opens('/step-up.html');
  await messenger.isAnonymous();
  await expect(visitor.loginButton).toBeEnabled();
  await page.goBack();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  expect(world.genesys.log).toMatchObject([{ ok: true }]);
});

test(
  'a page that is rendered ahead starts nothing until the visitor comes',
  { tag: '@chromium' },
  async ({ page, world, visitor }) => {
    // In place of a real prerendering, which a driven browser does not do: the page says that it is one.
    await page.addInitScript(() => {
      Object.defineProperty(Document.prototype, 'prerendering', { get: () => true, configurable: true });
    });
    await visitor.opens();
    await visitor.element.evaluate((element) => /** @type {any} */ (element).updateComplete);
    await expect(visitor.element.getByRole('button')).toBeDisabled();
    expect(world.genesys.requests.bootstrap).toBe(0);
    await page.evaluate(() => {
      Object.defineProperty(Document.prototype, 'prerendering', { get: () => false });
      document.dispatchEvent(new Event('prerenderingchange'));
    });
    await expect(visitor.loginButton).toBeEnabled();
    expect(world.genesys.requests.bootstrap).toBe(1);
    expect(await new Messenger(page).launcher.count()).toBe(0);
  },
);
