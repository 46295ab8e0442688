// The main job: a visitor logs in at the provider, comes back, chats as themselves, and logs out again.
import { addPage, script, snippet, tag } from './brand.mjs';
import { expect, retold, test } from './fixtures.mjs';

const profiles = /** @type {const} */ ({
  current: { path: '/', region: 'genesys', iss: true },
  '2.2.8': { path: '/2.2.8.html', region: 'genesys228', iss: false },
});

for (const [index, [profile, { path, region, iss }]] of Object.entries(profiles).entries()) {
  test.describe(`with Messenger ${profile}`, retold(index), () => {
    test('signed out, at the provider, signed in, chat, signed out, signed in again', async ({
      world,
      visitor,
      messenger,
    }) => {
      await visitor.opens(path);
      await visitor.isSignedOut();
      await messenger.isAbsent();

      await visitor.logsIn('ada');
      await visitor.isSignedIn();
      expect(visitor.page.url()).toBe(world.site.url(path));
      await messenger.isAuthenticatedAs('Ada Lovelace');

      await visitor.pressesLogout();
      await visitor.isSignedOut();
      await messenger.isAbsent();
      expect(await visitor.events()).toContainEqual({ type: 'loggedOut', detail: { reason: 'visitor' } });

      await visitor.pressesLogin();
      await visitor.isSignedIn();
      await messenger.isAuthenticatedAs('Ada Lovelace');
      expect(visitor.console).toEqual([]);

      const redemption = { ok: true, status: 200, pkce: true, nonce: true, iss, name: 'Ada Lovelace' };
      expect(world[region].log).toMatchObject([redemption, redemption]);
      expect(world.provider.tokenRequests).toEqual([{ by: 'server' }, { by: 'server' }]);
    });

    test('a reload restores the session without a new code', async ({ world, visitor, messenger }) => {
      await visitor.opens(path);
      await visitor.signsIn('grace');
      await visitor.isSignedIn();

      await visitor.page.reload();
      await visitor.isSignedIn({ restored: true });
      await messenger.isAuthenticatedAs('Grace Hopper');
      expect(world.provider.authorizationRequests).toHaveLength(1);
      expect(world[region].requests.exchange).toBe(1);

      await visitor.pressesLogout();
      await visitor.isSignedOut();
      await visitor.page.reload();
      await visitor.isSignedOut();
      await messenger.isAbsent();
      expect(world.provider.authorizationRequests).toHaveLength(1);
      expect(visitor.console).toEqual([]);
    });
  });
}

test('the page is told each thing once, and under both names', async ({ visitor }) => {
  await visitor.page.addInitScript(() => {
    /** @type {string[]} */
    const heard = [];
    for (const name of ['signedIn', 'signed-in', 'loggedOut', 'logged-out', 'signInFailed']) {
      addEventListener(name, () => heard.push(name));
    }
    Object.assign(window, { heard });
  });
  await visitor.opens();
  await visitor.signsIn();
  await visitor.isSignedIn();
  await visitor.pressesLogout();
  await visitor.isSignedOut();
  expect(await visitor.page.evaluate(() => /** @type {any} */ (window).heard)).toEqual([
    'signedIn',
    'signed-in',
    'loggedOut',
    'logged-out',
  ]);
});

test('somebody with a session at the provider is not asked for a password', async ({
  world,
  visitor,
  messenger,
}) => {
  await visitor.opens();
  await visitor.signsIn('alan');
  await visitor.isSignedIn();
  await visitor.opens('/2.2.8.html');
  await visitor.isSignedOut();
  await visitor.signsInAtOnce();
  await messenger.isAuthenticatedAs('Alan Turing');
  expect(world.genesys228.log).toMatchObject([{ ok: true }]);
});

test('a wrong password is the provider’s affair', async ({ world, visitor, messenger }) => {
  await visitor.opens();
  await visitor.pressesLogin();
  await visitor.fillsIn('ada', 'wrong');
  await visitor.fillsIn('ada');
  await messenger.isAuthenticatedAs('Ada Lovelace');
  expect(world.genesys.log).toMatchObject([{ ok: true }]);
  expect(visitor.exceptions).toEqual([]);
});

test('a visitor who cancels is back where they were, and can change their mind', async ({
  world,
  visitor,
  messenger,
}) => {
  await visitor.opens('/?tariff=windy');
  await visitor.pressesLogin();
  await visitor.cancels();
  await visitor.isTold('provider/denied');
  expect(visitor.page.url()).toBe(world.site.url('/?tariff=windy'));
  await messenger.isAbsent();

  await visitor.signsIn('grace');
  await messenger.isAuthenticatedAs('Grace Hopper');
  expect(visitor.page.url()).toBe(world.site.url('/?tariff=windy'));
  expect(world.genesys.requests.exchange).toBe(1);
  expect(visitor.console).toEqual([expect.stringContaining('provider/denied')]);
});

