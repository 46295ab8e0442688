// The session goes on: Messenger wants a new code while somebody is signed in.
import { addPage, anotherTab, listen } from './brand.mjs';
import { Messenger, Visitor, expect, retold, test } from './fixtures.mjs';

/** @typedef {import('./fixtures.mjs').World} World */
/** @typedef {import('./fixtures.mjs').Page} Page */

/** Gives Messenger a refresh token. Providers ask for consent before they do. */
const offline = { scope: 'openid profile email offline_access', prompt: 'consent' };

/** The visitor's JWT is worthless, and so is the refresh token, if there is one. @param {World} world */
function endSession(world) {
  world.genesys.expireTokens();
  world.genesys.faults.set('refresh', { status: 401, body: { code: 'unauthorized', status: 401 } });
}

/** @param {World} world */
const outcomes = (world) => world.genesys.log.map(({ ok, name }) => [ok, name]);

/** @param {World} world */
const prompts = (world) => world.provider.authorizationRequests.map(({ prompt }) => prompt);

/** Makes Messenger want new tokens, as often as told, at once. @param {Page} page */
const refresh = (page, times = 1) =>
  page.evaluate((times) => {
    const { Genesys } = /** @type {any} */ (window);
    const once = () =>
      new Promise((resolve) => {
        Genesys('command', 'Auth.refreshToken', {}, () => resolve('refreshed'), resolve);
      });
    return Promise.all(Array.from({ length: times }, once));
  }, times);

/** The page stays as it is: a form that the visitor has begun, and the conversation. @param {Page} page */
async function staysHere(page) {
  const left = /** @type {string[]} */ ([]);
  page.on('framenavigated', (frame) => {
    if (frame === page.mainFrame()) left.push(frame.url());
  });
  await page.evaluate(() => {
    document.body.insertAdjacentHTML('beforeend', '<textarea aria-label="Your order"></textarea>');
  });
  await page.getByLabel('Your order').fill('42 wind turbines');
  return async () => {
    await expect(page.getByLabel('Your order')).toHaveValue('42 wind turbines');
    expect(left).toEqual([]);
  };
}

test('where no frame helps, the page stays and asks for the click; after it the visitor is where they were', async ({
  page,
  world,
  visitor,
  messenger,
}) => {
  const heard = await listen(page);
  await addPage(world, '/offline.html', offline);
  await visitor.opens('/offline.html?tariff=steady#prices');
  await visitor.signsIn();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  endSession(world);
  const hasStayed = await staysHere(page);
  await messenger.says('Still there?');
  await expect(visitor.loginButton).toBeEnabled();
  await expect(visitor.element).toContainText('Log in again to continue.');
  await hasStayed();
  await visitor.signsInAtOnce();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  await expect(visitor.logoutButton).toBeVisible();
  expect(page.url()).toBe(world.site.url('/offline.html?tariff=steady#prices'));
  expect(outcomes(world)).toEqual([
    [true, 'Ada Lovelace'],
    [true, 'Ada Lovelace'],
  ]);
  // Third-party cookies are blocked here: one frame finds that out.
  expect(prompts(world)).toEqual(['consent', 'none', 'consent']);
  expect(heard('signInFailed')).toEqual([]);
});

test(
  'in a frame, where cookies are allowed: nothing moves, and the chat goes on',
  { tag: '@chromium' },
  async ({ permissive: page, world }) => {
    await addPage(world, '/offline.html', offline);
    const visitor = new Visitor(page, world);
    const messenger = new Messenger(page);
    const heard = await listen(page);
    await visitor.opens('/offline.html');
    await visitor.signsIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    endSession(world);
    // What the real chat does with a message that a refused refresh has stopped is not known (docs/messenger.md §4.2).
    await messenger.says('Still there?');
    await expect
      .poll(() => outcomes(world))
      .toEqual([
        [true, 'Ada Lovelace'],
        [true, 'Ada Lovelace'],
      ]);
    await messenger.isAuthenticatedAs('Ada Lovelace');
    await expect(visitor.logoutButton).toBeVisible();
    expect(world.genesys.requests.bootstrap).toBe(2);
    expect(prompts(world)).toEqual(['consent', 'none']);
    expect(heard('loggedOut')).toEqual([]);
  },
);

