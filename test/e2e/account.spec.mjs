// The next person at the same computer, and the site's own login and logout: the attribute `account`. What docs/recipes.md has the
// site write is what these pages consist of, so that it cannot be wrong.
import { readFile } from 'node:fs/promises';
import { addPage } from './brand.mjs';
import { Messenger, expect, retold, test, visitors } from './fixtures.mjs';

/** @typedef {import('./fixtures.mjs').Page} Page */
/** @typedef {import('./fixtures.mjs').Visitor} Visitor */
/** @typedef {import('./fixtures.mjs').World} World */

const recipes = await readFile(new URL('../../docs/recipes.md', import.meta.url), 'utf8');

/** The only code in a section of docs/recipes.md. @param {string} section @param {'html' | 'js'} language */
function recipe(section, language) {
  const text = recipes.split(/^## /m).find((part) => part.startsWith(`${section}\n`)) ?? '';
  const blocks = [...text.matchAll(/^```(\w+)\n([^]*?)^```$/gm)];
  expect(
    blocks.map(([, of]) => of),
    `the code in “${section}”`,
  ).toEqual([language]);
  return blocks[0]?.[2] ?? '';
}

/** What the recipe's `…` stands for. @param {string} environment @param {string} [more] */
const settings = (environment, more = '') =>
  `deployment-id="%DEPLOYMENT_ID%" environment="${environment}" issuer="%ISSUER%" client-id="%CLIENT_ID%" ${more}`;

const ada = { account: '4711', who: /** @type {const} */ ('ada') };
const grace = { account: 'grace@brand.example', who: /** @type {const} */ ('grace') };

/**
 * A page as the site serves it to whoever is signed in there, with the recipe's tag.
 * @param {World} world
 * @param {string | undefined} account The page of a site that does not use it has none.
 * @param {{path?: string, body?: string, environment?: string, more?: string}} [page]
 */
function serves(world, account, { path = '/own.html', body = '', environment = '%ENVIRONMENT%', more } = {}) {
  const named = recipe('Shared computers', 'html').replace('…', settings(environment, more));
  const of = account === undefined ? '' : `account="${account}"`;
  return world.site.page(
    path,
    `<!doctype html><html lang="en"><head><title>${path}</title><link rel="icon" href="/logo.svg">
      <script src="/assets/genesys-auth-messenger.js" async></script></head>
      <body>${named.replace(`account="${ada.account}"`, of)}${body}</body></html>`,
  );
}

/**
 * Looks at Messenger's chat in every page of the browser, in every frame that is drawn and after every change, from before
 * any script of the page runs.
 * @param {Page} page
 * @returns {Promise<(where?: Page) => Promise<boolean>>} Whether it has been visible in the document that is there now.
 */
async function watchChat(page) {
  await page.context().addInitScript(() => {
    const parts = () => [
      ...document.querySelectorAll('iframe[id^="genesys-"]'),
      ...(document.querySelector('#genesys-messenger')?.shadowRoot?.querySelectorAll('.launcher, .panel') ??
        []),
    ];
    const look = () => {
      const seen = parts().some((part) =>
        part.checkVisibility({ visibilityProperty: true, opacityProperty: true }),
      );
      if (seen) Object.assign(window, { chatWasSeen: true });
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true });
    const frame = () => {
      look();
      requestAnimationFrame(frame);
    };
    frame();
  });
  return () => page.evaluate(() => 'chatWasSeen' in window);
}

/** Everything that the site keeps in the browser. @param {Page} page */
const stored = (page) =>
  page.evaluate(() => ({
    local: Object.entries(localStorage),
    session: Object.entries(sessionStorage),
    cookies: document.cookie,
  }));

/** Nowhere in the browser's storage does a name stand in the clear. @param {Page} page @param {string[]} names */
async function expectNoName(page, ...names) {
  const text = decodeURIComponent(JSON.stringify(await stored(page)));
  for (const name of names) expect(text).not.toContain(name);
}

