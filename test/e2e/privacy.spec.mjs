// After a sign-in nothing of it is left where other scripts, other people or other servers could find it.
import { addPage, script, tag } from './brand.mjs';
import { expect, retold, test } from './fixtures.mjs';

/** @typedef {import('@playwright/test').Page} Page */

/**
 * Everything in a page that a script, an extension or an error reporter can read, by where it stands. Messenger's own
 * two token keys are its own business, and so is what it does with them.
 * @param {Page} page
 */
function everythingIn(page) {
  return page.evaluate(() => {
    /** @param {ParentNode} root @returns {string[]} */
    const markup = (root) =>
      [...root.querySelectorAll('*')].flatMap((element) => [
        element.tagName,
        ...[...element.attributes].map(({ name, value }) => `${name}=${value}`),
        ...[...element.childNodes].map((node) =>
          node.nodeType === Node.TEXT_NODE ? (node.nodeValue ?? '') : '',
        ),
        String(/** @type {any} */ (element).value ?? ''),
        ...(element.shadowRoot ? markup(element.shadowRoot) : []),
      ]);
    const element = /** @type {any} */ (document.querySelector('genesys-auth-messenger'));
    const tokens = /:gca(r)?tkn$/;
    return {
      address: location.href,
      referrer: document.referrer,
      title: document.title,
      'window name': window.name,
      cookies: document.cookie,
      'history state': JSON.stringify(history.state),
      DOM: markup(document).join('\n'),
      'the element': JSON.stringify([element.status, element.error, { ...element }]),
      events: JSON.stringify(/** @type {any} */ (window).dispatched),
      sessionStorage: JSON.stringify({ ...sessionStorage }),
      localStorage: JSON.stringify(Object.entries(localStorage).filter(([name]) => !tokens.test(name))),
      // The entry of the navigation itself cannot be cleaned: the browser made it before any script ran.
      performance: JSON.stringify(
        performance.getEntries().filter(({ entryType }) => entryType !== 'navigation'),
      ),
    };
  });
}

/** Keeps the details of all events that scripts dispatch, whoever listens. @param {Page} page */
function recordDispatches(page) {
  return page.context().addInitScript(() => {
    /** @type {unknown[]} */
    const dispatched = [];
    const { dispatchEvent } = EventTarget.prototype;
    EventTarget.prototype.dispatchEvent = function (/** @type {Event} */ event) {
      dispatched.push([event.type, /** @type {CustomEvent} */ (event).detail]);
      return dispatchEvent.call(this, event);
    };
    Object.assign(window, { dispatched });
  });
}

/**
 * Where a secret is. The page keeps a `state` that was used, to know it again, in sessionStorage and nowhere else; it
 * opens nothing any more.
 * @param {import('./fixtures.mjs').Visitor} visitor
 * @param {Page} [page]
 */
async function findings(visitor, page = visitor.page) {
  const places = { ...(await everythingIn(page)), console: visitor.console.join('\n') };
  const spent = await page.evaluate(() => sessionStorage.getItem('genesys-auth-messenger:spent') ?? '');
  return Object.entries(places).flatMap(([place, content]) =>
    [...visitor.secrets]
      .filter((secret) => [secret, encodeURIComponent(secret)].some((form) => content.includes(form)))
      .filter((secret) => place !== 'sessionStorage' || !spent.split(' ').includes(secret))
      .map((secret) => `${place}: ${secret}`),
  );
}

/** @type {Record<string, string>} */
const ways = {
  'by redirect': '/',
  'by redirect, by way of a callback page': '/help.html',
  'in a popup': '/popup.html',
};

// Firefox does not show the bodies of requests, so that verifier and token would not be known.
const chromium = '@chromium';

for (const [way, path] of Object.entries(ways)) {
  test(`${way}: no secret stays in the page`, { tag: chromium }, async ({ page, visitor, messenger }) => {
    await recordDispatches(page);
    await visitor.opens(path);
    const where = await visitor.pressesLogin();
    await visitor.fillsIn('ada', 'engine', where);
    await messenger.isAuthenticatedAs('Ada Lovelace');
    await visitor.isSignedIn();
    // There is something to search for: code, verifier, nonce, state and token.
    expect(visitor.secrets.size).toBeGreaterThanOrEqual(5);
    expect(await findings(visitor)).toEqual([]);

    await page.reload();
    await visitor.isSignedIn({ restored: true });
    expect(await findings(visitor)).toEqual([]);

    await visitor.pressesLogout();
    await visitor.isSignedOut();
    expect(await findings(visitor)).toEqual([]);
    expect(visitor.console).toEqual([]);
  });
}

