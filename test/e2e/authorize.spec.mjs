// The page obtains the code itself, with its own login or backend.
import { createHash, randomBytes } from 'node:crypto';
import { addPage, listen, script, tag } from './brand.mjs';
import { expect, test, Visitor } from './fixtures.mjs';

/** @typedef {import('./fixtures.mjs').World} World */
/** @typedef {import('./fixtures.mjs').Page} Page */
/** @typedef {import('@playwright/test').Browser} Browser */

/**
 * The brand's own login, somewhere else than in the visitor's browser.
 * @param {Browser} browser
 * @param {World} world
 * @returns {Promise<() => Promise<Record<string, string | null>>>} Obtains a grant, with another code every time.
 */
async function ownLogin(browser, world) {
  const redirectUri = await world.site.page('/landing.html', '<!doctype html>');
  const page = await (await browser.newContext()).newPage();
  return async () => {
    const codeVerifier = randomBytes(32).toString('base64url');
    const query = new URLSearchParams({
      client_id: world.values.CLIENT_ID ?? '',
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid profile email',
      code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    await page.goto(`${world.provider.issuer}/auth?${query}`);
    if (page.url().startsWith(world.provider.issuer)) await new Visitor(page, world).fillsIn('ada');
    await page.waitForURL(`${redirectUri}?*`);
    const answer = new URL(page.url()).searchParams;
    return { authCode: answer.get('code'), redirectUri, codeVerifier, iss: answer.get('iss') };
  };
}

/**
 * A page whose `authorize` is a function of the test's.
 * @param {Page} page
 * @param {World} world
 * @param {(request: {interactive: boolean}) => unknown} authorize
 * @param {import('./brand.mjs').Attributes} [attributes]
 */
async function addOwnPage(page, world, authorize, attributes) {
  await page.exposeFunction('backend', authorize);
  await addPage(
    world,
    '/own.html',
    `${tag({ issuer: undefined, 'client-id': undefined, ...attributes })}
    <script>document.querySelector('genesys-auth-messenger').authorize = (request) => backend(request);</script>
    ${script}`,
  );
}

test('the visitor is signed in with the code of the page, which says nothing of a provider', async ({
  page,
  world,
  visitor,
  messenger,
  browser,
}) => {
  /** @type {unknown[]} */
  const asked = [];
  const obtainGrant = await ownLogin(browser, world);
  await addOwnPage(page, world, (how) => {
    asked.push(how);
    return obtainGrant();
  });
  await visitor.opens('/own.html');
  await expect(visitor.loginButton).toBeEnabled();
  expect(asked).toEqual([]);
  await visitor.signsInAtOnce();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  expect(asked).toEqual([{ interactive: true }]);
  expect(world.genesys.log).toMatchObject([{ ok: true, pkce: true, nonce: false, iss: true }]);
  expect(visitor.console).toEqual([]);

  await page.reload();
  await expect(visitor.logoutButton).toBeVisible();
  await visitor.pressesLogout();
  await visitor.signsInAtOnce();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  expect(asked).toHaveLength(2);
});

test('silent: the page is asked without the visitor, and may know nobody', async ({
  page,
  world,
  visitor,
  messenger,
  browser,
}) => {
  const heard = await listen(page);
  /** @type {unknown[]} */
  const asked = [];
  const known = /** @type {{grant?: object}} */ ({});
  await addOwnPage(
    page,
    world,
    (how) => {
      asked.push(how);
      return known.grant;
    },
    { silent: true },
  );
  await visitor.opens('/own.html');
  await expect(visitor.loginButton).toBeEnabled();
  expect(asked).toEqual([{ interactive: false }]);
  expect(heard('signInFailed')).toEqual([]);
  expect(visitor.console).toEqual([]);
  known.grant = await (await ownLogin(browser, world))();
  await page.reload();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  expect(asked).toEqual([{ interactive: false }, { interactive: false }]);
});

test('a session that is refused goes on with another code of the page, without a click', async ({
  page,
  world,
  visitor,
  messenger,
  browser,
}) => {
  await addOwnPage(page, world, await ownLogin(browser, world));
  await visitor.opens('/own.html');
  await visitor.signsInAtOnce();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  world.genesys.expireTokens();
  await messenger.says('Still there?');
  await messenger.shows('Hello Ada Lovelace, you said: Still there?');
  expect(world.genesys.log).toMatchObject([{ ok: true }, { ok: true }]);
});

test('what it throws is a status, and its text stays where it is', async ({
  page,
  world,
  visitor,
  messenger,
  browser,
}) => {
  const heard = await listen(page);
  const obtainGrant = await ownLogin(browser, world);
  let broken = true;
  await addOwnPage(page, world, () => {
    if (broken) throw new TypeError('the-password-is-engine');
    return obtainGrant();
  });
  await visitor.opens('/own.html');
  await visitor.pressesLogin();
  await expect
    .poll(() => heard('signInFailed'))
    .toMatchObject([
      { detail: { code: 'configuration/authorize', hint: expect.stringContaining('authorize') } },
    ]);
  expect(JSON.stringify(heard().map(({ detail }) => detail))).not.toContain('the-password-is-engine');
  expect(visitor.console).toEqual([expect.stringContaining('configuration/authorize')]);
  broken = false;
  await visitor.signsInAtOnce();
  await messenger.isAuthenticatedAs('Ada Lovelace');
});

test('what it returns is checked: nothing half-baked reaches Messenger', async ({ page, world, visitor }) => {
  const grant = { authCode: 'a-code', redirectUri: 'https://brand.example/' };
  /** @type {[unknown, string][]} */
  const wrong = [
    ['a-code', 'authCode'],
    [{}, 'authCode'],
    [{ ...grant, authCode: '' }, 'authCode'],
    [{ ...grant, authCode: 1 }, 'authCode'],
    [{ authCode: 'a-code' }, 'redirectUri'],
    [{ ...grant, codeVerifier: 42 }, 'codeVerifier'],
    [{ ...grant, maxAge: '300' }, 'maxAge'],
  ];
  const heard = await listen(page);
  const answers = [...wrong];
  await addOwnPage(page, world, () => answers.shift()?.[0]);
  await visitor.opens('/own.html');
  for (const [index, [, field]] of wrong.entries()) {
    await visitor.pressesLogin();
    await expect.poll(() => heard('signInFailed')).toHaveLength(index + 1);
    expect(heard('signInFailed').at(-1)).toMatchObject({
      detail: { code: 'configuration/authorize', message: expect.stringContaining(field) },
    });
  }
  expect(world.genesys.requests.exchange).toBe(0);
});

test('a code that it returns a second time is not delivered', async ({
  page,
  world,
  visitor,
  messenger,
  browser,
}) => {
  const heard = await listen(page);
  const grant = await (await ownLogin(browser, world))();
  await addOwnPage(page, world, () => grant);
  await visitor.opens('/own.html');
  await visitor.signsInAtOnce();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  await visitor.pressesLogout();
  await visitor.pressesLogin();
  await expect
    .poll(() => heard('signInFailed'))
    .toMatchObject([{ detail: { code: 'configuration/authorize' } }]);
  await expect(visitor.loginButton).toBeEnabled();
  expect(world.genesys.log).toMatchObject([{ ok: true }]);
});

test('it leaves the page, or does nothing: the button waits, and works again', async ({
  page,
  world,
  visitor,
}) => {
  await page.clock.install();
  let asked = 0;
  await addOwnPage(page, world, () => void (asked += 1));
  await visitor.opens('/own.html');
  await visitor.pressesLogin();
  await expect(visitor.loginButton).toBeDisabled();
  await expect.poll(() => asked).toBe(1);
  // The answer has to arrive before time passes.
  await page.evaluate(() => /** @type {any} */ (window).backend({}));
  await page.clock.fastForward(15_000);
  await expect(visitor.loginButton).toBeEnabled();
});