for (const [index, [line, environment]] of [
  ['2.2.8', '%ENVIRONMENT_2_2_8%'],
  ['current', '%ENVIRONMENT%'],
].entries()) {
  test.describe(`account, Messenger ${line}`, retold(index), () => {
    const cloud = (/** @type {World} */ world) => (line === 'current' ? world.genesys : world.genesys228);

    for (const [next, account] of /** @type {const} */ ([
      ['another person is signed in on the site', grace.account],
      ['nobody is signed in on the site', ''],
    ])) {
      test(`${next}: the last one's chat is never seen, and their session ends`, async ({
        page,
        world,
        visitor,
        messenger,
      }) => {
        const wasSeen = await watchChat(page);
        await serves(world, ada.account, { environment });
        await visitor.opens('/own.html');
        await visitor.signsIn(ada.who);
        await messenger.isAuthenticatedAs('Ada Lovelace');
        await messenger.says('My secret is 1815');
        await messenger.shows('My secret is 1815');
        // Whoever looks away has not seen it.
        expect(await wasSeen()).toBe(true);
        expect(cloud(world).requests.revoke).toBe(0);

        await serves(world, account, { environment });
        await page.reload();
        await visitor.isSignedOut();
        expect(await visitor.events()).toEqual([{ type: 'statusChange', detail: { status: 'signed-out' } }]);
        expect(cloud(world).requests.revoke).toBe(1);
        await messenger.isAbsent();

        // In this tab and in another one, now and later.
        const later = await page.context().newPage();
        await later.goto(page.url());
        await expect(
          later.locator('genesys-auth-messenger').getByRole('button', { name: 'Log in' }),
        ).toBeEnabled();
        await new Messenger(later).isAbsent();
        await later.close();
        expect(await wasSeen()).toBe(false);

        await visitor.forgetsProvider();
        await visitor.signsIn(grace.who);
        await visitor.isSignedIn();
        await messenger.isAuthenticatedAs('Grace Hopper');
        expect(await wasSeen()).toBe(true);
        await expect(page.getByRole('log', { name: 'Conversation' })).not.toContainText('1815');
        expect(cloud(world).log.map(({ name }) => name)).toEqual(['Ada Lovelace', 'Grace Hopper']);
        expect(visitor.console).toEqual([]);
      });
    }

    test('the same person: their session is restored, with its chat', async ({
      page,
      world,
      visitor,
      messenger,
    }) => {
      const wasSeen = await watchChat(page);
      await serves(world, ada.account, { environment });
      await visitor.opens('/own.html');
      await visitor.signsIn(ada.who);
      await messenger.isAuthenticatedAs('Ada Lovelace');
      await page.reload();
      await visitor.isSignedIn({ restored: true });
      await messenger.isAuthenticatedAs('Ada Lovelace');
      expect(await wasSeen()).toBe(true);
      expect(cloud(world).requests.revoke).toBe(0);
      expect(world.provider.authorizationRequests).toHaveLength(1);
    });
  });
}

test('the account changes in a page that stays: loggedOut says so, and the chat is gone', async ({
  world,
  visitor,
  messenger,
}) => {
  await serves(world, ada.account);
  await visitor.opens('/own.html');
  await visitor.signsIn(ada.who);
  await messenger.isAuthenticatedAs('Ada Lovelace');
  await visitor.element.evaluate(
    (element, account) => void Object.assign(element, { account }),
    grace.account,
  );
  await visitor.isSignedOut();
  await messenger.isAbsent();
  const loggedOut = (await visitor.events()).filter(({ type }) => type === 'loggedOut');
  expect(loggedOut).toEqual([{ type: 'loggedOut', detail: { reason: 'account' } }]);
  expect(world.genesys.requests.revoke).toBe(1);
});

test('of the account only a digest is kept, until the logout', async ({
  page,
  world,
  visitor,
  messenger,
}) => {
  const digest = () =>
    page.evaluate(() => Object.entries(localStorage).find(([name]) => name.includes(':account:'))?.[1]);
  await serves(world, grace.account);
  await visitor.opens('/own.html');
  await visitor.isSignedOut();
  await expectNoName(page, grace.account);
  await visitor.pressesLogin();
  // What is carried across the sign-in is in this tab's storage while the visitor is away.
  await expect(page).toHaveTitle(/Log in/);
  await visitor.opens(await addPage(world, '/elsewhere.html', 'No element here'));
  expect((await stored(page)).session).not.toEqual([]);
  await expectNoName(page, grace.account);
  await page.goBack();
  await visitor.fillsIn(grace.who);
  await messenger.isAuthenticatedAs('Grace Hopper');
  expect(await digest()).toMatch(/^[\w+/]{43}=$/);
  await expectNoName(page, grace.account);
  expect(JSON.stringify(await visitor.events())).not.toContain(grace.account);
  await visitor.pressesLogout();
  await visitor.isSignedOut();
  expect(await digest()).toBeUndefined();
  await expectNoName(page, grace.account);
  expect(visitor.console).toEqual([]);
});

