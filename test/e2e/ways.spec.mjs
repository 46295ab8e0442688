// Every way to sign in: one test per row of the table in ways.mjs, which is also a page of the documentation.
import { addPage, listen } from './brand.mjs';
import { expect, Messenger, test, Visitor } from './fixtures.mjs';
import { document, nameOf, ways, written } from './ways.mjs';

/** @typedef {import('./fixtures.mjs').World} World */
/** @typedef {import('./fixtures.mjs').Page} Page */
/** @typedef {import('./ways.mjs').Way} Way */

test('the documentation shows this table', async () => {
  expect(written(), 'node test/e2e/ways.mjs --write').toBe(await document());
});

for (const way of ways.filter(({ cookies }) => !cookies)) {
  // Firefox blocks third-party cookies, too, but not those of a site that the visitor has just been to.
  const tag = way.session === 'provider' && way.silent ? ['@chromium'] : [];
  test(nameOf(way), { tag }, ({ page, world }) => goes(way, page, world));
}

for (const way of ways.filter(({ cookies }) => cookies)) {
  test(nameOf(way), { tag: '@chromium' }, ({ permissive, world }) => goes(way, permissive, world));
}

/** @param {Way} way @param {Page} page @param {World} world */
async function goes({ session, mode, silent, first, framed, click }, page, world) {
  const visitor = new Visitor(page, world);
  await comesWith(session, visitor);
  await addPage(world, '/way.html', { mode, silent: silent || undefined });
  const heard = await listen(page);
  await visitor.opens('/way.html');
  await expect(first === 'button' ? visitor.loginButton : visitor.logoutButton).toBeEnabled();
  const requests = () => world.provider.authorizationRequests.map((request) => request.framed);
  expect(requests()).toEqual(framed ? [true] : []);
  if (click) {
    const where = await visitor.pressesLogin();
    if (click === 'asked') await visitor.fillsIn('ada', undefined, where);
    await expect(visitor.logoutButton).toBeEnabled();
    expect(requests()).toEqual(framed ? [true, false] : [false]);
  }
  await new Messenger(page).isAuthenticatedAs('Ada Lovelace');
  expect(heard('signedIn')).toMatchObject([{ detail: { restored: first === 'restored' } }]);
  expect(heard('signInFailed')).toEqual([]);
  expect(world.genesys.log).toMatchObject(first === 'restored' ? [] : [{ ok: true }]);
  expect(page.url()).toBe(world.site.url('/way.html'));
  expect(visitor.console).toEqual([]);
}

/** Gives the visitor the session that they come with, and no other. @param {Way['session']} session @param {Visitor} visitor */
async function comesWith(session, visitor) {
  if (session === 'none') return;
  await visitor.opens();
  await visitor.signsIn();
  await expect(visitor.logoutButton).toBeVisible();
  if (session === 'messenger') {
    await visitor.forgetsProvider();
  } else {
    await visitor.pressesLogout();
    await expect(visitor.loginButton).toBeEnabled();
  }
  // What this tab has learned about frames is for other tests.
  await visitor.page.evaluate(() => {
    sessionStorage.clear();
    // Also that they have logged out; Messenger's own tokens stay.
    for (const name of Object.keys(localStorage))
      if (name.startsWith('genesys-auth-messenger:')) localStorage.removeItem(name);
  });
  visitor.world.reset();
}
