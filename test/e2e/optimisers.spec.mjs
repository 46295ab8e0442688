// What optimisers of sites do to the file: they rename it, put scripts together, and hold them back until a visitor does something.
// And a site in two languages, whose visitors come back to theirs.
import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.mjs';

/** @typedef {import('./fixtures.mjs').Visitor} Visitor */

const dist = new URL('../../dist/', import.meta.url);
const file = await readFile(new URL('genesys-auth-messenger.js', dist), 'utf8');
/** What an optimiser that knows nothing of them does not move along. */
const parts = ['sign-in', 'words'].map((name) => `genesys-auth-messenger.${name}.js`);

const settings =
  'data-deployment-id="%DEPLOYMENT_ID%" data-environment="%ENVIRONMENT%" data-issuer="%ISSUER%" data-client-id="%CLIENT_ID%"';

/** @param {Visitor} visitor @param {string} body @param {{path?: string, lang?: string}} [page] */
async function opens(visitor, body, { path = '/own.html', lang = 'en' } = {}) {
  await visitor.world.site.page(
    path,
    `<!doctype html><html lang="${lang}"><head><title>Optimised</title><link rel="icon" href="/logo.svg"></head>
    <body>${body}</body></html>`,
  );
  await visitor.opens(path);
}

test.describe('a visitor signs in with a file', () => {
  test.afterEach(({ visitor }) => expect(visitor.console).toEqual([]));

  test('of another name, with its parts beside it', async ({ visitor, messenger, world }) => {
    await world.site.page('/cache/3f9ab1.js', file);
    for (const part of parts)
      await world.site.page(`/cache/${part}`, await readFile(new URL(part, dist), 'utf8'));
    await opens(visitor, `<script src="/cache/3f9ab1.js" ${settings} async></script>`);
    await visitor.signsIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
  });

  test('in one script with others, where the file was', async ({ visitor, messenger, world }) => {
    const others = 'var menu = function () { return "the site’s own" };';
    await world.site.page('/assets/all.js', `${others}\n;${file}\n;${others}`);
    await opens(visitor, `<script src="/assets/all.js" ${settings} defer></script>`);
    await visitor.signsIn();
    await messenger.isAuthenticatedAs('Ada Lovelace');
  });

  test('that is held back until the visitor does something, also on the way back', async ({
    visitor,
    messenger,
    page,
  }) => {
    const heldBack = `<script type="text/held-back" src="/assets/genesys-auth-messenger.js" ${settings}></script>
      <script>
        addEventListener('keydown', () => {
          for (const held of document.querySelectorAll('[type="text/held-back"]')) {
            const script = document.createElement('script');
            for (const { name, value } of held.attributes) if (name !== 'type') script.setAttribute(name, value);
            held.replaceWith(script);
          }
        }, { once: true });
      </script>`;
    await opens(visitor, heldBack);
    await expect(visitor.element).toHaveCount(0);
    await page.keyboard.press('Tab');
    await visitor.pressesLogin();
    await visitor.fillsIn('ada');
    await page.waitForURL(/\/own\.html/);
    await expect(visitor.element).toHaveCount(0);
    await page.keyboard.press('Tab');
    await messenger.isAuthenticatedAs('Ada Lovelace');
    expect(page.url()).toBe(visitor.world.site.url('/own.html'));
  });
});

test('a file of another name without its parts: a click says which file is missing', async ({
  visitor,
  world,
}) => {
  await world.site.page('/cache/3f9ab1.js', file);
  await opens(visitor, `<script src="/cache/3f9ab1.js" ${settings} async></script>`);
  await visitor.pressesLogin();
  await expect.poll(async () => (await visitor.failure())?.code).toBe('configuration/chunk-missing');
  expect((await visitor.failure())?.message).toContain('/cache/genesys-auth-messenger.sign-in.js');
});

test('a site in two languages with one redirect URI: each visitor is back in theirs', async ({
  visitor,
  messenger,
  page,
  world,
}) => {
  const tag = `<script src="/assets/genesys-auth-messenger.js" ${settings} data-redirect-uri="/callback.html" async></script>`;
  for (const [lang, login, logout] of [
    ['de', 'Anmelden', 'Abmelden'],
    ['fr', 'Se connecter', 'Se déconnecter'],
  ]) {
    await opens(visitor, tag, { path: `/${lang}/`, lang });
    await visitor.element.getByRole('button', { name: login }).click();
    // Who is known at the provider already is not asked again.
    if (lang === 'de') await visitor.fillsIn('ada');
    const out = visitor.element.getByRole('button', { name: logout });
    await expect(out).toBeEnabled();
    expect(page.url()).toBe(world.site.url(`/${lang}/`));
    await messenger.isAuthenticatedAs('Ada Lovelace');
    await out.click();
    await expect(visitor.element.getByRole('button', { name: login })).toBeEnabled();
  }
});
