// The back/forward cache: a page that comes back as it was left, in another time.
import { addPage } from './brand.mjs';
import { ensureBrowser } from '../../scripts/setup.mjs';
import { expect, test } from './fixtures.mjs';

/** @typedef {import('./fixtures.mjs').Page} Page */

test.describe('the back/forward cache', { tag: '@chromium' }, () => {
  const kept = { 'cache-control': 'no-cache' };

  /** A browser that keeps the pages it leaves; driven browsers are told not to. */
  const keeping = test.extend(
    /** @type {any} */ ({
      page: async (
        /** @type {any} */ { playwright, launchOptions },
        /** @type {any} */ use,
        /** @type {import('@playwright/test').TestInfo} */ info,
      ) => {
        const context = await playwright.chromium.launchPersistentContext(info.outputPath('profile'), {
          ...launchOptions,
          executablePath: ensureBrowser('desktop'),
          ignoreDefaultArgs: ['--disable-back-forward-cache'],
        });
        await use(await context.newPage());
        await context.close();
      },
    }),
  );

  /** @param {Page} page @returns Goes back, and sees to it that the page is as it was left. */
  async function backButton(page) {
    /** @type {() => void} */
    let show = () => {};
    const shown = new Promise((resolve) => (show = () => resolve(undefined)));
    await page.exposeBinding('shown', () => show());
    await page.addInitScript(() => {
      addEventListener('pageshow', ({ persisted }) => persisted && /** @type {any} */ (window).shown());
    });
    return async () => {
      await page.goBack({ waitUntil: 'commit' });
      await shown;
    };
  }

  keeping(
    'keeps the page that is left for the provider: the button works again',
    async ({ page, world, visitor, messenger }) => {
      const back = await backButton(page);
      await addPage(world, '/kept.html', {}, kept);
      await visitor.opens('/kept.html');
      await visitor.pressesLogin();
      await expect(page.getByLabel('Password')).toBeVisible();
      await back();
      await expect(visitor.loginButton).toBeEnabled();
      expect(world.genesys.requests.bootstrap).toBe(1);
      await visitor.signsIn();
      await messenger.isAuthenticatedAs('Ada Lovelace');
    },
  );

  keeping(
    'keeps a signed-in page: it is true again after a logout elsewhere',
    async ({ page, world, visitor, messenger }) => {
      const back = await backButton(page);
      await addPage(world, '/kept.html', {}, kept);
      await visitor.opens('/kept.html');
      await visitor.signsIn();
      await expect(visitor.logoutButton).toBeVisible();
      await visitor.opens('/popup.html');
      await visitor.pressesLogout();
      await expect(visitor.loginButton).toBeEnabled();
      await back();
      await expect(visitor.loginButton).toBeEnabled();
      await messenger.isAbsent();
    },
  );

  keeping(
    'keeps a signed-out page: it is true again after a sign-in elsewhere',
    async ({ page, world, visitor, messenger }) => {
      const back = await backButton(page);
      await addPage(world, '/kept.html', {}, kept);
      await visitor.opens('/kept.html');
      await expect(visitor.loginButton).toBeEnabled();
      await visitor.opens('/popup.html');
      await visitor.signsIn();
      await expect(visitor.logoutButton).toBeVisible();
      await back();
      await messenger.isAuthenticatedAs('Ada Lovelace');
      await expect(visitor.logoutButton).toBeVisible();
      expect(world.genesys.log).toMatchObject([{ ok: true }]);
    },
  );
});
