// What README.md and docs/recipes.md tell people to paste, in real pages: whoever follows them gets what they promise.
import { readFile } from 'node:fs/promises';
import { addPage } from './brand.mjs';
import { expect, test } from './fixtures.mjs';

/** @typedef {import('./fixtures.mjs').Page} Page */

const root = new URL('../../', import.meta.url);
const read = (/** @type {string} */ path) => readFile(new URL(path, root), 'utf8');

const settings =
  'deployment-id="%DEPLOYMENT_ID%" environment="%ENVIRONMENT%" issuer="%ISSUER%" client-id="%CLIENT_ID%"';

/** The first sample of a language in a section. @param {string} path @param {string} section @param {'html' | 'js'} language */
async function sample(path, section, language) {
  const text = (await read(path)).split(/^## /m).find((part) => part.startsWith(`${section}\n`)) ?? '';
  const [, code] = new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'm').exec(text) ?? [];
  if (!code) throw new Error(`${path} has no ${language} under “${section}”`);
  return code.replace('…', settings);
}

/** Answers for a host of the documentation with what has been built. @param {Page} page @param {string} folder */
const publishes = (page, folder) =>
  page.context().route(`${folder}**`, async (route) => {
    const body = await read(`dist/${route.request().url().slice(folder.length)}`);
    await route.fulfill({
      body,
      contentType: 'text/javascript',
      headers: { 'access-control-allow-origin': '*' },
    });
  });

test('the tag in README.md, with its integrity, signs a visitor in', async ({
  world,
  visitor,
  messenger,
}) => {
  const { 'genesys-auth-messenger.js': digest } = JSON.parse(await read('dist/integrity.json'));
  const pasted = await sample('README.md', 'Paste it', 'html');
  const [, folder = ''] = /src="(https:.+\/)genesys-auth-messenger\.js"/.exec(pasted) ?? [];
  await publishes(visitor.page, folder);
  const values = {
    integrity: digest,
    'deployment-id': '%DEPLOYMENT_ID%',
    environment: '%ENVIRONMENT%',
    issuer: '%ISSUER%',
    'client-id': '%CLIENT_ID%',
  };
  const filledIn = Object.entries(values).reduce(
    (html, [name, value]) => html.replace(new RegExp(` ${name}=".+"`), ` ${name}="${value}"`),
    pasted,
  );
  const heard = await sample('README.md', 'React to it', 'js');
  await visitor.opens(await addPage(world, '/own.html', `<script>${heard}</script>${filledIn}`));
  await visitor.signsIn();
  await visitor.isSignedIn();
  await messenger.isAuthenticatedAs('Ada Lovelace');
  expect(visitor.console).toEqual(['log: Welcome!']);
});

test("the visitor's name shows while they are signed in", async ({ world, visitor, page }) => {
  const named = await sample('docs/recipes.md', "Show the visitor's name", 'html');
  const script = '<script src="/assets/genesys-auth-messenger.js"></script>';
  await visitor.opens(await addPage(world, '/own.html', named + script));
  await visitor.isSignedOut();
  await expect(page.getByText('Ada Lovelace')).toBeHidden();
  await visitor.signsIn();
  await visitor.isSignedIn();
  await expect(page.getByText('Ada Lovelace')).toBeVisible();
  await visitor.pressesLogout();
  await visitor.isSignedOut();
  await expect(page.getByText('Ada Lovelace')).toBeHidden();
});

test('analytics count a sign-in once, its failure and a logout', async ({ world, visitor, page }) => {
  /** @type {(string | null)[]} */
  const counted = [];
  await page.route('**/analytics', async (route) => {
    counted.push(route.request().postData());
    await route.fulfill({ status: 204 });
  });
  const code = await sample('docs/recipes.md', 'Count in your analytics', 'js');
  await visitor.opensPageWith({}, { head: `<script>${code}</script>` });
  world.genesys.faults.set('exchange', { status: 404, body: { code: 'not.found', status: 404 } });
  await visitor.signsIn();
  await expect.poll(() => counted).toEqual(['failed exchange/not-found']);
  world.genesys.faults.clear();
  await visitor.signsInAtOnce();
  await visitor.isSignedIn();
  await page.reload();
  await visitor.isSignedIn({ restored: true });
  await visitor.pressesLogout();
  await expect.poll(() => counted).toEqual(['failed exchange/not-found', 'signed-in', 'logged-out visitor']);
});

test.describe('our tag under a consent manager', () => {
  /** Runs copies of the scripts that it holds back, with all their attributes but the type. */
  const manager = `<button type="button" onclick="agree()">I agree</button>
    <script>
      function agree() {
        for (const held of document.querySelectorAll('script[type="text/plain"]')) {
          const copy = document.createElement('script');
          for (const { name, value } of held.attributes) if (name !== 'type') copy.setAttribute(name, value);
          held.replaceWith(copy);
        }
        if (remembers) localStorage.agreed = 'yes';
      }
    </script>`;
  const remembering = '<script>if (localStorage.agreed) agree();</script>';
  const agrees = (/** @type {Page} */ page) => page.getByRole('button', { name: 'I agree' }).click();

  for (const remembers of [true, false])
    test(`that ${remembers ? 'remembers' : 'forgets'} the choice: nothing before it, and the sign-in after it`, async ({
      world,
      visitor,
      messenger,
      page,
    }) => {
      const held = await sample('docs/recipes.md', 'Under a consent manager', 'html');
      await publishes(page, 'https://cdn.brand.example/');
      const path = await addPage(
        world,
        '/own.html',
        `<script>const remembers = ${remembers};</script>${manager}${held}${remembers ? remembering : ''}`,
      );
      /** @type {string[]} */
      const requests = [];
      page.on('request', (request) => requests.push(request.url()));
      await visitor.opens(path);
      expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([world.site.url(path)]);
      expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
      await expect(visitor.element).toHaveText('');

      await agrees(page);
      await visitor.isSignedOut();
      await visitor.signsIn();
      if (!remembers) {
        await expect(page).toHaveURL(/[?&]code=/);
        await agrees(page);
      }
      await visitor.isSignedIn();
      await expect(page).toHaveURL(world.site.url(path));
      await messenger.isAuthenticatedAs('Ada Lovelace');
      expect(visitor.exceptions).toEqual([]);
    });
});