test.describe('the way back', () => {
  const address = '?tariff=windy%20nights&x=1+2&code=SPRING&empty&x=3#the-tariffs';

  for (const [index, path] of ['/help.html', '/'].entries()) {
    test(
      `from ${path}: the query and the fragment are as they were`,
      retold(index),
      async ({ world, visitor, messenger }) => {
        await visitor.opens(path + address);
        await visitor.signsIn();
        await visitor.isSignedIn();
        expect(visitor.page.url()).toBe(world.site.origin + path + address);
        await messenger.isAuthenticatedAs('Ada Lovelace');
        expect(world.genesys.log).toMatchObject([{ ok: true }]);
      },
    );
  }

  test('leads by way of the callback page, the only redirect URI', async ({ world, visitor }) => {
    const visited = /** @type {string[]} */ ([]);
    visitor.page.on('framenavigated', (frame) => visited.push(new URL(frame.url()).pathname));
    await visitor.opens('/help.html');
    await visitor.signsIn();
    await visitor.isSignedIn();
    expect(visited).toContain('/callback.html');
    expect(world.provider.authorizationRequests).toMatchObject([
      { redirectUri: world.site.url('/callback.html') },
    ]);
    expect(await visitor.page.title()).toContain('Help');
  });

  test('is the same for a visitor who cancels', async ({ world, visitor }) => {
    await visitor.opens('/help.html#bill');
    await visitor.pressesLogin();
    await visitor.cancels();
    await visitor.isTold('provider/denied');
    expect(visitor.page.url()).toBe(world.site.url('/help.html#bill'));
  });

  test('keeps what the page has put into its history', async ({ visitor, world }) => {
    const puts = `<script>if (location.search.includes('code=')) history.replaceState({ page: 'own' }, '');</script>`;
    await addPage(world, '/own.html', puts + tag() + script);
    await visitor.opens('/own.html');
    await visitor.signsIn();
    await visitor.isSignedIn();
    expect(await visitor.page.evaluate(() => history.state)).toEqual({ page: 'own' });
    expect(new URL(visitor.page.url()).search).toBe('');
  });
});