for (const [index, [kind, attributes]] of /** @type {const} */ ([
  ['a refresh is refused', offline],
  ['there is nothing to refresh with', {}],
]).entries()) {
  test(
    `in a popup, when ${kind}: a click is asked for, and the chat goes on after it`,
    retold(index),
    async ({ page, world, visitor, messenger }) => {
      const heard = await listen(page);
      await addPage(world, '/mine.html', { mode: 'popup', ...attributes });
      await visitor.opens('/mine.html');
      await visitor.signsIn();
      await messenger.isAuthenticatedAs('Ada Lovelace');
      endSession(world);
      await messenger.says('Still there?');
      await expect(visitor.loginButton).toBeEnabled();
      await visitor.pressesLogin();
      await expect(visitor.logoutButton).toBeVisible();
      await messenger.isAuthenticatedAs('Ada Lovelace');
      expect(outcomes(world)).toEqual([
        [true, 'Ada Lovelace'],
        [true, 'Ada Lovelace'],
      ]);
      expect(heard('signInFailed')).toEqual([]);
      expect(world.genesys.requests.bootstrap).toBe(1);
    },
  );
}

test('the provider has forgotten the visitor, too: the click leads to its login page', async ({
  page,
  world,
  visitor,
  messenger,
}) => {
  await visitor.opens();
  await visitor.signsIn();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  endSession(world);
  await visitor.forgetsProvider();
  await messenger.says('Still there?');
  await expect(visitor.loginButton).toBeEnabled();
  await visitor.pressesLogin();
  await visitor.fillsIn('grace');
  await messenger.isAuthenticatedAs('Grace Hopper');
  expect(page.url()).toBe(world.site.url('/'));
});

test(
  'forceUpdate: a new code, also while the old tokens are good',
  { tag: '@chromium' },
  async ({ permissive: page, world }) => {
    const visitor = new Visitor(page, world);
    await visitor.opens();
    await visitor.signsIn();
    await expect(visitor.logoutButton).toBeVisible();
    expect(await refresh(page)).toEqual(['refreshed']);
    expect(outcomes(world)).toEqual([
      [true, 'Ada Lovelace'],
      [true, 'Ada Lovelace'],
    ]);
    await new Messenger(page).isAuthenticatedAs('Ada Lovelace');
    await expect(visitor.logoutButton).toBeVisible();
  },
);

test(
  'two calls at once get a code each, and none is used twice',
  { tag: '@chromium' },
  async ({ permissive: page, world }) => {
    const visitor = new Visitor(page, world);
    const heard = await listen(page);
    await visitor.opens();
    await visitor.signsIn();
    await expect(visitor.logoutButton).toBeVisible();
    expect(await refresh(page, 2)).toEqual(['refreshed', 'refreshed']);
    expect(outcomes(world).map(([ok]) => ok)).toEqual([true, true, true]);
    expect(new Set(visitor.redeemed).size).toBe(3);
    await expect(visitor.logoutButton).toBeVisible();
    expect(heard('loggedOut')).toEqual([]);
  },
);

test('two calls at once where no frame helps: one click, and everything is well afterwards', async ({
  page,
  world,
  visitor,
  messenger,
}) => {
  await visitor.opens();
  await visitor.signsIn();
  await expect(visitor.logoutButton).toBeVisible();
  void refresh(page, 2).catch(() => {});
  await expect(visitor.loginButton).toBeEnabled();
  await visitor.signsInAtOnce();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  await expect(visitor.logoutButton).toBeVisible();
  expect(outcomes(world).every(([ok]) => ok)).toBe(true);
  expect(new Set(visitor.redeemed).size).toBe(visitor.redeemed.length);
  expect(prompts(world).filter((prompt) => prompt !== 'none')).toEqual([null, null]);
});

test('the session dies again and again: the page is never left without a click', async ({
  page,
  world,
  visitor,
  messenger,
}) => {
  // Four sign-ins.
  test.slow();
  const heard = await listen(page);
  await visitor.opens();
  await visitor.signsIn();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  for (let times = 0; times < 3; times += 1) {
    endSession(world);
    const hasStayed = await staysHere(page);
    await messenger.says('Still there?');
    await expect(visitor.loginButton).toBeEnabled();
    await hasStayed();
    await visitor.signsInAtOnce();
    await messenger.isAuthenticatedAs('Ada Lovelace');
  }
  expect(heard('signInFailed')).toEqual([]);
  // One frame finds out that frames do not help.
  expect(prompts(world)).toEqual([null, 'none', null, null, null]);
});

test('one tab is renewed, and the other keeps its session', async ({ page, world, visitor, messenger }) => {
  await visitor.opens();
  await visitor.signsIn();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  const other = await anotherTab(page, world);
  await other.visitor.opens();
  await other.messenger.isAuthenticatedAs('Ada Lovelace');
  endSession(world);
  await messenger.says('Still there?');
  await expect(visitor.loginButton).toBeEnabled();
  await visitor.signsInAtOnce();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  await expect(other.visitor.logoutButton).toBeVisible();
  await other.messenger.isAuthenticatedAs('Ada Lovelace');
});
