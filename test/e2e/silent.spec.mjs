// Signing in without asking the visitor, in a hidden frame; and what happens where frames cannot work.
import { addPage, anotherTab, listen } from './brand.mjs';
import { Messenger, Visitor, expect, retold, test } from './fixtures.mjs';

/** @typedef {import('./fixtures.mjs').World} World */
/** @typedef {import('./fixtures.mjs').Page} Page */

/** @param {World} world @returns {(string | null)[]} What the provider was asked, in a frame (`none`) or in sight (`null`). */
const prompts = (world) => world.provider.authorizationRequests.map(({ prompt }) => prompt);

/**
 * Gives the visitor a session at the provider and nowhere else, as they have who come from the brand's other site.
 * @param {Page} page
 * @param {World} world
 */
async function hasSessionAtProvider(page, world) {
  const visitor = new Visitor(page, world);
  await visitor.opens();
  await visitor.signsIn();
  await visitor.pressesLogout();
  await expect(visitor.loginButton).toBeEnabled();
  await page.evaluate(() => {
    sessionStorage.clear();
    localStorage.clear();
  });
  world.reset();
}

test.describe('third-party cookies are allowed', { tag: '@chromium' }, () => {
  test('a visitor with a session at the provider is signed in without a click', async ({
    permissive: page,
    world,
  }) => {
    await hasSessionAtProvider(page, world);
    await addPage(world, '/silent.html', { silent: true });
    const visitor = new Visitor(page, world);
    const heard = await listen(page);
    await visitor.opens('/silent.html');
    await new Messenger(page).isAuthenticatedAs('Ada Lovelace');
    expect(heard('signedIn')).toMatchObject([{ detail: { restored: false } }]);
    expect(prompts(world)).toEqual(['none']);
    // The frame lands on a page of the site, and starts no Messenger there.
    expect(world.genesys.requests.bootstrap).toBe(1);
    expect(world.genesys.log).toMatchObject([{ ok: true, pkce: true, nonce: true, iss: true }]);
    expect(page.frames()).toHaveLength(1);
    expect(page.url()).toBe(world.site.url('/silent.html'));
    expect(visitor.console).toEqual([]);
  });

  test('a visitor who has logged out is not signed in again unasked', async ({ permissive: page, world }) => {
    await addPage(world, '/silent.html', { silent: true });
    const visitor = new Visitor(page, world);
    await visitor.opens('/silent.html');
    await visitor.logsIn();
    await visitor.pressesLogout();
    await expect(visitor.loginButton).toBeEnabled();
    const asked = prompts(world).length;
    const tab = await anotherTab(page, world);
    await tab.visitor.opens('/silent.html');
    await expect(tab.visitor.loginButton).toBeEnabled();
    expect(prompts(world)).toHaveLength(asked);
  });

  test('without a session they see the button, and nobody is asked twice', async ({
    permissive: page,
    world,
  }) => {
    await addPage(world, '/silent.html', { silent: true });
    const visitor = new Visitor(page, world);
    const heard = await listen(page);
    await visitor.opens('/silent.html');
    await expect(visitor.loginButton).toBeEnabled();
    await page.reload();
    await expect(visitor.loginButton).toBeEnabled();
    expect(prompts(world)).toEqual(['none']);
    expect(heard('signInFailed')).toEqual([]);
    expect(visitor.console).toEqual([]);
  });

  test('five tabs at once: all signed in, one trip to the provider at a time', async ({
    permissive: page,
    world,
  }) => {
    test.slow();
    await hasSessionAtProvider(page, world);
    await addPage(world, '/silent.html', { silent: true });
    const tabs = await Promise.all(
      Array.from({ length: 5 }, async () => (await anotherTab(page, world)).visitor),
    );
    const trips = countTrips(world);
    // However long a turn takes on this machine: what is tested is that all get one.
    await page.context().addInitScript(() => {
      AbortSignal.timeout = () => new AbortController().signal;
    });
    // All at once, and not one after the other as this machine gets to them.
    /** @type {(() => unknown)[]} */
    const waiting = [];
    await page.context().route('**/config.json', (route) => {
      waiting.push(() => route.continue());
      if (waiting.length === tabs.length) waiting.forEach((goOn) => goOn());
    });
    await Promise.all(tabs.map((tab) => tab.opens('/silent.html')));
    for (const tab of tabs) await expect(tab.logoutButton).toBeVisible({ timeout: 30_000 });
    trips.stop();
    expect(trips.most).toBe(1);
    expect(world.genesys.log.map(({ ok }) => ok)).toEqual(Array(5).fill(true));
    expect(new Set(prompts(world))).toEqual(new Set(['none']));
  });
});

/**
 * Watches the trips to the provider: each lasts from the authorization request to the arrival on the redirect URI.
 * @param {World} world
 */
function countTrips({ provider, site }) {
  const trips = { most: 0, stop: () => {} };
  let under = 0;
  const { handle } = provider;
  const handlePage = site.handle;
  provider.handle = (request, response) => {
    if (request.url?.startsWith('/auth?')) trips.most = Math.max(trips.most, ++under);
    return handle.call(provider, request, response);
  };
  site.handle = (request, response) => {
    if (/[?&]state=/.test(request.url ?? '')) under -= 1;
    return handlePage.call(site, request, response);
  };
  trips.stop = () => {
    provider.handle = handle;
    site.handle = handlePage;
  };
  return trips;
}

