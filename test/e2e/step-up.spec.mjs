// Chat first, sign in later: an anonymous conversation becomes that of a visitor who is known.
import { addPage, listen } from './brand.mjs';
import { expect, retold, test } from './fixtures.mjs';

/** @typedef {import('./fixtures.mjs').World} World */
/** @typedef {import('./fixtures.mjs').Visitor} Visitor */
/** @typedef {import('./fixtures.mjs').Messenger} Messenger */

/** What nobody knows about Messenger, either way (docs/messenger.md §4.3). */
const variants = {
  'getAuthCode is not called at load': {},
  'getAuthCode is called at load': { getAuthCodeAtLoadInStepUp: true },
  'the anonymous chat waits for getAuthCode': {
    getAuthCodeAtLoadInStepUp: true,
    anonymousChatWaitsForAuthCode: true,
  },
  'the conversation begins when the chat is opened': { conversationStarts: /** @type {const} */ ('open') },
};

/** The chat's own entry. @param {Messenger} messenger */
const entry = (messenger) => messenger.page.getByRole('button', { name: 'Sign in', exact: true });

/** @param {World} world */
async function addPopupPage(world) {
  await addPage(world, '/later.html', { mode: 'popup', 'deployment-id': '%STEP_UP_DEPLOYMENT_ID%' });
}

/** @param {World} world */
function isRedeemedOnce(world) {
  expect(world.genesys.log).toMatchObject([{ ok: true, pkce: true, nonce: true, iss: true }]);
  expect(world.provider.authorizationRequests).toHaveLength(1);
}

for (const [index, [variant, bootOptions]] of Object.entries(variants).entries()) {
  test(
    `${variant}: the chat knows nobody, and after a click and a redirect it does`,
    retold(index),
    async ({ page, world, visitor, messenger }) => {
      world.genesys.bootOptions = bootOptions;
      const heard = await listen(page);
      await visitor.opens('/step-up.html?tariff=windy');
      await messenger.isAnonymous();
      await expect(visitor.loginButton).toBeEnabled();
      expect(visitor.console).toEqual([]);
      await visitor.signsIn();
      await expect(visitor.logoutButton).toBeVisible();
      await messenger.isAuthenticatedAs('Ada Lovelace');
      expect(page.url()).toBe(world.site.url('/step-up.html?tariff=windy'));
      expect(heard('signInFailed')).toEqual([]);
      isRedeemedOnce(world);
    },
  );
}

test("Messenger's entry, by redirect: they come back as themselves", async ({
  world,
  visitor,
  messenger,
}) => {
  await visitor.opens('/step-up.html');
  await messenger.isAnonymous();
  await entry(messenger).click();
  await visitor.fillsIn('grace');
  await expect(visitor.logoutButton).toBeVisible();
  await messenger.isAuthenticatedAs('Grace Hopper');
  isRedeemedOnce(world);
});

test('our button, in a popup: the conversation goes on', async ({ world, visitor, messenger }) => {
  await addPopupPage(world);
  await visitor.opens('/later.html');
  await messenger.isAnonymous();
  await visitor.signsIn();
  await expect(visitor.logoutButton).toBeVisible();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  await messenger.shows('Hello there');
  isRedeemedOnce(world);
});

test("Messenger's entry, in a popup: the conversation goes on", async ({
  page,
  world,
  visitor,
  messenger,
}) => {
  await addPopupPage(world);
  await visitor.opens('/later.html');
  await messenger.isAnonymous();
  const opened = page.waitForEvent('popup');
  await entry(messenger).click();
  await visitor.fillsIn('alan', undefined, await opened);
  await expect(visitor.logoutButton).toBeVisible();
  await messenger.isAuthenticatedAs('Alan Turing');
  await messenger.shows('Hello there');
  await expect(entry(messenger)).toBeHidden();
  isRedeemedOnce(world);
});

for (const [index, [what, doesIt]] of /** @type {const} */ ([
  [
    'cancelled',
    (/** @type {Visitor} */ visitor, /** @type {import('./fixtures.mjs').Page} */ popup) =>
      visitor.cancels(popup),
  ],
  [
    'closed',
    (/** @type {Visitor} */ visitor, /** @type {import('./fixtures.mjs').Page} */ popup) =>
      visitor.closes(popup),
  ],
]).entries()) {
  test(
    `a popup of Messenger's entry that is ${what}: the entry can be used again`,
    retold(index),
    async ({ page, world, visitor, messenger }) => {
      await addPopupPage(world);
      await visitor.opens('/later.html');
      await messenger.isAnonymous();
      const opened = page.waitForEvent('popup');
      await entry(messenger).click();
      await expect(entry(messenger)).toBeDisabled();
      await doesIt(visitor, await opened);
      await expect(entry(messenger)).toBeEnabled();
      await expect(visitor.loginButton).toBeEnabled();
      await messenger.isAnonymous();
      const again = page.waitForEvent('popup');
      await entry(messenger).click();
      await visitor.fillsIn('ada', undefined, await again);
      await expect(visitor.logoutButton).toBeVisible();
      await messenger.isAuthenticatedAs('Ada Lovelace');
      expect(world.genesys.log).toMatchObject([{ ok: true }]);
    },
  );
}

test('cancelled at the provider, by redirect: the anonymous chat is there, and both entries work', async ({
  page,
  world,
  visitor,
  messenger,
}) => {
  const heard = await listen(page);
  await visitor.opens('/step-up.html');
  await messenger.isAnonymous();
  await entry(messenger).click();
  await visitor.cancels();
  await messenger.isAnonymous();
  await expect.poll(() => heard('signInFailed')).toMatchObject([{ detail: { code: 'provider/denied' } }]);
  await expect(entry(messenger)).toBeEnabled();
  await visitor.signsIn();
  await expect(visitor.logoutButton).toBeVisible();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  expect(world.genesys.log).toMatchObject([{ ok: true }]);
});

test('reloaded afterwards: still known, and nobody was asked for a code', async ({
  page,
  world,
  visitor,
  messenger,
}) => {
  await visitor.opens('/step-up.html');
  await visitor.signsIn();
  await expect(visitor.logoutButton).toBeVisible();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  const heard = await listen(page);
  await page.reload();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  expect(heard('signedIn')).toMatchObject([{ detail: { restored: true } }]);
  isRedeemedOnce(world);
});

test('the exchange is refused: the anonymous chat goes on, and a click tries again', async ({
  page,
  world,
  visitor,
  messenger,
}) => {
  const heard = await listen(page);
  await addPopupPage(world);
  await visitor.opens('/later.html');
  await messenger.isAnonymous();
  world.genesys.faults.set('exchange', { status: 401, body: { code: 'unauthorized', status: 401 } });
  await visitor.signsIn();
  await expect
    .poll(() => heard('signInFailed').at(-1))
    .toMatchObject({ detail: { code: 'exchange/refused' } });
  await expect(visitor.loginButton).toBeEnabled();
  await messenger.isAnonymous();
  world.genesys.faults.clear();
  await visitor.pressesLogin();
  await expect(visitor.logoutButton).toBeVisible();
  await messenger.isAuthenticatedAs('Ada Lovelace');
});

test('logged out: the next click signs in again', async ({ world, visitor, messenger }) => {
  await visitor.opens('/step-up.html');
  await visitor.signsIn();
  await expect(visitor.logoutButton).toBeVisible();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  await visitor.pressesLogout();
  await expect(visitor.loginButton).toBeEnabled();
  await visitor.pressesLogin();
  await expect(visitor.logoutButton).toBeVisible();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  expect(world.genesys.log).toMatchObject([{ ok: true }, { ok: true }]);
});
