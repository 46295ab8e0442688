// The same stories at every provider; where providers differ, its file says how.
import { expect, test } from './fixtures.mjs';

/** @typedef {import('@playwright/test').Page} Page */

const exchange = '**/token/oauthcodegrantjwtexchange';

/** @typedef {import('./fixtures.mjs').Change} Change */

/** @type {Record<Change, object>} */
const changes = {
  // Of the integration, and not of what the page hands over.
  'client secret': {},
  verifier: { codeVerifier: 'another'.repeat(7) },
  nonce: { nonce: 'another' },
  'redirect URI': { redirectUri: 'https://www.brand.example/' },
};

/**
 * Changes what the page hands over to Genesys Cloud, or what an administrator has entered there.
 * @param {Change} what @param {Page} page @param {import('./fixtures.mjs').World} world
 */
async function change(what, page, { genesys, values }) {
  const deployment = genesys.deployments.get(values.DEPLOYMENT_ID ?? '');
  if (what === 'client secret' && deployment) deployment.integration.clientSecret = 'another';
  await page.route(exchange, (route) => {
    const { oauth, ...body } = route.request().postDataJSON();
    return route.continue({ postData: JSON.stringify({ ...body, oauth: { ...oauth, ...changes[what] } }) });
  });
}

for (const mode of ['redirect', 'popup']) {
  test(`a visitor signs in by ${mode}, and Genesys Cloud redeems the code with secret, PKCE and nonce`, async ({
    attributes,
    tried,
    world,
    visitor,
    messenger,
  }) => {
    await visitor.opensPageWith({ ...attributes, mode });
    await visitor.signsIn();
    await visitor.isSignedIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    expect(visitor.page.url()).toBe(world.site.url('/own.html'));
    const { iss } = tried.behaviour;
    expect(world.genesys.log).toMatchObject([{ ok: true, pkce: true, nonce: true, iss }]);
    expect(visitor.page.context().pages()).toHaveLength(1);
    expect(visitor.console).toEqual([]);
  });
}

for (const what of /** @type {Change[]} */ (Object.keys(changes))) {
  test(`another ${what}: the provider, or Genesys Cloud, refuses the code where the provider checks`, async ({
    attributes,
    tried,
    world,
    visitor,
  }) => {
    const accepted = !!tried.behaviour.accepts?.includes(what);
    await change(what, visitor.page, world);
    await visitor.opensPageWith(attributes);
    await visitor.signsIn();
    if (accepted) await visitor.isSignedIn();
    else await visitor.isTold('exchange/refused');
    expect(world.genesys.log[0]).toMatchObject({ ok: accepted });
  });
}

test('a code is redeemed once', async ({ attributes, world, visitor }) => {
  await visitor.opensPageWith(attributes);
  const asked = visitor.page.waitForRequest(exchange);
  await visitor.signsIn();
  await visitor.isSignedIn();
  const request = await asked;
  const { status } = await fetch(request.url(), { method: 'POST', body: request.postData() });
  expect(status).toBe(401);
  expect(world.genesys.log).toMatchObject([{ ok: true }, { ok: false }]);
});

test.describe('silent sign-in', () => {
  test('a visitor with a session at the provider is signed in without a click, if the provider asks for no ID token', async ({
    attributes,
    tried,
    world,
    visitor,
    messenger,
  }) => {
    await visitor.opensPageWith(attributes);
    await visitor.signsIn();
    await visitor.isSignedIn();
    await visitor.page.evaluate(() => {
      sessionStorage.clear();
      localStorage.clear();
    });
    await visitor.opensPageWith({ ...attributes, silent: '' });
    if (tried.behaviour.silent) {
      await messenger.isAuthenticatedAs('Ada Lovelace');
      expect(world.genesys.log).toMatchObject([{ ok: true }, { ok: true }]);
    } else await visitor.isSignedOut();
    expect(visitor.console).toEqual([]);
  });

  test('a visitor without a session sees the button, and can log in', async ({
    attributes,
    tried,
    visitor,
    messenger,
  }) => {
    test.skip(!tried.behaviour.session, 'The provider knows everybody.');
    await visitor.opensPageWith({ ...attributes, silent: '' });
    // A frame with a login page gives no answer, and has five seconds for it.
    await expect(visitor.loginButton).toBeEnabled();
    expect(await visitor.failure()).toBeUndefined();
    const refused = tried.behaviour.answersUnknown
      ? []
      : [expect.stringMatching(/Refused to display|Framing/)];
    expect(visitor.console).toEqual(refused);
    await visitor.signsIn();
    if (tried.behaviour.keepsRequest) {
      await visitor.isTold('callback/repeated');
      await visitor.pressesLogin();
    }
    await messenger.isAuthenticatedAs('Ada Lovelace');
  });
});

test('logout="provider" ends the session there, if the provider asks for no ID token', async ({
  attributes,
  tried,
  world,
  visitor,
}) => {
  const page = world.site.url('/own.html');
  const { logout } = tried.behaviour;
  await visitor.opensPageWith({ ...attributes, logout: 'provider', 'post-logout-redirect-uri': page });
  await visitor.signsIn();
  await visitor.isSignedIn();
  const returns = logout === 'returns';
  // A provider that redirects at once shows no page of its own.
  const arrives = visitor.page.waitForEvent('framenavigated', (frame) => (frame.url() === page) === returns);
  await visitor.pressesLogout();
  await tried.logsOut?.(visitor.page);
  await arrives;
  if (!returns) await visitor.opens('/own.html');
  await visitor.isSignedOut();
  if (logout === 'impossible') return;
  // The provider asks for the password again.
  await visitor.signsIn();
  await visitor.isSignedIn();
});

test('a maximum age works where the ID token tells when the visitor signed in', async ({
  attributes,
  tried,
  world,
  visitor,
}) => {
  await visitor.opensPageWith({ ...attributes, 'max-age': '600' });
  await visitor.signsIn();
  const { maxAge } = tried.behaviour;
  if (maxAge) await visitor.isSignedIn();
  else await visitor.isTold('exchange/refused');
  expect(world.genesys.log[0]).toMatchObject({ ok: maxAge, maxAge: 600 });
});

test('Genesys Cloud renews the session without the visitor', async ({
  attributes,
  tried,
  world,
  visitor,
  messenger,
}) => {
  await visitor.opensPageWith({ ...attributes, scope: tried.behaviour.refresh });
  await visitor.signsIn();
  await visitor.isSignedIn();
  world.genesys.expireTokens();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  expect(world.genesys.requests.refresh).toBe(1);
  expect(world.genesys.log).toHaveLength(1);
});

test('the cookie of the provider’s session says whether a frame on another site gets it', async ({
  attributes,
  tried,
  world,
  visitor,
}) => {
  await visitor.opensPageWith(attributes);
  await visitor.signsIn();
  await visitor.isSignedIn();
  const cookies = await visitor.page.context().cookies(world.provider.issuer);
  const { sameSite } = tried.behaviour;
  expect([...new Set(cookies.map((cookie) => cookie.sameSite))]).toEqual(sameSite ? [sameSite] : []);
});