test.describe('third-party cookies are blocked', () => {
  test('the visitor sees the button, and later pages do not try again', async ({ page, world, visitor }) => {
    await hasSessionAtProvider(page, world);
    await addPage(world, '/silent.html', { silent: true });
    await addPage(world, '/other.html', { silent: true });
    const heard = await listen(page);
    visitor.console.length = 0;
    await visitor.opens('/silent.html');
    await expect(visitor.loginButton).toBeEnabled();
    await visitor.opens('/other.html');
    await expect(visitor.loginButton).toBeEnabled();
    expect(prompts(world)).toEqual(['none']);
    expect(heard('signInFailed')).toEqual([]);
    expect(visitor.console).toEqual([]);
  });

  test('a click signs in; when that session is gone, frames are given one more chance and no third', async ({
    page,
    world,
    visitor,
    messenger,
  }) => {
    await addPage(world, '/silent.html', { silent: true });
    await visitor.opens('/silent.html');
    await visitor.signsIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    await visitor.pressesLogout();
    await expect(visitor.loginButton).toBeEnabled();
    // As if it had run out: who logs out is not asked for again.
    await page.evaluate(() => localStorage.clear());
    for (let reloads = 0; reloads < 3; reloads += 1) {
      await page.reload();
      await expect(visitor.loginButton).toBeEnabled();
    }
    expect(prompts(world)).toEqual(['none', null, 'none']);
  });

  test('page after page the visitor stays where they are', async ({ page, world, visitor }) => {
    await addPage(world, '/silent.html', { silent: true });
    for (let pages = 0; pages < 5; pages += 1) {
      await visitor.opens('/silent.html');
      await expect(visitor.loginButton).toBeEnabled();
      expect(page.url()).toBe(world.site.url('/silent.html'));
    }
    expect(prompts(world)).toEqual(['none']);
  });
});

/** Notes in the page when the hidden frame came, and when the button did: a slow machine makes no difference to these. */
function noteTimes() {
  /** @type {{framed?: number, asked?: number}} */
  const times = {};
  Object.assign(window, { times });
  new MutationObserver((records) => {
    const nodes = records.flatMap(({ addedNodes }) => [...addedNodes]);
    if (nodes.some((node) => node instanceof HTMLIFrameElement)) times.framed ??= Date.now();
  }).observe(document, { childList: true, subtree: true });
  document.addEventListener('statusChange', (event) => {
    if (/** @type {CustomEvent} */ (event).detail.status === 'signed-out') times.asked ??= Date.now();
  });
}

test.describe('the provider is of no help', () => {
  /** @type {Record<string, (world: World) => void>} */
  const kinds = {
    'never answers': ({ provider }) => void provider.faults.hold('authorization'),
    'forbids framing': ({ provider }) => provider.refuseFrames(),
    'answers 500': ({ provider }) => provider.faults.set('authorization', { status: 500, body: 'Sorry' }),
    'cuts the connection': ({ provider }) => provider.faults.set('authorization', { gone: true }),
  };
  for (const [index, [kind, breaks]] of Object.entries(kinds).entries()) {
    // Firefox repeats a request whose connection was cut.
    const more = kind === 'cuts the connection' ? ['@chromium'] : [];
    test(
      `it ${kind}: after five seconds the visitor has the button, which works`,
      { tag: [...retold(index).tag, ...more] },
      async ({ page, world, visitor, messenger }) => {
        await addPage(world, '/silent.html', { silent: true });
        breaks(world);
        const heard = await listen(page);
        await page.clock.install();
        await page.addInitScript(noteTimes);
        await visitor.opens('/silent.html');
        await expect.poll(() => prompts(world)).toEqual(['none']);
        await page.clock.fastForward(5_000);
        await expect(visitor.loginButton).toBeEnabled();
        const times = await page.evaluate(() => /** @type {any} */ (window).times);
        expect(times.asked - times.framed).toBeGreaterThanOrEqual(5_000);
        expect(heard('signInFailed')).toEqual([]);
        expect(page.frames()).toHaveLength(1);
        world.provider.faults.clear();
        await visitor.signsIn();
        await messenger.isAuthenticatedAs('Ada Lovelace');
        expect(prompts(world)).toEqual(['none', null]);
      },
    );
  }

  test('discovery is not there: the button, which says why when it is pressed', async ({
    page,
    world,
    visitor,
  }) => {
    await addPage(world, '/silent.html', { silent: true });
    world.provider.breakDiscovery('down');
    const heard = await listen(page);
    await visitor.opens('/silent.html');
    await expect(visitor.loginButton).toBeEnabled();
    await visitor.loginButton.click();
    await expect
      .poll(() => heard('signInFailed').at(-1))
      .toMatchObject({ detail: { code: 'provider/unreachable' } });
    await expect(visitor.loginButton).toBeEnabled();
  });
});
