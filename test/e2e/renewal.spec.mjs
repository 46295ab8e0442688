// The session goes on: Messenger wants a new code while somebody is signed in.
import { addPage, anotherTab, listen } from './brand.mjs';
import { expect, Messenger, test, Visitor } from './fixtures.mjs';

/** @typedef {import('./fixtures.mjs').World} World */
/** @typedef {import('./fixtures.mjs').Page} Page */

/** Gives Messenger a refresh token. Providers ask for consent before they do. */
const offline = { scope: 'openid profile email offline_access', prompt: 'consent' };

/** Where no frame helps. In Firefox one does: it lets frames see a provider that the visitor has just been to. */
const noFrames = { tag: '@chromium' };

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

test(
  'by redirect: the provider knows the visitor, and they are signed in again without a click',
  noFrames,
  async ({ page, world, visitor, messenger }) => {
    const heard = await listen(page);
    await addPage(world, '/offline.html', offline);
    await visitor.opens('/offline.html?tariff=steady#prices');
    await visitor.signsIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    endSession(world);
    const back = page.waitForEvent('framenavigated', (frame) => frame.url().includes('code='));
    await messenger.says('Still there?');
    await back;
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
  },
);

test(
  'in a frame, where cookies are allowed: nothing moves, and the message arrives',
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
    await messenger.says('Still there?');
    await messenger.shows('Hello Ada Lovelace, you said: Still there?');
    await expect(visitor.logoutButton).toBeVisible();
    expect(outcomes(world)).toEqual([
      [true, 'Ada Lovelace'],
      [true, 'Ada Lovelace'],
    ]);
    expect(world.genesys.requests.bootstrap).toBe(2);
    expect(prompts(world)).toEqual(['consent', 'none']);
    expect(heard('loggedOut')).toEqual([]);
  },
);

for (const [kind, attributes] of /** @type {const} */ ([
  ['a refresh is refused', offline],
  ['there is nothing to refresh with', {}],
])) {
  test(`in a popup, when ${kind}: a click is asked for, and what waited goes on after it`, async ({
    page,
    world,
    visitor,
    messenger,
  }) => {
    const heard = await listen(page);
    await addPage(world, '/mine.html', { mode: 'popup', ...attributes });
    await visitor.opens('/mine.html');
    await visitor.signsIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    endSession(world);
    await messenger.says('Still there?');
    await expect(visitor.loginButton).toBeEnabled();
    await visitor.pressesLogin();
    await messenger.shows('Hello Ada Lovelace, you said: Still there?');
    await expect(visitor.logoutButton).toBeVisible();
    expect(outcomes(world)).toEqual([
      [true, 'Ada Lovelace'],
      [true, 'Ada Lovelace'],
    ]);
    expect(heard('signInFailed')).toEqual([]);
    expect(world.genesys.requests.bootstrap).toBe(1);
  });
}

test('the provider has forgotten the visitor, too: its login page, by redirect', async ({
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

test(
  'two calls at once where only a redirect helps: one trip, and everything is well afterwards',
  noFrames,
  async ({ page, world, visitor, messenger }) => {
    await visitor.opens();
    await visitor.signsIn();
    await expect(visitor.logoutButton).toBeVisible();
    const back = page.waitForEvent('framenavigated', (frame) => frame.url().includes('code='));
    await refresh(page, 2).catch(() => {});
    await back;
    await messenger.isAuthenticatedAs('Ada Lovelace');
    await expect(visitor.logoutButton).toBeVisible();
    expect(outcomes(world).every(([ok]) => ok)).toBe(true);
    expect(new Set(visitor.redeemed).size).toBe(visitor.redeemed.length);
    expect(prompts(world).filter((prompt) => prompt !== 'none')).toEqual([null, null]);
  },
);

test(
  'the session dies again and again: after three automatic trips only a click goes on',
  noFrames,
  async ({ page, world, visitor, messenger }) => {
    const heard = await listen(page);
    await visitor.opens();
    await visitor.signsIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    for (let trips = 0; trips < 2; trips += 1) {
      endSession(world);
      const back = page.waitForEvent('framenavigated', (frame) => frame.url().includes('code='));
      await messenger.says('Still there?');
      await back;
      await messenger.isAuthenticatedAs('Ada Lovelace');
    }
    endSession(world);
    await messenger.says('Still there?');
    await expect
      .poll(() => heard('signInFailed'))
      .toMatchObject([{ detail: { code: 'provider/too-many-trips' } }]);
    const back = page.waitForEvent('framenavigated', (frame) => frame.url().includes('code='));
    await visitor.pressesLogin();
    await back;
    await messenger.isAuthenticatedAs('Ada Lovelace');
    // The click, one frame in vain, two redirects by themselves, the second click.
    expect(prompts(world)).toEqual([null, 'none', null, null, null]);
  },
);

test('one tab is renewed, and the other keeps its session', async ({ page, world, visitor, messenger }) => {
  await visitor.opens();
  await visitor.signsIn();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  const other = await anotherTab(page, world);
  await other.visitor.opens();
  await other.messenger.isAuthenticatedAs('Ada Lovelace');
  endSession(world);
  const back = page.waitForEvent('framenavigated', (frame) => frame.url().includes('code='));
  await messenger.says('Still there?');
  await back;
  await messenger.isAuthenticatedAs('Ada Lovelace');
  await expect(other.visitor.logoutButton).toBeVisible();
  await other.messenger.isAuthenticatedAs('Ada Lovelace');
});