test('a page that changes what it asks for while the visitor comes back keeps nothing of the request', async ({
  page,
  world,
  visitor,
  messenger,
}) => {
  const changing = `<script>
    addEventListener('statusChange', ({ target, detail }) => {
      if (detail.status === 'signing-in') target.authorizationParams = 'login_hint=ada';
    });
  </script>`;
  await addPage(world, '/changing.html', changing + tag() + script);
  await visitor.opens('/changing.html');
  await visitor.signsIn();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  expect(await page.evaluate(() => Object.keys(sessionStorage))).not.toContainEqual(
    expect.stringMatching(/^genesys-auth-messenger:(state|answer)/),
  );
});

test('a code that was refused leaves nothing either', { tag: chromium }, async ({ page, world, visitor }) => {
  world.genesys.faults.set('exchange', { status: 401, body: { message: 'refused', status: 401 } });
  await recordDispatches(page);
  await visitor.opens();
  await visitor.signsIn();
  await visitor.isTold('exchange/refused');
  expect(visitor.redeemed).toHaveLength(1);
  expect(await findings(visitor)).toEqual([]);
});

test('a response that was refused leaves nothing either', async ({ page, world, visitor }) => {
  world.provider.answerWithIssuer('https://somebody-else.example');
  await recordDispatches(page);
  await visitor.opens();
  await visitor.signsIn();
  await visitor.isTold('callback/issuer');
  expect(visitor.secrets.size).toBeGreaterThanOrEqual(3);
  expect(await findings(visitor)).toEqual([]);
});

test('while the visitor is away, only this tab’s sessionStorage knows of the request', async ({
  page,
  world,
  visitor,
}) => {
  await recordDispatches(page);
  await visitor.opens();
  await visitor.pressesLogin();
  await expect(page).toHaveTitle(/Log in/);
  const other = await page.context().newPage();
  await other.goto(world.site.url('/'));
  await expect(other.locator('genesys-auth-messenger').getByRole('button')).toBeEnabled();
  expect(visitor.secrets.size).toBeGreaterThanOrEqual(2);
  expect(await findings(visitor, other)).toEqual([]);
});

/**
 * Keeps where each request to the brand's site and to Genesys Cloud says that it comes from, except for what goes out
 * before any script runs: the pages themselves, and what the browser's parser asks the brand's own site for.
 * @param {import('./fixtures.mjs').World} world
 */
function recordReferrers({ site, genesys }) {
  /** @type {{path: string, referrer: string}[]} */
  const requests = [];
  const early = ['document', 'style', 'image'];
  const when = (/** @type {import('node:http').IncomingMessage} */ { url: path = '', headers }) => {
    const ofScript =
      !early.includes(String(headers['sec-fetch-dest'])) && !path.endsWith('/genesys-auth-messenger.js');
    if (ofScript) requests.push({ path, referrer: headers.referer ?? '' });
    return false;
  };
  for (const route of /** @type {const} */ (['page', 'asset'])) site.faults.set(route, { when });
  for (const route of /** @type {const} */ (['bootstrap', 'domains', 'config', 'exchange'])) {
    genesys.faults.set(route, { when });
  }
  return requests;
}

for (const [index, [way, path]] of Object.entries(ways).entries()) {
  test(
    `${way}: no request carries a code as its Referer, whatever the page's policy`,
    retold(index),
    async ({ page, world, visitor, messenger }) => {
      for (const one of [path, '/callback.html'])
        world.site.headers(one, { 'referrer-policy': 'unsafe-url' });
      const requests = recordReferrers(world);
      await visitor.opens(path);
      await visitor.fillsIn('ada', 'engine', await visitor.pressesLogin());
      await messenger.isAuthenticatedAs('Ada Lovelace');
      await page.evaluate(() => fetch('/style.css?from-the-page'));

      for (const part of [
        '/genesys-bootstrap/',
        '/domains.json',
        '.sign-in.js',
        '/oauthcode',
        '?from-the-page',
      ]) {
        expect(requests.filter((request) => request.path.includes(part))).not.toEqual([]);
      }
      expect(requests.filter(({ referrer }) => !referrer.startsWith(world.site.origin))).toEqual([]);
      expect(requests.filter(({ referrer }) => /[?&](code|state)=/.test(referrer))).toEqual([]);
    },
  );
}

test('the provider is told where the visitor comes from, and not what they were reading', async ({
  page,
  world,
  visitor,
}) => {
  await visitor.opens('/?tariff=windy#tariffs');
  const asked = page.waitForRequest((request) => request.url().startsWith(`${world.provider.issuer}/auth?`));
  await visitor.pressesLogin();
  const request = await asked;
  expect((await request.allHeaders()).referer ?? '').not.toContain('windy');
  expect(decodeURIComponent(request.url())).not.toContain('windy');
});