test.describe("the site's own logout", () => {
  const section = "The site's own logout";
  const page = (/** @type {string} */ code) =>
    `<a id="logout" href="/logout">Leave</a><script type="module">${code}</script>`;
  const leaves = (/** @type {Visitor} */ visitor) =>
    visitor.page.getByRole('link', { name: 'Leave' }).click();

  test('logs the visitor out of Messenger before it leaves the page', async ({
    world,
    visitor,
    messenger,
  }) => {
    const { page: tab } = visitor;
    const wasSeen = await watchChat(tab);
    await world.site.page('/logout', '<title>Bye</title>');
    // Without the attribute: it is the logout that ends the session.
    await serves(world, undefined, { body: page(recipe(section, 'js')) });
    await visitor.opens('/own.html');
    await visitor.signsIn(ada.who);
    await messenger.isAuthenticatedAs('Ada Lovelace');
    await leaves(visitor);
    await tab.waitForURL('**/logout');
    expect(world.genesys.requests.revoke).toBe(1);
    await visitor.opens('/own.html');
    await visitor.isSignedOut();
    await messenger.isAbsent();
    expect(await wasSeen()).toBe(false);
  });

  test('leaves all the same where Genesys Cloud does not confirm it', async ({
    world,
    visitor,
    messenger,
  }) => {
    await world.site.page('/logout', '<title>Bye</title>');
    await serves(world, ada.account, { body: page(recipe(section, 'js')) });
    await visitor.opens('/own.html');
    await visitor.signsIn(ada.who);
    await messenger.isAuthenticatedAs('Ada Lovelace');
    world.genesys.faults.set('revoke', { status: 500, body: { code: 'internal', status: 500 } });
    await leaves(visitor);
    await visitor.page.waitForURL('**/logout');
  });

  test('leaves at once where nobody is signed in', async ({ world, visitor }) => {
    await world.site.page('/logout', '<title>Bye</title>');
    await serves(world, '', { body: page(recipe(section, 'js')) });
    await visitor.opens('/own.html');
    await visitor.isSignedOut();
    await leaves(visitor);
    await visitor.page.waitForURL('**/logout');
    expect(world.genesys.requests.revoke).toBe(0);
  });
});

test.describe("right after the site's own login", () => {
  const code = () => `<script type="module">${recipe("Right after the site's own login", 'js')}</script>`;
  const atProvider = (/** @type {Page} */ page) => page.getByLabel('Name', { exact: true });

  test('signs the visitor in without a click, and tells the provider who comes', async ({
    page,
    world,
    visitor,
    messenger,
  }) => {
    await serves(world, ada.account, { body: code() });
    const asked = page.waitForRequest((request) =>
      request.url().startsWith(`${world.provider.issuer}/auth?`),
    );
    await visitor.opens('/own.html');
    expect(new URL((await asked).url()).searchParams.get('login_hint')).toBe(visitors.ada.login);
    await expect(atProvider(page)).toHaveValue(visitors.ada.login);
    await visitor.fillsIn(ada.who);
    // The page that they come back to calls it once more: they are signed in, or on their way.
    await visitor.isSignedIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
    await page.reload();
    await visitor.isSignedIn({ restored: true });
    expect(world.provider.authorizationRequests).toHaveLength(1);
    expect(visitor.console).toEqual([]);
  });

  test('ends the session of the one before first', async ({ page, world, visitor, messenger }) => {
    const wasSeen = await watchChat(page);
    await serves(world, ada.account);
    await visitor.opens('/own.html');
    await visitor.signsIn(ada.who);
    await messenger.isAuthenticatedAs('Ada Lovelace');
    await visitor.forgetsProvider();

    await serves(world, grace.account, { body: code() });
    await page.reload({ waitUntil: 'commit' });
    await expect(atProvider(page)).toBeVisible();
    expect(world.genesys.requests.revoke).toBe(1);
    await visitor.fillsIn(grace.who);
    await visitor.isSignedIn();
    await messenger.isAuthenticatedAs('Grace Hopper');
    expect(await wasSeen()).toBe(true);
  });
});
