// The doctor: what somebody sees who sets the page up with the attribute `debug`.
import { expect, test } from './fixtures.mjs';

/** @typedef {import('./fixtures.mjs').Visitor} Visitor */

/** @param {Visitor} visitor */
const panel = (visitor) => visitor.element.getByRole('region', { name: 'Doctor' });

test('a page in order: no problem, before and after signing in', async ({ visitor, messenger }) => {
  await visitor.opensPageWith({ debug: '' });
  await expect(panel(visitor)).toContainText('Problems: 0');
  await expect(panel(visitor)).toContainText('Register it at the provider byte for byte');
  await visitor.signsIn();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  await expect(panel(visitor)).toContainText('Problems: 0');
});

test('prints what has happened and was done, by the names of happenings and actions', async ({ visitor }) => {
  await visitor.opensPageWith({ debug: '' });
  await visitor.signsIn();
  await visitor.isSignedIn();
  await expect(panel(visitor)).toContainText('Problems: 0');
  await panel(visitor).getByText('What has happened').click();
  for (const line of ['signInRequested', '→ sign-in-interactively', 'grantReceived', '→ answer-code'])
    await expect(panel(visitor)).toContainText(line);
  await expect(panel(visitor)).not.toContainText('$');
});

test('a refused code is a problem, though every check is content', async ({ world, visitor }) => {
  for (const { integration } of world.genesys.deployments.values()) integration.clientSecret = 'wrong';
  await visitor.opensPageWith({ debug: '' });
  await expect(panel(visitor)).toContainText('Problems: 0');
  await visitor.signsIn();
  await visitor.isTold('exchange/refused');
  await expect(panel(visitor)).toContainText('Problems: 1');
});

test('names the usual causes when the browser is back from the provider without an answer', async ({
  page,
  world,
  visitor,
}) => {
  await visitor.opensPageWith({ debug: '' });
  await expect(panel(visitor)).toContainText('Problems: 0, to look at: 0');
  await world.provider.unregister(page.url());
  await visitor.pressesLogin();
  await page.waitForURL(/login\.localhost/);
  await page.goBack();
  await expect(panel(visitor)).toContainText('Problems: 0, to look at: 1');
  await expect(panel(visitor)).toContainText(
    'does not know the redirect URI, byte for byte, or the client id',
  );
});

test('is not there, and is not fetched, without the attribute', async ({ page, visitor }) => {
  const requests = /** @type {string[]} */ ([]);
  page.on('request', (request) => requests.push(request.url()));
  await visitor.opensPageWith({});
  await visitor.isSignedOut();
  await expect(panel(visitor)).toHaveCount(0);
  expect(requests.filter((url) => url.includes('doctor'))).toEqual([]);
});

test('comes and goes with the attribute', async ({ visitor }) => {
  await visitor.opensPageWith({});
  await visitor.isSignedOut();
  await visitor.element.evaluate((element) => element.toggleAttribute('debug', true));
  await expect(panel(visitor)).toContainText('Problems: 0');
  await visitor.element.evaluate((element) => element.toggleAttribute('debug', false));
  await expect(panel(visitor)).toHaveCount(0);
});

test('that cannot be loaded: the element works all the same', async ({ world, visitor }) => {
  world.site.faults.set('asset', { status: 404, body: '', when: ({ url }) => !!url?.includes('.doctor.js') });
  await visitor.opensPageWith({ debug: '' });
  await visitor.signsIn();
  await visitor.isSignedIn();
  expect(visitor.exceptions).toEqual([]);
  expect(visitor.console.join('\n')).toMatch(/warning: .*genesys-auth-messenger\.doctor\.js/);
});

test('looks at all else where the part for signing in is missing', async ({ world, visitor }) => {
  const when = (/** @type {import('node:http').IncomingMessage} */ { url }) => !!url?.includes('.sign-in.js');
  world.site.faults.set('asset', { status: 404, body: '', when });
  await visitor.opensPageWith({ debug: '' });
  await expect(panel(visitor)).toContainText('Problems: 0');
  await expect(panel(visitor)).toContainText('? Unknown · Discovery document');
  await visitor.isSignedOut();
});

test('sees a wrong setting before anybody clicks', async ({ world, visitor }) => {
  world.provider.breakDiscovery('no-cors');
  await visitor.opensPageWith({ debug: '' });
  await expect(panel(visitor)).toContainText('Problems: 1');
  await expect(panel(visitor)).toContainText('no CORS header for this site');
  await visitor.isSignedOut();
});

test('names attributes that are not usable, and takes it back', async ({ page, visitor, world }) => {
  await visitor.opensPageWith({ debug: '', issuer: 'login.brand.example' });
  await expect(panel(visitor)).toContainText('Set the attribute issuer');
  await visitor.element.evaluate(
    (element, issuer) => element.setAttribute('issuer', issuer),
    world.provider.issuer,
  );
  await expect(panel(visitor)).toContainText('Problems: 0');
  await expect(page.getByText('✗ Problem')).toHaveCount(0);
});

test('names what the policy of the page has blocked', async ({ world, visitor }) => {
  const policy = `connect-src 'self' ${world.provider.issuer}`;
  await visitor.opensPageWith({ debug: '' }, { headers: { 'content-security-policy': policy } });
  await expect(panel(visitor)).toContainText(`connect-src http://api-cdn.${world.genesys.domain}`);
  await expect(panel(visitor)).toContainText(
    'Genesys Cloud does not know this deployment in this region, or cannot be',
  );
});

test(
  'the report of a full sign-in and of a refused one holds no secret',
  { tag: '@chromium' },
  async ({ page, world, visitor, messenger }) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const report = async () => {
      await panel(visitor).getByRole('button', { name: 'Copy report' }).click();
      await expect(panel(visitor)).toContainText('Copied');
      return page.evaluate(() => navigator.clipboard.readText());
    };
    await visitor.opensPageWith({ debug: '', scope: 'openid profile offline_access' });
    await visitor.signsIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    await expect(panel(visitor)).toContainText('Problems: 0');
    const good = await report();
    expect(good).toMatch(/signed-out[^]*signing-in[^]*signed-in/);
    expect(good).toMatch(/Messenger: GenesysJS\.configurationReceived/);
    expect(good).toContain(world.provider.issuer);

    await visitor.pressesLogout();
    await visitor.isSignedOut();
    for (const { integration } of world.genesys.deployments.values()) integration.clientSecret = 'wrong';
    await visitor.pressesLogin();
    await visitor.isTold('exchange/refused');
    await expect(panel(visitor)).toContainText('client secret');
    const bad = await report();
    expect(bad).toMatch(/failed: exchange\/refused/);

    expect(visitor.secrets.size).toBeGreaterThan(5);
    for (const secret of visitor.secrets) {
      expect(good).not.toContain(secret);
      expect(bad).not.toContain(secret);
    }
  },
);