test.describe('what is asked of the provider', () => {
  /** The latest authorization request. @param {import('./fixtures.mjs').Visitor} visitor */
  async function requestOf(visitor) {
    const asked = visitor.page.waitForRequest((request) =>
      request.url().startsWith(`${visitor.world.provider.issuer}/auth?`),
    );
    await visitor.pressesLogin();
    return new URL((await asked).url()).searchParams;
  }

  test('is a code, for this client, with PKCE, and each parameter once', async ({ world, visitor }) => {
    await visitor.opens();
    const request = await requestOf(visitor);
    expect(Object.fromEntries(request)).toEqual({
      client_id: world.values.CLIENT_ID,
      redirect_uri: world.site.url('/'),
      response_type: 'code',
      scope: 'openid profile email',
      state: expect.stringMatching(/^gam-redirect-[\da-f]{32}$/),
      nonce: expect.stringMatching(/^[\w-]{36}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
    expect([...request.keys()]).toHaveLength(new Set(request.keys()).size);
  });

  test('is never the same twice', async ({ visitor }) => {
    await visitor.opens();
    const first = await requestOf(visitor);
    await visitor.cancels();
    await visitor.isTold('provider/denied');
    const second = await requestOf(visitor);
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(second.get(name)).not.toBe(first.get(name));
  });

  test('max-age, which Genesys Cloud then checks', async ({ world, visitor, messenger }) => {
    await visitor.opensPageWith({ 'max-age': '600' });
    await visitor.signsIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    expect(world.provider.authorizationRequests).toMatchObject([{ maxAge: '600' }]);
    expect(world.genesys.log).toMatchObject([{ ok: true, maxAge: 600 }]);
  });

  test('prompt=login, which asks also somebody with a session', async ({ world, visitor, messenger }) => {
    await visitor.opens();
    await visitor.signsIn('ada');
    await visitor.isSignedIn();
    await visitor.pressesLogout();
    await visitor.isSignedOut();
    await visitor.opensPageWith({ prompt: 'login' });
    await visitor.logsIn('grace');
    await messenger.isAuthenticatedAs('Grace Hopper');
    expect(world.provider.authorizationRequests.at(-1)).toMatchObject({ prompt: 'login' });
  });

  test('a scope of the page’s own', async ({ world, visitor, messenger }) => {
    await visitor.opensPageWith({ scope: 'openid profile' });
    await visitor.signsIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    expect(world.provider.authorizationRequests).toMatchObject([{ scope: 'openid profile' }]);
  });

  test('authorization-params, once each', async ({ visitor, messenger }) => {
    await visitor.opensPageWith({
      'authorization-params': 'audience=https%3A%2F%2Fapi.example%2F&acr_values=gold&ui_locales=de+en',
    });
    const request = await requestOf(visitor);
    expect(request.getAll('audience')).toEqual(['https://api.example/']);
    expect(request.getAll('acr_values')).toEqual(['gold']);
    expect(request.getAll('ui_locales')).toEqual(['de en']);
    await visitor.fillsIn('ada');
    await messenger.isAuthenticatedAs('Ada Lovelace');
  });
});

test('nothing that only a sign-in needs is loaded for a visitor who only looks', async ({
  world,
  visitor,
}) => {
  const requested = /** @type {string[]} */ ([]);
  visitor.page.on('request', (request) => requested.push(request.url()));
  await visitor.opens();
  await visitor.isSignedOut();
  expect(requested.filter((url) => url.startsWith(world.provider.issuer))).toEqual([]);
  expect(requested.filter((url) => url.includes('/assets/'))).toEqual([
    world.site.url('/assets/genesys-auth-messenger.js'),
  ]);
  expect(visitor.console).toEqual([]);
});

test.describe('a page that has the Messenger snippet already', () => {
  test('for the same deployment: it is used', async ({ world, visitor, messenger }) => {
    await visitor.opensPageWith({}, { head: snippet('%DEPLOYMENT_ID%') });
    await visitor.isSignedOut();
    expect(world.genesys.requests.bootstrap).toBe(1);
    await visitor.signsIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    expect(world.genesys.requests.bootstrap).toBe(2);
    expect(world.genesys.log).toMatchObject([{ ok: true }]);
    expect(visitor.console).toEqual([]);
  });

  test('for the same deployment, and it has run long since', async ({ world, visitor, messenger }) => {
    const release = world.site.faults.hold('asset');
    const sign = `<script>
      Genesys('subscribe', 'GenesysJS.ready', () => (document.body.dataset.messenger = 'ready'));
    </script>`;
    const opening = visitor.opensPageWith({}, { head: snippet('%DEPLOYMENT_ID%') + sign });
    await expect(visitor.page.locator('body')).toHaveAttribute('data-messenger', 'ready');
    release();
    await opening;
    await visitor.isSignedOut();
    await visitor.signsIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    expect(world.genesys.log).toMatchObject([{ ok: true }]);
  });

  test('for another deployment: the element stands back', async ({ world, visitor }) => {
    await visitor.opensPageWith({}, { head: snippet('%STEP_UP_DEPLOYMENT_ID%') });
    await visitor.isTold('configuration/conflict');
    expect(world.genesys.requests.bootstrap).toBe(1);
    expect(visitor.exceptions).toEqual([]);
  });
});

test('a cold click asks for the part and for the discovery document side by side, once', async ({
  page,
  world,
  visitor,
  messenger,
}) => {
  /** @type {(value?: unknown) => void} */
  let release = () => {};
  const until = new Promise((resolve) => (release = resolve));
  world.site.faults.set('asset', { until, when: ({ url }) => !!url?.includes('.sign-in.js') });
  const discoveries = /** @type {string[]} */ ([]);
  page.on('request', (request) => {
    if (request.url().endsWith('/.well-known/openid-configuration')) discoveries.push(request.url());
  });
  await visitor.opensPageWith({ loading: 'lazy' });
  const asked = page.waitForRequest(/openid-configuration$/);
  await visitor.loginButton.click();
  await asked;
  world.site.faults.clear();
  release();
  await visitor.fillsIn('ada');
  await messenger.isAuthenticatedAs('Ada Lovelace');
  expect(discoveries).toHaveLength(1);
});

test('a discovery document that was asked for in vain is asked for again', async ({ world, visitor }) => {
  const broken = (/** @type {import('node:http').IncomingMessage} */ { url }) =>
    !!url?.includes('.sign-in.js');
  world.site.faults.set('asset', { status: 404, body: '', when: broken });
  world.provider.breakDiscovery('down');
  await visitor.opensPageWith({});
  await visitor.loginButton.click();
  await visitor.isTold('configuration/chunk-missing');
  world.site.faults.clear();
  await visitor.loginButton.click();
  await visitor.isTold('provider/unreachable');
  world.provider.faults.clear();
  await visitor.signsIn();
  await visitor.isSignedIn();
  expect(visitor.exceptions).toEqual([]);
});
