// What the tests of the WordPress plugin are written in: two sites, who works on them, and the visitors of the other tests.
import { readFile } from 'node:fs/promises';
import { test as base, expect } from '../e2e/fixtures.mjs';
import { WordPressHost, password } from './wordpress.mjs';

export { expect };

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('../../demo/world/world.mjs').World} World */
/** @typedef {import('../e2e/fixtures.mjs').Visitor} Visitor */
/** @typedef {import('../e2e/fixtures.mjs').Messenger} Messenger */
/** @typedef {import('./wordpress.mjs').WordPressSite} WordPressSite */
/** @typedef {(role: string, where?: WordPressSite) => Promise<Page>} LogsIn In a browser of their own. */

/**
 * `site`, at the root of its host; `blog`, in a folder; `file`, the address and integrity of the file; `logsIn`, for staff.
 * @type {import('@playwright/test').TestType<
 *   import('@playwright/test').PlaywrightTestArgs & import('@playwright/test').PlaywrightTestOptions &
 *     {visitor: Visitor, messenger: Messenger, permissive: Page, file: {src: string, integrity: string}, logsIn: LogsIn},
 *   import('@playwright/test').PlaywrightWorkerArgs & import('@playwright/test').PlaywrightWorkerOptions &
 *     {world: World, host: WordPressHost, site: WordPressSite, blog: WordPressSite}
 * >}
 */
export const test = /** @type {any} */ (base).extend(
  /** @type {any} */ ({
    host: [
      async (/** @type {any} */ {}, /** @type {any} */ use) => {
        const host = await WordPressHost.start();
        await use(host);
        await host.stop();
      },
      { scope: 'worker', timeout: 180_000 },
    ],
    site: [
      async (/** @type {any} */ { host }, /** @type {any} */ use) => use(await host.site()),
      { scope: 'worker', timeout: 60_000 },
    ],
    blog: [
      async (/** @type {any} */ { host }, /** @type {any} */ use) => use(await host.site('/blog')),
      { scope: 'worker', timeout: 60_000 },
    ],
    noComplaints: [
      async (/** @type {any} */ { host }, /** @type {any} */ use) => {
        await use();
        expect(await host.complaints(), 'what PHP says of the plugin').toEqual([]);
      },
      { auto: true },
    ],
    file: async (/** @type {any} */ { world }, /** @type {any} */ use) => {
      const digests = await readFile(new URL('../../dist/integrity.json', import.meta.url), 'utf8');
      const src = world.site.url('/assets/genesys-auth-messenger.js').replace('//brand.', '//cdn.');
      await use({ src, integrity: JSON.parse(digests)['genesys-auth-messenger.js'] });
    },
    logsIn: async (/** @type {any} */ { browser, site }, /** @type {any} */ use) => {
      /** @type {import('@playwright/test').BrowserContext[]} */
      const contexts = [];
      /** @type {LogsIn} */
      const logsIn = async (role, where = site) => {
        const context = await browser.newContext({
          viewport: { width: 1240, height: 900 },
          reducedMotion: 'reduce',
        });
        contexts.push(context);
        const page = await context.newPage();
        await logIn(page, where, role);
        return page;
      };
      await use(logsIn);
      for (const context of contexts) await context.close();
    },
  }),
);

/** In WordPress, not in the chat. @param {Page} page @param {WordPressSite} site @param {string} role */
export async function logIn(page, site, role) {
  await page.goto(site.url('/wp-login.php'));
  await page.getByLabel('Username or Email Address').fill(role);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Log In' }).click();
  await page.waitForURL(/wp-admin/);
}

/** What an administrator would have saved. @param {World} world @param {{src: string, integrity: string}} file */
export const settingsFor = ({ values }, file) => ({
  ...file,
  'deployment-id': values.DEPLOYMENT_ID ?? '',
  environment: values.ENVIRONMENT ?? '',
  issuer: values.ISSUER ?? '',
  'client-id': values.CLIENT_ID ?? '',
  'redirect-page': '0',
  mode: 'redirect',
  logout: 'messenger',
});
